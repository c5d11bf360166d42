#include "server/net/deadlines.h"

#include <algorithm>

namespace teahouse::server {

Deadlines::Deadline::Deadline(Deadlines &deadlines, DeadlineHandler &handler)
    : m_deadlines(deadlines), m_node{handler}
{
}

Deadlines::Deadline::~Deadline()
{
    stop();
}

void Deadlines::Deadline::startAt(qint64 at)
{
    if (isActive() && m_node.at == at)
        return;
    stop();
    m_node.at = at;
    m_deadlines.insert(m_node);
}

void Deadlines::Deadline::stop()
{
    if (isActive())
        m_deadlines.erase(m_node);
}

Deadlines::Deadlines(const Clock &clock) : m_clock(clock)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.callOnTimeout([this] { fire(); });
}

void Deadlines::fire()
{
    const qint64 now = m_clock.steady();
    // Bounded, so that a handler that starts again in the past cannot hold the loop.
    for (size_t left = m_heap.size(); left > 0 && !m_heap.empty(); --left) {
        Node *first = m_heap.front();
        if (first->at > now)
            break;
        erase(*first);
        first->handler.onDeadline();
    }
    arm();
}

void Deadlines::insert(Node &node)
{
    m_heap.push_back(&node);
    node.place = m_heap.size() - 1;
    siftUp(node.place);
    if (m_heap.front() == &node)
        arm();
}

void Deadlines::erase(Node &node)
{
    const size_t place = node.place;
    Q_ASSERT(place < m_heap.size() && m_heap[place] == &node);
    Node *last = m_heap.back();
    m_heap.pop_back();
    node.place = nowhere;
    if (last == &node)
        return;
    put(last, place);
    siftUp(place);
    siftDown(last->place);
}

void Deadlines::put(Node *node, size_t place)
{
    m_heap[place] = node;
    node->place = place;
}

void Deadlines::siftUp(size_t place)
{
    Node *moving = m_heap[place];
    while (place > 0) {
        const size_t parent = (place - 1) / 2;
        if (m_heap[parent]->at <= moving->at)
            break;
        put(m_heap[parent], place);
        place = parent;
    }
    put(moving, place);
}

void Deadlines::siftDown(size_t place)
{
    Node *moving = m_heap[place];
    while (true) {
        size_t child = 2 * place + 1;
        if (child >= m_heap.size())
            break;
        if (child + 1 < m_heap.size() && m_heap[child + 1]->at < m_heap[child]->at)
            ++child;
        if (moving->at <= m_heap[child]->at)
            break;
        put(m_heap[child], place);
        place = child;
    }
    put(moving, place);
}

void Deadlines::arm()
{
    // A timer that fires for what was stopped meanwhile does no harm: it is rarer than stopping.
    if (m_heap.empty())
        return;
    const qint64 first = m_heap.front()->at;
    if (m_timer.isActive() && m_armedFor <= first)
        return;
    m_armedFor = first;
    m_timer.start(std::chrono::milliseconds(std::max<qint64>(0, first - m_clock.steady())));
}

} // namespace teahouse::server
