#include "server/core/emptyrooms.h"

namespace teahouse::server {

void EmptyRooms::add(RoomId room, qint64 end)
{
    forget(room);
    m_ends.insert(room, end);
    m_byEnd.emplace(end, room);
}

void EmptyRooms::forget(RoomId room)
{
    const auto end = m_ends.constFind(room);
    if (end == m_ends.cend())
        return;
    m_byEnd.erase({*end, room});
    m_ends.erase(end);
}

QList<RoomId> EmptyRooms::due(qint64 now) const
{
    QList<RoomId> rooms;
    for (const auto &[end, room] : m_byEnd) {
        if (end > now)
            break;
        rooms.append(room);
    }
    return rooms;
}

QList<RoomId> EmptyRooms::rooms() const
{
    QList<RoomId> rooms;
    for (const auto &[end, room] : m_byEnd)
        rooms.append(room);
    return rooms;
}

} // namespace teahouse::server
