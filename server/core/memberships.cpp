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
    m_rooms[record.room].keepers += more;
    index(record);
    if (record == MembershipRecord{.room = record.room, .user = record.user})
        m_records.erase({record.user, record.room});
    else
        m_records[{record.user, record.room}] = record;
}

void Memberships::index(const MembershipRecord &record)
{
    OfRoom &room = m_rooms[record.room];
    for (std::set<UserId> *users : {&room.all, &room.withRole, &room.absent})
        users->erase(record.user);
    if (record == MembershipRecord{.room = record.room, .user = record.user})
        return;
    room.all.insert(record.user);
    if (record.role != RoomRole::None)
        room.withRole.insert(record.user);
    if (record.isJoined && !room.present.contains(record.user))
        room.absent.insert(record.user);
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
    if (const auto found = m_rooms.constFind(room); found != m_rooms.cend()) {
        for (const UserId user : found->all)
            records.append(of(room, user));
    }
    return records;
}

QList<MembershipRecord> Memberships::rolesOf(RoomId room) const
{
    QList<MembershipRecord> records;
    if (const auto found = m_rooms.constFind(room); found != m_rooms.cend()) {
        for (const UserId user : found->withRole)
            records.append(of(room, user));
    }
    return records;
}

qsizetype Memberships::roleCount(RoomId room) const
{
    const auto found = m_rooms.constFind(room);
    return found == m_rooms.cend() ? 0 : std::ssize(found->withRole);
}

void Memberships::arrived(RoomId room, UserId user)
{
    OfRoom &entered = m_rooms[room];
    entered.present.insert(user);
    entered.absent.erase(user);
}

void Memberships::left(RoomId room, UserId user)
{
    OfRoom &from = m_rooms[room];
    from.present.remove(user);
    if (of(room, user).isJoined)
        from.absent.insert(user);
}

UserId Memberships::nextAbsent(RoomId room, UserId after) const
{
    const auto found = m_rooms.constFind(room);
    if (found == m_rooms.cend())
        return 0;
    const auto next = found->absent.upper_bound(after);
    return next == found->absent.end() ? 0 : *next;
}

bool Memberships::isKept(RoomId room) const
{
    const auto found = m_rooms.constFind(room);
    return found != m_rooms.cend() && found->keepers > 0;
}

void Memberships::forgetRoom(RoomId room)
{
    const QList<MembershipRecord> records = ofRoom(room);
    for (const MembershipRecord &record : records)
        set({.room = record.room, .user = record.user});
    m_rooms.remove(room);
}

} // namespace teahouse::server
