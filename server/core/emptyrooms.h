#pragma once

#include "server/core/records.h"

#include <QHash>
#include <QList>

#include <set>
#include <utility>

namespace teahouse::server {

/// Rooms that are to vanish unless somebody comes, in the order in which their time ends. Owned by
/// the House.
class EmptyRooms
{
public:
    /// The room vanishes at `end`, in ms since 1970, unless forget() is called.
    void add(RoomId room, qint64 end);
    void forget(RoomId room);
    bool contains(RoomId room) const { return m_ends.contains(room); }

    /// Those whose time has come; they stay until they are forgotten.
    QList<RoomId> due(qint64 now) const;

    /// All of them, in that order.
    QList<RoomId> rooms() const;

private:
    std::set<std::pair<qint64, RoomId>> m_byEnd;
    QHash<RoomId, qint64> m_ends;
};

} // namespace teahouse::server
