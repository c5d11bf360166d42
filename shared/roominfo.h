#pragma once

#include <QList>
#include <QString>

namespace teahouse {

/// What a session should be told of in a room.
enum class NotifyLevel { All, Mentions, None };

/// A room as one of its members sees it. With an empty `topic` and no numbers it also serves as
/// a row of the list of all rooms.
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

    bool operator==(const RoomState &) const = default;
};

/// Somebody in a room, or on the server.
struct Person
{
    QString name;
    QString away; ///< empty: present
    QString via;  ///< the door, `native` for instance
    bool online = true;

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
