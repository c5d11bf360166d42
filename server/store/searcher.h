#pragma once

#include "server/core/store.h"
#include "server/store/database.h"
#include "server/store/searchwords.h"
#include "server/store/vocabulary.h"
#include "shared/limits.h"

#include <QHash>

namespace teahouse::server {

/// Looks for messages, newest first, on the reader's connection: what is not in the index yet one
/// by one, the others by the index. Looks at a bounded number of messages for one answer. Functions
/// throw DatabaseError.
///
/// `since` and `until` are found by halving, as if the times of all items rose with their ids. They
/// do, unless the machine's clock was set back; then messages of that span may be missed.
class Searcher
{
public:
    /// With more rooms than these the index is not asked for them, and what it finds is sifted. As
    /// many as a user can be in. The same where most of all items are in the rooms asked for, for
    /// to go through their long lists in the index costs more than to sift.
    static constexpr qsizetype roomsInQuery = limits::roomsPerUser + limits::privateRoomsPerUser;

    /// The database must outlive this.
    explicit Searcher(Database &database);

    /// Error: BadRequest without anything to look for.
    Result<FoundPage> find(const SearchRequest &request);

private:
    struct Search
    {
        const SearchRequest &request;
        SearchWords words;
        QString from;
        QHash<RoomId, quint64> rooms; ///< those that keep history, with the oldest number kept
        quint64 items = 0;            ///< how many those have, at most
        bool isSifted = false;        ///< the index is not asked for rooms
        quint64 low = 0;              ///< only ids from here
        quint64 high = 0;             ///< and below here
        int look = 0;                 ///< so many more may be looked at
        FoundPage page = {};
    };

    void openRooms(Search &search);
    quint64 firstFrom(qint64 time, quint64 behind);
    void findAll(Search &search, quint64 indexed);
    void findUnindexed(Search &search, quint64 indexed);
    void findIndexed(Search &search, quint64 indexed);
    QString indexQuery(const Search &search);
    bool look(Search &search, const Statement &row);

    Database &m_database;
    Vocabulary m_vocabulary;
    Statement m_store;
    Statement m_room;
    Statement m_timeFrom;
    Statement m_unindexed;
    Statement m_indexed;
    Statement m_item;
};

} // namespace teahouse::server
