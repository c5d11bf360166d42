#include "server/store/ledger.h"

#include "server/core/change.h"
#include "server/store/searchwords.h"

#include <sqlite3.h>

#include <utility>

namespace teahouse::server {

namespace {

int noteLog(void *pages, sqlite3 *, const char *, int count)
{
    *static_cast<int *>(pages) = count;
    return SQLITE_OK;
}

} // namespace

Ledger::Ledger(std::unique_ptr<Database> database, UnkeptRooms &unkept)
    : m_database(std::move(database)), m_unkept(unkept), m_begin(*m_database, "BEGIN IMMEDIATE"),
      m_commit(*m_database, "COMMIT"), m_rooms(*m_database), m_index(*m_database),
      m_items(*m_database, m_rooms, m_index, m_unkept), m_people(*m_database),
      m_standings(*m_database), m_housekeeping(*m_database, m_rooms, m_items, m_index),
      m_pageSize(m_database->number("PRAGMA page_size"))
{
    m_items.reload();
    sqlite3_wal_hook(m_database->handle(), noteLog, &m_logPages);
}

void Ledger::begin()
{
    m_begin.run();
}

Result<Appended> Ledger::append(const AppendRequest &request, const WriteTime &moment)
{
    return m_items.append(request, moment);
}

void Ledger::put(const RoomRecord &room)
{
    if (m_rooms.put(room))
        m_unkept.close(room.id);
    m_items.seeRoom(room.id);
    for (const Partner &partner : room.pair)
        m_items.seeUser(partner.user);
}

Result<Appended> Ledger::put(const QList<Change> &changes)
{
    for (const Change &change : changes) {
        const RoomId room = roomOf(change);
        if (room != 0 && !m_rooms.find(room))
            return Error{.code = ErrorCode::NoSuchRoom};
    }
    for (const Change &change : changes) {
        std::visit([this](const auto &record) { m_standings.put(record); }, change);
        if (const auto *account = std::get_if<AccountRecord>(&change))
            m_items.seeUser(account->id);
    }
    return Appended{};
}

Wishes Ledger::carryOut(const Wishes &wishes)
{
    Wishes early;
    for (auto it = wishes.read.begin(); it != wishes.read.end(); ++it) {
        const auto [user, room] = it.key();
        m_items.seeUser(user);
        if (m_rooms.find(room))
            m_people.putRead(user, room, it.value());
        else if (!wishes.forgotten.contains(room))
            early.addRead(user, room, it.value());
    }
    for (auto it = wishes.guests.begin(); it != wishes.guests.end(); ++it) {
        m_items.seeUser(it.key());
        if (it.value())
            m_people.put(*it.value());
        else
            m_people.forget(it.key());
    }
    for (const RoomId room : wishes.forgotten) {
        m_items.seeRoom(room);
        m_rooms.forget(room);
        m_items.cids().forgetNewOf(room);
        m_standings.forgetRoom(room);
        m_unkept.close(room);
    }
    return early;
}

bool Ledger::keepHouse(qint64 now)
{
    const bool isMore = m_people.forgetSome();
    return m_housekeeping.step(now) || isMore;
}

void Ledger::finish()
{
    m_rooms.finish();
    m_items.finish();
}

void Ledger::commit()
{
    const int before = m_logPages;
    m_commit.run();
    if (m_logPages < before)
        m_savedPages = 0; // the log has begun anew
    m_unkept.commit();
}

Dropped Ledger::takeDropped()
{
    Dropped dropped = m_unkept.takeDropped();
    dropped.merge(m_rooms.takeDropped());
    return dropped;
}

void Ledger::rollBack()
{
    m_database->rollBack();
    m_rooms.clear();
    m_unkept.rollBack();
    m_items.reload();
    m_housekeeping.startOver();
}

/// A header, and before each page what it is (https://www.sqlite.org/fileformat2.html, 4.1).
qint64 Ledger::logBytes() const
{
    constexpr qint64 header = 32;
    constexpr qint64 pageHeader = 24;
    return m_logPages == 0 ? 0 : header + m_logPages * (pageHeader + m_pageSize);
}

void Ledger::saveLog()
{
    Statement save(*m_database, "PRAGMA wal_checkpoint(PASSIVE)");
    if (save.next())
        m_savedPages = static_cast<int>(save.integer(2));
}

bool Ledger::emptyLog()
{
    if (m_database->number("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
        return false;
    m_logPages = m_savedPages = 0;
    return true;
}

void Ledger::leaveLog()
{
    sqlite3_db_config(m_database->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

} // namespace teahouse::server
