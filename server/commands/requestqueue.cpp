#include "server/commands/requestqueue.h"

#include "shared/limits.h"

#include <algorithm>
#include <utility>

namespace teahouse::server {

namespace {

TokenBucket bucket(const FloodRate &rate)
{
    return {static_cast<double>(rate.burst), static_cast<double>(rate.perSecond)};
}

bool isMessage(const Command *command)
{
    return command && command->rate == Command::Rate::Message;
}

} // namespace

RequestQueue::RequestQueue(Dispatcher &dispatcher, SessionId session, Answered answered)
    : m_dispatcher(dispatcher), m_session(session), m_answered(std::move(answered)),
      m_messages(bucket(dispatcher.settings().flood.messages)),
      m_queries(bucket(dispatcher.settings().flood.queries))
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
    if (!m_held || !m_dispatcher.settings().flood.isOn || !isInTurn(commandOf(*m_held)))
        return std::chrono::milliseconds(0);
    return std::chrono::milliseconds(isMessage(commandOf(*m_held)) ? m_dispatcher.messageWait(
                                             m_session, m_messages, now.steady)
                                                                   : m_queries.wait(now.steady));
}

void RequestQueue::resume(const Moment &now)
{
    if (m_held && mayStart(*m_held, now))
        start(*std::exchange(m_held, nullptr), now);
}

bool RequestQueue::mayStart(const Request &request, const Moment &now)
{
    const Command *command = commandOf(request);
    return isInTurn(command) && isPaid(command, now);
}

/// Null: refused, or of an unknown verb.
const Command *RequestQueue::commandOf(const Request &request) const
{
    return request.refusal ? nullptr : m_dispatcher.find(request);
}

bool RequestQueue::isInTurn(const Command *command) const
{
    // Refusals and unknown verbs wait for nobody; the slot keeps their place.
    if (!command || command->order == Command::Order::Free)
        return true;
    if (command->order != Command::Order::Pipelined)
        return m_slots.empty();
    // It has begun with nothing before it.
    return m_slots.empty() || !m_slots.front().alone;
}

bool RequestQueue::isPaid(const Command *command, const Moment &now)
{
    if (!m_dispatcher.settings().flood.isOn)
        return true;
    return isMessage(command) ? m_dispatcher.takeMessage(m_session, m_messages, now.steady)
                              : m_queries.take(now.steady);
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
