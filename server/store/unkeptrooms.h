#pragma once

#include "server/store/roommemory.h"

#include <map>
#include <mutex>
#include <optional>

namespace teahouse::server {

/// The newest items of the rooms that keep no history, which never reach the disk. The writer
/// changes copies within its transaction; the commit makes them what everybody sees. Reading is
/// for any thread, everything else for the writer's.
class UnkeptRooms
{
public:
    /// The room as it is within the transaction, to be changed; new rooms go on behind these
    /// counters.
    RoomMemory &open(RoomId room, quint64 last, qint64 lastTime);

    /// Forgets a room's items, when the transaction ends.
    void close(RoomId room);

    /// The transaction has committed, or not.
    void commit();
    void rollBack() { m_open.clear(); }

    LogPage page(const PageRequest &request) const;
    Unread unread(const UnreadRange &range, UserId user, quint64 read) const;

private:
    mutable std::mutex m_mutex; ///< guards m_rooms
    std::map<RoomId, RoomMemory> m_rooms;
    std::map<RoomId, std::optional<RoomMemory>> m_open; ///< of the transaction; nothing: closed
};

} // namespace teahouse::server
