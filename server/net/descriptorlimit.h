#pragma once

namespace teahouse::server {

/// Raises the number of descriptors this process may have open to all that it may ask for, and
/// returns it. For the start of the program.
int raiseDescriptorLimit();

/// How many descriptors a server with so many doors needs at least: with them it serves one
/// session.
int neededDescriptors(int doors);

/// How many sessions there may be, of `wanted`, with so many descriptors and doors: the reserve of
/// limits::descriptorReserve stays for the store, the log and refusals. At least 1.
int sessionLimit(int wanted, int descriptors, int doors);

} // namespace teahouse::server
