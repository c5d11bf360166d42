#pragma once

#include "gui-client/link/alarm.h"
#include "gui-client/link/liveness.h"

#include <QString>

namespace teahouse::client {

/// What a link needs from outside: time and chance. The default is the real ones; tests bring
/// their own.
struct LinkTools
{
    AlarmFactory alarms = eventLoopAlarms();
    std::function<double()> random;  ///< in [0, 1)
    std::function<QString()> newCid; ///< never the same twice, in the whole world
    Liveness::Times liveness = {};
    std::chrono::milliseconds handshake = std::chrono::seconds(20); ///< connect to logged in
    std::chrono::milliseconds farewell = std::chrono::seconds(2);   ///< logout to closed
};

/// The tools a real program uses.
LinkTools systemTools();

} // namespace teahouse::client
