#pragma once

#include "tests/bench/load.h"

namespace teahouse::bench {

/// How many messages a second the server acknowledges, each after its commit, and what syncing
/// costs on the same disk without a server.
void addAcknowledged(Loads &loads, Size size, const std::filesystem::path &folder);

} // namespace teahouse::bench
