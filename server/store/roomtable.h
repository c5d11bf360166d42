#pragma once

#include "server/core/store.h"
#include "server/store/database.h"

#include <limits>
#include <map>
#include <unordered_map>
#include <utility>

namespace teahouse::server {

/// Rooms that have lost their oldest items otherwise than by an append, and the oldest number that
/// each still keeps; 0: nothing is kept.
using Dropped = std::map<RoomId, quint64>;

/// The counters of a room within a transaction.
struct RoomCounters
{
    int retention = keepForever;
    quint64 first = 1; ///< no number below is kept
    quint64 last = 0;
    qint64 lastTime = std::numeric_limits<qint64>::min();
    bool isChanged = false;
    bool isDropped = false; ///< `first` has moved

    /// The oldest number kept; 0: nothing is.
    quint64 oldest() const { return first <= last ? first : 0; }
};

/// The rooms, on the writer's connection. A room's counters are read once in a transaction and
/// written once, at its end, however many items it got. Functions throw DatabaseError.
class RoomTable
{
public:
    explicit RoomTable(Database &database);

    /// The room's counters, to be changed in place; null: no such room. Valid until finish().
    RoomCounters *find(RoomId room);

    /// Keeps what a room is; its topic when it is new, for later the topic is an item's. A room
    /// that begins to keep its history, or ceases to, loses what it had; true: it did.
    bool put(const RoomRecord &room);

    /// Keeps what a room is about.
    void putTopic(RoomId room, const QString &topic);

    /// Takes the room away; what it held remains to be removed.
    void forget(RoomId room);

    /// Drops everything below a number, which remains to be removed.
    void dropBelow(RoomId room, RoomCounters &counters, quint64 first);

    /// Writes the counters that have changed, before the commit, and forgets all.
    void finish();

    /// Forgets everything, after a rollback.
    void clear();

    /// What was dropped since this was asked last.
    Dropped takeDropped() { return std::exchange(m_dropped, {}); }

private:
    void leaveBehind(RoomId room, quint64 below);

    Statement m_find;
    Statement m_put;
    Statement m_putConversation;
    Statement m_putTopic;
    Statement m_count;
    Statement m_forget;
    Statement m_forgetConversation;
    Statement m_leaveBehind;
    std::unordered_map<RoomId, RoomCounters> m_open;
    Dropped m_dropped;
};

} // namespace teahouse::server
