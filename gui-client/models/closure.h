#pragma once

#include <QString>

namespace teahouse::client {

/// Why the user is no longer in a room that is still shown.
struct Closure
{
    enum class Why {
        Gone,    ///< the room vanished, or another device left it; the server tells no more
        Kicked,  ///< by a moderator
        Banned,  ///< by a moderator
        Left,    ///< by the user, who has unsent text in it
        Refused, ///< the server forgot the room and did not let the user in again
        Reset,   ///< a private conversation that the server no longer knows
        Another, ///< a private conversation with somebody whose name is another person's now
    };

    Why why = Why::Gone;
    QString by = {};     ///< who did it; empty if unknown
    QString reason = {}; ///< as given; may be empty
    qint64 until = 0;    ///< of a ban, milliseconds since 1970 UTC; 0: no end is known

    bool operator==(const Closure &) const = default;
};

} // namespace teahouse::client
