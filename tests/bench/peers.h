#pragma once

#include "tests/bench/candidate.h"

namespace teahouse::bench {

/// InspIRCd and ngIRCd as Debian packages them, those of them that are installed.
void addPeers(Candidates &candidates);

} // namespace teahouse::bench
