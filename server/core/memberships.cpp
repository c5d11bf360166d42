#include "server/core/memberships.h"

namespace teahouse::server {

MembershipRecord Memberships::of(RoomId room, UserId user) const
{
    const auto found = m_records.find({user, room});
    return found == m_records.end() ? MembershipRecord{.room = room, .user = user} : found->second;
}

void Memberships::set(const MembershipRecord &record)
{
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

bool Memberships::hasAny(RoomId room) const
{
    return next(room, 0).user != 0;
}

void Memberships::forgetRoom(RoomId room)
{
    const QList<MembershipRecord> records = ofRoom(room);
    for (const MembershipRecord &record : records)
        set({.room = room, .user = record.user});
}

} // namespace teahouse::server
