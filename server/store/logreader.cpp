#include "server/store/logreader.h"

#include "server/store/itemrow.h"
#include "shared/limits.h"

#include <algorithm>

namespace teahouse::server {

LogReader::LogReader(Database &database, const UnkeptRooms &unkept)
    : m_database(database), m_unkept(unkept),
      m_room(database, "SELECT retention, first, last FROM rooms WHERE id = ?"),
      m_items(database,
              "SELECT " TEAHOUSE_ITEM_COLUMNS " FROM items"
              " WHERE room = ? AND seq >= ? AND seq < ? ORDER BY seq"),
      m_position(database, "SELECT seq FROM positions WHERE user_id = ? AND room = ?"),
      m_messages(database,
                 "SELECT count(*) FROM (SELECT kind, sender FROM items WHERE room = ? AND seq >= ?"
                 " AND seq <= ? ORDER BY seq DESC LIMIT ?) AS newest WHERE kind = 0"
                 " AND sender <> ?"),
      m_mentions(database,
                 "SELECT count(*) FROM (SELECT 1 FROM mentions WHERE user_id = ? AND room = ?"
                 " AND seq >= ? AND seq <= ? LIMIT ?) AS mentioned")
{
}

LogPage LogReader::page(const PageRequest &request)
{
    const Snapshot snapshot(m_database);
    LogPage page;
    if (!m_room.with(request.room).next())
        return page;
    const qint64 retention = m_room.integer(0);
    const quint64 first = m_room.number(1);
    const quint64 behind = m_room.number(2) + 1;
    m_room.reset();
    if (retention == 0)
        return m_unkept.page(request);
    if (first >= behind)
        return page;

    const auto limit = static_cast<quint64>(std::clamp(request.limit, 1, limits::page));
    quint64 begin = 0;
    quint64 end = 0; // behind the last one wanted
    if (request.forwards) {
        begin = request.after < behind ? std::clamp(request.after + 1, first, behind) : behind;
        end = std::min(behind, begin + limit);
        page.more = end < behind;
    } else {
        end = request.before == 0 ? behind : std::clamp(request.before, first, behind);
        begin = end - std::min(limit, end - first);
        page.more = begin > first;
    }
    page.first = first;
    m_items.with(request.room, begin, end);
    while (m_items.next())
        page.items.append(readItem(m_items, 0));
    return page;
}

QList<Unread> LogReader::unread(UserId user, const QList<UnreadRange> &ranges)
{
    const Snapshot snapshot(m_database);
    QList<Unread> answers;
    for (const UnreadRange &range : ranges)
        answers.append(unreadOf(user, range));
    return answers;
}

Unread LogReader::unreadOf(UserId user, const UnreadRange &range)
{
    const RoomId room = range.room;
    Unread unread;
    unread.room = room;
    if (!m_room.with(room).next())
        return unread;
    const qint64 retention = m_room.integer(0);
    const quint64 first = m_room.number(1);
    m_room.reset();
    if (m_position.with(user, room).next()) {
        unread.known = true;
        unread.read = m_position.number(0);
        m_position.reset();
    }
    if (retention == 0) {
        const Unread counted = m_unkept.unread(range, user, unread.read);
        unread.messages = counted.messages;
        unread.mentions = counted.mentions;
        return unread;
    }
    const quint64 from = std::max(first, unread.read + 1);
    m_messages.with(room, from, range.upTo, limits::unreadLook, user).next();
    unread.messages = std::min(static_cast<int>(m_messages.integer(0)), limits::unreadCount);
    m_messages.reset();
    m_mentions.with(user, room, from, range.upTo, limits::unreadCount).next();
    unread.mentions = static_cast<int>(m_mentions.integer(0));
    m_mentions.reset();
    return unread;
}

} // namespace teahouse::server
