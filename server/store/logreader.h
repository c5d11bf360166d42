#pragma once

#include "server/core/store.h"
#include "server/store/database.h"
#include "server/store/unkeptrooms.h"

#include <QSet>

namespace teahouse::server {

/// Pages of rooms' logs and what is unread of them, on the reader's connection. A damaged or
/// missing row is told as an item that is gone, so that whoever pages through a room gets on.
/// Functions throw DatabaseError.
class LogReader
{
public:
    /// Both must outlive this.
    LogReader(Database &database, const UnkeptRooms &unkept);

    LogPage page(const PageRequest &request);
    QList<Unread> unread(const UnreadFor &whose, const QList<UnreadRange> &ranges);

private:
    QList<Item> readItems(RoomId room, quint64 begin, quint64 end);
    void noteDamage(RoomId room, const QString &fault);
    Unread unreadOf(const UnreadFor &whose, const UnreadRange &range);
    static int count(Statement &senders, const UnreadFor &whose);

    Database &m_database;
    const UnkeptRooms &m_unkept;
    Statement m_room;
    Statement m_items;
    Statement m_position;
    Statement m_messages;
    Statement m_mentions;
    QSet<QString> m_noted; ///< damage that the log has
};

} // namespace teahouse::server
