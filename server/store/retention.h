#pragma once

#include "shared/roominfo.h"

#include <QtGlobal>

#include <chrono>
#include <limits>

namespace teahouse::server {

/// The time of the oldest item that a room with this retention still keeps at `now`, both in
/// milliseconds since 1970 UTC. A room without history drops by number and not by time.
constexpr qint64 oldestKept(int retention, qint64 now)
{
    if (retention == keepForever || retention == 0)
        return std::numeric_limits<qint64>::min();
    return now - std::chrono::milliseconds(std::chrono::hours(24) * retention).count();
}

} // namespace teahouse::server
