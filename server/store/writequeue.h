#pragma once

#include "server/core/store.h"
#include "server/store/itemtime.h"

#include <QHash>
#include <QSet>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace teahouse::server {

/// What is to be written and answered, in the order of the tickets.
struct WriteJob
{
    quint64 ticket = 0;
    std::variant<AppendRequest, RoomRecord, QList<Change>> what;
    WriteTime now = {};  ///< when it was given
    qsizetype bytes = 0; ///< what it roughly takes in memory
};

/// What is to be written without an answer: the newest wish of a kind replaces earlier ones, so
/// that this stays as small as what it is about.
struct Wishes
{
    QHash<UserId, std::optional<GuestRecord>> guests; ///< nothing: forget the guest
    QHash<std::pair<UserId, RoomId>, quint64> read;
    QSet<RoomId> forgotten;
    quint64 number = 0; ///< of the newest one

    bool isEmpty() const { return guests.isEmpty() && read.isEmpty() && forgotten.isEmpty(); }

    void forgetGuest(UserId guest);
    void addRead(UserId user, RoomId room, quint64 seq);

    /// Takes back wishes that could not be carried out; those made since count more.
    void addOlder(const Wishes &older);
};

/// How much may wait for the writer, and how much of that it takes at once.
struct QueueBounds
{
    qsizetype rows = 50'000;
    qsizetype bytes = 64LL * 1024 * 1024;
    qsizetype rowsAtOnce = 2000;
    qsizetype bytesAtOnce = 4LL * 1024 * 1024;
};

/// What the main thread gives to the writer's. Each function says whose it is.
class WriteQueue
{
public:
    explicit WriteQueue(const QueueBounds &bounds) : m_bounds(bounds) { }

    // The main thread's

    /// False: the queue is full. The writer begins with it at the next release().
    bool add(WriteJob job);

    /// Adds a wish, which gets this number. The same.
    void wish(quint64 number, const std::function<void(Wishes &)> &change);

    /// All has been added that belongs together for now.
    void release();

    /// What is to be done now and then is due: by the time by which things expire. Zeros for the
    /// clock: nobody has asked whether it is believed.
    void tick(qint64 expiry, const ClockState &clock = {});

    /// Gives jobs up to a ticket back that the writer has not taken; those that are not among them
    /// are in the running transaction.
    std::vector<WriteJob> cancelUpTo(quint64 ticket);

    /// Whether all is written and the writer waits.
    bool isIdle() const;

    /// Lets the writer go on until all is written, but not past this moment.
    void close(std::chrono::steady_clock::time_point deadline);

    // The writer's

    /// Waits until there is something to do. False: there is nothing more to do, ever.
    bool wait();

    /// Waits before something is tried again. False: there is no time left for that.
    bool waitToRetry(std::chrono::milliseconds pause);

    std::vector<WriteJob> takeJobs();

    /// Nothing while jobs wait that may have been given before them: a position's room, say.
    Wishes takeWishes();
    struct Tick
    {
        qint64 expiry = 0;
        ClockState clock = {};
    };
    std::optional<Tick> takeTick();
    void giveBack(const Wishes &wishes);

    /// The room of a put that was not carried out: what is said there is for want of the store.
    void giveUp(const WriteJob &job);
    bool isGivenUp(RoomId room) const;

    /// Whether something waits that is to be done before what is done now and then.
    bool isUrged() const;

private:
    void noteGivenUp(const WriteJob &job);
    bool hasWork() const { return !m_jobs.empty() || !m_wishes.isEmpty() || m_tick; }
    bool mayBegin() const { return hasWork() && (!m_isGathering || isMuch()); }
    bool isMuch() const { return m_jobs.size() >= muchToWrite; }

    /// More jobs than this gain little by being written together with others.
    static constexpr size_t muchToWrite = 64;

    QueueBounds m_bounds;       ///< never changes
    mutable std::mutex m_mutex; ///< guards everything below
    std::condition_variable m_changed;
    std::deque<WriteJob> m_jobs;
    qsizetype m_bytes = 0;
    Wishes m_wishes;
    QSet<RoomId> m_givenUp; ///< until they are put again or forgotten
    bool m_isWaiting = false;
    bool m_isGathering = false; ///< something was added since the last release()
    std::optional<Tick> m_tick;
    std::optional<std::chrono::steady_clock::time_point> m_closing;
};

} // namespace teahouse::server
