#pragma once

#include "server/store/housekeeping.h"
#include "server/store/itemtable.h"
#include "server/store/peopletable.h"
#include "server/store/roomtable.h"
#include "server/store/searchindex.h"
#include "server/store/standingtables.h"
#include "server/store/writequeue.h"

#include <functional>
#include <memory>

namespace teahouse::server {

/// The writer's connection with all its tables: one transaction at a time, from begin() to
/// commit() or rollBack(). Functions throw DatabaseError, after which only rollBack() makes sense.
class Ledger
{
public:
    /// `unkept` must outlive the ledger.
    Ledger(std::unique_ptr<Database> database, UnkeptRooms &unkept);

    void begin();

    /// What is believed of the clock, to be written with the next transactions.
    void setClock(const ClockState &clock) { m_items.setClock(clock); }

    /// Carries out a job in the transaction, at this moment.
    Result<Appended> append(const AppendRequest &request, const WriteTime &moment);
    void put(const RoomRecord &room);
    /// All or nothing. Error: NoSuchRoom.
    Result<Appended> put(const QList<Change> &changes);

    /// What is left of the wishes: positions in rooms that are not stored yet.
    Wishes carryOut(const Wishes &wishes);

    /// A small step of what is done now and then; whether there is more to do at once.
    bool keepHouse(qint64 now);

    /// Brings at most so many items into the search index; how many are still to come.
    quint64 indexSome(int atMost) { return m_items.indexSome(atMost); }
    quint64 unindexed() const { return m_items.unindexed(); }
    bool takeFreshlyErased() { return m_items.takeFreshlyErased(); }

    /// The greatest id ever given to an item.
    quint64 lastItem() const { return m_items.lastItem(); }

    /// Writes what is only written once a transaction; to be followed by commit().
    void finish();

    /// After a DatabaseError without wroteNothing() nobody knows whether it took effect.
    void commit();

    /// What was dropped since this was asked last, before the commit or in it.
    Dropped takeDropped();
    void rollBack();

    /// How many pages of the log are not in the main file yet, and how many it has.
    int pagesToSave() const { return m_logPages - m_savedPages; }
    int logPages() const { return m_logPages; }

    /// How many bytes the log has to have for these.
    qint64 logBytes() const;

    /// Brings what was written into the main file, as far as no reader is in the way.
    void saveLog();

    /// The same, and empties the file beside it. False: a reader was in the way.
    bool emptyLog();

    /// Leaves the log as it is when the connection is closed: it takes too long to save it.
    void leaveLog();

    Database &database() { return *m_database; }

private:
    std::unique_ptr<Database> m_database;
    UnkeptRooms &m_unkept;
    Statement m_begin;
    Statement m_commit;
    RoomTable m_rooms;
    SearchIndex m_index;
    ItemTable m_items;
    PeopleTable m_people;
    StandingTables m_standings;
    Housekeeping m_housekeeping;
    qint64 m_pageSize;
    int m_logPages = 0;   ///< as of the last commit
    int m_savedPages = 0; ///< of them
};

} // namespace teahouse::server
