#include "server/commands/requestqueue.h"

#include "shared/limits.h"

#include <algorithm>
#include <utility>

namespace teahouse::server {

RequestQueue::RequestQueue(Dispatcher &dispatcher, SessionId session, Answered answered)
    : m_dispatcher(dispatcher), m_session(session), m_answered(std::move(answered)),
      m_messages(limits::messageBurst, limits::messagesPerSecond),
      m_queries(limits::queryBurst, limits::queriesPerSecond)
{
}

void RequestQueue::submit(Request request, const Moment &now)
{
    Q_ASSERT(accepts());
    if (mayStart(request, now))
        start(std::move(request), now);
    else
        m_held = std::make_unique<Request>(std::move(request));
}

std::chrono::milliseconds RequestQueue::delay(const Moment &now)
{
    const Command *command = m_held ? m_dispatcher.find(*m_held) : nullptr;
    const TokenBucket *bucket = command ? bucketOf(*command) : nullptr;
    return std::chrono::milliseconds(bucket ? bucket->wait(now.steady) : 0);
}

TokenBucket *RequestQueue::bucketOf(const Command &command)
{
    if (!m_dispatcher.settings().floodControl || command.rate == Command::Rate::Nothing)
        return nullptr;
    return command.rate == Command::Rate::Message ? &m_messages : &m_queries;
}

void RequestQueue::resume(const Moment &now)
{
    if (m_held && mayStart(*m_held, now))
        start(*std::exchange(m_held, nullptr), now);
}

bool RequestQueue::mayStart(const Request &request, const Moment &now)
{
    const Command *command = request.refusal ? nullptr : m_dispatcher.find(request);
    // Refusals and unknown verbs are answered at once; the slot keeps their place.
    if (!command || command->order == Command::Order::Free)
        return true;
    // It has begun with nothing before it.
    const bool aloneUnderWay = !m_slots.empty() && m_slots.front().alone;
    const bool inTurn = command->order == Command::Order::Pipelined ? !aloneUnderWay
                                                                    : m_slots.empty();
    if (!inTurn)
        return false;
    TokenBucket *bucket = bucketOf(*command);
    return !bucket || bucket->take(now.steady);
}

void RequestQueue::start(Request request, const Moment &now)
{
    const quint64 ticket = ++m_lastTicket;
    const Command *command = m_dispatcher.find(request);
    const bool alone = command && command->order == Command::Order::Alone;
    const Slot &slot = m_slots.emplace_back(Slot{ticket, std::move(request), std::nullopt, alone});
    m_now = now;
    // The slot stays until the call that reads its request has returned.
    const bool busy = std::exchange(m_busy, true);
    m_dispatcher.dispatch(m_session, slot.request, now,
                          [this, ticket](Reply reply) { answer(ticket, std::move(reply)); });
    m_busy = busy;
    flush();
}

void RequestQueue::answer(quint64 ticket, Reply reply)
{
    const auto slot = std::find_if(m_slots.begin(), m_slots.end(),
                                   [&](const Slot &s) { return s.ticket == ticket; });
    Q_ASSERT(slot != m_slots.end());
    slot->reply = std::move(reply);
    flush();
}

void RequestQueue::flush()
{
    // An answer may let the connection submit the next request from inside.
    if (m_busy)
        return;
    m_busy = true;
    while (!m_slots.empty() && m_slots.front().reply) {
        std::list<Slot> first;
        first.splice(first.begin(), m_slots, m_slots.begin());
        m_answered(first.front().request, *first.front().reply);
    }
    m_busy = false;
    resume(m_now);
}

} // namespace teahouse::server
