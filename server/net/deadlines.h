#pragma once

#include "server/net/clock.h"

#include <QTimer>

#include <chrono>
#include <vector>

namespace teahouse::server {

/// Is told when its Deadline has passed.
class DeadlineHandler
{
public:
    virtual ~DeadlineHandler() = default;
    virtual void onDeadline() = 0;
};

/// All that is waited for in the net layer: a heap of deadlines and one QTimer for the earliest.
/// Must outlive its deadlines; lives on the thread that uses it.
class Deadlines
{
    /// What the heap knows of a Deadline; `place` spares the search when one is stopped.
    struct Node
    {
        DeadlineHandler &handler;
        qint64 at = 0;
        size_t place = nowhere;
    };
    static constexpr size_t nowhere = ~size_t(0);

public:
    class Deadline;

    explicit Deadlines(const Clock &clock);
    Q_DISABLE_COPY_MOVE(Deadlines)

    const Clock &clock() const { return m_clock; }

    /// Tells the handlers of what has passed. The timer does this; tests with a clock of their
    /// own call it.
    void fire();

private:
    void insert(Node &node);
    void erase(Node &node);
    void put(Node *node, size_t place);
    void siftUp(size_t place);
    void siftDown(size_t place);
    void arm();

    const Clock &m_clock;
    std::vector<Node *> m_heap; ///< the earliest in front
    qint64 m_armedFor = 0;      ///< steady time of the timer, while it is active
    QTimer m_timer;
};

/// One moment that somebody waits for. Belongs to the handler, costs nothing while it is not
/// started, and can be destroyed at any time, also inside onDeadline().
class Deadlines::Deadline
{
public:
    Deadline(Deadlines &deadlines, DeadlineHandler &handler);
    ~Deadline();
    Q_DISABLE_COPY_MOVE(Deadline)

    /// Waits until `at` on the steady clock, and no longer for any earlier choice.
    void startAt(qint64 at);
    void stop();
    bool isActive() const { return m_node.place != nowhere; }

private:
    Deadlines &m_deadlines;
    Node m_node;
};

using Deadline = Deadlines::Deadline;

} // namespace teahouse::server
