#include "server/net/connection.h"

#include "shared/limits.h"

// How connections end: what the Connection's stages are for.

namespace teahouse::server {

namespace {

/// How long what is left may take to be read by a peer that does read.
constexpr auto writingOut = std::chrono::seconds(30);

} // namespace

void Connection::attend()
{
    if (m_stage == Stage::Gone)
        return;
    const Moment now = this->now();
    if (m_retryAt == 0)
        m_queue.resume(now);
    if (mayTake() && (!m_hungry || m_peerEnded || !m_transport || m_transport->holdsInput()))
        wantTurn();
    waitForQueue(now);
}

void Connection::lose()
{
    m_broken = false;
    if (!m_transport)
        return;
    m_watch.unwatch();
    m_transport.reset();
    m_context.house.withdraw(m_session);
    m_outbox.clear();
    m_attend = true;
    m_watch.mark();
}

void Connection::finish(QLatin1StringView reason, const QByteArray &last)
{
    if (m_stage != Stage::Open)
        return;
    m_stage = Stage::Finishing;
    m_reason = reason;
    m_last = last;
    m_watch.mark();
}

void Connection::sayFarewell()
{
    m_reason = closingName(m_closing->code);
    const bool slow = m_closing->code == ClosingCode::SlowReader;
    if (slow)
        m_outbox.dropUnbegun(m_transport ? m_transport->begun() : 0);
    if (m_transport)
        m_outbox.append(m_dialect->farewell(*m_closing));
    if (m_givesWay)
        handOver(std::chrono::milliseconds(0));
    else
        handOver(slow ? std::chrono::milliseconds(limits::slowReaderGrace) : writingOut);
}

void Connection::handOver(std::chrono::milliseconds grace)
{
    m_stage = Stage::Over;
    if (!m_transport)
        return;
    m_watch.unwatch();
    m_context.owner.onLastWords({std::move(m_transport), std::move(m_outbox), grace});
}

void Connection::endWhatIsAnswered()
{
    if (m_stage == Stage::Finishing) {
        m_outbox.append(m_last);
        handOver(writingOut);
    }
    if (m_stage == Stage::Over)
        endSession();
}

void Connection::endSession()
{
    m_stage = Stage::Gone;
    m_deadline.stop();
    // Members are told a reason only where the server had one, or the peer has said goodbye.
    const bool ours = m_reason == leftByLogout || closingCode(QString(m_reason)).has_value();
    m_context.house.setTime(now());
    m_context.house.end(m_session, ours ? QString(m_reason) : QString(), utc());
    m_context.owner.onOver(*this, m_reason);
}

} // namespace teahouse::server
