#pragma once

#include "server/core/records.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <map>
#include <set>
#include <utility>

namespace teahouse::server {

/// What rooms and accounts are to each other, as the store keeps it; and of each room, by user,
/// who is something in it and who keeps it in a list without being there. Owned by the House.
class Memberships
{
public:
    /// What stands of the two; without a record one that says nothing.
    MembershipRecord of(RoomId room, UserId user) const;
    RoomRole role(RoomId room, UserId user) const { return of(room, user).role; }

    /// Keeps a record; one that says nothing is removed.
    void set(const MembershipRecord &record);

    /// Those of a user, by room, and those of a room, by user, however many they are.
    QList<MembershipRecord> ofUser(UserId user) const;
    QList<MembershipRecord> ofRoom(RoomId room) const;

    /// Those of a room that give a role, by user; at most limits::rolesPerRoom.
    QList<MembershipRecord> rolesOf(RoomId room) const;
    qsizetype roleCount(RoomId room) const;

    /// Somebody is in the room from now on, or not any more, with an account or without.
    void arrived(RoomId room, UserId user);
    void left(RoomId room, UserId user);
    /// The first of those behind `after` who keep the room in their list and are not in it; 0:
    /// there is none.
    UserId nextAbsent(RoomId room, UserId after) const;

    /// Whether anybody keeps the room in a list or owns it, so that it stays when it is empty.
    bool isKept(RoomId room) const;
    void forgetRoom(RoomId room);

private:
    using Key = std::pair<UserId, RoomId>;
    struct OfRoom
    {
        std::set<UserId> all; ///< who has a record
        std::set<UserId> withRole;
        std::set<UserId> absent; ///< who keeps it in a list and is not there
        QSet<UserId> present;
        int keepers = 0;
    };

    void index(const MembershipRecord &record);

    std::map<Key, MembershipRecord> m_records;
    QHash<RoomId, OfRoom> m_rooms;
};

} // namespace teahouse::server
