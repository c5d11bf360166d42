#include "server/store/unkeptrooms.h"

#include <utility>

namespace teahouse::server {

RoomMemory &UnkeptRooms::open(RoomId room, quint64 last, qint64 lastTime)
{
    const auto open = m_open.find(room);
    const bool isClosed = open != m_open.end() && open->second == Change::Closed;
    auto found = m_rooms.find(room);
    if (found != m_rooms.end() && !isClosed) {
        m_open.try_emplace(room, Change::Extended);
        return found->second.working;
    }
    if (found == m_rooms.end()) {
        const std::lock_guard lock(m_mutex);
        found = m_rooms.try_emplace(room).first;
        found->second.place = m_bySize.add(room);
    }
    found->second.working = RoomMemory(last, lastTime);
    m_open.insert_or_assign(room, Change::Replaced);
    return found->second.working;
}

void UnkeptRooms::close(RoomId room)
{
    m_open.insert_or_assign(room, Change::Closed);
}

void UnkeptRooms::commit()
{
    if (m_open.empty())
        return;
    const std::lock_guard lock(m_mutex);
    for (const auto &[id, change] : std::exchange(m_open, {})) {
        const auto room = m_rooms.find(id);
        if (room != m_rooms.end())
            commit(room, change);
    }
    while (m_bytes > mostSeen())
        dropOldest(m_bySize.takeTurn());
}

/// What a failure leaves is rare, so that it may take as long as a room is large.
void UnkeptRooms::rollBack()
{
    for (const auto &[id, change] : std::exchange(m_open, {})) {
        const auto room = m_rooms.find(id);
        if (room == m_rooms.end())
            continue;
        if (room->second.isSeen) {
            room->second.working = room->second.seen;
        } else {
            const std::lock_guard lock(m_mutex);
            remove(room);
        }
    }
}

LogPage UnkeptRooms::page(const PageRequest &request) const
{
    const std::lock_guard lock(m_mutex);
    const auto room = m_rooms.find(request.room);
    return room == m_rooms.end() ? LogPage{} : room->second.seen.page(request);
}

Unread UnkeptRooms::unread(const UnreadRange &range, const UnreadFor &whose, quint64 read) const
{
    const std::lock_guard lock(m_mutex);
    const auto room = m_rooms.find(range.room);
    return room == m_rooms.end() ? Unread{} : room->second.seen.unread(whose, read, range.upTo);
}

qsizetype UnkeptRooms::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

void UnkeptRooms::commit(Rooms::iterator found, Change change)
{
    if (change == Change::Closed) {
        remove(found);
        return;
    }
    Room &room = found->second;
    const qsizetype before = room.seen.bytes();
    if (change == Change::Replaced)
        room.seen = room.working;
    else
        room.seen.follow(room.working);
    room.isSeen = true;
    resized(room, before);
}

void UnkeptRooms::remove(Rooms::iterator room)
{
    m_bytes -= room->second.seen.bytes();
    m_bySize.remove(room->second.place);
    m_rooms.erase(room);
}

void UnkeptRooms::resized(Room &room, qsizetype before)
{
    m_bytes += room.seen.bytes() - before;
    m_bySize.update(room.place, room.seen.bytes());
}

void UnkeptRooms::dropOldest(RoomId id)
{
    Room &room = m_rooms.at(id);
    const qsizetype before = room.seen.bytes();
    room.seen.dropOldest();
    room.working.dropOldest();
    resized(room, before);
    m_dropped.insert_or_assign(id, room.seen.oldest());
}

} // namespace teahouse::server
