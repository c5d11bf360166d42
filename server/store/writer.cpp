#include "server/store/writer.h"

#include "server/core/change.h"
#include "server/store/storefile.h"
#include "server/store/storelog.h"

#include <algorithm>
#include <utility>

#include <sqlite3.h>

namespace teahouse::server {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto lockedPause = 10ms;  ///< before a lock of another program is tried again
constexpr auto failedPause = 100ms; ///< before anything is tried again after a failure

constexpr quint64 indexLag = 1000;  ///< items that may wait for the search index
constexpr quint64 catchUp = 2;      ///< times what was said goes into an index that lags
constexpr int indexedAtOnce = 1000; ///< items of one transaction, at most
constexpr int stepsAtOnce = 10;     ///< while there is nothing else to do
constexpr int pagesInLog = 1000;    ///< not saved; more are before the next round
constexpr int pagesInLongLog = 16 * pagesInLog; ///< is emptied with the next tick
constexpr int pagesToSaveLast = 4 * pagesInLog; ///< more would take too long when the server ends
constexpr qint64 checkpointPause = 60'000; ///< milliseconds between emptying the log for erasure

/// That the database is not where it was.
DatabaseError noFile(const QString &trouble)
{
    return {.code = SQLITE_READONLY_DBMOVED,
            .text = trouble
                    + u"; nothing is stored until it is back as it was. Stop the server and "
                      "restore a backup if it is lost"_s};
}

Error errorFor(const DatabaseError &error)
{
    return {.code = error.isFull() ? ErrorCode::StoreFull : ErrorCode::StoreUnavailable};
}

} // namespace

Writer::Writer(std::unique_ptr<Ledger> ledger, WriteQueue &queue, UnkeptRooms &unkept, Setup setup)
    : m_queue(queue), m_unkept(unkept), m_setup(std::move(setup)), m_ledger(std::move(ledger)),
      m_writing(m_setup.path, "cannot write"), m_keeping(m_setup.path, "cannot tidy up"),
      m_thread([this] { run(); })
{
}

Writer::~Writer()
{
    m_thread.join();
}

void Writer::run()
{
    blockSignals();
    while (m_queue.wait()) {
        if (m_setup.beforeRound)
            m_setup.beforeRound();
        if (begin())
            round();
    }
    if (m_ledger && m_ledger->pagesToSave() > pagesToSaveLast)
        m_ledger->leaveLog();
    m_ledger.reset(); // the last connection to be closed empties the log
}

/// Opens a transaction. Jobs stay in the queue meanwhile, where they can be cancelled.
bool Writer::begin()
{
    try {
        guardFile();
        if (!findOut()) {
            m_queue.waitToRetry(failedPause);
            return false;
        }
        m_ledger->begin();
        return true;
    } catch (const DatabaseError &error) {
        if (error.isBusy()) {
            m_writing.note(error);
            m_queue.waitToRetry(lockedPause);
            return false;
        }
        std::vector<WriteOutcome> outcomes;
        for (const WriteJob &job : m_queue.takeJobs()) {
            m_queue.giveUp(job);
            outcomes.push_back({.ticket = job.ticket, .result = errorFor(error)});
        }
        m_writing.note(error);
        fail(std::move(outcomes));
        return false;
    }
}

void Writer::round()
{
    std::vector<WriteJob> jobs = m_queue.takeJobs();
    Wishes wishes = m_queue.takeWishes();
    wishes.addOlder(m_early);
    const std::optional<WriteQueue::Tick> tick = m_queue.takeTick();
    if (tick && tick->clock.believed != 0)
        m_ledger->setClock(tick->clock);
    std::vector<WriteOutcome> outcomes;
    outcomes.reserve(jobs.size());
    Wishes early;
    bool isCommitting = false;
    try {
        carryOut(jobs, outcomes);
        early = m_ledger->carryOut(wishes);
        m_ledger->finish();
        if (m_writing.isFailing()) // only what was really written shows that writing works
            countUp();
        if (m_setup.beforeCommit)
            m_setup.beforeCommit(m_ledger->database());
        isCommitting = true;
        m_ledger->commit();
    } catch (const DatabaseError &error) {
        m_queue.giveBack(wishes);
        for (const WriteJob &job : jobs)
            m_queue.giveUp(job);
        m_writing.note(error);
        if (isCommitting && !error.wroteNothing()) {
            leaveUnclear(outcomes);
        } else {
            for (size_t i = outcomes.size(); i < jobs.size(); ++i)
                outcomes.push_back({.ticket = jobs[i].ticket});
            for (WriteOutcome &outcome : outcomes)
                outcome.result = errorFor(error);
        }
        fail(std::move(outcomes));
        return;
    }
    if (const QString trouble = fileTrouble(); !trouble.isEmpty()) {
        m_writing.note(noFile(trouble));
        leaveUnclear(outcomes);
        return fail(std::move(outcomes));
    }
    m_writing.noteWorking("writing works again");
    m_early = std::move(early);
    m_isErased = m_ledger->takeFreshlyErased() || m_isErased;
    handOver({std::move(outcomes), wishes.number, m_ledger->takeDropped()});
    shortenLog();
    followWithIndex(jobs.size());
    if (tick && m_ledger) // an error beside it may have taken it
        keepHouse(tick->expiry);
}

void Writer::carryOut(std::vector<WriteJob> &jobs, std::vector<WriteOutcome> &outcomes)
{
    for (WriteJob &job : jobs) {
        WriteOutcome outcome{.ticket = job.ticket};
        if (auto *request = std::get_if<AppendRequest>(&job.what)) {
            outcome.result = m_ledger->append(*request, job.now);
            if (!outcome.result.ok() && outcome.result.error().code == ErrorCode::NoSuchRoom
                && m_queue.isGivenUp(request->room))
                outcome.result = Error{.code = ErrorCode::StoreUnavailable};
            outcome.append = std::move(*request);
        } else if (const auto *changes = std::get_if<QList<Change>>(&job.what)) {
            outcome.result = m_ledger->put(*changes);
            if (!outcome.result.ok() && isForWantOfARoom(*changes))
                outcome.result = Error{.code = ErrorCode::StoreUnavailable};
        } else {
            m_ledger->put(std::get<RoomRecord>(job.what));
            outcome.result = Appended{};
        }
        outcomes.push_back(std::move(outcome));
    }
}

/// Whether one of the changes is about a room that could not be stored.
bool Writer::isForWantOfARoom(const QList<Change> &changes) const
{
    return std::any_of(changes.begin(), changes.end(),
                       [this](const Change &change) { return m_queue.isGivenUp(roomOf(change)); });
}

void Writer::handOver(WriteReport report)
{
    if (!report.isEmpty())
        m_setup.handOver(std::move(report));
}

/// Nobody knows whether the transaction is in the file and stays there.
void Writer::leaveUnclear(std::vector<WriteOutcome> &outcomes)
{
    m_unclear = {.outcomes = outcomes, .dropped = m_ledger->takeDropped()};
    m_unclearItem = m_ledger->lastItem();
    for (WriteOutcome &outcome : outcomes)
        outcome.result = Error{.code = ErrorCode::Unconfirmed};
}

/// Nothing of the transaction took effect, as far as is known.
void Writer::fail(std::vector<WriteOutcome> outcomes)
{
    if (!m_unclearItem && m_ledger) {
        try {
            m_ledger->rollBack();
        } catch (const DatabaseError &) {
            closeLedger(); // opened anew with the next round
        }
    }
    handOver({.outcomes = std::move(outcomes)});
    m_queue.waitToRetry(failedPause);
}

/// What has become of the file without SQLite's noticing it; empty: nothing.
QString Writer::fileTrouble()
{
    if (!m_setup.hold)
        return {};
    const QString trouble = m_setup.hold->trouble(m_ledger ? m_ledger->logBytes() : 0);
    if (trouble.isEmpty() || !m_setup.hold->isLogShort() || !m_ledger)
        return trouble;
    // Another program may have brought the log into the file, which nobody need be told of. If it
    // was cut, it cannot be read.
    try {
        if (m_ledger->emptyLog())
            return {};
    } catch (const DatabaseError &) { // NOLINT(bugprone-empty-catch)
    }
    return trouble;
}

/// Throws DatabaseError when what is written would not be there after a restart.
void Writer::guardFile()
{
    if (const QString trouble = fileTrouble(); !trouble.isEmpty())
        throw noFile(trouble);
}

/// Closes the connection, to be made anew. If it is the last one, the log goes with it.
void Writer::closeLedger()
{
    const bool wasWell = fileTrouble().isEmpty();
    m_ledger.reset();
    if (wasWell && m_setup.hold)
        m_setup.hold->forgetLog();
}

/// Not with the commit, which would hold up its answers.
void Writer::shortenLog()
{
    if (m_ledger->pagesToSave() < pagesInLog)
        return;
    try {
        m_ledger->saveLog();
    } catch (const DatabaseError &) { // NOLINT(bugprone-empty-catch)
        // A full disk, for instance: the log is valid all the same, and this is tried again.
    }
}

/// Under load the index follows with each round that has brought `said`: it keeps pace and catches
/// up, and does more than that as far as nobody has to wait for it. What little is said otherwise
/// waits for a tick.
void Writer::followWithIndex(size_t said)
{
    const quint64 before = m_ledger->unindexed();
    const auto isBehind = [&] { return before - m_ledger->unindexed() < catchUp * said; };
    try {
        for (int step = 0; m_ledger->unindexed() >= indexLag && (isBehind() || mayStep(step));
             ++step) {
            m_ledger->begin();
            m_ledger->indexSome(indexedAtOnce);
            m_ledger->finish();
            m_ledger->commit();
            shortenLog();
        }
    } catch (const DatabaseError &error) {
        failAside(error);
    }
}

/// Whether there is time for one more step of what nobody waits for, after so many.
bool Writer::mayStep(int step) const
{
    return step == 0 || (step < stepsAtOnce && !m_queue.isUrged());
}

/// Of what nobody waits for: it is done with the next round or tick.
void Writer::failAside(const DatabaseError &error)
{
    if (error.isBusy())
        return;
    m_keeping.note(error);
    fail({});
}

void Writer::keepHouse(qint64 now)
{
    try {
        bool isMore = true;
        for (int step = 0; isMore && mayStep(step); ++step) {
            m_ledger->begin();
            isMore = m_ledger->keepHouse(now);
            m_ledger->finish();
            m_ledger->commit();
            handOver({.dropped = m_ledger->takeDropped()});
            shortenLog();
        }
        m_isErased = m_ledger->takeFreshlyErased() || m_isErased;
        const bool mayEmpty = m_isErased && now >= m_checkpointFrom;
        if ((mayEmpty || m_ledger->logPages() >= pagesInLongLog) && m_ledger->emptyLog()) {
            m_isErased = false;
            m_checkpointFrom = now + checkpointPause;
        }
        m_keeping.noteWorking("tidying up works again");
    } catch (const DatabaseError &error) {
        failAside(error);
    }
}

/// So that there is something to write.
void Writer::countUp()
{
    m_ledger->database().run("UPDATE store SET generation = generation + 1");
}

/// Makes sure of what the file holds before anything else is written. After a commit that failed
/// its pages may stand in the log all the same and come to life when the server starts again; one
/// more transaction writes over them. False: nobody knows yet.
bool Writer::findOut()
{
    if (m_ledger && !m_unclearItem)
        return true;
    try {
        closeLedger();
        m_isErased = true; // perhaps
        m_ledger = std::make_unique<Ledger>(StoreFile::connect(m_setup.path), m_unkept);
        m_ledger->begin();
        const bool tookEffect = m_unclearItem && m_ledger->lastItem() >= *m_unclearItem;
        if (!tookEffect)
            m_unkept.rollBack();
        countUp();
        m_ledger->commit();
        m_writing.noteWorking("writing works again");
        m_unclearItem.reset();
        WriteReport late = std::exchange(m_unclear, {});
        if (tookEffect)
            handOver(std::move(late));
        return true;
    } catch (const DatabaseError &error) {
        m_writing.note(error);
        return false;
    }
}

} // namespace teahouse::server
