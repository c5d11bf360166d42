#include "server/store/roomtable.h"

namespace teahouse::server {

RoomTable::RoomTable(Database &database)
    : m_find(database, "SELECT retention, first, last, last_time FROM rooms WHERE id = ?"),
      m_put(database,
            "INSERT INTO rooms (id, name, user_a, name_a, user_b, name_b, topic, retention,"
            " first, last, last_time, is_closed, is_read_only, key_hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, user_a = excluded.user_a,"
            " name_a = excluded.name_a, user_b = excluded.user_b, name_b = excluded.name_b,"
            " retention = excluded.retention, is_closed = excluded.is_closed,"
            " is_read_only = excluded.is_read_only, key_hash = excluded.key_hash"),
      m_putConversation(database,
                        "INSERT INTO conversations (room, is_answered, ended_by) VALUES (?, ?, ?)"
                        " ON CONFLICT (room) DO UPDATE SET is_answered = excluded.is_answered,"
                        " ended_by = excluded.ended_by"),
      m_putTopic(database, "UPDATE rooms SET topic = ? WHERE id = ?"),
      m_count(database, "UPDATE rooms SET first = ?, last = ?, last_time = ? WHERE id = ?"),
      m_forget(database, "DELETE FROM rooms WHERE id = ?"),
      m_forgetConversation(database, "DELETE FROM conversations WHERE room = ?"),
      m_leaveBehind(database,
                    "INSERT INTO leftovers (room, below) VALUES (?, ?)"
                    " ON CONFLICT (room) DO UPDATE SET below = excluded.below")
{
}

RoomCounters *RoomTable::find(RoomId room)
{
    const auto open = m_open.find(room);
    if (open != m_open.end())
        return &open->second;
    if (!m_find.with(room).next())
        return nullptr;
    const RoomCounters counters{.retention = static_cast<int>(m_find.integer(0)),
                                .first = m_find.number(1),
                                .last = m_find.number(2),
                                .lastTime = m_find.integer(3)};
    m_find.reset();
    return &m_open.emplace(room, counters).first->second;
}

bool RoomTable::put(const RoomRecord &room)
{
    RoomCounters *counters = find(room.id);
    const bool isSwitched = counters && (counters->retention == 0) != (room.retention == 0);
    if (isSwitched)
        dropBelow(room.id, *counters, counters->last + 1);
    if (counters)
        counters->retention = room.retention;
    const RoomCounters fresh;
    m_put.with(room.id, room.name, room.pair[0].user, room.pair[0].name, room.pair[1].user,
               room.pair[1].name, room.topic, room.retention, fresh.first, fresh.last,
               fresh.lastTime, int(room.isClosed), int(room.isReadOnly),
               QString::fromLatin1(room.keyHash))
            .run();
    if (room.name.isEmpty())
        m_putConversation
                .with(room.id, int(room.isAnswered),
                      int(room.isEnded[0]) + 2 * int(room.isEnded[1]))
                .run();
    return isSwitched;
}

void RoomTable::putTopic(RoomId room, const QString &topic)
{
    m_putTopic.with(topic, room).run();
}

void RoomTable::forget(RoomId room)
{
    m_open.erase(room);
    m_forget.with(room).run();
    m_forgetConversation.with(room).run();
    leaveBehind(room, std::numeric_limits<qint64>::max());
}

void RoomTable::dropBelow(RoomId room, RoomCounters &counters, quint64 first)
{
    counters.first = first;
    counters.isChanged = true;
    counters.isDropped = true;
    leaveBehind(room, first);
}

void RoomTable::leaveBehind(RoomId room, quint64 below)
{
    m_leaveBehind.with(room, below).run();
}

void RoomTable::finish()
{
    for (const auto &[id, room] : m_open) {
        if (room.isChanged)
            m_count.with(room.first, room.last, room.lastTime, id).run();
        if (room.isDropped)
            m_dropped.insert_or_assign(id, room.oldest());
    }
    m_open.clear();
}

void RoomTable::clear()
{
    m_open.clear();
    m_dropped.clear();
}

} // namespace teahouse::server
