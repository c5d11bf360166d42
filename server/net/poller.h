#pragma once

#include "server/core/executor.h"
#include "server/net/readyset.h"
#include "server/net/turns.h"

#include <QMutex>
#include <QObject>

#include <atomic>
#include <vector>

namespace teahouse::server {

/// Whom the Poller tells. All calls may destroy any handler, this one too.
class PollHandler
{
public:
    virtual ~PollHandler() = default;

    /// The descriptor is ready. Level triggered: what is left undone is told again next round, so
    /// that a bounded read is enough, and right, for it leaves time for the others.
    virtual void onReady(PollEvents events) = 0;

    /// Comes once after Poller::Watch::wantTurn(), in this round or in a later one: the time to
    /// take in what has come, at most `turn`, from which it subtracts what it takes.
    virtual void onTurn(Turn &) { }

    /// Comes once after Poller::Watch::mark(), when all the rest of the round is done: the time to
    /// write what has gathered.
    virtual void onRoundEnd() = 0;
};

/// The descriptors of all connections, on Qt's event loop. What is ready a ReadySet knows.
///
/// A round handles what is ready, gives turns to those who want one until the round's budget is
/// spent, runs the tasks posted meanwhile, and then writes each outbox that grew, once. Outside a
/// round, marks, turns and tasks bring a round of their own by one queued call, so what timers and
/// queued calls produce is gathered and written before the loop sleeps.
///
/// Rounds do not nest. In a local event loop that a handler runs, nothing here happens: handlers
/// need not expect each other in the middle of their work.
class Poller : public QObject, public Executor
{
    Q_OBJECT

public:
    class Watch;

    explicit Poller(std::unique_ptr<ReadySet> set = makeReadySet());
    ~Poller() override;

    /// Runs `task` in this round if there is one, else in the next. From any thread.
    void post(std::function<void()> task) override;

    /// Whether a round is going on.
    bool inRound() const { return m_inRound; }

private:
    struct Slot
    {
        PollHandler *handler = nullptr;
        int descriptor = -1;
        quint32 generation = 0; ///< of the descriptor: an event of an earlier one is dropped
        quint32 nextFree = 0;
        PollEvents interest = {};
        bool marked = false;
        bool wantsTurn = false;
    };

    quint32 addSlot(PollHandler &handler);
    void removeSlot(quint32 slot);
    ReadySet::Key key(quint32 slot) const { return {slot, m_slots[slot].generation}; }
    void mark(quint32 slot);
    void wantTurn(quint32 slot, Turns::Kind kind);

    void round();
    void handleReady();
    void giveTurns();
    void settle();
    bool runTasks();
    void endRound();
    bool hasWork();
    void wake();

    static constexpr quint32 noSlot = ~quint32(0);

    std::unique_ptr<ReadySet> m_set;
    std::vector<Slot> m_slots;
    quint32 m_free = noSlot;
    std::vector<quint32> m_marked; ///< slots to tell at the end of the round
    std::vector<quint32> m_telling;
    Turns m_turns; ///< of slots
    bool m_inRound = false;
    bool m_missed = false; ///< a round was due while one went on

    QMutex m_mutex; ///< of m_tasks alone
    std::vector<std::function<void()>> m_tasks;
    std::vector<std::function<void()>> m_running;
    std::atomic<bool> m_awake = false;  ///< a round goes on or is queued: no need to ask for one
    std::atomic<bool> m_queued = false; ///< a call that makes a round is under way
};

/// One handler's place at a Poller; belongs to the handler and leaves with it.
class Poller::Watch
{
public:
    Watch(Poller &poller, PollHandler &handler);
    ~Watch();
    Q_DISABLE_COPY_MOVE(Watch)

    /// Watches a descriptor, one at a time. False: the kernel refused (errno). The descriptor
    /// must be unwatched before it is closed.
    [[nodiscard]] bool watch(int descriptor, PollEvents interest);
    /// Forgets the descriptor; no event of it comes any more, not even of this round.
    void unwatch();
    /// Asks the kernel only when this is a change.
    void setInterest(PollEvents interest);
    /// Asks for onRoundEnd(), with or without a descriptor. Only on the Poller's thread.
    void mark();
    /// Asks for onTurn(). Does nothing when it has been asked for already. Only on the Poller's
    /// thread.
    void wantTurn(Turns::Kind kind);

private:
    Poller &m_poller;
    quint32 m_slot;
};

} // namespace teahouse::server
