#pragma once

#include "server/core/store.h"
#include "server/store/arrivals.h"
#include "server/store/completionqueue.h"
#include "server/store/reader.h"
#include "server/store/storefile.h"
#include "server/store/unkeptrooms.h"
#include "server/store/writequeue.h"
#include "server/store/writer.h"
#include "shared/limits.h"

#include <QHash>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace teahouse::server {

/// What may be different in a test.
struct SqliteStoreSetup
{
    std::chrono::milliseconds deadline = limits::storeDeadline;
    QueueBounds bounds = {};
    /// Called by the writer before each round, and before it commits one; may block.
    std::function<void()> beforeRound = {};
    std::function<void(Database &)> beforeCommit = {};
};

/// The durable Store: an SQLite file, with a thread that writes, one that reads and one that
/// searches, so that no long search holds up reading. Answers come after the commit, all of one
/// commit in one go. Times are those at which a call was made.
///
/// Reads see what was said before them: a read waits for the answers of writes in its rooms that
/// came before, but no longer than a quarter of the deadline, so that reading goes on when writing
/// does not.
///
/// Lives in a thread with an event loop. Destroying it takes at most a second for what is still
/// to be written.
class SqliteStore : public Store
{
public:
    /// Takes over an opened file. `clock` tells the milliseconds since 1970 UTC, in this thread
    /// only. The executor must outlive the store.
    SqliteStore(std::unique_ptr<StoreFile> file, Executor &executor, std::function<qint64()> clock,
                SqliteStoreSetup setup = {});
    ~SqliteStore() override;
    Q_DISABLE_COPY_MOVE(SqliteStore)

    QString epoch() const override { return m_file->epoch(); }
    StoredState takeState() override { return m_file->takeState(); }
    void setNews(StoreNews news) override { m_news = std::move(news); }
    void append(AppendRequest request, AppendThen then) override;
    void page(PageRequest request, std::function<void(Result<LogPage>)> then) override;
    void search(SearchRequest request, std::function<void(Result<FoundPage>)> then) override;
    void putRoom(RoomRecord room, std::function<void(Result<Done>)> then) override;
    void put(QList<Change> changes, std::function<void(Result<Done>)> then) override;
    void audit(AuditRequest request, std::function<void(Result<AuditPage>)> then) override;
    void forget(RoomId room) override;
    void putGuest(GuestRecord guest) override;
    void forgetGuest(UserId guest) override;
    void putRead(UserId user, RoomId room, quint64 seq) override;
    void unread(UnreadFor whose, QList<UnreadRange> ranges,
                std::function<void(Result<QList<Unread>>)> then) override;
    void tick() override;
    ClockState clock() const override { return m_file->clock(); }
    void setClock(const ClockState &state, qint64 expiry) override;
    void afterAnswers(std::function<void()> then) override { m_completions.add(std::move(then)); }

    /// Whether everything was answered and written.
    bool isIdle() const;

private:
    using Clock = std::chrono::steady_clock;

    struct Write
    {
        RoomId room = 0;
        AppendThen then;
        Clock::time_point deadline;
        bool isAnswered = false;
    };
    struct Read
    {
        ReadJob job;
        std::function<void(ReadOutcome)> then;
        Clock::time_point deadline;
        quint64 behind = 0; ///< waits for the answer of this write
        quint64 wish = 0;   ///< and for this wish
        bool isAsked = false;
    };

    qint64 expiry() const { return m_expiry.value_or(m_clock()); }
    void write(RoomId room, WriteJob job, AppendThen then);
    template <typename T>
    void read(ReadJob job, const QList<RoomId> &rooms, std::function<void(Result<T>)> then);
    void wish(const std::function<void(Wishes &)> &change);
    void releaseSoon();
    bool mayAsk(const Read &read) const;
    void ask(Read &read);
    void askWaiting();
    void written(WriteReport report);
    void wasRead(ReadOutcome outcome);
    bool isOpen(quint64 ticket) const;
    void answer(quint64 ticket, Result<Appended> result);
    void watch(Clock::time_point due);
    void checkDeadlines();
    Clock::time_point nextDue() const;
    Clock::time_point askedLatest(const Read &read) const;
    void endWrites(Clock::time_point now);
    void endReads(Clock::time_point now);

    CompletionQueue m_completions;
    std::function<qint64()> m_clock;
    ClockState m_clockState;        ///< what is believed of it
    std::optional<qint64> m_expiry; ///< the time by which things expire; nothing: the clock's
    SqliteStoreSetup m_setup;
    std::unique_ptr<StoreFile> m_file;
    StoreNews m_news;

    std::deque<Write> m_writes; ///< with the tickets from m_firstWrite on
    quint64 m_firstWrite = 1;
    /// Of the open writes that change what is stored: the newest ticket of each room, and under
    /// `noRoom` that of what was put besides rooms.
    QHash<RoomId, quint64> m_lastChanges;
    quint64 m_lastWish = 0;
    quint64 m_wishesDone = 0;           ///< those up to this one are carried out
    QHash<RoomId, quint64> m_forgotten; ///< the wishes to forget rooms that are not
    std::map<quint64, Read> m_reads;
    quint64 m_lastRead = 0;
    QTimer m_deadlines;           ///< runs only while something is under way
    Clock::time_point m_due = {}; ///< when it fires

    UnkeptRooms &m_unkept; ///< the file's
    WriteQueue m_queue;
    bool m_isReleasing = false; ///< the writer is let loose soon
    Arrivals m_arrivals;        ///< what the threads tell
    std::unique_ptr<Writer> m_writer;
    std::unique_ptr<Reader> m_reader;
    std::unique_ptr<Reader> m_searcher; ///< for searches only
};

} // namespace teahouse::server
