#include "server/net/anteroom.h"

#include <algorithm>

namespace teahouse::server {

void Anteroom::add(Caller caller)
{
    m_queues[caller.ticket.counted].push_back(std::move(caller));
    ++m_size;
}

const Anteroom::Caller *Anteroom::first(const QHostAddress &address) const
{
    const auto queue = m_queues.find(address);
    return queue == m_queues.end() ? nullptr : &queue->second.front();
}

Anteroom::Caller Anteroom::takeFirst(const QHostAddress &address)
{
    const auto queue = m_queues.find(address);
    Caller caller = std::move(queue->second.front());
    queue->second.pop_front();
    --m_size;
    if (queue->second.empty())
        m_queues.erase(queue);
    return caller;
}

std::optional<Anteroom::Caller> Anteroom::takeFirst(Strangers::Id stranger)
{
    const auto queue = std::find_if(m_queues.begin(), m_queues.end(), [&](const auto &one) {
        return one.second.front().stranger == stranger;
    });
    if (queue == m_queues.end())
        return std::nullopt;
    return takeFirst(queue->first);
}

QList<QHostAddress> Anteroom::addresses() const
{
    QList<QHostAddress> all;
    for (const auto &[address, queue] : m_queues)
        all.append(address);
    return all;
}

} // namespace teahouse::server
