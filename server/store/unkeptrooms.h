#pragma once

#include "server/store/roommemory.h"
#include "server/store/roomtable.h"
#include "server/store/sizeclasses.h"

#include <map>
#include <mutex>

namespace teahouse::server {

/// The newest items of the rooms that keep no history, which never reach the disk. The writer
/// changes what only it sees within its transaction; the commit makes it what everybody sees, and
/// takes as long as was said in it. Reading is for any thread, everything else for the writer's.
///
/// When all rooms together take too much, one of the largest loses its oldest items, as in a
/// MemoryStore.
class UnkeptRooms
{
public:
    explicit UnkeptRooms(const MemoryBounds &bounds = {}) : m_bounds(bounds) { }

    /// How many items a room may hold, which is for whoever appends to see to.
    qsizetype itemsPerRoom() const { return m_bounds.unkeptItems(); }

    /// The room as it is within the transaction, to be changed; new rooms go on behind these
    /// counters.
    RoomMemory &open(RoomId room, quint64 last, qint64 lastTime);

    /// Forgets a room's items, when the transaction ends.
    void close(RoomId room);

    /// The transaction has committed, or not.
    void commit();
    void rollBack();

    /// What was dropped for the sake of all since this was asked last; the writer's.
    Dropped takeDropped() { return std::exchange(m_dropped, {}); }

    LogPage page(const PageRequest &request) const;
    Unread unread(const UnreadRange &range, const UnreadFor &whose, quint64 read) const;

    /// Roughly what everybody sees takes, in bytes.
    qsizetype bytes() const;

private:
    struct Room
    {
        RoomMemory working;            ///< as it is within the transaction; the writer's
        RoomMemory seen;               ///< as of the last commit
        bool isSeen = false;           ///< it was there at the last commit
        SizeClasses::Place place = {}; ///< by what is seen
    };
    enum class Change { Extended, Replaced, Closed };
    using Rooms = std::map<RoomId, Room>;

    void commit(Rooms::iterator room, Change change);
    void remove(Rooms::iterator room);
    void resized(Room &room, qsizetype before);
    void dropOldest(RoomId id);

    /// Each room is kept as the writer sees it and as the others do. They share the texts, but not
    /// the rest, so that what is kept takes up to twice what is seen.
    qsizetype mostSeen() const { return m_bounds.totalBytes / 2; }

    MemoryBounds m_bounds;
    std::map<RoomId, Change> m_open; ///< of the transaction; the writer's
    Dropped m_dropped;               ///< the writer's

    /// Guards everything below apart from what is the writer's. Only the writer changes any of it,
    /// so that it may read without the lock.
    mutable std::mutex m_mutex;
    Rooms m_rooms;
    SizeClasses m_bySize;
    qsizetype m_bytes = 0;
};

} // namespace teahouse::server
