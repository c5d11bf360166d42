#include "server/net/reception.h"

#include "shared/limits.h"

#include <algorithm>
#include <utility>

namespace teahouse::server {

namespace {

using Speech = Recognition::Speech;

/// Bytes that are read at once to recognise something by.
constexpr size_t readAtOnce = 4 * 1024;
/// Frames that a step of a handshake costs of those that a round has for newcomers.
constexpr int costOfHandshake = Turns::framesInRound / 4;

constexpr QLatin1StringView reset("reset");
constexpr QLatin1StringView tlsFailed("tls-failed");
constexpr QLatin1StringView tlsTimeout("tls-timeout");
constexpr QLatin1StringView noMemory("no-memory");

} // namespace

Reception::Reception(const Base &base, std::unique_ptr<Transport> transport, const Door &door)
    : m_base(base), m_door(door), m_watch(base.poller, *this), m_deadline(base.deadlines, *this),
      m_transport(std::move(transport))
{
}

void Reception::start(Listener listener)
{
    m_listener = std::move(listener);
    if (!m_watch.watch(m_transport->descriptor(), PollEvent::Readable))
        lose(reset);
    else if (m_door.tls == Door::Tls::Required)
        shakeHands({});
    else
        recognise(Recognition::Carrier::Plain);
}

std::unique_ptr<Transport> Reception::leave()
{
    m_deadline.stop();
    m_watch.unwatch();
    m_recognition.reset();
    // Whoever has not shaken hands understands nothing yet.
    if (std::exchange(m_shaking, nullptr))
        m_transport.reset();
    return std::move(m_transport);
}

void Reception::onReady(PollEvents)
{
    wantTurn();
}

void Reception::wantTurn()
{
    m_watch.wantTurn(m_shaking ? Turns::Kind::Newcomer : Turns::Kind::Fresh);
}

void Reception::onTurn(Turn &turn)
{
    if (m_shaking)
        goOn(turn);
    else if (m_recognition)
        listen(turn);
}

void Reception::onDeadline()
{
    if (m_shaking) {
        lose(tlsTimeout);
        return;
    }
    // What has come meanwhile counts, however long this took to be called.
    Turn last{1, static_cast<qsizetype>(readAtOnce)};
    listen(last);
    if (m_transport && !m_shaking)
        conclude(m_recognition->expire());
}

// --- TLS ---

void Reception::shakeHands(const QByteArray &first)
{
    m_recognition.reset();
    auto encrypted = TlsTransport::make(std::move(m_transport), *m_base.tls, first);
    if (!encrypted) {
        lose(noMemory);
        return;
    }
    m_shaking = encrypted.get();
    m_transport = std::move(encrypted);
    waitFor(limits::handshakeDeadline);
    wantTurn();
    m_listener.onHandshake();
}

void Reception::goOn(Turn &turn)
{
    const TlsTransport::Step step = m_shaking->shakeHands();
    turn.frames -= step.isCostly ? costOfHandshake : 1;
    if (step.status == Transport::Status::Refused) {
        m_watch.setInterest(m_transport->waitsFor(true, false));
        return;
    }
    if (step.status != Transport::Status::Fine) {
        lose(tlsFailed);
        return;
    }
    m_shaking = nullptr;
    m_isEncrypted = true;
    m_watch.setInterest(PollEvent::Readable);
    if (m_door.speech == Door::Speech::Told)
        recognise(Recognition::Carrier::Tls);
    else
        finish({std::move(m_transport)});
}

// --- Recognition ---

void Reception::recognise(Recognition::Carrier carrier)
{
    m_recognition.emplace(carrier);
    waitFor(m_base.patience);
    wantTurn(); // mostly something has come with the connection
}

void Reception::listen(Turn &turn)
{
    const auto most = std::min(readAtOnce, static_cast<size_t>(turn.bytes));
    const Transport::Moved moved = m_transport->read(m_base.scratch.first(most));
    turn.bytes -= moved.bytes;
    --turn.frames;
    if (moved.status == Transport::Status::Broken) {
        lose(reset);
        return;
    }
    m_recognition->feed({m_base.scratch.data(), moved.bytes});
    if (moved.status == Transport::Status::Ended)
        m_recognition->expire();
    m_watch.setInterest(m_transport->waitsFor(true, false));
    if (m_transport->holdsInput())
        wantTurn();
    conclude(m_recognition->speech());
}

void Reception::conclude(Speech speech)
{
    if (speech == Speech::Unknown)
        return;
    const QByteArray first = m_recognition->bytes();
    m_recognition.reset();
    if (speech == Speech::Tls && m_door.tls == Door::Tls::Offered)
        shakeHands(first);
    else
        finish({std::move(m_transport), speech, first});
}

// --- The end ---

void Reception::waitFor(std::chrono::milliseconds time)
{
    m_deadline.startAt(m_base.deadlines.clock().steady() + time.count());
}

void Reception::finish(Outcome outcome)
{
    m_deadline.stop();
    m_watch.unwatch();
    m_shaking = nullptr;
    m_recognition.reset();
    m_listener.onOver(std::move(outcome));
}

void Reception::lose(QLatin1StringView reason)
{
    m_watch.unwatch();
    m_shaking = nullptr;
    m_transport.reset();
    finish({.reason = reason});
}

} // namespace teahouse::server
