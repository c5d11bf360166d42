#pragma once

#include "tests/bench/report.h"

namespace teahouse::bench {

/// Runs one load in alternating rounds, every candidate once a round, so that what else happens
/// on the machine meets all alike; puts the medians into the report. Ratios are taken round by
/// round.
void measure(const Load &load, const Candidates &candidates, int rounds, Report &report);

} // namespace teahouse::bench
