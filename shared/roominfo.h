#pragma once

#include <QList>
#include <QString>

namespace teahouse {

/// What a session should be told of in a room.
enum class NotifyLevel { All, Mentions, None };

/// The retention of a room whose items stay; otherwise it is a number of days, and 0 is a room that
/// keeps no history.
inline constexpr int keepForever = -1;

/// What somebody is in a room. Each may do what those before it may.
enum class RoomRole {
    None,
    Member, ///< of an invite-only room, or one who was invited
    Moderator,
    Owner,
};

/// A room as one of its members sees it, or a row of the list of all rooms.
struct RoomState
{
    QString room;
    QString topic;
    quint64 first = 0; ///< the oldest number kept; 0: nothing is
    quint64 last = 0;  ///< the last number delivered
    quint64 read = 0;  ///< read up to here
    int unread = 0;
    int mentions = 0;
    NotifyLevel level = NotifyLevel::All;
    int members = 0;
    int retention = keepForever;    ///< days that items are kept
    RoomRole role = RoomRole::None; ///< one's own
    bool isClosed = false;          ///< one enters by invitation only (`private` on the wire)
    bool hasKey = false;            ///< one enters with a password
    bool isReadOnly = false;        ///< only moderators speak
    /// Of a list: no more is told than the name and that a password is needed.
    bool isNameOnly = false;
    bool isMuted = false;     ///< one may not speak here, or not on the whole server
    qint64 mutedUntil = 0;    ///< milliseconds since 1970 UTC; 0: no end
    QString mutedReason = {}; ///< what was given as one

    bool operator==(const RoomState &) const = default;
};

/// Somebody in a room, or on the server.
struct Person
{
    QString name = {};
    QString away = {}; ///< empty: present
    QString via = {};  ///< the door, `native` for instance
    bool online = true;
    RoomRole role = RoomRole::None; ///< in the room that was asked about
    bool registered = false;        ///< has an account
    bool admin = false;
    QString address = {}; ///< for administrators, and masked for moderators; empty: not shown

    bool operator==(const Person &) const = default;
};

/// One's own name and standing.
struct UserInfo
{
    QString name;
    bool registered = false;
    QString role; ///< empty, or `admin`

    bool operator==(const UserInfo &) const = default;
};

} // namespace teahouse
