#pragma once

#include "gui-client/link/alarm.h"
#include "gui-client/link/liveness.h"

#include <QDateTime>
#include <QString>

namespace teahouse::client {

/// What a link needs from outside: time and chance. The default is the real ones; tests bring
/// their own.
struct LinkTools
{
    AlarmFactory alarms = eventLoopAlarms();
    std::function<double()> random;  ///< in [0, 1)
    std::function<QString()> newCid; ///< never the same twice, in the whole world
    std::function<qint64()> now = &QDateTime::currentMSecsSinceEpoch; ///< ms since 1970 UTC
    Liveness::Times liveness = {};
    std::chrono::milliseconds handshake = std::chrono::seconds(20); ///< connect to logged in
    std::chrono::milliseconds farewell = std::chrono::seconds(2);   ///< logout to closed
    std::chrono::milliseconds greeting = std::chrono::seconds(1); ///< for a server to say something
    std::chrono::milliseconds quiet{400}; ///< without a byte: what has no end of its own has ended
};

/// The tools a real program uses.
LinkTools systemTools();

} // namespace teahouse::client
