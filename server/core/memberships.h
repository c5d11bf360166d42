#pragma once

#include "server/core/records.h"

#include <QHash>
#include <QList>

#include <map>
#include <set>
#include <utility>

namespace teahouse::server {

/// What rooms and accounts are to each other, as the store keeps it. Owned by the House.
class Memberships
{
public:
    /// What stands of the two; without a record one that says nothing.
    MembershipRecord of(RoomId room, UserId user) const;
    RoomRole role(RoomId room, UserId user) const { return of(room, user).role; }

    /// Keeps a record; one that says nothing is removed.
    void set(const MembershipRecord &record);

    /// Those of a user, by room, and those of a room, by user.
    QList<MembershipRecord> ofUser(UserId user) const;
    QList<MembershipRecord> ofRoom(RoomId room) const;
    /// The first of those of a room whose user's id is greater; `user` 0 when there is none.
    MembershipRecord next(RoomId room, UserId after) const;

    /// Whether anybody keeps the room in a list or owns it, so that it stays when it is empty.
    bool isKept(RoomId room) const { return m_keepers.contains(room); }
    void forgetRoom(RoomId room);

private:
    using Key = std::pair<UserId, RoomId>;

    std::map<Key, MembershipRecord> m_records;
    std::set<std::pair<RoomId, UserId>> m_byRoom;
    QHash<RoomId, int> m_keepers; ///< how many there are; no zeros
};

} // namespace teahouse::server
