#pragma once

namespace teahouse::server {

/// Raises the number of descriptors this process may have open to all that it may ask for, and
/// returns it. For the start of the program.
int raiseDescriptorLimit();

/// How many sessions there may be, of `wanted`, with so many descriptors: the reserve of
/// limits::descriptorReserve stays for the store, the log and refusals. At least 1.
int sessionLimit(int wanted, int descriptors);

} // namespace teahouse::server
