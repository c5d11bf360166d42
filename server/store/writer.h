#pragma once

#include "server/store/faultlog.h"
#include "server/store/filehold.h"
#include "server/store/ledger.h"
#include "server/store/writequeue.h"

#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace teahouse::server {

/// What has become of a job.
struct WriteOutcome
{
    quint64 ticket = 0;
    Result<Appended> result = Error{}; ///< of what was put: empty numbers, or why not
    std::optional<AppendRequest> append = {};
};

/// What a transaction has brought.
struct WriteReport
{
    std::vector<WriteOutcome> outcomes = {}; ///< of the jobs that it took
    quint64 wishes = 0; ///< the wishes up to this number are carried out; 0: none were
    Dropped dropped = {};

    bool isEmpty() const { return outcomes.empty() && wishes == 0 && dropped.empty(); }
};

/// The thread that writes. It takes everything that queued up while it last wrote as one
/// transaction, and hands all outcomes over in one go when that has committed. It tries again by
/// itself what can be tried again, and goes on when a fault has passed.
class Writer
{
public:
    /// Told on the writer's thread after each transaction that has brought something.
    using HandOver = std::function<void(WriteReport)>;

    struct Setup
    {
        QString path; ///< of the database, to open it anew
        HandOver handOver;
        std::function<void()> beforeRound = {};            ///< a test's; may block
        std::function<void(Database &)> beforeCommit = {}; ///< a test's; may block
        FileHold *hold = nullptr; ///< of the database; nothing: it is not looked at
    };

    /// Takes over the tables of an opened database. The queue and the rooms must outlive the
    /// writer.
    Writer(std::unique_ptr<Ledger> ledger, WriteQueue &queue, UnkeptRooms &unkept, Setup setup);

    /// Waits until the thread has ended, for which the queue has to be closed.
    ~Writer();
    Q_DISABLE_COPY_MOVE(Writer)

private:
    void run();
    bool begin();
    void round();
    bool isForWantOfARoom(const QList<Change> &changes) const;
    void carryOut(std::vector<WriteJob> &jobs, std::vector<WriteOutcome> &outcomes);
    void handOver(WriteReport report);
    void fail(std::vector<WriteOutcome> outcomes);
    void failAside(const DatabaseError &error);
    void keepHouse(qint64 now);
    void followWithIndex(size_t said);
    bool mayStep(int step) const;
    void shortenLog();
    bool findOut();
    QString fileTrouble();
    void guardFile();
    void closeLedger();
    void countUp();
    void leaveUnclear(std::vector<WriteOutcome> &outcomes);

    WriteQueue &m_queue;
    UnkeptRooms &m_unkept;
    Setup m_setup;
    std::unique_ptr<Ledger> m_ledger; ///< nothing: to be made anew
    FaultLog m_writing;               ///< faults of what somebody waits for
    FaultLog m_keeping;               ///< and of what nobody does

    /// A commit of which nobody knows whether it took effect: what it would have been, and its
    /// last item.
    WriteReport m_unclear;
    std::optional<quint64> m_unclearItem; ///< nothing: all is clear

    Wishes m_early;              ///< positions in rooms that are not stored yet
    bool m_isErased = false;     ///< text was erased since the log beside the file was emptied
    qint64 m_checkpointFrom = 0; ///< it is not emptied before
    std::thread m_thread;
};

} // namespace teahouse::server
