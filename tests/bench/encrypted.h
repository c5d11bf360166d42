#pragma once

#include "tests/bench/load.h"

namespace teahouse::bench {

/// What TLS costs besides fan-out and memory: handshakes, full and resumed.
void addHandshakes(Loads &loads, Size size);

/// How long somebody who says nothing waits for the greeting, and somebody who speaks at once for
/// the answer, at a door that finds out what is spoken. `program` is teahoused.
void addGreetings(Loads &loads, const std::string &program);

} // namespace teahouse::bench
