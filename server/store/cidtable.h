#pragma once

#include "server/core/records.h"
#include "server/store/database.h"

#include <map>
#include <optional>
#include <tuple>

namespace teahouse::server {

/// By what retries are recognised: the number that a sender's cid stands for in a room, for
/// limits::cidValid. That makes a large table, in which those of one moment belong to a hundred
/// places. New ones are therefore written one behind the other into a small table and kept in
/// memory; once there are many, they are sorted into the large one in the course of the next
/// transactions. Everything happens in the caller's transaction, on the writer's connection.
/// Functions throw DatabaseError.
class CidTable
{
public:
    struct Key
    {
        RoomId room = 0;
        UserId sender = 0;
        QString cid = {};

        friend bool operator<(const Key &a, const Key &b)
        {
            return std::tie(a.room, a.sender, a.cid) < std::tie(b.room, b.sender, b.cid);
        }
    };
    struct Said
    {
        quint64 seq = 0;
        qint64 time = 0; ///< milliseconds since 1970 UTC
    };

    /// reload() is to be called before anything else.
    explicit CidTable(Database &database);

    /// What the cid stands for at `now`; nothing when it is new or too old.
    std::optional<Said> find(const Key &key, qint64 now);

    /// Notes what a cid stands for from now on.
    void put(const Key &key, const Said &said);

    /// The room is gone: what is new of it is not sorted in, and leaves the small table with what
    /// else is new now. What the large one has of it is the caller's to remove.
    void forgetNewOf(RoomId room);

    /// Sorts what is new now into the large table, by and by.
    void beginSorting();

    /// Goes on with it for so many; true: there is more to do.
    bool sortSome(int atMost);

    /// Sorts some in when there are many; to be called before each commit.
    void finish();

    /// Reads what is new: at the beginning, and again after a rollback.
    void reload();

private:
    struct Entry
    {
        Said said;
        qint64 id = 0; ///< in the small table
    };

    bool removeSome(int atMost);

    Statement m_find;
    Statement m_put;
    Statement m_sortIn;
    Statement m_load;
    Statement m_removeBelow;

    std::map<Key, Entry> m_new; ///< all of the small table, but for what is sorted in already
    Key m_sorted;               ///< what is to be sorted in comes behind this one
    qint64 m_lastId = 0;
    qint64 m_sortUpTo = 0; ///< what has a greater id is not sorted in this time
    qint64 m_firstId = 1;  ///< what has a smaller one is removed
    bool m_isSorting = false;
    int m_added = 0; ///< since some were sorted in
};

} // namespace teahouse::server
