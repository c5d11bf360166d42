#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/names.h"
#include "shared/text.h"

#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

Room &House::addRoom(RoomRecord record)
{
    const RoomId id = record.id;
    auto made = std::make_unique<Room>(
            std::move(record), m_store,
            [this, id](const auto &delivery) { deliver(*findRoom(id), delivery); });
    Room &room = *(m_rooms[id] = std::move(made));
    if (!room.isPrivate()) {
        m_roomNames.insert(room.name(), id);
        ++m_publicRooms;
    }
    return room;
}

/// Rooms of an earlier run. A conversation with somebody who cannot come back is over.
void House::takeOverRooms(const StoredState &state)
{
    m_lastRoom = state.lastRoom;
    for (const RoomRecord &record : state.rooms) {
        const Room &room = addRoom(record);
        if (!room.isPrivate())
            continue;
        m_conversations.add(room.record());
        for (const Partner &partner : room.pair()) {
            User *user = m_directory.findDeparted(partner.user);
            if (user && !room.isEndedBy(user->id))
                user->conversations.append(room.id());
        }
        if (!isConversationAlive(room))
            m_toRemove.append(room.id());
    }
}

/// What accounts are and want. Codes that nobody has used in time are taken away.
void House::takeOverStandings(const StoredState &state)
{
    m_isUnclaimed = !state.isClaimed;
    for (const MembershipRecord &record : state.memberships) {
        m_memberships.set(record);
        User *user = m_directory.findDeparted(record.user);
        if (user && record.isJoined && findRoom(record.room))
            user->joined.append(record.room);
    }
    for (const IgnoreRecord &record : state.ignores)
        noteIgnored(record);
    QList<Change> expired;
    for (InviteRecord invite : state.invites) {
        invite.used = invite.until <= m_now;
        if (invite.used)
            expired.append(invite);
        else
            m_invites.put(invite);
    }
    if (!expired.isEmpty())
        m_store.put(expired, {});
    for (const AccountRecord &account : state.accounts) {
        if (account.erasing)
            m_erasures.append({account.id, account.name});
    }
}

/// Has the store keep whether the user's native sessions have the room in their list.
void House::keepJoined(const User &user, RoomId room)
{
    if (!user.registered)
        return;
    MembershipRecord record = m_memberships.of(room, user.id);
    record.isJoined = user.joined.contains(room);
    // What one wants to be told of is kept of rooms that one is in or something in.
    if (!record.isJoined && record.role == RoomRole::None)
        record.level = NotifyLevel::All;
    keepMembership(record);
}

/// Has the store keep what the room is now; tried again at the next tick when it cannot.
void House::keep(const Room &room)
{
    const RoomId id = room.id();
    m_store.putRoom(room.record(), [this, id](const Result<Done> &kept) {
        if (!kept && findRoom(id))
            m_unstored.insert(id);
    });
}

void House::removeRoom(Room &room)
{
    if (!room.isPrivate()) {
        m_roomNames.remove(room.name());
        m_catalog.remove(room.id());
        --m_publicRooms;
    }
    m_unstored.remove(room.id());
    m_madeFrom.giveBack(room.id());
    m_madeByGuest.giveBack(room.id());
    const QList<MembershipRecord> records = m_memberships.ofRoom(room.id());
    for (const MembershipRecord &record : records) {
        User *user = m_directory.find(record.user);
        if (!user)
            user = m_directory.findDeparted(record.user);
        if (user)
            user->joined.removeOne(room.id());
    }
    m_sanctions.forgetRoom(room.id());
    m_expected.forgetRoom(room.id());
    m_empty.forget(room.id());
    m_memberships.forgetRoom(room.id());
    m_invites.forgetRoom(room.id());
    m_store.forget(room.id());
    m_rooms.erase(room.id());
}

/// Makes it so in memory what the two are to each other.
void House::note(const MembershipRecord &record)
{
    m_memberships.set(record);
    if (Room *room = findRoom(record.room)) {
        reviewSight(*room, record.user);
        reviewEmpty(*room);
    }
}

/// Whether nobody is in the room, owns it or keeps it in a list, so that it vanishes by and by.
bool House::isForsaken(const Room &room) const
{
    return room.memberCount() == 0 && !room.isPrivate() && !m_kept.contains(room.id())
            && !m_making.contains(room.id()) && !m_memberships.isKept(room.id());
}

void House::reviewEmpty(Room &room)
{
    if (!isForsaken(room))
        return m_empty.forget(room.id());
    if (m_empty.contains(room.id()))
        return;
    if (room.emptySince() == 0)
        room.setEmptySince(m_times.believed);
    m_empty.add(room.id(),
                room.emptySince() + std::chrono::milliseconds(limits::emptyRoomStays).count());
    if (room.log().last() == 0)
        m_deserted.append(room.id());
}

/// Whether the room goes at once: it is forsaken, and nothing was said in it.
bool House::isDeserted(const Room &room) const
{
    return isForsaken(room) && room.log().last() == 0 && room.log().idle()
            && !m_underChange.contains(room.id());
}

/// Not while something is carried out that knows the room.
void House::removeDeserted()
{
    const QList<RoomId> rooms = std::exchange(m_deserted, {});
    for (const RoomId id : rooms) {
        if (Room *room = findRoom(id); room && isDeserted(*room))
            removeRoom(*room);
    }
}

void House::removeEmpty()
{
    const QList<RoomId> due = m_empty.due(m_times.believed);
    for (const RoomId id : due) {
        if (Room *room = findRoom(id); room && room->log().idle())
            removeRoom(*room);
    }
}

Room *House::findRoom(RoomId id) const
{
    const auto found = m_rooms.find(id);
    return found == m_rooms.end() ? nullptr : found->second.get();
}

Room *House::findPublic(const QString &name) const
{
    const auto found = m_roomNames.find(name);
    return found && !m_making.contains(found->id) ? findRoom(found->id) : nullptr;
}

QString House::roomName(const QString &name) const
{
    const Room *room = findPublic(name);
    return room ? room->name() : QString();
}

Result<Room *> House::findFor(SessionId id, const QString &name) const
{
    const Session *session = find(id);
    const User *user = userOf(id);
    if (!user)
        return Error{.code = ErrorCode::LoginRequired};
    Room *room = nullptr;
    if (name.isEmpty() && session->spec.form == Form::Line)
        room = findRoom(session->room);
    else if (name.startsWith(u'@'))
        room = findConversation(*user, QStringView(name).mid(1));
    else
        room = findPublic(name);
    if (!room)
        return Error{.code = ErrorCode::NoSuchRoom, .subject = name};
    return room;
}

Result<Room *> House::findOwn(SessionId id, const QString &name) const
{
    const Result<Room *> room = findFor(id, name);
    if (!room || (*room)->isPrivate() || sitsIn(*find(id), (*room)->id()))
        return room;
    return Error{.code = ErrorCode::NotMember, .subject = (*room)->name()};
}

/// Lets somebody in once. Error: TooMany.
Result<Done> House::expect(const Room &room, UserId user)
{
    const Result<Done> expected = m_expected.expect(room.id(), user);
    reviewSight(room, user);
    return expected;
}

/// The user has come, or it did not come of it.
void House::expectNoMore(const Room &room, UserId user)
{
    m_expected.forget(room.id(), user);
    reviewSight(room, user);
}

Result<Done> House::mayEnter(const User &user, const Room &room) const
{
    if (user.rooms.contains(room.id()))
        return Done{};
    if (const SanctionRecord *ban = sanctionOn(user, room.id(), SanctionKind::Ban))
        return Error{.code = ErrorCode::Banned, .other = ban->reason, .number = ban->until};
    const bool isFree = user.registered || m_expected.expects(room.id(), user.id);
    const Session *session = isFree ? nullptr : find(user.sessions.value(0));
    if (const auto refused = session ? refusedAfterKick(*session, user.name, room.id())
                                     : std::nullopt)
        return *refused;
    if (room.id() == m_main)
        return Done{};
    // What else there is to say of a room is not for those who may not come in.
    if (const Result<Done> admitted = isAdmitted(user, room); !admitted)
        return admitted;
    if (room.memberCount() >= limits::roomMembers)
        return Error{
                .code = ErrorCode::RoomFull, .subject = room.name(), .number = limits::roomMembers};
    if (user.rooms.size() >= limits::roomsPerUser)
        return Error{.code = ErrorCode::TooMany,
                     .subject = u"rooms at a time"_s,
                     .number = limits::roomsPerUser};
    return Done{};
}

/// Whoever is something in a room needs neither invitation nor password, nor do administrators.
Result<Done> House::isAdmitted(const User &user, const Room &room) const
{
    if ((!room.isClosed() && !room.hasKey()) || m_expected.expects(room.id(), user.id)
        || rankOf(user, &room) >= Rank::Member)
        return Done{};
    return Error{.code = room.isClosed() ? ErrorCode::InviteRequired : ErrorCode::RoomKey,
                 .subject = room.name()};
}

void House::enter(const Session &session, User &user, Room &room)
{
    if (!m_sanctions.isEmpty()) {
        // A further session may come from an address that is muted, which silences all of them;
        // the one that enters is told by the answer.
        if (updateMuted(user, 0))
            tellMuted(user, 0, {}, session.id);
        if (updateMuted(user, room.id()) && user.rooms.contains(room.id()))
            tellMuted(user, room.id(), {}, session.id);
    }
    if (session.spec.form == Form::Object && !user.joined.contains(room.id())) {
        user.joined.append(room.id());
        keepJoined(user, room.id());
        for (const SessionId other : user.sessions) {
            if (other != session.id && find(other)->spec.form == Form::Object)
                seat(*find(other), room);
        }
    }
    const bool isFirst = room.admit(user.id);
    if (!isFirst) {
        seat(session, room);
        return;
    }
    m_memberships.arrived(room.id(), user.id);
    expectNoMore(room, user.id);
    reviewEmpty(room);
    user.rooms.append(room.id());
    // Whoever comes for the first time begins to read here.
    if (user.stored && !user.fromStore && !user.read.contains(room.id()))
        moveRead(user, room, room.log().last());
    seat(session, room);
    room.updateAnnouncing(m_settings.announceUpTo);
    if (!room.announces())
        m_untold.insert(room.id());
    else if (user.announced)
        room.audience().tell(Entered{room.name(), user.name, session.spec.via, user.origin,
                                     user.registered, user.admin,
                                     m_memberships.role(room.id(), user.id)},
                             user.id);
}

void House::leaveRoom(User &user, Room &room, const QString &reason, qint64 now)
{
    if (!room.dismiss(user.id))
        return;
    user.rooms.removeOne(room.id());
    user.muted.remove(room.id());
    m_memberships.left(room.id(), user.id);
    reviewSight(room, user.id);
    user.levels.remove(room.id());
    if (!room.announces())
        m_untold.insert(room.id());
    else if (user.announced)
        room.audience().tell(Left{room.name(), user.name, reason, user.origin}, user.id);
    room.updateAnnouncing(m_settings.announceUpTo);
    if (room.memberCount() == 0)
        room.setEmptySince(m_times.believedAt(now));
    reviewEmpty(room);
}

RoomState House::moveTo(Session &session, User &user, Room &room, qint64 now)
{
    if (session.spec.form == Form::Line && session.room != room.id()) {
        Room *before = findRoom(std::exchange(session.room, 0));
        if (before)
            standUp(session, user, *before, {}, now);
        session.room = room.id();
        enter(session, user, room);
    } else if (session.spec.form == Form::Object && !user.joined.contains(room.id())) {
        enter(session, user, room);
        tellState(user, room, session.id);
    }
    return stateFor(room, user);
}

Result<Done> House::keepRoom(const QString &name)
{
    Room *room = findPublic(name);
    if (!room) {
        const Result<QString> fresh = freshRoomName(name);
        if (!fresh)
            return fresh.error();
        room = &addRoom({.id = ++m_lastRoom, .name = *fresh, .retention = m_settings.retention});
        keep(*room);
    } else if (room->retention() != m_settings.retention) {
        room->setRetention(m_settings.retention);
        keep(*room);
    }
    m_kept.insert(room->id());
    reviewCatalog(*room);
    reviewEmpty(*room);
    return Done{};
}

Result<QString> House::freshRoomName(const QString &name) const
{
    const QString normal = normalizedName(name);
    const NameFault fault = checkName(normal);
    if (fault != NameFault::None)
        return Error{.code = ErrorCode::NameInvalid, .subject = normal, .other = faultText(fault)};
    // Everybody's room is not to be mistaken for another.
    if (const Room *main = findRoom(m_main); main && imitates(normal, main->name()))
        return Error{.code = ErrorCode::AlreadyExists, .subject = main->name()};
    if (const auto taken = m_roomNames.lookAlike(normal))
        return Error{.code = ErrorCode::AlreadyExists,
                     .subject = m_catalog.isHidden(taken->id) ? normal : taken->name};
    return normal;
}

Result<QString> House::cleanTopic(const QString &topic)
{
    const QString clean = cleanLine(topic).trimmed();
    if (codePoints(clean) > limits::topic)
        return Error{.code = ErrorCode::TooLong, .subject = u"a topic"_s, .number = limits::topic};
    return clean;
}

Result<RoomState> House::join(SessionId id, const QString &name, qint64 now)
{
    User *user = userOf(id);
    if (!user)
        return Error{.code = ErrorCode::LoginRequired};
    Room *room = findPublic(name);
    if (!room)
        return Error{.code = ErrorCode::NoSuchRoom, .subject = name};
    const Result<Done> may = mayEnter(*user, *room);
    if (!may)
        return may.error();
    return moveTo(*find(id), *user, *room, now);
}

Result<Done> House::leave(SessionId id, const QString &name, qint64 now)
{
    const Result<Room *> room = findOwn(id, name);
    if (!room)
        return room.error();
    User &user = *userOf(id);
    if ((*room)->isPrivate()) {
        endConversation(user, **room, id);
        return Done{};
    }
    user.joined.removeOne((*room)->id());
    keepJoined(user, (*room)->id());
    const QList<SessionId> sessions = user.sessions;
    for (const SessionId session : sessions) {
        if (find(session)->spec.form != Form::Object)
            continue;
        unseat(*find(session), **room);
        if (session != id)
            tellSession(session, RoomChanged{(*room)->state(user.id), true});
    }
    if (!isPresent(user, (*room)->id()))
        leaveRoom(user, **room, {}, now);
    return Done{};
}

/// A room that one has entered is in the account's list for good before that is answered.
void House::answerEntered(SessionId id, RoomId roomId, RoomThen then)
{
    const auto answer = [this, id, roomId, then = std::move(then)](const Result<Done> &kept) {
        const Session *session = find(id);
        const User *user = userOf(id);
        const Room *room = findRoom(roomId);
        if (!user)
            return then(Error{.code = ErrorCode::Closing});
        if (!room || !sitsIn(*session, roomId))
            return then(Error{.code = ErrorCode::NotMember,
                              .subject = room ? room->name() : QString()});
        if (kept)
            return then(stateFor(*room, *user));
        // It holds all the same, and is told as it would be if another session had entered.
        tellSession(id, RoomChanged{presentState(*room, *user)});
        then(Error{.code = ErrorCode::Unconfirmed});
    };
    const User *user = userOf(id);
    if (user && user->registered && find(id)->spec.form == Form::Object)
        whenKept(user->id, roomId, answer);
    else
        answer(Done{});
}

void House::leave(SessionId id, const QString &name, qint64 now, DoneThen then)
{
    const Result<Room *> room = findOwn(id, name);
    if (!room)
        return then(room.error());
    const RoomId roomId = (*room)->id();
    const bool isPrivate = (*room)->isPrivate();
    const Result<Done> left = leave(id, name, now);
    const User *user = userOf(id);
    if (!left || !user->registered || isPrivate)
        return then(left);
    RoomState gone;
    gone.room = (*room)->name();
    whenKept(user->id, roomId, [this, id, gone, then = std::move(then)](const Result<Done> &kept) {
        if (!kept && find(id))
            tellSession(id, RoomChanged{gone, true});
        then(kept ? kept : Result<Done>(Error{.code = ErrorCode::Unconfirmed}));
    });
}

} // namespace teahouse::server
