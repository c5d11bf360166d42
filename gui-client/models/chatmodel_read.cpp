// What ChatModel knows of what was read; the rest is in chatmodel.cpp.
#include "gui-client/models/chatmodel.h"

#include "gui-client/models/chatroom.h"

#include <algorithm>

namespace teahouse::client {

/// What the server says of a room, with what was read here in the meantime.
RoomState ChatModel::withReading(Room &room, RoomState state)
{
    if (room.read > state.read && state.last > 0) {
        const auto most = static_cast<int>(
                std::min<quint64>(state.last > room.read ? state.last - room.read : 0, INT_MAX));
        state.unread = std::min(state.unread, most);
        state.mentions = std::min(state.mentions, most);
        emit readMoved(room.name, room.read);
    }
    room.read = std::max(room.read, state.read);
    const auto before = m_roomList.find(room.name);
    const bool hadRead = before && before->unread == 0;
    if (state.unread > 0 && (hadRead || !room.transcript.marker()))
        room.transcript.setMarker(room.read);
    if (state.unread > 0 && room.name == m_current)
        m_active = false; // whoever shows it will say what is in sight
    return state;
}

/// Counts a message that nobody has seen yet.
void ChatModel::count(Room &room, const Item &item)
{
    const bool mention = isPrivateRoom(room.name) || isMention(room, item.text);
    auto level = NotifyLevel::All;
    update(room.name, [&](RoomState &state) {
        // The line stands before the first message that was not seen.
        if (state.unread == 0)
            room.transcript.setMarker(item.seq - 1);
        ++state.unread;
        state.mentions += mention ? 1 : 0;
        level = state.level;
    });
    emit unreadChanged(totalUnread());
    if (mention && level != NotifyLevel::None)
        emit mentioned(room.name, item);
}

/// The newest message was seen.
void ChatModel::markRead(Room &room)
{
    const quint64 newest = room.transcript.newestSeq();
    if (!room.transcript.isNewestLoaded())
        return;
    update(room.name, [](RoomState &state) { state.unread = state.mentions = 0; });
    emit unreadChanged(totalUnread());
    if (newest > room.read) {
        room.read = newest;
        emit readMoved(room.name, newest);
    }
}

/// Nobody looks at the room any more.
void ChatModel::leaveReading(Room &room)
{
    const auto state = m_roomList.find(room.name);
    if (!state || state->unread == 0)
        room.transcript.setMarker({});
    room.transcript.setReaderAtNewest();
    room.transcript.setBudget(TranscriptBudget::background());
}

void ChatModel::handle(const ReadMoved &moved)
{
    Room *room = find(moved.room);
    if (!room || moved.seq <= room->read)
        return;
    room->read = moved.seq;
    recount(*room);
}

/// Another device has read, or somebody else is ignored now: counts again what is left.
void ChatModel::recount(Room &room)
{
    const auto counted = room.transcript.countAfter(room.read);
    int left = 0;
    update(room.name, [&](RoomState &state) {
        state.unread = counted ? counted->messages : state.unread;
        state.mentions = counted ? counted->mentions : std::min(state.mentions, state.unread);
        if (counted && isPrivateRoom(room.name))
            state.mentions = counted->messages;
        left = state.unread;
    });
    room.transcript.setMarker(left > 0 ? std::optional(room.read) : std::nullopt);
    emit unreadChanged(totalUnread());
}

} // namespace teahouse::client
