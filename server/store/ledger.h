#pragma once

#include "server/store/housekeeping.h"
#include "server/store/itemtable.h"
#include "server/store/peopletable.h"
#include "server/store/roomtable.h"
#include "server/store/searchindex.h"
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

    /// Carries out a job in the transaction, at `now` in milliseconds since 1970 UTC.
    Result<Appended> append(const AppendRequest &request, qint64 now);
    void put(const RoomRecord &room);

    /// What is left of the wishes: positions in rooms that are not stored yet.
    Wishes carryOut(const Wishes &wishes);
    void keepHouse(qint64 now);

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
    void rollBack();

    /// Brings what was written into the main file and empties the file beside it, unless a reader
    /// is in the way. False: one was.
    bool checkpoint();

    Database &database() { return *m_database; }

private:
    std::unique_ptr<Database> m_database;
    UnkeptRooms &m_unkept;
    RoomTable m_rooms;
    SearchIndex m_index;
    ItemTable m_items;
    PeopleTable m_people;
    Housekeeping m_housekeeping;
};

} // namespace teahouse::server
