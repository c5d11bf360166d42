#include "server/core/house.h"

#include "shared/names.h"

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

/// Whether somebody is or was let into the room: is there, keeps it in a list, is something in it,
/// or is expected.
bool House::isKnownTo(UserId user, const Room &room) const
{
    const MembershipRecord membership = m_memberships.of(room.id(), user);
    return room.has(user) || membership.isJoined || membership.role != RoomRole::None
            || m_expected.expects(room.id(), user);
}

/// To be called when that may have changed.
void House::reviewSight(const Room &room, UserId user)
{
    if (!m_catalog.isHidden(room.id()))
        return;
    if (isKnownTo(user, room))
        m_catalog.reveal(room.id(), user);
    else
        m_catalog.conceal(room.id(), user);
}

/// The room is new, or is private now or no longer.
void House::reviewCatalog(const Room &room)
{
    if (room.isPrivate() || m_making.contains(room.id()))
        return;
    if (!room.isClosed())
        return m_catalog.list(room.id(), room.name());
    m_catalog.hide(room.id(), room.name());
    for (const Room::Member &member : room.members())
        reviewSight(room, member.user);
    for (const MembershipRecord &record : m_memberships.ofRoom(room.id()))
        reviewSight(room, record.user);
    for (const UserId expected : m_expected.in(room.id()))
        reviewSight(room, expected);
}

RoomList House::rooms(SessionId id, const ListRange &range) const
{
    RoomList list;
    const User *user = userOf(id);
    if (!user)
        return list;
    const RoomCatalog::Page page = user->admin ? m_catalog.wholePage(range.after, range.limit)
                                               : m_catalog.page(user->id, range.after, range.limit);
    for (const RoomId room : page.rooms)
        list.rooms.append(listed(*findRoom(room), *user));
    list.more = page.more;
    if (!list.rooms.isEmpty())
        list.next = list.rooms.last().room;
    return list;
}

/// A room as it is listed. Where a password is needed, that is all there is to know.
RoomState House::listed(const Room &room, const User &viewer) const
{
    if (room.hasKey() && !viewer.admin && !isKnownTo(viewer.id, room)) {
        RoomState locked;
        locked.room = room.name();
        locked.hasKey = locked.isNameOnly = true;
        return locked;
    }
    return {.room = room.name(),
            .topic = room.topic(),
            .first = room.log().first(),
            .last = room.log().last(),
            .members = room.memberCount(),
            .retention = room.retention(),
            .role = m_memberships.role(room.id(), viewer.id),
            .isClosed = room.isClosed(),
            .hasKey = room.hasKey(),
            .isReadOnly = room.isReadOnly()};
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
    for (const Room::Member &member : room.membersAfter(after)) {
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
    for (UserId id = m_memberships.nextAbsent(room.id(), after); id != 0;
         id = m_memberships.nextAbsent(room.id(), id)) {
        const User *absent = m_directory.findReachable(id);
        if (!absent)
            continue;
        if (list.people.size() == limit) {
            list.more = true;
            return;
        }
        Person person = personOf(id, absent->name, room.id());
        person.online = false; // at another place perhaps, but not here
        person.away = person.via = QString();
        list.people.append(person);
        list.next = absentMark + QString::number(id);
    }
}

void House::showAddresses(SessionId id, PersonList &list) const
{
    const User *viewer = userOf(id);
    const Room *room = list.room.isEmpty() ? nullptr : findPublic(list.room);
    const Rank rank = viewer ? rankOf(*viewer, room) : Rank::Outsider;
    if (rank < Rank::Moderator)
        return;
    for (Person &person : list.people) {
        const User *user = person.online ? m_directory.findBearer(person.name) : nullptr;
        if (!user && person.online)
            user = m_directory.findAnonymous(person.name);
        const Session *session = user ? find(user->sessions.value(0)) : nullptr;
        if (session && session->spec.source.address.isKnown())
            person.address = rank >= Rank::Admin
                    ? networkText({session->spec.source.address, 128})
                    : shownAddresses({server::networkOf(session->spec.source)}, rank);
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
