#include "server/core/roomlog.h"

#include "shared/limits.h"

namespace teahouse::server {

RoomLog::RoomLog(RoomId room, Store &store, Deliver deliver)
    : m_room(room), m_store(store), m_deliver(std::move(deliver))
{
}

void RoomLog::append(Delivery delivery, Then then)
{
    ++m_underWay;
    AppendRequest request{m_room, delivery.sender, delivery.cid, delivery.item};
    m_store.append(std::move(request),
                   [this, delivery = std::move(delivery),
                    then = std::move(then)](Result<Appended> result) mutable {
                       --m_underWay;
                       if (!result.ok() || result->repeated)
                           then(std::move(result));
                       else
                           committed({std::move(delivery), *result, std::move(then)});
                   });
}

void RoomLog::page(PageRequest request, std::function<void(Result<LogPage>)> then)
{
    request.room = m_room;
    ++m_underWay;
    m_store.page(request, [this, then = std::move(then)](Result<LogPage> result) {
        if (result.ok())
            m_first = result->first;
        then(std::move(result));
        --m_underWay;
    });
}

void RoomLog::committed(Arrived arrived)
{
    arrived.delivery.item.seq = arrived.appended.seq;
    arrived.delivery.item.time = arrived.appended.time;
    m_first = arrived.appended.first;
    const quint64 seq = arrived.appended.seq;
    m_waiting.emplace(seq, std::move(arrived));
    deliverInOrder();
}

void RoomLog::deliverInOrder()
{
    while (!m_waiting.empty() && m_waiting.begin()->first <= m_last + 1) {
        auto node = m_waiting.extract(m_waiting.begin());
        Arrived &arrived = node.mapped();
        if (node.key() > m_last) {
            m_last = node.key();
            m_deliver(arrived.delivery);
        }
        if (arrived.then)
            arrived.then(arrived.appended);
    }
    if (!m_waiting.empty())
        fetchHole();
}

void RoomLog::fetchHole()
{
    if (m_fetching)
        return;
    m_fetching = true;
    page({.after = m_last, .forwards = true, .limit = limits::page},
         [this](Result<LogPage> result) {
             m_fetching = false;
             if (result.ok())
                 fillHole(*result);
         });
}

void RoomLog::fillHole(const LogPage &page)
{
    for (const Item &item : page.items)
        m_waiting.emplace(item.seq, Arrived{{item, 0, {}}, {item.seq, item.time, m_first}, {}});
    // A number below the lowest of these is gone from the store and cannot be waited for.
    m_last = m_waiting.begin()->first - 1;
    deliverInOrder();
}

void RoomLog::retry()
{
    if (!m_waiting.empty())
        fetchHole();
}

} // namespace teahouse::server
