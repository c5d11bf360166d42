#include "server/store/auditreader.h"

#include "shared/limits.h"

#include <algorithm>
#include <limits>

namespace teahouse::server {

#define TEAHOUSE_AUDIT_COLUMNS "SELECT id, time, doer, verb, room_name, target, text FROM audit"

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
    AuditPage page;
    while (rows.next()) {
        if (page.entries.size() == limit) {
            page.more = true;
            break;
        }
        page.entries.append({.id = rows.number(0),
                             .time = rows.integer(1),
                             .by = rows.text(2),
                             .verb = rows.text(3),
                             .room = rows.text(4),
                             .target = rows.text(5),
                             .text = rows.text(6)});
    }
    rows.reset();
    if (!page.entries.isEmpty())
        page.next = page.entries.last().id;
    return page;
}

} // namespace teahouse::server
