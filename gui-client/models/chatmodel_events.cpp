// How ChatModel takes what happens; the rest is in chatmodel.cpp.
#include "gui-client/models/chatmodel.h"

#include "gui-client/models/chatroom.h"
#include "shared/names.h"
#include "shared/text.h"

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

std::optional<RoomRole> roomRole(const QString &name)
{
    if (name.isEmpty())
        return RoomRole::None;
    if (name == "member"_L1)
        return RoomRole::Member;
    if (name == "moderator"_L1)
        return RoomRole::Moderator;
    if (name == "owner"_L1)
        return RoomRole::Owner;
    return std::nullopt;
}

/// How somebody has gone, by the reason that is told.
Presence wayOf(const QString &reason)
{
    if (reason == leftByLogout)
        return Presence::LoggedOut;
    const auto code = closingCode(reason);
    if (code == ClosingCode::Kicked)
        return Presence::Kicked;
    if (code == ClosingCode::Banned)
        return Presence::Banned;
    if (code == ClosingCode::Timeout || code == ClosingCode::SlowReader)
        return Presence::Lost;
    return Presence::Left;
}

} // namespace

void ChatModel::apply(const Event &event)
{
    std::visit([this](const auto &what) { handle(what); }, event);
}

void ChatModel::handle(const ItemAdded &added)
{
    RoomState state;
    state.room = added.item.room;
    state.last = added.item.seq;
    retire(state.room);
    if (withholds(state))
        return;
    state.last = 0;
    Room *room = ensure(state);
    if (!room || !room->transcript.apply(added.item, added.cid))
        return;
    becomeShared(*room);
    if (!room->behind)
        room->synced = std::max(room->synced, added.item.seq);
    if (added.item.kind == ItemKind::Topic) {
        update(room->name, [&](RoomState &known) { known.topic = cleanLine(added.item.text); });
    }
    if (added.item.kind == ItemKind::Role)
        applyRole(*room, added.item);
    if (isWatched(*room))
        markRead(*room);
    else if (added.item.kind == ItemKind::Message && !isOwn(added.item.from)
             && !isIgnored(added.item.from))
        count(*room, added.item);
}

void ChatModel::applyRole(Room &room, const Item &item)
{
    const auto role = roomRole(item.role);
    if (!role)
        return;
    room.people.setRole(item.name, *role);
    if (isOwn(item.name))
        update(room.name, [&role](RoomState &state) { state.role = *role; });
}

void ChatModel::handle(const Entered &entered)
{
    Room *room = find(entered.room);
    if (!room)
        return;
    const auto known = room->people.find(entered.name);
    if (!known || !known->online)
        update(room->name, [](RoomState &state) { ++state.members; });
    room->people.upsert({.name = entered.name,
                         .away = {},
                         .via = entered.via,
                         .role = entered.role,
                         .registered = entered.registered,
                         .admin = entered.admin});
    presence(*room, entered.name, Presence::Entered);
    lookAgain(entered.name);
}

void ChatModel::handle(const Left &left)
{
    Room *room = find(left.room);
    if (!room)
        return;
    const Presence way = wayOf(left.reason);
    if (way == Presence::Kicked || way == Presence::Banned)
        room->people.remove(left.name);
    else
        room->people.leave(left.name);
    update(room->name, [](RoomState &state) { state.members = std::max(0, state.members - 1); });
    presence(*room, left.name, way);
    Room *conversation = find(u'@' + left.name);
    if (conversation && way == Presence::LoggedOut)
        conversation->people.setAbsent(left.name); // and what is asked for confirms it
    lookAgain(left.name);
}

void ChatModel::handle(const CountChanged &changed)
{
    update(changed.room, [&](RoomState &state) { state.members = changed.members; });
}

void ChatModel::handle(const UserChanged &changed)
{
    for (const auto &[key, room] : m_rooms) {
        room->people.setAway(changed.name, changed.away);
        room->people.setStanding(changed.name, changed.registered, changed.admin);
    }
    if (!isOwn(changed.name))
        return;
    m_user.registered = changed.registered;
    m_user.role = changed.admin ? u"admin"_s : QString();
    emit identityChanged();
}

void ChatModel::handle(const RoomChanged &changed)
{
    if (changed.gone) {
        gone(changed.room.room);
        return;
    }
    RoomState state = changed.room;
    retire(state.room);
    if (withholds(state))
        return;
    if (!hasRoom(state.room) && !isPrivateRoom(state.room)) {
        roomJoined(state); // on another device of one's own
        return;
    }
    if (const auto known = m_roomList.find(state.room)) {
        state.unread = known->unread;
        state.mentions = known->mentions;
    } else if (isPrivateRoom(state.room)) {
        state.unread = state.mentions = 0; // the item that began it is still to come
    }
    if (Room *room = ensure(state)) {
        followMute(state, *room);
        becomeShared(*room);
        if (room->transcript.newestSeq() == 0)
            room->transcript.setLastKnown(state.last);
        state.room = room->name;
        state.topic = cleanLine(state.topic);
        m_roomList.upsert(state);
    }
    emit unreadChanged(totalUnread());
}

void ChatModel::handle(const Notice &notice)
{
    if (notice.kind.isEmpty()) {
        addNotice(notice.text);
        return;
    }
    Notice known = notice;
    for (QString *word : {&known.text, &known.room, &known.by, &known.reason})
        *word = cleanLine(*word);
    if (known.kind == "invited"_L1 && isIgnored(known.by))
        return;
    if (known.kind == "muted"_L1)
        noteMuter(known);
    noteWhy(known);
    if (known.kind == "invited"_L1 && checkName(known.room) == NameFault::None) {
        noteRoom(known.room);
        emit invited({known.by, known.room});
    }
    emit noticed(known);
}

/// What the server tells of a room says whether one may speak there.
void ChatModel::followMute(const RoomState &state, Room &room)
{
    if (!state.isMuted) {
        room.muter.clear();
        setSilence(room.name, {});
        return;
    }
    setSilence(room.name,
               Silence{.until = state.mutedUntil,
                       .reason = state.mutedReason,
                       .by = room.muter,
                       .isTold = true});
}

/// Who has muted one is told apart from the room, and after it.
void ChatModel::noteMuter(const Notice &notice)
{
    for (const auto &[key, room] : m_rooms) {
        if (!notice.room.isEmpty() && key != foldedName(notice.room))
            continue;
        room->muter = notice.by;
        if (!room->silence)
            continue;
        Silence silence = *room->silence;
        silence.by = notice.by;
        setSilence(room->name, silence);
    }
}

/// Whoever comes or goes somewhere may have come to the server, or left it: who is in a private
/// conversation is told by asking only.
void ChatModel::lookAgain(const QString &name)
{
    Room *room = find(u'@' + name);
    if (!room || room->local)
        return;
    room->peopleKnown = room->name == m_current;
    if (room->peopleKnown)
        emit membersWanted(room->name);
}

void ChatModel::presence(Room &room, const QString &name, Presence change)
{
    if (!isOwn(name) && !isPrivateRoom(room.name))
        room.transcript.addPresence(cleanLine(name), change, m_clock());
}

} // namespace teahouse::client
