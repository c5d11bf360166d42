#include "server/net/turns.h"

#include <algorithm>

namespace teahouse::server {

void Turns::startRound()
{
    for (Queue &queue : m_queues)
        queue.left = {framesInRound, bytesInRound};
}

void Turns::add(quint32 who, Kind kind)
{
    m_queues[static_cast<size_t>(kind)].waiting.push_back(who);
}

std::optional<quint32> Turns::next(Turn &turn)
{
    const auto queue = std::find_if(m_queues.begin(), m_queues.end(), [](const Queue &one) {
        return !one.waiting.empty() && !one.left.isUsedUp();
    });
    if (queue == m_queues.end())
        return std::nullopt;
    const auto crowd = static_cast<qsizetype>(queue->waiting.size());
    turn.frames = std::max(leastFrames, static_cast<int>(queue->left.frames / crowd));
    turn.bytes = std::clamp(queue->left.bytes / crowd, leastBytes, mostBytes);
    m_current = &*queue;
    m_given = turn;
    const quint32 who = queue->waiting.front();
    queue->waiting.pop_front();
    return who;
}

void Turns::used(const Turn &rest)
{
    m_current->left.frames -= m_given.frames - rest.frames;
    m_current->left.bytes -= m_given.bytes - rest.bytes;
}

bool Turns::isEmpty() const
{
    return std::all_of(m_queues.begin(), m_queues.end(),
                       [](const Queue &queue) { return queue.waiting.empty(); });
}

} // namespace teahouse::server
