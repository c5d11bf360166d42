// What becomes of rooms that the user is no longer in; the rest is in chatmodel.cpp. Such a room
// stays as long as somebody may be writing in it, so that no key that was meant for it is taken for
// another room, and as long as it holds text that was not sent.
#include "gui-client/models/chatmodel.h"

#include "gui-client/models/chatroom.h"
#include "shared/names.h"

#include <algorithm>
#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

bool ChatModel::hasRoom(const QString &room) const
{
    const Room *found = find(room);
    return found && !found->closed;
}

std::optional<Closure> ChatModel::closure(const QString &room) const
{
    const Room *found = find(room);
    return found ? found->closed : std::nullopt;
}

bool ChatModel::hasUnsent(const Room &room) const
{
    return !m_drafts.text(room.name).isEmpty() || room.transcript.hasUnsent();
}

void ChatModel::noteLeaving(const QString &room)
{
    if (Room *found = find(room))
        found->leaving = m_writing;
}

/// The user has left, and sees another room; but not if they have gone on writing meanwhile.
void ChatModel::roomLeft(const QString &name)
{
    Room *room = find(name);
    if (!room)
        return;
    const bool isWriting = room->leaving && *room->leaving != m_writing;
    if (room->name == m_current && isWriting)
        close(*room, {Closure::Why::Left});
    else
        remove(*room);
}

void ChatModel::joinRefused(const QString &name)
{
    if (Room *room = find(name); room && !room->closed)
        leaveBehind(*room, {Closure::Why::Refused});
}

/// What was opened here and not used yet is unknown to the server, and is not what it means.
void ChatModel::gone(const QString &name)
{
    if (Room *room = find(name); room && !room->local && !room->closed)
        leaveBehind(*room, {Closure::Why::Gone});
}

void ChatModel::leaveBehind(Room &room, const Closure &closure)
{
    if (room.name == m_current || hasUnsent(room))
        close(room, closure);
    else
        remove(room);
}

void ChatModel::close(Room &room, const Closure &closure)
{
    room.closed = closure;
    room.leaving.reset();
    setSilence(room.name, {});
    update(room.name, [](RoomState &state) { state.unread = state.mentions = 0; });
    noteRoom(room.name);
    m_roomList.close(room.name);
    emit closureChanged(room.name);
    emit unreadChanged(totalUnread());
}

void ChatModel::reopen(Room &room)
{
    room.leaving.reset();
    if (!room.closed)
        return;
    room.closed.reset();
    m_roomList.reopen(room.name);
    emit closureChanged(room.name);
}

/// Who put the user out of a room, and why, is told apart from that they are out.
void ChatModel::noteWhy(const Notice &notice)
{
    Room *room = notice.room.isEmpty() ? nullptr : find(notice.room);
    if (!room || !room->closed)
        return;
    if (notice.kind == "kicked"_L1)
        room->closed = {Closure::Why::Kicked, notice.by, notice.reason, 0};
    else if (notice.kind == "banned"_L1)
        room->closed = {Closure::Why::Banned, notice.by, notice.reason, notice.until};
    else
        return;
    emit closureChanged(room->name);
}

void ChatModel::dismiss(const QString &name)
{
    Room *room = find(name);
    if (!room || !room->closed)
        return;
    if (isPrivateRoom(room->name) && room->closed->why != Closure::Why::Left)
        m_drafts.forget(room->name); // the name may be somebody else's next time
    remove(*room);
}

void ChatModel::remove(Room &room)
{
    const QString known = room.name;
    noteRoom(known);
    if (m_current == known) {
        const auto next = [this, &known] {
            for (int row = 0; row < m_roomList.rowCount(); ++row) {
                if (const QString &name = m_roomList.at(row).room; name != known)
                    return name;
            }
            return QString();
        }();
        if (!next.isEmpty())
            setCurrentRoom(next);
    }
    if (!find(known))
        return; // it was done with, and is gone already
    m_roomList.remove(known);
    if (m_current == known) {
        m_current.clear();
        emit currentRoomChanged({});
    }
    emit roomRemoved(known);
    m_rooms.erase(foldedName(known));
    emit unreadChanged(totalUnread());
}

/// A room that the user has turned away from, when nothing in it is to be kept.
void ChatModel::removeIfDone(const QString &name)
{
    if (Room *room = find(name); room && room->closed && !hasUnsent(*room))
        remove(*room);
}

/// A conversation that is over makes way for another one with somebody of the same name.
void ChatModel::retire(const QString &conversation)
{
    Room *room = isPrivateRoom(conversation) ? find(conversation) : nullptr;
    if (!room || !room->closed)
        return;
    const QString from = room->name;
    QString to;
    for (int number = 2; to.isEmpty() || find(to); ++number)
        to = u"%1 (%2)"_s.arg(from, QString::number(number)); // no name has parentheses
    auto node = m_rooms.extract(foldedName(from));
    node.key() = foldedName(to);
    m_rooms.insert(std::move(node));
    room->name = to;
    m_drafts.move(from, to);
    m_roomList.rename(from, to);
    if (m_current == from)
        m_current = to;
    emit roomRenamed(from, to);
}

/// Whoever the server says is away, and is here all the same, is another one of that name. Only
/// guests have names that others get after them.
void ChatModel::noteNamesake(Room &conversation)
{
    if (!isPrivateRoom(conversation.name) || conversation.closed || conversation.local)
        return;
    const QString name = conversation.name.mid(1);
    const auto partner = conversation.people.find(name);
    if (partner && (partner->online || partner->registered))
        return;
    const bool isHere = std::any_of(m_rooms.cbegin(), m_rooms.cend(), [&](const auto &entry) {
        if (isPrivateRoom(entry.second->name))
            return false;
        const auto person = entry.second->people.find(name);
        return person && person->online;
    });
    if (isHere)
        leaveBehind(conversation, {Closure::Why::Another});
}

/// Only accounts keep their names.
void ChatModel::checkDraft(const Room &conversation)
{
    if (!m_restored.remove(foldedName(conversation.name)))
        return;
    const QString name = conversation.name.mid(1);
    const bool isAccount = std::any_of(m_rooms.cbegin(), m_rooms.cend(), [&](const auto &entry) {
        const auto person = entry.second->people.find(name);
        return person && person->registered;
    });
    if (isAccount)
        return;
    const QString text = m_drafts.text(conversation.name);
    m_drafts.forget(conversation.name);
    emit draftFound(conversation.name, text);
}

/// Compares the rooms here with those that the server knows after a login. Gives those to enter
/// again; conversations that it does not know any more are over.
QStringList ChatModel::settle(const QList<RoomState> &known)
{
    const bool wasReset = std::exchange(m_wasReset, false);
    QStringList forgotten;
    QStringList over;
    for (const auto &[key, room] : m_rooms) {
        const auto isSame = [&key = key](const RoomState &state) {
            return foldedName(state.room) == key;
        };
        if (room->closed || std::any_of(known.cbegin(), known.cend(), isSame))
            continue;
        if (!isPrivateRoom(room->name))
            forgotten.append(room->name);
        else if (wasReset || !room->local)
            over.append(room->name);
    }
    for (const QString &room : over)
        leaveBehind(*find(room), {wasReset ? Closure::Why::Reset : Closure::Why::Gone});
    return forgotten;
}

} // namespace teahouse::client
