#pragma once

#include "tests/bench/report.h"

namespace teahouse::bench {

/// Runs one load in rounds, in which the candidates take turns, so that what else happens on the
/// machine meets all alike; puts the medians into the report. Ratios are taken round by round.
void measure(const Load &load, const Candidates &candidates, int rounds, int descriptors,
             Report &report);

} // namespace teahouse::bench
