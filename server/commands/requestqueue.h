#pragma once

#include "server/commands/dispatcher.h"

#include "shared/limits.h"

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <optional>

namespace teahouse::server {

/// The order of one session: requests are answered in the order they came. Messages may be under
/// way together, at most limits::appendsInFlight of them; every other command waits until all
/// before it are answered, and what comes behind it waits for it. Only `ping` waits for nobody.
/// Every request has its price, also one that is refused: without flood control all are free.
///
/// Owned by the connection, which must keep it until it is idle, because answers come back to it.
class RequestQueue
{
public:
    /// Called once a request, in order; may be called from inside submit(). Must not destroy the
    /// queue.
    using Answered = std::function<void(const Request &, const Reply &)>;

    RequestQueue(Dispatcher &dispatcher, SessionId session, Answered answered);
    Q_DISABLE_COPY_MOVE(RequestQueue)

    /// Whether another request may be submitted now.
    bool accepts() const { return !m_held && m_slots.size() < size_t(limits::appendsInFlight); }

    /// Takes a request; only while accepts().
    void submit(Request request, const Moment &now);

    /// How long the request that is held back has to wait for the flood control; 0 when it waits
    /// for nothing or for earlier answers. Call resume() when the time has passed.
    std::chrono::milliseconds delay(const Moment &now);

    /// Carries on with the request that is held back, if its time has come.
    void resume(const Moment &now);

    /// Whether everything is answered.
    bool idle() const { return m_slots.empty() && !m_held; }

private:
    struct Slot
    {
        quint64 ticket = 0;
        Request request;
        std::optional<Reply> reply;
        bool alone = false;
    };

    bool mayStart(const Request &request, const Moment &now);
    const Command *commandOf(const Request &request) const;
    bool isInTurn(const Command *command) const;
    bool isPaid(const Command *command, const Moment &now);
    void start(Request request, const Moment &now);
    void answer(quint64 ticket, Reply reply);
    void flush();

    Dispatcher &m_dispatcher;
    SessionId m_session;
    Answered m_answered;
    TokenBucket m_messages;
    TokenBucket m_queries; ///< everything else, also what is refused
    // Neither takes memory while it is empty, which is most of the time.
    std::list<Slot> m_slots;         ///< under way, in order
    std::unique_ptr<Request> m_held; ///< waits for earlier ones, or for the flood control
    quint64 m_lastTicket = 0;
    Moment m_now;        ///< of the last submit() or resume()
    bool m_busy = false; ///< something is being carried out or answered
};

} // namespace teahouse::server
