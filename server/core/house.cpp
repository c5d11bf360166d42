#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/names.h"
#include "shared/text.h"

#include <QSet>

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

House::House(Store &store, Passwords &passwords, RandomBytes random, HouseSettings settings,
             qint64 now)
    : m_store(store), m_passwords(passwords), m_random(random), m_settings(settings),
      m_directory(std::move(random)), m_now(now)
{
    m_store.setNews({.storedLate =
                             [this](const AppendRequest &request, const Appended &appended) {
                                 if (Room *room = findRoom(request.room))
                                     room->log().storedLate(request, appended);
                             },
                     .dropped =
                             [this](RoomId id, quint64 first) {
                                 if (Room *room = findRoom(id))
                                     room->log().dropped(first);
                             }});
    const StoredState state = m_store.takeState();
    for (const GuestRecord &guest : m_directory.takeOver(state, now))
        m_store.putGuest(guest);
    takeOverRooms(state);
    takeOverStandings(state);
    m_sanctions.takeOver(state.sanctions);
    [[maybe_unused]] const Result<Done> kept = keepRoom(u"main"_s);
    Q_ASSERT(kept);
    m_main = findPublic(u"main"_s)->id();
}

House::~House() = default;

Session *House::find(SessionId session)
{
    const auto found = m_sessions.find(session);
    return found == m_sessions.end() ? nullptr : &found->second;
}

const Session *House::find(SessionId session) const
{
    const auto found = m_sessions.find(session);
    return found == m_sessions.end() ? nullptr : &found->second;
}

const User *House::userOf(SessionId session) const
{
    const Session *found = find(session);
    return found ? m_directory.find(found->user) : nullptr;
}

User *House::userOf(SessionId session)
{
    const Session *found = find(session);
    return found ? m_directory.find(found->user) : nullptr;
}

SessionId House::open(const SessionSpec &spec)
{
    const SessionId id = ++m_lastSession;
    m_sessions[id] = {.id = id, .spec = spec};
    return id;
}

void House::present(SessionId id, const EventEncoder &encoder, const QString &via, Form form)
{
    Session *session = find(id);
    if (!session)
        return;
    for (const RoomId room : roomsOf(*session))
        unseat(*session, *findRoom(room));
    session->spec.encoder = &encoder;
    session->spec.via = via;
    // Where a session sits is decided when it logs in.
    if (session->user == 0)
        session->spec.form = form;
    for (const RoomId room : roomsOf(*session))
        seat(*session, *findRoom(room));
}

bool House::isLoggedIn(SessionId session) const
{
    return userOf(session) != nullptr;
}

Result<Welcome> House::login(SessionId id, const QString &name, const QString &resume, qint64 now)
{
    Session *session = find(id);
    if (!session)
        return Error{.code = ErrorCode::Closing};
    if (session->user != 0)
        return Error{.code = ErrorCode::AlreadyLoggedIn};
    if (const auto refused = refusedEntry(*session, name, nullptr))
        return *refused;
    User *user = m_directory.restore(name, resume, now);
    if (user && !user->sessions.isEmpty()) {
        takeOver(*session, *user);
        return welcome(*session, *user);
    }
    if (!user) {
        const Result<User *> admitted = m_directory.admit(name);
        if (!admitted)
            return admitted.error();
        user = *admitted;
    }
    if (session->spec.form == Form::Object)
        keepGuest(*user, 0);
    session->user = user->id;
    user->sessions = {id};
    moveTo(*session, *user, *findRoom(m_main), now);
    reclaimLabels(*user);
    return welcome(*session, *user);
}

Result<Done> House::enterAnonymously(SessionId id, const AnonymousEntry &entry)
{
    Session *session = find(id);
    if (!session)
        return Error{.code = ErrorCode::Closing};
    if (session->user != 0)
        return Error{.code = ErrorCode::AlreadyLoggedIn};
    Room *room = findPublic(entry.room);
    if (!room)
        return Error{.code = ErrorCode::NoSuchRoom, .subject = entry.room};
    if (const auto refused = refusedEntry(*session, {}, nullptr))
        return *refused;
    User &user = m_directory.admitAnonymous(entry.origin);
    user.sessions = {id};
    if (const Result<Done> may = mayEnter(user, *room); !may) {
        m_directory.depart(user.id, 0);
        return may.error();
    }
    user.announced = entry.announced;
    session->user = user.id;
    moveTo(*session, user, *room, 0);
    return Done{};
}

void House::takeOver(Session &session, User &user)
{
    const QList<SessionId> before = std::exchange(user.sessions, {session.id});
    session.user = user.id;
    if (session.spec.form == Form::Object)
        user.joined = user.rooms;
    updateMuted(user, 0);
    for (const RoomId room : user.rooms) {
        updateMuted(user, room);
        seat(session, *findRoom(room));
    }
    for (const SessionId old : before) {
        Session *replaced = find(old);
        if (!replaced)
            continue;
        for (const RoomId room : user.rooms)
            unseat(*replaced, *findRoom(room));
        EventSink *sink = replaced->spec.sink;
        m_sessions.erase(old);
        sink->close({ClosingCode::Replaced, {}});
    }
}

Result<Welcome> House::welcome(Session &session, User &user)
{
    Welcome welcome;
    welcome.user = infoOf(user);
    welcome.resume = user.resume;
    welcome.ignored = user.ignored.values();
    for (const RoomId room : roomsOf(session))
        welcome.rooms.append(stateFor(*findRoom(room), user));
    if (session.spec.form == Form::Object) {
        for (const RoomId id : visibleConversations(user))
            welcome.rooms.append(stateFor(*findRoom(id), user));
    }
    return welcome;
}

void House::end(SessionId id, const QString &reason, qint64 now)
{
    const auto node = m_sessions.extract(id);
    if (node.empty())
        return;
    const Session &session = node.mapped();
    User *user = m_directory.find(session.user);
    if (!user)
        return;
    user->sessions.removeOne(id);
    // Whoever logs out at one of several sessions is still here.
    const bool isOut = user->sessions.isEmpty() || reason != leftByLogout;
    for (const RoomId room : roomsOf(session))
        standUp(session, *user, *findRoom(room), isOut ? reason : QString(), now);
    if (!user->sessions.isEmpty()) {
        // What silenced him may have been this session's address.
        const QList<RoomId> places = user->muted.keys();
        for (const RoomId place : places)
            reviewMuted(*user, place, {});
        return;
    }
    user->muted.clear();
    // Whoever has no name is nobody else's business any more.
    const QSet<UserId> ignorers = user->anonymous ? m_ignorers.value(user->id) : QSet<UserId>();
    for (const UserId ignorer : ignorers)
        noteIgnored({ignorer, user->id, user->name, true});
    if (!user->registered) {
        user->joined.clear();
        for (const UserId other : user->ignored.keys())
            m_ignorers[other].remove(user->id);
        user->ignored.clear();
    }
    user->away.clear();
    const UserId left = user->id;
    const qint64 until = m_directory.depart(left, now);
    if (User *departed = m_directory.findDeparted(left);
        departed && departed->stored && !departed->registered)
        keepGuest(*departed, until);
}

void House::seat(const Session &session, Room &room)
{
    room.audience().add(*session.spec.encoder,
                        {session.id, session.user, session.spec.sink, session.spec.form});
}

/// The public rooms that the session hears: those of its user's list, or the one it sits in.
QList<RoomId> House::roomsOf(const Session &session) const
{
    const User *user = m_directory.find(session.user);
    if (!user)
        return {};
    if (session.spec.form == Form::Object)
        return user->joined;
    return session.room == 0 ? QList<RoomId>() : QList<RoomId>{session.room};
}

bool House::sitsIn(const Session &session, RoomId room) const
{
    return session.spec.form == Form::Object ? roomsOf(session).contains(room)
                                             : session.room == room;
}

/// Whether any session of the user sits in the room.
bool House::isPresent(const User &user, RoomId room) const
{
    return std::any_of(user.sessions.begin(), user.sessions.end(),
                       [&](SessionId id) { return sitsIn(*find(id), room); });
}

/// The session is not in the room any more; with the last one of its user there, neither is he.
void House::standUp(const Session &session, User &user, Room &room, const QString &reason,
                    qint64 now)
{
    unseat(session, room);
    if (!isPresent(user, room.id()))
        leaveRoom(user, room, reason, now);
}

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

void House::unseat(const Session &session, Room &room)
{
    room.audience().remove(session.id);
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

Result<Done> House::setAway(SessionId id, const QString &away)
{
    User *user = userOf(id);
    if (!user)
        return Error{.code = ErrorCode::LoginRequired};
    const QString text = cleanLine(away).trimmed();
    // Everybody in every room of his would read it.
    for (const RoomId place : user->muted.keys()) {
        const SanctionRecord *mute = text.isEmpty() ? nullptr
                                                    : sanctionOn(*user, place, SanctionKind::Mute);
        if (mute)
            return Error{.code = ErrorCode::Muted, .other = mute->reason, .number = mute->until};
    }
    if (codePoints(text) > limits::awayText)
        return Error{.code = ErrorCode::TooLong,
                     .subject = u"an away text"_s,
                     .number = limits::awayText};
    if (text == user->away)
        return Done{};
    user->away = text;
    tellAcquaintances(*user);
    return Done{};
}

void House::addListeners(const Room &room, QSet<UserId> &told, Audience &audience) const
{
    for (const Room::Member &member : room.members())
        addListener(*m_directory.find(member.user), told, audience);
}

void House::addListener(const User &user, QSet<UserId> &told, Audience &audience) const
{
    if (told.contains(user.id))
        return;
    told.insert(user.id);
    for (const SessionId id : user.sessions) {
        const Session *session = find(id);
        audience.add(*session->spec.encoder, {id, user.id, session->spec.sink});
    }
}

void House::tick(qint64 now)
{
    m_now = now;
    for (const SanctionRecord &expired : m_sanctions.expire(now)) {
        reviewMuted(expired.room, {});
        m_store.put({expired}, [](const Result<Done> &) {}); // else the next start does it
    }
    QSet<UserId> gone;
    for (const User &forgotten : m_directory.expire(now)) {
        gone.insert(forgotten.id);
        for (const RoomId room : forgotten.conversations) {
            if (!isConversationAlive(*findRoom(room)))
                m_toRemove.append(room);
        }
        if (forgotten.stored)
            m_store.forgetGuest(forgotten.id);
    }
    m_toRemove.removeIf([this](RoomId room) { return removeConversation(room); });
    for (const RoomId room : std::exchange(m_unstored, {}))
        keep(*findRoom(room));
    for (const auto &[user, room] : std::exchange(m_unkept, {})) {
        if (findRoom(room))
            keepMembership(m_memberships.of(room, user));
    }
    commitAgain();
    eraseSome();
    const qint64 stay = std::chrono::milliseconds(limits::emptyRoomStays).count();
    for (auto next = m_rooms.begin(); next != m_rooms.end();) {
        Room &room = *(next++)->second;
        room.log().retry();
        room.expectNone(gone);
        tellCount(room);
        if (room.memberCount() > 0 || room.isPrivate() || m_kept.contains(room.id())
            || m_memberships.isKept(room.id()))
            continue;
        if (room.emptySince() == 0)
            room.setEmptySince(now);
        else if (now - room.emptySince() < stay)
            continue;
        else if (room.log().idle())
            removeRoom(room);
    }
    m_store.tick();
}

void House::tellCount(Room &room)
{
    if (room.takeUntold())
        room.audience().tell(CountChanged{room.name(), room.memberCount()}, 0);
}

} // namespace teahouse::server
