#pragma once

#include "tests/chaos/party.h"
#include "tests/chaos/report.h"

#include <functional>

namespace teahouse::chaos {

/// A fault of the store, of which a rig is made.
struct Fault
{
    quint16 port = 0;
    std::function<bool()> begin = {}; ///< false: it cannot be had here
    std::function<void()> end = {};
    QString refusal = QStringLiteral("store-unavailable"); ///< some sends get this for an answer
    int fullMs = 10'000;                                   ///< how long it lasts
    int shortMs = 3000;
};

/// A party talks before, during and after the fault. Tells whether everything sent meanwhile was
/// answered, and soon; whether others could read, come and go; whether the server stayed
/// responsive, recovered by itself, lost and doubled nothing, and showed nothing that was not kept.
void runWithFault(Report &report, const Fault &fault);

/// Counts and times in a line or two.
void tellCounts(Report &report, const Party &party);

/// Whether the books are right.
void promiseAudit(Report &report, Party &party, quint16 port);

} // namespace teahouse::chaos
