#pragma once

#include <QtGlobal>

#include <algorithm>

namespace teahouse::server {

/// When something is written: what the clock says, and the time by which things expire.
struct WriteTime
{
    qint64 now = 0; ///< milliseconds since 1970 UTC, as the other one
    qint64 expiry = 0;

    WriteTime(qint64 time = 0) : now(time), expiry(time) { } // NOLINT(google-explicit-constructor)
    WriteTime(qint64 clock, qint64 by) : now(clock), expiry(by) { }
};

/// How far times run ahead of the clock for the sake of their order, in milliseconds.
inline constexpr qint64 mostAhead = 1000;

/// The time of an item behind one of the time `previous`: that of the clock. While that one is only
/// a little ahead, as when much is said in one millisecond, it is the next one; where the clock
/// was set back further than that the times go back with it, for order is in the numbers.
constexpr qint64 itemTime(qint64 previous, qint64 now)
{
    return previous < now || previous > now + mostAhead ? now : previous + 1;
}

} // namespace teahouse::server
