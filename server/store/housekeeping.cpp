#include "server/store/housekeeping.h"

#include "server/store/retention.h"
#include "shared/limits.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace teahouse::server {

namespace {

// Of one step, so that it takes some milliseconds at most.
constexpr int roomsAtOnce = 500;
constexpr int itemsAtOnce = 200;
constexpr int cidsAtOnce = 500;
constexpr int auditAtOnce = 500;
constexpr int indexedAtOnce = 1000;
constexpr int pagesAtOnce = 64;
constexpr quint64 lookedAtOnce = 20'000; ///< of a room's items, whether they expire

constexpr qint64 hour = 3600 * 1000;
constexpr qint64 clockAfter = hour / 6; ///< without anything written

} // namespace

Housekeeping::Housekeeping(Database &database, RoomTable &rooms, ItemTable &items,
                           SearchIndex &index)
    : m_rooms(rooms), m_items(items), m_index(index),
      m_nextToExpire(database,
                     "SELECT id FROM rooms WHERE retention > 0 AND id > ? ORDER BY id LIMIT ?"),
      m_firstFresh(database,
                   "SELECT seq FROM items WHERE room = ? AND seq >= ? AND seq <= ?"
                   " AND time >= ? AND time <= ? ORDER BY seq LIMIT 1"),
      m_lastExpired(database,
                    "SELECT seq FROM items WHERE room = ? AND seq >= ? AND seq < ? AND time < ?"
                    " ORDER BY seq DESC LIMIT 1"),
      m_leftover(database, "SELECT room, below FROM leftovers LIMIT 1"),
      m_nothingLeft(database, "DELETE FROM leftovers WHERE room = ?"),
      m_removeCids(database,
                   "DELETE FROM cids WHERE (room, sender, cid) IN"
                   " (SELECT room, sender, cid FROM cids WHERE room = ? LIMIT ?)"),
      m_removePositions(database, "DELETE FROM positions WHERE room = ?"),
      m_nextCids(database,
                 "SELECT room, sender, cid, time FROM cids WHERE (room, sender, cid) > (?, ?, ?)"
                 " ORDER BY room, sender, cid LIMIT ?"),
      m_removeCid(database, "DELETE FROM cids WHERE room = ? AND sender = ? AND cid = ?"),
      m_auditIds(database, "SELECT (SELECT min(id) FROM audit), (SELECT max(id) FROM audit)"),
      m_auditCount(database, "SELECT count(*) FROM audit"),
      m_auditMost(database,
                  "SELECT doer FROM audit GROUP BY doer ORDER BY count(*) DESC, min(id) LIMIT 1"),
      m_removeAudit(database,
                    "DELETE FROM audit WHERE id IN"
                    " (SELECT id FROM audit WHERE doer = ? ORDER BY id LIMIT ?)")
{
}

bool Housekeeping::step(qint64 now)
{
    m_items.writeClockAfter(clockAfter); // otherwise it goes with what is said
    const bool isExpiring = expireItems(now);
    const bool isLeft = removeLeftovers();
    expireCids(now);
    const bool isSorting = m_items.cids().sortSome(cidsAtOnce);
    const bool isAuditLeft = expireAudit();
    const bool isBehind = m_items.indexSome(indexedAtOnce) > 0;
    rewriteIndex(now);
    return isExpiring || isLeft || isSorting || isAuditLeft || isBehind || m_isRewriting
            || m_lastCid.room != 0;
}

void Housekeeping::startOver()
{
    m_lastLooked = 0;
    m_passedOver.clear();
    m_lastCid = {};
    m_auditSeen = 0;
    m_isRewriting = false;
    if (m_items.erased() == Erased::Rewriting)
        m_rewriteFrom = 0; // to be begun again
}

/// Hides what has expired; it is removed step by step. Whether there may be more.
bool Housekeeping::expireItems(qint64 now)
{
    QList<RoomId> rooms;
    m_nextToExpire.with(m_lastLooked, roomsAtOnce);
    while (m_nextToExpire.next())
        rooms.append(m_nextToExpire.number(0));
    m_lastLooked = rooms.size() < roomsAtOnce ? 0 : rooms.last();
    bool isMore = false;
    for (const RoomId room : std::as_const(rooms))
        isMore = expireItemsOf(room, now) || isMore;
    return isMore;
}

/// Looks from the oldest item on for the first that is not to expire yet: where the clock was set
/// back times decrease, too. What is dated in the future, by a clock that was wrong, is as old as
/// its neighbours. Whether there may be more.
bool Housekeeping::expireItemsOf(RoomId room, qint64 now)
{
    RoomCounters *counters = m_rooms.find(room);
    const auto passed = m_passedOver.find(room);
    const quint64 from = passed == m_passedOver.end()
            ? counters->first
            : std::max(counters->first, passed->second + 1);
    if (passed != m_passedOver.end())
        m_passedOver.erase(passed);
    const quint64 upTo = std::min(counters->last, from + lookedAtOnce - 1);
    if (from > upTo)
        return false;
    const qint64 oldest = oldestKept(counters->retention, now);
    quint64 fresh = upTo + 1;
    if (m_firstFresh.with(room, from, upTo, oldest, now).next())
        fresh = m_firstFresh.number(0);
    m_firstFresh.reset();
    const bool isMore = fresh > upTo && upTo < counters->last;
    if (m_lastExpired.with(room, from, fresh, oldest).next())
        m_rooms.dropBelow(room, *counters, m_lastExpired.number(0) + 1);
    else if (isMore)
        m_passedOver.emplace(room, upTo);
    m_lastExpired.reset();
    return isMore;
}

/// Whether there was anything to remove.
bool Housekeeping::removeLeftovers()
{
    if (!m_leftover.with().next())
        return false;
    const RoomId room = m_leftover.number(0);
    const quint64 below = m_leftover.number(1);
    m_leftover.reset();
    const RoomCounters *counters = m_rooms.find(room);
    // Nothing that is kept goes, whatever the row says.
    int removed = m_items.removeBelow(room, counters ? std::min(below, counters->first) : below,
                                      itemsAtOnce);
    if (!counters) {
        m_removeCids.with(room, cidsAtOnce).run();
        m_removePositions.with(room).run();
        removed += m_nextCids.with(room, 0, QString(), 1).next() && m_nextCids.number(0) == room;
        m_nextCids.reset();
    }
    if (removed == 0)
        m_nothingLeft.with(room).run();
    return true;
}

/// In rounds through the whole table, one an hour: it has no index by time.
void Housekeeping::expireCids(qint64 now)
{
    if (now < m_cidsFrom)
        return;
    if (m_lastCid.room == 0)
        m_items.cids().beginSorting(); // not to be left in memory when little is said
    QList<CidKey> expired;
    int count = 0;
    m_nextCids.with(m_lastCid.room, m_lastCid.sender, m_lastCid.cid, cidsAtOnce);
    for (; m_nextCids.next(); ++count) {
        m_lastCid = {m_nextCids.number(0), m_nextCids.number(1), m_nextCids.text(2)};
        const qint64 age = now - m_nextCids.integer(3);
        if (age >= std::chrono::milliseconds(limits::cidValid).count())
            expired.append(m_lastCid);
    }
    for (const CidKey &key : std::as_const(expired))
        m_removeCid.with(key.room, key.sender, key.cid).run();
    if (count < cidsAtOnce) {
        m_lastCid = {};
        m_cidsFrom = now + hour;
    }
}

/// Where there are more than limits::audit entries, whoever has done most loses the oldest, so that
/// nobody pushes out what others have done. Whether there still are more. Mostly the ids, which are
/// nearly dense, tell that there are none; where they are not, the entries are counted.
bool Housekeeping::expireAudit()
{
    m_auditIds.with().next();
    const quint64 newest = m_auditIds.number(1);
    const quint64 ids = newest - m_auditIds.number(0);
    m_auditIds.reset();
    if (newest == m_auditSeen || ids < limits::audit)
        return false;
    m_auditCount.with().next();
    const qint64 tooMany = m_auditCount.integer(0) - limits::audit;
    m_auditCount.reset();
    if (tooMany <= 0) {
        m_auditSeen = newest;
        return false;
    }
    const QString doer = m_auditMost.with().next() ? m_auditMost.text(0) : QString();
    m_auditMost.reset();
    m_removeAudit.with(doer, std::min<qint64>(tooMany, auditAtOnce)).run();
    return true;
}

/// All of the index has to be rewritten, whatever was erased, so that it is done once an hour.
void Housekeeping::rewriteIndex(qint64 now)
{
    if (!m_isRewriting) {
        if (m_items.erased() == Erased::Nothing || now < m_rewriteFrom)
            return;
        m_items.setErased(Erased::Rewriting);
        m_index.beginRewriting();
        m_isRewriting = true;
    }
    if (m_index.mergeSome(pagesAtOnce))
        return;
    // What was erased meanwhile waits for the next time.
    const bool isAll = m_items.erased() == Erased::Rewriting;
    m_items.setErased(isAll ? Erased::Nothing : Erased::Something);
    m_index.endRewriting();
    m_isRewriting = false;
    m_rewriteFrom = now + hour;
}

} // namespace teahouse::server
