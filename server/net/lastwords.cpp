#include "server/net/lastwords.h"

#include "shared/limits.h"

namespace teahouse::server {

namespace {

/// Input that is read and dropped; what comes beyond stays with the kernel.
constexpr qsizetype droppedAtMost = 1024 * 1024;

} // namespace

LastWords::LastWords(Poller &poller, Deadlines &deadlines, Parts parts, std::span<char> scratch)
    : m_watch(poller, *this), m_transport(std::move(parts.transport)),
      m_outbox(std::move(parts.outbox)), m_scratch(scratch), m_clock(deadlines.clock()),
      m_until(m_clock.steady() + parts.grace.count()), m_deadline(deadlines, *this)
{
}

void LastWords::start(std::function<void()> over)
{
    m_over = std::move(over);
    if (!m_watch.watch(m_transport->descriptor(), PollEvent::Readable)) {
        end();
        return;
    }
    waitOn();
    write();
}

void LastWords::onReady(PollEvents events)
{
    // An error can come together with what the peer sent before it; neither matters any more.
    if (events & PollEvent::HungUp) {
        end();
        return;
    }
    // With TLS either may have waited for what the other waits for usually.
    if (m_dropped < droppedAtMost)
        read();
    if (m_transport && !m_written)
        write();
}

void LastWords::onRoundEnd() { }

void LastWords::onDeadline()
{
    end();
}

void LastWords::write()
{
    const qsizetype before = m_outbox.size();
    const Transport::Status status = m_outbox.writeTo(*m_transport);
    if (status == Transport::Status::Broken) {
        end();
        return;
    }
    if (m_outbox.size() != before)
        waitOn();
    if (m_outbox.isEmpty() && !m_written) {
        m_written = m_transport->endWriting() != Transport::Status::Refused;
        if (m_written)
            waitOn();
    }
    m_watch.setInterest(interest());
}

void LastWords::read()
{
    const Transport::Moved moved = m_transport->read(m_scratch);
    m_dropped += moved.bytes;
    const bool peerEnded = moved.status == Transport::Status::Ended;
    if (moved.status == Transport::Status::Broken || (peerEnded && m_written)) {
        end();
        return;
    }
    if (peerEnded)
        m_dropped = droppedAtMost; // nothing more to read; there is still something to write
    m_watch.setInterest(interest());
}

void LastWords::waitOn()
{
    const auto patience = std::chrono::milliseconds(limits::lingering).count();
    m_deadline.startAt(std::min(m_until, m_clock.steady() + patience));
}

void LastWords::end()
{
    m_deadline.stop();
    m_watch.unwatch();
    m_transport.reset();
    m_outbox.clear();
    m_over();
}

PollEvents LastWords::interest() const
{
    return m_transport->waitsFor(m_dropped < droppedAtMost, !m_written);
}

} // namespace teahouse::server
