#include "server/store/auditreader.h"

#include "server/store/storedtables.h"
#include "shared/limits.h"

#include <algorithm>
#include <limits>

namespace teahouse::server {

#define TEAHOUSE_AUDIT_COLUMNS                                                                     \
    "SELECT id, time, doer, verb, room_name, target, text, addresses FROM audit"

AuditReader::AuditReader(Database &database)
    : m_ofAll(database, TEAHOUSE_AUDIT_COLUMNS " WHERE id < ? ORDER BY id DESC LIMIT ?"),
      m_ofRoom(database,
               TEAHOUSE_AUDIT_COLUMNS " WHERE room = ? AND id < ? ORDER BY id DESC LIMIT ?")
{
}

AuditPage AuditReader::page(const AuditRequest &request)
{
    constexpr quint64 behindAll = std::numeric_limits<qint64>::max();
    const quint64 before = request.before == 0 ? behindAll : std::min(request.before, behindAll);
    const int limit = std::clamp(request.limit, 1, limits::page);
    Statement &rows = request.room == 0 ? m_ofAll.with(before, limit + 1)
                                        : m_ofRoom.with(request.room, before, limit + 1);
    const StoredTable &table = storedTable("audit");
    AuditPage page;
    while (rows.next()) {
        if (page.entries.size() == limit) {
            page.more = true;
            break;
        }
        const bool isDamaged = !faultOf(rows, 1, table.column("time")).isEmpty();
        page.entries.append({.id = rows.number(0),
                             .time = isDamaged ? 0 : rows.integer(1),
                             .by = shownText(rows, 2, table.column("doer")),
                             .verb = shownText(rows, 3, table.column("verb")),
                             .room = shownText(rows, 4, table.column("room_name")),
                             .target = shownText(rows, 5, table.column("target")),
                             .text = shownText(rows, 6, table.column("text")),
                             .address = shownText(rows, 7, table.column("addresses"))});
    }
    rows.reset();
    if (!page.entries.isEmpty())
        page.next = page.entries.last().id;
    return page;
}

} // namespace teahouse::server
