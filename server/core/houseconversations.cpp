#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/names.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

Room *House::conversationWith(const User &user, UserId other) const
{
    for (const RoomId id : user.conversations) {
        Room *room = findRoom(id);
        if (room->otherThan(user.id).user == other)
            return room;
    }
    return nullptr;
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

Result<Room *> House::conversation(User &user, User &other)
{
    if (user.id == other.id)
        return Error{.code = ErrorCode::BadRequest,
                     .subject = u"a private conversation takes two"_s};
    if (Room *room = conversationWith(user, other.id))
        return room;
    for (User *side : {&user, &other}) {
        if (const Result<Done> space = makeSpace(*side); !space)
            return space.error();
    }
    // One with an earlier guest of that name is out of sight until that guest is back.
    const Room *earlier = findConversation(user, other.name);
    if (earlier)
        tellSessions(user, RoomChanged{earlier->state(user.id), true}, Side::Other);
    if (const Room *theirs = findConversation(other, user.name))
        tellSessions(other, RoomChanged{theirs->state(other.id), true}, Side::Other);
    const Room &added = addRoom(
            {.id = ++m_lastRoom, .pair = {Partner{user.id, user.name}, {other.id, other.name}}});
    keep(added);
    user.conversations.append(added.id());
    other.conversations.append(added.id());
    ++m_conversations;
    return findRoom(added.id());
}

/// A full list loses the oldest conversation with somebody who has left.
Result<Done> House::makeSpace(User &user)
{
    if (user.conversations.size() < limits::privateRoomsPerUser
        && m_conversations < limits::privateRooms)
        return Done{};
    const QList<RoomId> conversations = user.conversations;
    for (const RoomId id : conversations) {
        const UserId other = findRoom(id)->otherThan(user.id).user;
        const User *absent = m_directory.findDeparted(other);
        const bool isGone = !m_directory.find(other) && !(absent && absent->registered);
        if (isGone && removeConversation(id))
            return Done{};
    }
    return Error{.code = ErrorCode::TooMany,
                 .subject = u"private conversations"_s,
                 .number = limits::privateRoomsPerUser};
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
        if (user)
            tellSessions(*user, RoomChanged{room->state(user->id), true}, Side::Other);
        else
            user = m_directory.findDeparted(partner.user);
        if (user)
            user->conversations.removeOne(id);
    }
    --m_conversations;
    removeRoom(*room);
    return true;
}

} // namespace teahouse::server
