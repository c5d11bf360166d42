#include "server/core/memberships.h"

namespace teahouse::server {

namespace {

bool keeps(const MembershipRecord &record)
{
    return record.isJoined || record.role == RoomRole::Owner;
}

} // namespace

MembershipRecord Memberships::of(RoomId room, UserId user) const
{
    const auto found = m_records.find({user, room});
    return found == m_records.end() ? MembershipRecord{.room = room, .user = user} : found->second;
}

void Memberships::set(const MembershipRecord &record)
{
    const int more = int(keeps(record)) - int(keeps(of(record.room, record.user)));
    if (more != 0) {
        const int keepers = m_keepers.value(record.room) + more;
        if (keepers == 0)
            m_keepers.remove(record.room);
        else
            m_keepers[record.room] = keepers;
    }
    if (record == MembershipRecord{.room = record.room, .user = record.user}) {
        m_records.erase({record.user, record.room});
        m_byRoom.erase({record.room, record.user});
        return;
    }
    m_records[{record.user, record.room}] = record;
    m_byRoom.insert({record.room, record.user});
}

QList<MembershipRecord> Memberships::ofUser(UserId user) const
{
    QList<MembershipRecord> records;
    for (auto it = m_records.lower_bound({user, 0});
         it != m_records.end() && it->first.first == user; ++it)
        records.append(it->second);
    return records;
}

QList<MembershipRecord> Memberships::ofRoom(RoomId room) const
{
    QList<MembershipRecord> records;
    for (MembershipRecord record = next(room, 0); record.user != 0;
         record = next(room, record.user))
        records.append(record);
    return records;
}

MembershipRecord Memberships::next(RoomId room, UserId after) const
{
    const auto found = m_byRoom.upper_bound({room, after});
    return found == m_byRoom.end() || found->first != room ? MembershipRecord{.room = room}
                                                           : of(room, found->second);
}

void Memberships::forgetRoom(RoomId room)
{
    const QList<MembershipRecord> records = ofRoom(room);
    for (const MembershipRecord &record : records)
        set({.room = room, .user = record.user});
}

} // namespace teahouse::server
