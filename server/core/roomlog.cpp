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

void RoomLog::storedLate(const AppendRequest &request, const Appended &appended)
{
    committed({request.item, request.sender, request.cid, request.origin, request.lineEnd,
               request.mentions},
              {appended, {}});
}

void RoomLog::append(Delivery delivery, Then then)
{
    ++m_underWay;
    AppendRequest request{.room = m_room,
                          .sender = delivery.sender,
                          .cid = delivery.cid,
                          .item = delivery.item,
                          .mentions = delivery.mentions,
                          .origin = delivery.origin,
                          .lineEnd = delivery.lineEnd,
                          .isModeration = delivery.isModeration};
    m_store.append(std::move(request),
                   [this, delivery = std::move(delivery),
                    then = std::move(then)](Result<Appended> result) mutable {
                       if (result.ok() && !result->repeated) {
                           committed(std::move(delivery), {*result, std::move(then)});
                       } else {
                           // A retry may have been answered together with the first time.
                           deliverInOrder();
                           then(std::move(result));
                       }
                       --m_underWay; // last, for whoever is answered may have the room removed
                   });
}

void RoomLog::page(PageRequest request, std::function<void(Result<LogPage>)> then)
{
    request.room = m_room;
    ++m_underWay;
    m_store.page(request, [this, then = std::move(then)](Result<LogPage> result) {
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
    // It may be there already, from a page that filled a hole.
    m_waiting.insert_or_assign(seq, Arrived{std::move(delivery), std::move(answer)});
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
            m_lastTime = arrived.delivery.item.time;
            deliveries.push_back(std::move(arrived.delivery));
        }
        if (arrived.answer.then)
            answers.push_back(std::move(arrived.answer));
    }
    if (!deliveries.empty())
        m_deliver(deliveries);
    ++m_underWay; // as long as somebody is answered, who may have the room removed
    for (const Answer &answer : answers)
        answer.then(answer.appended);
    --m_underWay;
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
    // A number that the store no longer keeps cannot be waited for.
    if (page.first > 0)
        m_last = std::max(m_last, std::min(m_waiting.begin()->first, page.first) - 1);
    // What is still missing is asked for at the next retry().
    if (m_waiting.begin()->first <= m_last + 1)
        deliverInOrder();
}

void RoomLog::retry()
{
    if (!m_waiting.empty())
        fetchHole();
}

} // namespace teahouse::server
