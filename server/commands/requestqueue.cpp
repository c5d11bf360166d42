#include "server/commands/requestqueue.h"

#include "shared/limits.h"

#include <algorithm>

namespace teahouse::server {

RequestQueue::RequestQueue(Dispatcher &dispatcher, SessionId session, Answered answered)
    : m_dispatcher(dispatcher), m_session(session), m_answered(std::move(answered)),
      m_messages(limits::messageBurst, limits::messagesPerSecond),
      m_queries(limits::queryBurst, limits::queriesPerSecond)
{
}

void RequestQueue::submit(const Request &request, qint64 now)
{
    Q_ASSERT(accepts());
    if (mayStart(request, now))
        start(request, now);
    else
        m_held = std::make_unique<Request>(request);
}

std::chrono::milliseconds RequestQueue::delay(qint64 now)
{
    const Command *command = m_held ? m_dispatcher.find(*m_held) : nullptr;
    const TokenBucket *bucket = command ? bucketOf(*command) : nullptr;
    return std::chrono::milliseconds(bucket ? bucket->wait(now) : 0);
}

TokenBucket *RequestQueue::bucketOf(const Command &command)
{
    if (!m_dispatcher.settings().floodControl || command.rate == Command::Rate::Nothing)
        return nullptr;
    return command.rate == Command::Rate::Message ? &m_messages : &m_queries;
}

void RequestQueue::resume(qint64 now)
{
    if (m_held && mayStart(*m_held, now))
        start(*std::exchange(m_held, nullptr), now);
}

bool RequestQueue::mayStart(const Request &request, qint64 now)
{
    const Command *command = request.refusal ? nullptr : m_dispatcher.find(request);
    // Refusals and unknown verbs are answered at once; the slot keeps their place.
    if (!command || command->order == Command::Order::Free)
        return true;
    const bool aloneUnderWay = std::any_of(m_slots.begin(), m_slots.end(),
                                           [](const Slot &slot) { return slot.alone; });
    const bool inTurn = command->order == Command::Order::Pipelined ? !aloneUnderWay
                                                                    : m_slots.empty();
    if (!inTurn)
        return false;
    TokenBucket *bucket = bucketOf(*command);
    return !bucket || bucket->take(now);
}

void RequestQueue::start(Request request, qint64 now)
{
    const quint64 ticket = ++m_lastTicket;
    const Command *command = m_dispatcher.find(request);
    m_slots.push_back(
            {ticket, request, std::nullopt, command && command->order == Command::Order::Alone});
    m_now = now;
    m_dispatcher.dispatch(m_session, request, now,
                          [this, ticket](Reply reply) { answer(ticket, std::move(reply)); });
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
    if (m_flushing)
        return;
    m_flushing = true;
    while (!m_slots.empty() && m_slots.front().reply) {
        std::list<Slot> first;
        first.splice(first.begin(), m_slots, m_slots.begin());
        m_answered(first.front().request, *first.front().reply);
    }
    m_flushing = false;
    resume(m_now);
}

} // namespace teahouse::server
