#pragma once

#include "tests/bench/load.h"

namespace teahouse::bench {

/// What is asked of a server that has many messages: to start, to show pages from anywhere, and to
/// find. Reading is measured while messages are committed to the same room.
void addStored(Loads &loads, Size size, const std::filesystem::path &folder);

} // namespace teahouse::bench
