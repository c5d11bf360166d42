#include "server/core/roomlog.h"

#include "shared/limits.h"

#include <algorithm>
#include <vector>

namespace teahouse::server {

RoomLog::RoomLog(RoomId room, Store &store, Deliver deliver)
    : m_room(room), m_store(store), m_deliver(std::move(deliver))
{
}

void RoomLog::startAt(quint64 first, quint64 last)
{
    m_first = first;
    m_last = last;
}

void RoomLog::storedLate(Delivery delivery, const Appended &appended)
{
    committed(std::move(delivery), {appended, {}});
}

void RoomLog::append(Delivery delivery, Then then)
{
    ++m_underWay;
    AppendRequest request{m_room, delivery.sender, delivery.cid, delivery.item, delivery.mentions};
    m_store.append(std::move(request),
                   [this, delivery = std::move(delivery),
                    then = std::move(then)](Result<Appended> result) mutable {
                       --m_underWay;
                       if (result.ok() && !result->repeated)
                           return committed(std::move(delivery), {*result, std::move(then)});
                       // A retry may have been answered together with the first time.
                       deliverInOrder();
                       then(std::move(result));
                   });
}

void RoomLog::page(PageRequest request, std::function<void(Result<LogPage>)> then)
{
    request.room = m_room;
    ++m_underWay;
    m_store.page(request, [this, then = std::move(then)](Result<LogPage> result) {
        if (result.ok())
            m_first = result->first;
        // The page may hold what was answered just before it.
        deliverInOrder();
        then(std::move(result));
        --m_underWay;
    });
}

void RoomLog::committed(Delivery delivery, Answer answer)
{
    const quint64 seq = answer.appended.seq;
    delivery.item.seq = seq;
    delivery.item.time = answer.appended.time;
    m_first = answer.appended.first;
    m_waiting.emplace(seq, Arrived{std::move(delivery), std::move(answer)});
    deliverSoon();
}

void RoomLog::deliverSoon()
{
    if (m_soon)
        return;
    m_soon = std::make_shared<RoomLog *>(this);
    m_store.afterAnswers([soon = std::weak_ptr(m_soon)] {
        const auto log = soon.lock();
        if (!log)
            return;
        (*log)->m_soon.reset();
        (*log)->deliverInOrder();
    });
}

void RoomLog::deliverInOrder()
{
    std::vector<Delivery> deliveries;
    std::vector<Answer> answers;
    while (!m_waiting.empty() && m_waiting.begin()->first <= m_last + 1) {
        auto node = m_waiting.extract(m_waiting.begin());
        Arrived &arrived = node.mapped();
        if (node.key() > m_last) {
            m_last = node.key();
            m_messages += arrived.delivery.item.kind == ItemKind::Message ? 1 : 0;
            deliveries.push_back(std::move(arrived.delivery));
        }
        if (arrived.answer.then)
            answers.push_back(std::move(arrived.answer));
    }
    if (!deliveries.empty())
        m_deliver(deliveries);
    for (const Answer &answer : answers)
        answer.then(answer.appended);
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
    for (const Item &item : page.items) {
        if (item.seq > m_last)
            m_waiting.emplace(item.seq, Arrived{{item, 0, {}}, {}});
    }
    if (m_waiting.empty())
        return; // an answer of the store's has filled the hole meanwhile
    // A number below the lowest of these is gone from the store and cannot be waited for.
    m_last = std::max(m_last, m_waiting.begin()->first - 1);
    deliverInOrder();
}

void RoomLog::retry()
{
    if (!m_waiting.empty())
        fetchHole();
}

} // namespace teahouse::server
