#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/names.h"
#include "shared/text.h"

#include <QSet>

namespace teahouse::server {

using namespace Qt::StringLiterals;

House::House(Store &store, RandomBytes random, HouseSettings settings, qint64 now)
    : m_store(store), m_settings(settings), m_directory(std::move(random))
{
    m_store.setLate([this](const AppendRequest &request, const Appended &appended) {
        if (Room *room = findRoom(request.room))
            room->log().storedLate(request, appended);
    });
    const StoredState state = m_store.takeState();
    for (const GuestRecord &guest : m_directory.takeOver(state, now))
        m_store.putGuest(guest);
    takeOverRooms(state);
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
    const User *user = m_directory.find(session->user);
    const auto everyRoom = [&](auto act) {
        if (!user)
            return;
        for (const RoomId room : user->rooms)
            act(*findRoom(room));
    };
    everyRoom([&](Room &room) { unseat(*session, room); });
    session->spec.encoder = &encoder;
    session->spec.via = via;
    session->spec.form = form;
    everyRoom([&](Room &room) { seat(*session, room); });
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
    User &user = m_directory.admitAnonymous(entry.origin);
    if (const Result<Done> may = mayEnter(user, *room); !may) {
        m_directory.depart(user.id, 0);
        return may.error();
    }
    user.announced = entry.announced;
    user.sessions = {id};
    session->user = user.id;
    moveTo(*session, user, *room, 0);
    return Done{};
}

void House::takeOver(Session &session, User &user)
{
    const QList<SessionId> before = std::exchange(user.sessions, {session.id});
    session.user = user.id;
    for (const RoomId room : user.rooms)
        seat(session, *findRoom(room));
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
    welcome.user.name = user.name;
    welcome.resume = user.resume;
    for (const RoomId room : user.rooms)
        welcome.rooms.append(findRoom(room)->state(user.id));
    if (session.spec.form == Form::Object) {
        for (const RoomId id : visibleConversations(user))
            welcome.rooms.append(findRoom(id)->state(user.id));
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
    for (const RoomId room : user->rooms)
        unseat(session, *findRoom(room));
    if (!user->sessions.isEmpty())
        return;
    const QList<RoomId> rooms = user->rooms;
    for (const RoomId room : rooms)
        leaveRoom(*user, *findRoom(room), reason, now);
    user->away.clear();
    const UserId left = user->id;
    const qint64 until = m_directory.depart(left, now);
    if (User *departed = m_directory.findDeparted(left); departed && departed->stored)
        keepGuest(*departed, until);
}

void House::seat(const Session &session, Room &room)
{
    room.audience().add(*session.spec.encoder, {session.id, session.user, session.spec.sink});
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
        const Session *session = find(user->second.sessions.value(0));
        list.people.append({user->second.name, user->second.away,
                            session ? session->spec.via : QString(), true});
    }
    return list;
}

Result<Done> House::setAway(SessionId id, const QString &away)
{
    User *user = userOf(id);
    if (!user)
        return Error{.code = ErrorCode::LoginRequired};
    const QString text = cleanLine(away).trimmed();
    if (codePoints(text) > limits::awayText)
        return Error{.code = ErrorCode::TooLong,
                     .subject = u"an away text"_s,
                     .number = limits::awayText};
    if (text == user->away)
        return Done{};
    user->away = text;
    // Everybody who shares a room that still announces, each once.
    Audience audience;
    QSet<UserId> told;
    for (const RoomId room : user->rooms) {
        if (findRoom(room)->announces())
            addListeners(*findRoom(room), told, audience);
    }
    for (const RoomId room : user->conversations) {
        if (const User *other = m_directory.find(findRoom(room)->otherThan(user->id).user))
            addListener(*other, told, audience);
    }
    audience.tell(UserChanged{user->name, text}, user->id);
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
    for (const User &forgotten : m_directory.expire(now)) {
        m_toRemove += forgotten.conversations;
        if (forgotten.stored)
            m_store.forgetGuest(forgotten.id);
    }
    m_toRemove.removeIf([this](RoomId room) { return removeConversation(room); });
    for (const RoomId room : std::exchange(m_unstored, {})) {
        // A topic that is under way is newer than what would be put behind it.
        if (findRoom(room)->log().idle())
            keep(*findRoom(room));
        else
            m_unstored.insert(room);
    }
    const qint64 stay = std::chrono::milliseconds(limits::emptyRoomStays).count();
    for (auto next = m_rooms.begin(); next != m_rooms.end();) {
        Room &room = *(next++)->second;
        room.log().retry();
        tellCount(room);
        if (room.memberCount() > 0 || room.isPrivate() || m_kept.contains(room.id()))
            continue;
        if (room.emptySince() == 0)
            room.setEmptySince(now);
        else if (now - room.emptySince() >= stay && room.log().idle())
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
