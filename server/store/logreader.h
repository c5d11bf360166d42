#pragma once

#include "server/core/store.h"
#include "server/store/database.h"
#include "server/store/unkeptrooms.h"

namespace teahouse::server {

/// Pages of rooms' logs and what is unread of them, on the reader's connection. Functions throw
/// DatabaseError.
class LogReader
{
public:
    /// Both must outlive this.
    LogReader(Database &database, const UnkeptRooms &unkept);

    LogPage page(const PageRequest &request);
    QList<Unread> unread(UserId user, const QList<UnreadRange> &ranges);

private:
    Unread unreadOf(UserId user, const UnreadRange &range);

    Database &m_database;
    const UnkeptRooms &m_unkept;
    Statement m_room;
    Statement m_items;
    Statement m_position;
    Statement m_messages;
    Statement m_mentions;
};

} // namespace teahouse::server
