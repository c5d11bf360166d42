#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/names.h"

#include <algorithm>
#include <tuple>

namespace teahouse::server {

using namespace Qt::StringLiterals;

Room *House::conversationWith(const User &user, UserId other) const
{
    Room *room = findRoom(m_conversations.find(user.id, other));
    return room && !room->isEndedBy(user.id) ? room : nullptr;
}

/// The one with whoever bears the name now; else one with a guest of that name who has left.
Room *House::findConversation(const User &user, QStringView name) const
{
    if (const User *here = m_directory.findBearer(name)) {
        if (Room *room = conversationWith(user, here->id))
            return room;
    }
    const QString folded = foldedName(name);
    for (auto id = user.conversations.crbegin(); id != user.conversations.crend(); ++id) {
        Room *room = findRoom(*id);
        if (room->foldedPartner(user.id) == folded)
            return room;
    }
    return nullptr;
}

/// Those that findConversation() finds, in their order: of several with guests of one name, the
/// one with the guest who is here, else the newest.
QList<RoomId> House::visibleConversations(const User &user) const
{
    QHash<QString, RoomId> shown;
    for (const RoomId id : user.conversations) {
        const Room &room = *findRoom(id);
        const QString &name = room.foldedPartner(user.id);
        const Room *before = shown.contains(name) ? findRoom(shown.value(name)) : nullptr;
        if (!before || !m_directory.find(before->otherThan(user.id).user))
            shown.insert(name, id);
    }
    QList<RoomId> visible = user.conversations;
    visible.removeIf(
            [&](RoomId id) { return shown.value(findRoom(id)->foldedPartner(user.id)) != id; });
    return visible;
}

/// The one of the two, begun when there is none.
Result<Room *> House::conversation(const Session &session, User &user, User &other)
{
    if (user.id == other.id)
        return Error{.code = ErrorCode::BadRequest,
                     .subject = u"a private conversation takes two"_s};
    if (Room *room = findRoom(m_conversations.find(user.id, other.id))) {
        if (const Result<Done> taken = takeUp(user, *room); !taken)
            return taken.error();
        return room;
    }
    if (const Result<Done> space = makeSpace(user, Wish::Own); !space)
        return space.error();
    if (const Result<Done> space = makeSpace(other, Wish::Others); !space)
        return space.error();
    if (const Result<Done> may = mayBegin(session, user); !may)
        return may.error();
    if (const Result<Done> space = makeSpaceOnServer(); !space)
        return space.error();
    return &beginConversation(session, user, other);
}

Room &House::beginConversation(const Session &session, User &user, User &other)
{
    // One with an earlier guest of that name is out of sight until that guest is back.
    const Room *earlier = findConversation(user, other.name);
    if (earlier)
        tellSessions(user, RoomChanged{earlier->state(user.id), true}, Side::Other);
    if (const Room *theirs = findConversation(other, user.name))
        tellSessions(other, RoomChanged{theirs->state(other.id), true}, Side::Other);
    Room &added = addRoom(
            {.id = ++m_lastRoom, .pair = {Partner{user.id, user.name}, {other.id, other.name}}});
    user.conversations.append(added.id());
    other.conversations.append(added.id());
    keep(added);
    m_conversations.begin(added.record(), session.share(), m_time.steady);
    return added;
}

/// Whether somebody may begin one more: how fast, how many that nobody has answered, and how many
/// at all while so many are left.
Result<Done> House::mayBegin(const Session &session, const User &user)
{
    const ShareLimits &most = m_settings.shares;
    const LimitShare share = session.share();
    if (user.admin)
        return Done{};
    constexpr PartRule part{.divisor = 250, .least = 10, .most = limits::begunPerPerson};
    const int begun = fairPart(most.conversations - m_conversations.count(), part);
    if (m_conversations.begunBy(user.id) >= begun)
        return Error{.code = ErrorCode::TooMany,
                     .subject = u"private conversations that you have begun"_s,
                     .number = begun};
    if (m_conversations.unansweredBy(user.id) >= most.unansweredPerPerson)
        return Error{.code = ErrorCode::TooMany,
                     .subject = u"new private conversations a day that are not answered"_s,
                     .number = most.unansweredPerPerson};
    if (m_conversations.unansweredFrom(share) >= most.unansweredPerAddress)
        return Error{
                .code = ErrorCode::TooMany,
                .subject =
                        u"new private conversations a day from your address that are not answered"_s,
                .number = most.unansweredPerAddress};
    if (const qint64 wait = m_newConversations.take(share, m_time.steady); wait > 0)
        return Error{.code = ErrorCode::SlowDown, .retryMs = static_cast<int>(wait)};
    return Done{};
}

/// A full list loses the conversation that is wanted least; it comes back when one of the two
/// writes there.
Result<Done> House::makeSpace(User &user, Wish wish)
{
    if (user.conversations.size() < limits::privateRoomsPerUser)
        return Done{};
    if (const auto least = leastWanted(user, wish)) {
        endConversation(user, *findRoom(*least), 0);
        return Done{};
    }
    return Error{.code = ErrorCode::TooMany,
                 .subject = wish == Wish::Own
                         ? u"private conversations; leave one that you do not need"_s
                         : u"private conversations that %1 has"_s.arg(user.name),
                 .number = limits::privateRoomsPerUser};
}

/// Which conversation of a list gives way to a new one: with somebody ignored; else one that the
/// other has begun and nobody has answered, of the share that has most of them there, guests before
/// accounts, the oldest. To one's own wish also one where nobody has answered oneself, then one
/// with somebody who has left. Nothing else does.
std::optional<RoomId> House::leastWanted(const User &user, Wish wish) const
{
    enum Kind { Ignored, Stranger, Unanswered, Gone };
    using Place = std::tuple<Kind, int, bool>; // the less, the sooner
    QHash<LimitShare, int> fromShare;
    for (const RoomId id : user.conversations) {
        const Room &room = *findRoom(id);
        if (!room.isAnswered() && room.pair()[0].user != user.id)
            ++fromShare[m_conversations.shareOf(id)];
    }
    std::optional<std::pair<Place, RoomId>> least;
    for (const RoomId id : user.conversations) {
        const Room &room = *findRoom(id);
        const UserId other = room.otherThan(user.id).user;
        const User *reachable = m_directory.findReachable(other);
        const bool isAccount = reachable && reachable->registered;
        std::optional<Place> place;
        if (isIgnored(other, user.id))
            place = {Ignored, 0, isAccount};
        else if (!room.isAnswered() && room.pair()[0].user == other)
            place = {Stranger, -fromShare.value(m_conversations.shareOf(id)), isAccount};
        else if (wish == Wish::Own && !room.isAnswered())
            place = {Unanswered, 0, isAccount};
        else if (wish == Wish::Own && !reachable)
            place = {Gone, 0, isAccount};
        if (place && (!least || *place < least->first))
            least = {*place, id};
    }
    return least ? std::optional(least->second) : std::nullopt;
}

/// Where all places of the server are taken, what both have ended goes with all that was said
/// there, else what was never answered.
Result<Done> House::makeSpaceOnServer()
{
    const int most = m_settings.shares.conversations;
    while (m_conversations.count() >= most) {
        const RoomId first = m_conversations.firstToGiveWay();
        if (first == 0 || !removeConversation(first))
            return Error{.code = ErrorCode::TooMany,
                         .subject = u"private conversations on this server"_s,
                         .number = most};
    }
    return Done{};
}

/// It is in the user's list no more; the other one keeps it, and nothing of it is lost.
void House::endConversation(User &user, Room &room, SessionId except)
{
    if (room.isEndedBy(user.id))
        return;
    room.end(user.id);
    user.conversations.removeOne(room.id());
    m_conversations.update(room.record());
    keep(room);
    const RoomChanged gone{room.state(user.id), true};
    tellSessions(user, gone, Side::Other, except);
    // One with another bearer of that name comes into sight.
    const Room *hidden = findConversation(user, room.otherThan(user.id).name);
    if (hidden)
        tellSessions(user, RoomChanged{presentState(*hidden, user)}, Side::Other);
}

/// A conversation that the user has ended is in his list again.
Result<Done> House::listAgain(User &user, Room &room, Wish wish)
{
    if (!room.isEndedBy(user.id))
        return Done{};
    if (const Result<Done> space = makeSpace(user, wish); !space)
        return space.error();
    if (const Room *earlier = findConversation(user, room.otherThan(user.id).name))
        tellSessions(user, RoomChanged{earlier->state(user.id), true}, Side::Other);
    room.takeUp(user.id);
    user.conversations.append(room.id());
    m_conversations.update(room.record());
    keep(room);
    tellSessions(user, RoomChanged{presentState(room, user)}, Side::Other);
    return Done{};
}

/// Somebody writes in it: whoever has ended it has it again, but not one who ignores the speaker.
Result<Done> House::takeUp(User &speaker, Room &room)
{
    if (const Result<Done> own = listAgain(speaker, room, Wish::Own); !own)
        return own.error();
    const UserId otherId = room.otherThan(speaker.id).user;
    User *other = m_directory.find(otherId);
    if (!other)
        other = m_directory.findDeparted(otherId);
    if (!other || isIgnored(speaker.id, otherId))
        return Done{};
    return listAgain(*other, room, Wish::Others);
}

/// The one who did not begin it has answered, which is kept.
void House::noteAnswer(Room &room, const RoomLog::Delivery &delivery)
{
    if (room.isAnswered() || delivery.sender != room.pair()[1].user
        || delivery.item.kind != ItemKind::Message)
        return;
    room.setAnswered();
    m_conversations.update(room.record());
    keep(room);
}

/// A guest is back: where somebody else of that name was spoken to meanwhile, the name means this
/// guest again.
void House::reclaimLabels(const User &user)
{
    for (const RoomId id : user.conversations) {
        const Room &room = *findRoom(id);
        const User *partner = m_directory.find(room.otherThan(user.id).user);
        if (!partner)
            continue;
        const bool taken = std::any_of(
                partner->conversations.begin(), partner->conversations.end(), [&](RoomId other) {
                    return other != id
                            && findRoom(other)->label(partner->id) == room.label(partner->id);
                });
        if (!taken)
            continue;
        tellSessions(*partner, RoomChanged{room.state(partner->id), true}, Side::Other);
        countUnread(partner->sessions.value(0), {stateFor(room, *partner)},
                    [this, told = partner->id](const QList<RoomState> &counted) {
                        if (const User *here = m_directory.find(told))
                            tellSessions(*here, RoomChanged{counted.first()}, Side::Other);
                    });
    }
}

/// Whether anybody may ever come back to it: one of the two is an account, or both are guests who
/// are here or may come back.
bool House::isConversationAlive(const Room &room) const
{
    bool areKnown = true;
    for (const Partner &partner : room.pair()) {
        const User *user = m_directory.find(partner.user);
        if (!user)
            user = m_directory.findDeparted(partner.user);
        if (user && user->registered)
            return true;
        areKnown = areKnown && user;
    }
    return areKnown;
}

bool House::removeConversation(RoomId id)
{
    Room *room = findRoom(id);
    if (!room)
        return true;
    if (!room->log().idle())
        return false;
    for (const Partner &partner : room->pair()) {
        User *user = m_directory.find(partner.user);
        if (user && !room->isEndedBy(user->id))
            tellSessions(*user, RoomChanged{room->state(user->id), true}, Side::Other);
        if (!user)
            user = m_directory.findDeparted(partner.user);
        if (user)
            user->conversations.removeOne(id);
    }
    m_conversations.remove(room->record());
    removeRoom(*room);
    return true;
}

} // namespace teahouse::server
