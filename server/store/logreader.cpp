#include "server/store/logreader.h"

#include "server/store/itemrow.h"
#include "server/store/storelog.h"
#include "shared/limits.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

LogReader::LogReader(Database &database, const UnkeptRooms &unkept)
    : m_database(database), m_unkept(unkept),
      m_room(database, "SELECT retention, first, last FROM rooms WHERE id = ?"),
      m_items(database,
              "SELECT " TEAHOUSE_ITEM_COLUMNS " FROM items"
              " WHERE room = ? AND seq >= ? AND seq < ? ORDER BY seq"),
      m_position(database, "SELECT seq FROM positions WHERE user_id = ? AND room = ?"),
      m_messages(database,
                 "SELECT sender FROM (SELECT kind, sender FROM items WHERE room = ? AND seq >= ?"
                 " AND seq <= ? ORDER BY seq DESC LIMIT ?) AS newest WHERE kind = 0"),
      m_mentions(
              database,
              "SELECT i.sender FROM (SELECT room, seq FROM mentions WHERE user_id = ? AND room = ?"
              " AND seq >= ? AND seq <= ? ORDER BY seq DESC LIMIT ?) AS m"
              " CROSS JOIN items AS i ON i.room = m.room AND i.seq = m.seq")
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
    page.items = readItems(request.room, begin, end);
    return page;
}

QList<Item> LogReader::readItems(RoomId room, quint64 begin, quint64 end)
{
    QList<Item> items;
    quint64 next = begin;
    const auto fillUpTo = [&](quint64 seq) {
        if (next < seq)
            noteDamage(room, u"number %1 is missing"_s.arg(next));
        while (next < seq)
            items.append(goneItem(next++, items.isEmpty() ? 0 : items.last().time));
    };
    m_items.with(room, begin, end);
    while (m_items.next()) {
        const Item item = readItem(m_items, 0);
        if (item.kind == ItemKind::Gone) {
            if (const QString fault = itemFault(m_items, 0); !fault.isEmpty())
                noteDamage(room, fault);
        }
        if (item.seq < next)
            continue; // there twice
        fillUpTo(item.seq);
        items.append(item);
        ++next;
    }
    fillUpTo(end);
    return items;
}

/// Once for each, and not without end.
void LogReader::noteDamage(RoomId room, const QString &fault)
{
    constexpr qsizetype mostNoted = 100;
    const QString text = u"room #%1: %2"_s.arg(room).arg(fault);
    if (m_noted.contains(text) || m_noted.size() > mostNoted)
        return;
    m_noted.insert(text);
    if (m_noted.size() > mostNoted)
        qCWarning(storeLog, "more items are damaged; \"teahoused check\" lists them");
    else
        qCWarning(storeLog, "%ls; it is shown as gone, and a backup may still have it",
                  qUtf16Printable(text));
}

QList<Unread> LogReader::unread(const UnreadFor &whose, const QList<UnreadRange> &ranges)
{
    const Snapshot snapshot(m_database);
    QList<Unread> answers;
    for (const UnreadRange &range : ranges)
        answers.append(unreadOf(whose, range));
    return answers;
}

/// How many rows name somebody whose messages count, up to limits::unreadCount.
int LogReader::count(Statement &senders, const UnreadFor &whose)
{
    int counted = 0;
    while (counted < limits::unreadCount && senders.next()) {
        const UserId sender = senders.number(0);
        counted += sender != whose.user && !whose.ignored.contains(sender) ? 1 : 0;
    }
    senders.reset();
    return counted;
}

Unread LogReader::unreadOf(const UnreadFor &whose, const UnreadRange &range)
{
    const RoomId room = range.room;
    Unread unread;
    unread.room = room;
    if (!m_room.with(room).next())
        return unread;
    const qint64 retention = m_room.integer(0);
    const quint64 first = m_room.number(1);
    const quint64 last = m_room.number(2);
    m_room.reset();
    if (m_position.with(whose.user, room).next()) {
        unread.known = true;
        unread.read = std::min(m_position.number(0), last); // whatever the file says
        m_position.reset();
    }
    if (retention == 0) {
        const Unread counted = m_unkept.unread(range, whose, unread.read);
        unread.messages = counted.messages;
        unread.mentions = counted.mentions;
        return unread;
    }
    const quint64 from = std::max(first, unread.read + 1);
    unread.messages = count(m_messages.with(room, from, range.upTo, limits::unreadLook), whose);
    unread.mentions = count(m_mentions.with(whose.user, room, from, range.upTo, limits::unreadLook),
                            whose);
    return unread;
}

} // namespace teahouse::server
