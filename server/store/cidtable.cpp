#include "server/store/cidtable.h"

#include "server/store/storedtables.h"
#include "shared/limits.h"

#include <algorithm>
#include <chrono>

namespace teahouse::server {

namespace {

constexpr size_t manyNew = 8192; ///< are sorted in
/// Times what was added is sorted in, and times that is removed, so that both is done when there
/// are many again.
constexpr int sortFaster = 2;
constexpr int removeFaster = 4;
constexpr int sortAtOnce = 128; ///< less is not worth the pages that it changes

bool isValid(const CidTable::Said &said, qint64 now)
{
    return now - said.time < std::chrono::milliseconds(limits::cidValid).count();
}

/// Whether the row, of all columns, is as it was written: a damaged one recognises no retry.
bool isSound(const Statement &row, const StoredTable &table)
{
    for (size_t i = 0; i < table.columns.size(); ++i) {
        if (!faultOf(row, static_cast<int>(i), table.columns[i]).isEmpty())
            return false;
    }
    return true;
}

} // namespace

CidTable::CidTable(Database &database)
    : m_find(database, "SELECT seq, time FROM cids WHERE room = ? AND sender = ? AND cid = ?"),
      m_put(database,
            "INSERT INTO new_cids (id, room, sender, cid, seq, time) VALUES (?, ?, ?, ?, ?, ?)"),
      m_sortIn(database,
               "INSERT INTO cids (room, sender, cid, seq, time) VALUES (?, ?, ?, ?, ?)"
               " ON CONFLICT (room, sender, cid) DO UPDATE"
               " SET seq = excluded.seq, time = excluded.time WHERE excluded.seq > seq"),
      m_load(database, "SELECT id, room, sender, cid, seq, time FROM new_cids ORDER BY id"),
      m_removeBelow(database, "DELETE FROM new_cids WHERE id < ?")
{
}

std::optional<CidTable::Said> CidTable::find(const Key &key, qint64 now)
{
    const auto fresh = m_new.find(key);
    if (fresh != m_new.end())
        return isValid(fresh->second.said, now) ? std::optional(fresh->second.said) : std::nullopt;
    if (!m_find.with(key.room, key.sender, key.cid).next())
        return std::nullopt;
    const Said said{.seq = m_find.number(0), .time = m_find.integer(1)};
    m_find.reset();
    return isValid(said, now) ? std::optional(said) : std::nullopt;
}

void CidTable::put(const Key &key, const Said &said)
{
    ++m_added;
    m_put.with(++m_lastId, key.room, key.sender, key.cid, said.seq, said.time).run();
    m_new.insert_or_assign(key, Entry{said, m_lastId});
}

void CidTable::forgetNewOf(RoomId room)
{
    m_new.erase(m_new.lower_bound({.room = room}), m_new.lower_bound({.room = room + 1}));
}

void CidTable::beginSorting()
{
    if (m_isSorting || m_new.empty() || m_firstId <= m_sortUpTo)
        return;
    m_isSorting = true;
    m_sorted = {};
    m_sortUpTo = m_lastId;
}

bool CidTable::sortSome(int atMost)
{
    if (!m_isSorting)
        return removeSome(removeFaster * atMost);
    auto it = m_new.upper_bound(m_sorted);
    while (it != m_new.end() && atMost > 0) {
        const auto &[key, entry] = *it;
        m_sorted = key;
        if (entry.id > m_sortUpTo) {
            ++it;
            continue;
        }
        --atMost;
        m_sortIn.with(key.room, key.sender, key.cid, entry.said.seq, entry.said.time).run();
        it = m_new.erase(it);
    }
    m_isSorting = it != m_new.end();
    return m_isSorting || m_firstId <= m_sortUpTo;
}

void CidTable::finish()
{
    if (m_new.size() >= manyNew)
        beginSorting();
    if (sortFaster * m_added < sortAtOnce)
        return;
    sortSome(sortFaster * m_added);
    m_added = 0;
}

void CidTable::reload()
{
    m_new.clear();
    m_isSorting = false;
    m_added = 0;
    m_lastId = m_sortUpTo = 0;
    m_firstId = 1;
    m_load.with();
    const StoredTable &table = storedTable("new_cids");
    while (m_load.next()) {
        if (!isSound(m_load, table))
            continue;
        m_lastId = m_load.integer(0);
        if (m_new.empty())
            m_firstId = m_lastId;
        m_new.insert_or_assign(Key{m_load.number(1), m_load.number(2), m_load.text(3)},
                               Entry{{m_load.number(4), m_load.integer(5)}, m_lastId});
    }
}

/// Of the small table, what is in the large one by now. True: there is more.
bool CidTable::removeSome(int atMost)
{
    if (m_firstId > m_sortUpTo)
        return false;
    m_firstId = std::min(m_firstId + atMost, m_sortUpTo + 1);
    m_removeBelow.with(m_firstId).run();
    return m_firstId <= m_sortUpTo;
}

} // namespace teahouse::server
