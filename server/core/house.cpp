#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/names.h"
#include "shared/text.h"

#include <QSet>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int digestKeyBytes = 32;

} // namespace

House::House(Store &store, Passwords &passwords, RandomBytes random, HouseSettings settings,
             const Times &times)
    : m_store(store), m_random(random), m_settings(settings), m_directory(std::move(random)),
      m_newConversations({}), m_registrations({}),
      m_authenticator(
              passwords,
              [this](std::function<void()> task) { m_store.afterAnswers(std::move(task)); },
              m_random(digestKeyBytes)),
      m_times(times), m_now(times.expiry())
{
    setSettings(settings);
    m_store.setNews({.storedLate =
                             [this](const AppendRequest &request, const Appended &appended) {
                                 Room *room = findRoom(request.room);
                                 if (!room)
                                     return;
                                 m_openLogs.insert(request.room);
                                 room->log().storedLate(request, appended);
                             },
                     .dropped =
                             [this](RoomId id, quint64 first) {
                                 if (Room *room = findRoom(id))
                                     room->log().dropped(first);
                             }});
    const StoredState state = m_store.takeState();
    for (const GuestRecord &guest : m_directory.takeOver(state, times.lasting()))
        m_store.putGuest(guest);
    takeOverRooms(state);
    takeOverStandings(state);
    for (const auto &[id, room] : m_rooms) {
        reviewCatalog(*room);
        reviewEmpty(*room);
    }
    m_sanctions.takeOver(state.sanctions);
    m_authenticator.takeOver(state);
    [[maybe_unused]] const Result<Done> kept = keepRoom(u"main"_s);
    Q_ASSERT(kept);
    m_main = findPublic(u"main"_s)->id();
}

House::~House() = default;

void House::setSettings(const HouseSettings &settings)
{
    constexpr int conversationBurst = 30;
    constexpr qint64 conversationEvery = 10'000; // ms
    constexpr qint64 hour = 3600LL * 1000;
    m_settings = settings;
    m_newConversations.setBounds({conversationBurst, conversationEvery});
    m_registrations.setBounds(
            {settings.shares.registrationBurst, hour / settings.shares.registrationsPerHour});
}

void House::setTime(const Moment &now)
{
    m_time = now;
    m_authenticator.setTime(now);
    if (!m_deserted.isEmpty())
        removeDeserted();
}

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

/// Tells everybody who knows the user what it is now, each once.
void House::tellAcquaintances(const User &user) const
{
    Audience audience;
    QSet<UserId> told;
    addListener(user, told, audience);
    for (const RoomId room : user.rooms) {
        if (findRoom(room)->announces())
            addListeners(*findRoom(room), told, audience);
    }
    for (const RoomId room : user.conversations) {
        if (const User *other = m_directory.find(findRoom(room)->otherThan(user.id).user))
            addListener(*other, told, audience);
    }
    audience.tell(UserChanged{user.name, user.away, user.registered, user.admin}, user.id);
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

void House::tick(const Times &times)
{
    m_times = times;
    m_now = times.expiry();
    QSet<RoomId> unmuted;
    for (const SanctionRecord &expired : m_sanctions.expire(m_now)) {
        if (expired.kind == SanctionKind::Mute)
            unmuted.insert(expired.room);
        m_store.put({expired}, [](const Result<Done> &) {}); // else the next start does it
    }
    for (const RoomId place : std::as_const(unmuted))
        reviewMuted(place, {});
    for (const User &forgotten : m_directory.expire(m_now)) {
        for (const RoomId room : m_expected.forgetUser(forgotten.id))
            reviewSight(*findRoom(room), forgotten.id);
        const QList<RoomId> conversations = m_conversations.of(forgotten.id);
        for (const RoomId room : conversations) {
            if (!isConversationAlive(*findRoom(room)))
                m_toRemove.append(room);
        }
        m_invitedGuests.remove(foldedName(forgotten.name));
        if (forgotten.stored)
            m_store.forgetGuest(forgotten.id);
    }
    m_toRemove.removeIf([this](RoomId room) { return removeConversation(room); });
    m_conversations.expire(m_time.steady);
    m_kicked.expire(m_time.steady);
    for (const RoomId room : std::exchange(m_unstored, {}))
        keep(*findRoom(room));
    for (const auto &[user, room] : std::exchange(m_unkept, {})) {
        if (findRoom(room))
            keepMembership(m_memberships.of(room, user));
    }
    commitAgain();
    expireInvites(m_now);
    keepInvites();
    m_authenticator.tick();
    eraseSome();
    for (const RoomId room : std::exchange(m_untold, {}))
        tellCount(room);
    retryLogs();
    removeEmpty();
    m_store.tick();
}

void House::tellCount(RoomId id) const
{
    if (const Room *room = findRoom(id))
        room->audience().tell(CountChanged{room->name(), room->memberCount()}, 0);
}

/// Only what is on its way to the store can leave a hole.
void House::retryLogs()
{
    m_openLogs.removeIf([this](RoomId id) {
        Room *room = findRoom(id);
        if (room)
            room->log().retry();
        return !room || room->log().idle();
    });
}

} // namespace teahouse::server
