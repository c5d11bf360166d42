#include "server/net/poller.h"

#include <QMutexLocker>

namespace teahouse::server {

namespace {

/// How often tasks and writes that bring further ones are followed before the loop gets its turn.
constexpr int settlePasses = 16;

} // namespace

Poller::Watch::Watch(Poller &poller, PollHandler &handler)
    : m_poller(poller), m_slot(poller.addSlot(handler))
{
}

Poller::Watch::~Watch()
{
    unwatch();
    m_poller.removeSlot(m_slot);
}

bool Poller::Watch::watch(int descriptor, PollEvents interest)
{
    Slot &slot = m_poller.m_slots[m_slot];
    Q_ASSERT(slot.descriptor < 0 && descriptor >= 0);
    slot.descriptor = descriptor;
    slot.interest = interest;
    ++slot.generation;
    if (m_poller.m_set->add(descriptor, interest, m_poller.key(m_slot)))
        return true;
    slot.descriptor = -1;
    return false;
}

void Poller::Watch::unwatch()
{
    Slot &slot = m_poller.m_slots[m_slot];
    if (slot.descriptor < 0)
        return;
    m_poller.m_set->remove(slot.descriptor);
    slot.descriptor = -1;
    ++slot.generation;
}

void Poller::Watch::setInterest(PollEvents interest)
{
    Slot &slot = m_poller.m_slots[m_slot];
    if (slot.descriptor < 0 || slot.interest == interest)
        return;
    slot.interest = interest;
    m_poller.m_set->change(slot.descriptor, interest, m_poller.key(m_slot));
}

void Poller::Watch::mark()
{
    m_poller.mark(m_slot);
}

void Poller::Watch::wantTurn(Turns::Kind kind)
{
    m_poller.wantTurn(m_slot, kind);
}

Poller::Poller(std::unique_ptr<ReadySet> set) : m_set(std::move(set))
{
    m_set->start([this] { round(); });
}

Poller::~Poller() = default;

void Poller::post(std::function<void()> task)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_tasks.push_back(std::move(task));
    }
    wake();
}

quint32 Poller::addSlot(PollHandler &handler)
{
    if (m_free == noSlot) {
        m_slots.push_back({.handler = &handler});
        return static_cast<quint32>(m_slots.size() - 1);
    }
    const quint32 index = m_free;
    Slot &slot = m_slots[index];
    m_free = slot.nextFree;
    slot.handler = &handler;
    // `marked` or `wantsTurn` may still be set: then the slot stands in a list and is told once
    // too often.
    return index;
}

void Poller::removeSlot(quint32 index)
{
    Slot &slot = m_slots[index];
    Q_ASSERT(slot.handler && slot.descriptor < 0);
    slot.handler = nullptr;
    slot.nextFree = m_free;
    m_free = index;
}

void Poller::mark(quint32 index)
{
    Slot &slot = m_slots[index];
    if (slot.marked)
        return;
    slot.marked = true;
    m_marked.push_back(index);
    if (!m_inRound)
        wake();
}

void Poller::wantTurn(quint32 index, Turns::Kind kind)
{
    if (std::exchange(m_slots[index].wantsTurn, true))
        return;
    m_turns.add(index, kind);
    if (!m_inRound)
        wake();
}

void Poller::round()
{
    if (m_inRound) {
        m_missed = true;
        return;
    }
    m_inRound = true;
    m_awake = true;
    m_turns.startRound();
    handleReady();
    giveTurns();
    settle();
    m_inRound = false;
    m_awake = m_queued.load(); // a second call would come for good, once at each round
    if (std::exchange(m_missed, false) || hasWork())
        wake();
}

void Poller::handleReady()
{
    for (const auto &[key, events] : m_set->take()) {
        const Slot &slot = m_slots[key.slot];
        if (slot.descriptor < 0 || slot.generation != key.generation)
            continue;
        // Somebody else's handler may have changed the interest in this round.
        if (const PollEvents told = events & (slot.interest | PollEvent::HungUp))
            slot.handler->onReady(told);
    }
}

void Poller::giveTurns()
{
    Turn turn;
    while (const auto index = m_turns.next(turn)) {
        Slot &slot = m_slots[*index];
        slot.wantsTurn = false;
        if (slot.handler)
            slot.handler->onTurn(turn);
        m_turns.used(turn);
    }
}

void Poller::settle()
{
    for (int pass = 0; pass < settlePasses; ++pass) {
        if (runTasks())
            continue; // tasks that the tasks have posted come before anything is written
        giveTurns();
        if (m_marked.empty())
            return;
        endRound();
    }
    endRound();
}

bool Poller::runTasks()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_running.swap(m_tasks);
    }
    for (std::function<void()> &task : m_running)
        std::exchange(task, nullptr)(); // gone with all it holds before the next one runs
    const bool any = !m_running.empty();
    m_running.clear();
    return any;
}

void Poller::endRound()
{
    m_telling.swap(m_marked);
    for (const quint32 index : m_telling) {
        Slot &slot = m_slots[index];
        slot.marked = false;
        if (slot.handler)
            slot.handler->onRoundEnd();
    }
    m_telling.clear();
}

bool Poller::hasWork()
{
    if (!m_marked.empty() || !m_turns.isEmpty())
        return true;
    const QMutexLocker lock(&m_mutex);
    return !m_tasks.empty();
}

void Poller::wake()
{
    if (m_awake.exchange(true))
        return;
    m_queued = true;
    QMetaObject::invokeMethod(
            this,
            [this] {
                m_queued = false;
                round();
            },
            Qt::QueuedConnection);
}

} // namespace teahouse::server
