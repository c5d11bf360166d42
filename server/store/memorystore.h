#pragma once

#include "server/core/quota.h"
#include "server/core/store.h"
#include "server/store/completionqueue.h"
#include "server/store/roommemory.h"
#include "server/store/sizeclasses.h"
#include "shared/limits.h"

#include <QHash>
#include <QMap>
#include <QSet>
#include <QString>

#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>

namespace teahouse::server {

/// The Store of `--data none`: all in memory, nothing of it left when the program ends. Appending
/// takes constant time, and so does finding a page; a search looks at limits::searchLook items.
///
/// What is kept is bounded. A room that holds too many items loses its oldest. When all rooms
/// together take too much, one of the largest (to within a factor of two, each of those in turn)
/// loses its oldest, so that a busy room cannot push out what quiet ones have said. With an item
/// its cid is forgotten: a retry is recognised as long as the item is kept, and for no more than
/// limits::cidValid.
///
/// Of accounts and the like only the audit log is kept here, limits::memoryAudit
/// entries: whoever asks for the others holds them himself.
///
/// Items come from pages with an empty `room`, for what a room is called depends on the reader.
class MemoryStore : public Store
{
public:
    /// `clock` tells the milliseconds since 1970 UTC; `epoch` is a word that no earlier store
    /// had. The executor must outlive the store.
    MemoryStore(Executor &executor, std::function<qint64()> clock, QString epoch,
                MemoryBounds bounds = {});

    QString epoch() const override { return m_epoch; }
    StoredState takeState() override { return {}; }
    void setNews(StoreNews news) override { m_news = std::move(news); }
    void append(AppendRequest request, AppendThen then) override;
    void page(PageRequest request, std::function<void(Result<LogPage>)> then) override;
    void search(SearchRequest request, std::function<void(Result<FoundPage>)> then) override;
    void putRoom(RoomRecord room, std::function<void(Result<Done>)> then) override;
    void put(QList<Change> changes, std::function<void(Result<Done>)> then) override;
    void audit(AuditRequest request, std::function<void(Result<AuditPage>)> then) override;
    void forget(RoomId room) override;
    void putGuest(GuestRecord) override { } // whoever brings one back is gone with the store
    void forgetGuest(UserId guest) override { m_read.remove(guest); }
    void putRead(UserId user, RoomId room, quint64 seq) override;
    void unread(UnreadFor whose, QList<UnreadRange> ranges,
                std::function<void(Result<QList<Unread>>)> then) override;
    void tick() override;
    void setClock(const ClockState &, qint64 expiry) override { m_expiry = expiry; }
    void afterAnswers(std::function<void()> then) override { m_completions.add(std::move(then)); }

    /// Roughly what all rooms take, in bytes.
    qsizetype bytes() const { return m_bytes; }

private:
    struct AuditRow
    {
        quint64 id = 0;
        AuditRecord record;
    };
    struct Room
    {
        RoomId id = 0;
        RoomMemory memory;
        SizeClasses::Place place = {};
        int retention = keepForever;
    };

    template <typename T>
    void answer(std::function<void(Result<T>)> then, Result<T> result);
    qint64 expiry() const { return m_expiry.value_or(m_clock()); }
    static qsizetype countExpired(const Room &room, qint64 expiry);
    Result<Appended> appended(AppendRequest request);
    Result<FoundPage> found(const SearchRequest &request) const;
    void note(AuditRecord entry);
    Unread unreadOf(const UnreadFor &whose, const UnreadRange &range) const;
    qsizetype itemsKept(const Room &room) const;
    void account(Room &room, qsizetype before);
    void dropOldest(Room &room);
    void dropOldestAndTell(Room &room);
    void tellDropped();

    CompletionQueue m_completions;
    std::function<qint64()> m_clock;
    std::optional<qint64> m_expiry; ///< the time by which things expire; nothing: the clock's
    QString m_epoch;
    MemoryBounds m_bounds;
    StoreNews m_news;
    QSet<RoomId> m_dropped; ///< rooms that have lost items, which is not told yet
    std::unordered_map<RoomId, Room> m_rooms;
    QHash<UserId, QMap<RoomId, quint64>> m_read;
    std::deque<AuditRow> m_audit; ///< oldest first
    Quota<QString> m_auditBy;     ///< its entries, by who did it
    quint64 m_lastAudit = 0;
    SizeClasses m_bySize;
    qsizetype m_bytes = 0;
    quint64 m_items = 0; ///< ever added; the place of the newest
};

} // namespace teahouse::server
