#pragma once

#include "server/core/store.h"
#include "server/store/cidtable.h"
#include "server/store/database.h"
#include "server/store/itemtime.h"
#include "server/store/roomtable.h"
#include "server/store/searchindex.h"
#include "server/store/unkeptrooms.h"

#include <optional>

namespace teahouse::server {

/// Whether words of erased items may still be in the pages of the search index.
enum class Erased {
    Nothing = 0,
    Something = 1,
    Rewriting = 2, ///< what was erased before the index began to be rewritten, and nothing since
};

/// The numbered items, on the writer's connection: adds them, brings what they edit and delete to
/// its present state, and removes them. Everything happens in the caller's transaction. Functions
/// throw DatabaseError.
class ItemTable
{
public:
    /// All of these must outlive the table.
    ItemTable(Database &database, RoomTable &rooms, SearchIndex &index, UnkeptRooms &unkept);

    /// Store::append() at this moment. Errors: NoSuchRoom, Conflict,
    /// NoSuchMessage, NotAllowed.
    Result<Appended> append(const AppendRequest &request, const WriteTime &moment);

    /// Removes at most so many of the room's items below a number, oldest first. How many it were.
    int removeBelow(RoomId room, quint64 seq, int atMost);

    /// Brings at most so many items into the index, fewer when they are long. How many items are
    /// still to come.
    quint64 indexSome(int atMost);

    /// How many items are not in the index yet.
    quint64 unindexed() const { return m_counters.lastItem - m_counters.indexed; }

    Erased erased() const { return m_erased; }

    /// Counts as erasing: the log may hold pages of the index as they were.
    void setErased(Erased erased);

    /// Whether text was erased since this was asked last.
    bool takeFreshlyErased() { return std::exchange(m_freshlyErased, false); }

    /// Writes the counters that have changed, before the commit.
    void finish();

    /// Reads the counters again, after a rollback.
    void reload();

    CidTable &cids() { return m_cids; }

    /// What is believed of the clock, to be written with the counters.
    void setClock(const ClockState &clock);
    /// Writes it even with nothing else when it has gone on for so many milliseconds since.
    void writeClockAfter(qint64 pause);

    /// The greatest id ever given to an item.
    quint64 lastItem() const { return m_counters.lastItem; }

    /// Keeps an id from being given again.
    void seeUser(UserId user);
    void seeRoom(RoomId room);

private:
    struct Target
    {
        quint64 id = 0;
        ItemKind kind = ItemKind::Gone;
        UserId sender = 0;
        QString speaker = {};
        QString text = {};
        quint64 newestEdit = 0;
        qint64 time = 0;
        int flags = 0;
        quint64 replyTo = 0;
    };

    std::optional<Result<Appended>> earlier(const AppendRequest &request, const RoomCounters &room,
                                            qint64 now);
    std::optional<Target> target(RoomId room, quint64 seq);
    Result<Target> changed(const AppendRequest &request, const RoomCounters &room);
    void insert(const AppendRequest &request, const Appended &appended);
    void mention(RoomId room, quint64 seq, const QList<UserId> &users);
    void applyEdit(const AppendRequest &request, const Target &message, quint64 seq);
    qint64 sealOfEdited(const AppendRequest &request, const Target &message, quint64 seq) const;
    void applyDeletion(const AppendRequest &request, const Target &message);
    void erase(RoomId room, quint64 seq);
    void startIndexAnew();
    void unindex(RoomId room, const Target &message);

    RoomTable &m_rooms;
    SearchIndex &m_index;
    UnkeptRooms &m_unkept;
    CidTable m_cids;

    Statement m_insert;
    Statement m_findDigest;
    Statement m_find;
    Statement m_edit;
    Statement m_erase;
    Statement m_oldest;
    Statement m_remove;
    Statement m_mention;
    Statement m_unmention;
    Statement m_toIndex;
    Statement m_read;
    Statement m_write;
    Statement m_putErased;

    QByteArray m_digestKey;
    struct Counters
    {
        UserId lastUser = 0;
        RoomId lastRoom = 0;
        quint64 lastItem = 0;
        quint64 indexed = 0;
        ClockState clock = {};

        /// Whether there is anything to write; the clock goes along.
        bool isLike(const Counters &other) const
        {
            return lastUser == other.lastUser && lastRoom == other.lastRoom
                    && lastItem == other.lastItem && indexed == other.indexed;
        }
    };
    Counters m_counters;
    Counters m_written; ///< as they stand in the database
    bool m_isClockDue = false;
    Erased m_erased = Erased::Nothing;
    bool m_freshlyErased = false;
};

} // namespace teahouse::server
