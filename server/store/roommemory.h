#pragma once

#include "server/core/store.h"
#include "shared/limits.h"

#include <QHash>

#include <algorithm>
#include <deque>
#include <optional>

namespace teahouse::server {

/// How much of what was said is kept in memory.
struct MemoryBounds
{
    qsizetype itemsPerRoom = limits::memoryItemsPerRoom;
    qsizetype totalBytes = limits::memoryTotal;

    /// How many items of a room that keeps no history.
    qsizetype unkeptItems() const { return std::min<qsizetype>(limits::unkeptItems, itemsPerRoom); }
};

/// What a retry is recognised by in its room.
struct CidKey
{
    UserId sender = 0;
    QString cid = {};

    bool operator==(const CidKey &) const = default;
};
inline size_t qHash(const CidKey &key, size_t seed)
{
    return qHashMulti(seed, key.sender, key.cid);
}

/// One room's newest items in order, and which cids they were sent under. Owned by a store; knows
/// neither other rooms nor how much is allowed in all.
class RoomMemory
{
public:
    /// An item beside what is not told of it.
    struct Entry
    {
        Item item;
        CidKey key;
        QList<UserId> mentions;
        quint64 place = 0;      ///< its number among the items of all rooms
        size_t fingerprint = 0; ///< of the item as it was sent; 0: not known any more
        quint64 newestEdit = 0; ///< of a message: the item with its present text; 0: unedited
    };

    /// The last number and time that the room has had before.
    explicit RoomMemory(quint64 last = 0, qint64 lastTime = 0) : m_last(last), m_lastTime(lastTime)
    {
    }

    /// What the sender's cid stands for already: the first numbers, or Conflict when it was
    /// another item. Nothing when the cid is new, empty or older than limits::cidValid at `now`
    /// (milliseconds since 1970 UTC, by which things expire). Of a message edited or deleted since
    /// nothing is left to compare with, so that any item counts as a retry.
    std::optional<Result<Appended>> earlier(const AppendRequest &request, qint64 now) const;

    /// Why the item cannot be added: NoSuchMessage or NotAllowed, of an edit or a deletion.
    std::optional<Error> refusal(const AppendRequest &request) const;

    /// Adds an item that was not refused under the next number, at the itemTime() of `now`, and
    /// brings the message that it edits or deletes to its
    /// present state. `place` is greater than that of any item before.
    Appended append(AppendRequest request, qint64 now, quint64 place);

    /// Drops the oldest item and forgets its cid; only when the room holds any.
    void dropOldest();

    /// Becomes like `newer`, which was a copy of this until append() and dropOldest() were called.
    /// Takes as long as was added there, however much is kept.
    void follow(const RoomMemory &newer);

    LogPage page(const PageRequest &request) const;

    /// Counts what somebody has not read behind `read`, up to the number `upTo`.
    Unread unread(const UnreadFor &whose, quint64 read, quint64 upTo) const;

    qsizetype size() const { return static_cast<qsizetype>(m_entries.size()); }
    const Entry &at(qsizetype index) const { return m_entries[static_cast<size_t>(index)]; }

    /// How many of the oldest items have a place below `place`.
    qsizetype countBelow(quint64 place) const;

    /// The oldest number kept; 0: nothing is.
    quint64 oldest() const { return m_entries.empty() ? 0 : first(); }

    /// Roughly what the items take in memory, in bytes.
    qsizetype bytes() const { return m_bytes; }

private:
    static size_t fingerprint(const Item &item);
    static qsizetype cost(const Entry &entry);

    quint64 first() const { return m_last + 1 - m_entries.size(); }
    quint64 clamped(quint64 seq) const;
    Entry *find(quint64 seq);
    const Entry &numbered(quint64 seq) const { return m_entries[seq - first()]; }
    void add(Entry entry);
    void applyEdit(const Entry &edit);
    void applyDeletion(const Item &deletion);
    void erase(quint64 seq);
    void copy(quint64 seq, const RoomMemory &newer);

    std::deque<Entry> m_entries; ///< numbers first() to m_last, without a hole
    QHash<CidKey, quint64> m_cids;
    quint64 m_last = 0;
    qint64 m_lastTime = 0;
    qsizetype m_bytes = 0;
};

} // namespace teahouse::server
