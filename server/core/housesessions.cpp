#include "server/core/house.h"

#include <algorithm>
#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

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

Source House::sourceOf(SessionId session) const
{
    const Session *found = find(session);
    return found ? found->spec.source : Source();
}

bool House::isLoggedIn(SessionId session) const
{
    return userOf(session) != nullptr;
}

LimitParty House::limitParty(SessionId id) const
{
    const Session *session = find(id);
    const User *user = userOf(id);
    if (user && user->registered)
        return {.account = user->id};
    if (session && (!user || user->anonymous))
        return {.share = session->share()};
    return {};
}

Result<Welcome> House::login(SessionId id, const QString &as, const QString &resume, qint64 now)
{
    Session *session = find(id);
    if (!session)
        return Error{.code = ErrorCode::Closing};
    if (session->user != 0)
        return Error{.code = ErrorCode::AlreadyLoggedIn};
    QString name = as;
    if (name.isEmpty() && !resume.isEmpty()) {
        const auto known = m_directory.nameOf(resume, now);
        if (!known)
            return Error{.code = ErrorCode::NameEmpty,
                         .other = u"the secret in \"resume\" is not, or no longer, anybody's"_s};
        name = *known;
    }
    if (const auto refused = refusedEntry(*session, name, nullptr))
        return *refused;
    if (const auto refused = refusedAfterKick(*session, name, m_main))
        return *refused;
    User *user = m_directory.restore(name, resume, m_times.expiryAt(now));
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
        m_authenticator.withdraw(old);
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
    m_authenticator.withdraw(id);
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
    user->share = session.share();
    const UserId left = user->id;
    const qint64 until = m_directory.depart(left, m_times.lastingAt(now));
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

void House::unseat(const Session &session, Room &room)
{
    room.audience().remove(session.id);
}

/// All sessions of a user end, but for one.
void House::endSessions(UserId id, const Closing &why, SessionId except)
{
    const User *user = m_directory.find(id);
    const QList<SessionId> sessions = user ? user->sessions : QList<SessionId>();
    for (const SessionId session : sessions) {
        if (session != except)
            endSession(session, why, m_now);
    }
}

void House::endSession(SessionId id, const Closing &why, qint64 now)
{
    const Session *session = find(id);
    if (!session)
        return;
    EventSink *sink = session->spec.sink;
    end(id, closingName(why.code), now);
    sink->close(why);
}

} // namespace teahouse::server
