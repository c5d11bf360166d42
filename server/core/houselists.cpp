#include "server/core/house.h"

#include "shared/names.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace teahouse::server {

namespace {

/// Before the id in the `next` of a list of members, once it has come to those who are absent.
constexpr QChar absentMark = u'a';

} // namespace

Person House::personOf(UserId id, const QString &name, RoomId room) const
{
    const User *here = m_directory.find(id);
    const User *user = here ? here : m_directory.findDeparted(id);
    const Session *session = here ? find(here->sessions.value(0)) : nullptr;
    Person person{.name = name, .online = here != nullptr};
    person.away = here ? here->away : QString();
    person.via = session ? session->spec.via : QString();
    person.role = room == 0 ? RoomRole::None : m_memberships.role(room, id);
    person.registered = user && user->registered;
    person.admin = user && user->admin;
    return person;
}

PersonList House::who(const ListRange &range) const
{
    PersonList list;
    const UserId after = range.after.toULongLong();
    const auto &users = m_directory.users();
    for (auto user = users.upper_bound(after); user != users.end(); ++user) {
        if (list.people.size() == range.limit) {
            list.more = true;
            break;
        }
        list.next = QString::number(user->first);
        list.people.append(personOf(user->first, user->second.name, 0));
    }
    return list;
}

RoomList House::rooms(SessionId id, const ListRange &range) const
{
    RoomList list;
    const User *user = userOf(id);
    if (!user)
        return list;
    auto next = range.after.isEmpty() ? m_publicRooms.begin()
                                      : m_publicRooms.upper_bound(foldedName(range.after));
    for (; next != m_publicRooms.end(); ++next) {
        const Room &room = *findRoom(next->second);
        const bool isHidden = room.isClosed() && !user->rooms.contains(room.id())
                && !isAdmitted(*user, room);
        if (isHidden || m_making.contains(room.id()))
            continue;
        if (list.rooms.size() == range.limit) {
            list.more = true;
            break;
        }
        list.rooms.append({.room = room.name(),
                           .topic = room.topic(),
                           .first = room.log().first(),
                           .last = room.log().last(),
                           .members = room.memberCount(),
                           .retention = room.retention(),
                           .role = m_memberships.role(room.id(), user->id),
                           .isClosed = room.isClosed(),
                           .hasKey = room.hasKey(),
                           .isReadOnly = room.isReadOnly()});
        list.next = room.name();
    }
    return list;
}

Result<PersonList> House::look(SessionId id, const QString &name, const ListRange &range) const
{
    const Result<Room *> own = findOwn(id, name);
    if (!own)
        return own.error();
    const Room &room = **own;
    PersonList list;
    list.room = room.label(userOf(id)->id);
    if (room.isPrivate()) {
        for (const Partner &partner : room.pair())
            list.people.append(personOf(partner.user, partner.name, 0));
        return list;
    }
    const bool isBehind = range.after.startsWith(absentMark);
    const quint64 after = isBehind ? std::numeric_limits<quint64>::max()
                                   : range.after.toULongLong();
    for (const Room::Member &member : room.members()) {
        if (member.arrival <= after)
            continue;
        if (list.people.size() == range.limit) {
            list.more = true;
            break;
        }
        list.people.append(personOf(member.user, m_directory.find(member.user)->name, room.id()));
        list.next = QString::number(member.arrival);
    }
    if (!list.more && find(id)->spec.form == Form::Object)
        addAbsent(room, isBehind ? range.after.mid(1).toULongLong() : 0, range.limit, list);
    return list;
}

/// Behind those who are here come the accounts that keep the room in their list.
void House::addAbsent(const Room &room, UserId after, int limit, PersonList &list) const
{
    QList<MembershipRecord> records = m_memberships.ofRoom(room.id());
    std::sort(records.begin(), records.end(),
              [](const auto &a, const auto &b) { return a.user < b.user; });
    for (const MembershipRecord &record : std::as_const(records)) {
        const User *absent = m_directory.findDeparted(record.user);
        if (record.user <= after || !record.isJoined || !absent || room.has(record.user))
            continue;
        if (list.people.size() == limit) {
            list.more = true;
            return;
        }
        list.people.append(personOf(record.user, absent->name, room.id()));
        list.next = absentMark + QString::number(record.user);
    }
}

Result<TopicShown> House::topic(SessionId id, const QString &name) const
{
    const Result<Room *> room = findOwn(id, name);
    if (!room)
        return room.error();
    return TopicShown{(*room)->label(userOf(id)->id), (*room)->topic()};
}

} // namespace teahouse::server
