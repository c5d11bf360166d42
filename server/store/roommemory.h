#pragma once

#include "server/core/store.h"

#include <QHash>

#include <deque>
#include <optional>

namespace teahouse::server {

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

/// One room's part of a MemoryStore: its newest items in order, and which cids they were sent
/// under. Owned by the MemoryStore; knows neither other rooms nor how much is allowed in all.
class RoomMemory
{
public:
    /// What the sender's cid stands for already: the first numbers, or Conflict when it was
    /// another item. Nothing when the cid is new, empty or older than limits::cidValid at `now`
    /// (milliseconds since 1970 UTC).
    std::optional<Result<Appended>> earlier(const AppendRequest &request, qint64 now) const;

    /// Adds an item under the next number, at `now` or at the time of the last one, whichever is
    /// later, and brings the message that it edits or deletes to its present state.
    Appended append(AppendRequest request, qint64 now);

    /// Drops the oldest item and forgets its cid; only when the room holds any.
    void dropOldest();

    LogPage page(const PageRequest &request) const;

    qsizetype size() const { return static_cast<qsizetype>(m_entries.size()); }

    /// The oldest number kept; 0: nothing is.
    quint64 oldest() const { return m_entries.empty() ? 0 : first(); }

    /// Roughly what the items take in memory, in bytes.
    qsizetype bytes() const { return m_bytes; }

private:
    struct Entry
    {
        Item item;
        CidKey key;
        size_t fingerprint = 0; ///< of the item as it was sent
        quint64 newestEdit = 0; ///< of a message: the item with its present text; 0: unedited
    };

    static size_t fingerprint(const Item &item);
    static qsizetype cost(const Entry &entry);

    quint64 first() const { return m_last + 1 - m_entries.size(); }
    quint64 clamped(quint64 seq) const;
    Entry *find(quint64 seq);
    const Entry &at(quint64 seq) const { return m_entries[seq - first()]; }
    void add(Entry entry);
    void applyEdit(const Item &edit);
    void applyDeletion(const Item &deletion);
    void erase(quint64 seq);

    std::deque<Entry> m_entries; ///< numbers first() to m_last, without a hole
    QHash<CidKey, quint64> m_cids;
    quint64 m_last = 0;
    qint64 m_lastTime = 0;
    qsizetype m_bytes = 0;
};

} // namespace teahouse::server
