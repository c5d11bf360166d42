#include "server/store/unkeptrooms.h"

#include <utility>

namespace teahouse::server {

RoomMemory &UnkeptRooms::open(RoomId room, quint64 last, qint64 lastTime)
{
    const auto [open, isFirst] = m_open.try_emplace(room);
    if (!open->second) {
        // Only the writer changes m_rooms, so that it may read without the lock.
        const auto found = isFirst ? m_rooms.find(room) : m_rooms.end();
        open->second = found == m_rooms.end() ? RoomMemory(last, lastTime) : found->second;
    }
    return *open->second;
}

void UnkeptRooms::close(RoomId room)
{
    m_open[room].reset();
}

void UnkeptRooms::commit()
{
    if (m_open.empty())
        return;
    const std::lock_guard lock(m_mutex);
    for (auto &[id, room] : m_open) {
        if (room)
            m_rooms.insert_or_assign(id, *std::move(room));
        else
            m_rooms.erase(id);
    }
    m_open.clear();
}

LogPage UnkeptRooms::page(const PageRequest &request) const
{
    const std::lock_guard lock(m_mutex);
    const auto room = m_rooms.find(request.room);
    return room == m_rooms.end() ? LogPage{} : room->second.page(request);
}

Unread UnkeptRooms::unread(const UnreadRange &range, UserId user, quint64 read) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_rooms.find(range.room);
    return found == m_rooms.end() ? Unread{} : found->second.unread(user, read, range.upTo);
}

} // namespace teahouse::server
