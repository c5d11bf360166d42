#include "server/net/gate.h"

#include "server/net/netlog.h"
#include "server/net/plaintransport.h"

#include <QPointer>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace teahouse::server {

namespace {

using namespace std::chrono_literals;

/// One read of a connection takes at most so much.
constexpr size_t scratchSize = 64 * 1024;
/// Those who are told at once that the server is full; half of limits::descriptorReserve.
constexpr int refusalsAtOnce = limits::descriptorReserve / 2;
/// Descriptors that are never given to a connection, whatever else takes the others.
constexpr int lastDescriptors = 8;
/// How long nobody is accepted when descriptors have run out.
constexpr std::chrono::milliseconds shortage = 1s;

std::optional<Peer> peerOf(int descriptor)
{
    sockaddr_storage storage = {};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    if (::getpeername(descriptor, address, &size) != 0)
        return std::nullopt; // gone already
    Peer peer{QHostAddress(address), 0};
    if (storage.ss_family == AF_INET6)
        peer.port = ntohs(reinterpret_cast<sockaddr_in6 *>(&storage)->sin6_port);
    else
        peer.port = ntohs(reinterpret_cast<sockaddr_in *>(&storage)->sin_port);
    return peer;
}

NetAddress netAddress(const QHostAddress &address)
{
    return server::netAddress(address.toIPv6Address().c);
}

} // namespace

Gate::Gate(const Base &base, const GateSettings &settings, QObject *parent)
    : QObject(parent), m_scratch(scratchSize), m_context{base.poller, base.deadlines,
                                                         base.house,  base.dispatcher,
                                                         *this,       m_scratch,
                                                         0,           settings.outboxTotal},
      m_settings(settings), m_addresses(settings.addresses), m_deadline(base.deadlines, *this),
      m_heapTrim(base.deadlines)
{
}

Gate::~Gate() = default;

void Gate::setSettings(const GateSettings &settings)
{
    m_settings = settings;
    m_addresses.setSettings(settings.addresses);
    m_context.outboxLimit = settings.outboxTotal;
    m_calling = m_anteroom.addresses();
    sweepLater();
    updateAccepting();
}

const Listener &Gate::listen(const QString &host, quint16 port, DialectMaker make)
{
    Listener &listener = *m_listeners.emplace_back(std::make_unique<Listener>(m_context.poller));
    connect(&listener, &Listener::accepted, this, [this, make = std::move(make)](qintptr socket) {
        receive(static_cast<int>(socket), make);
    });
    connect(&listener, &Listener::exhausted, this, &Gate::holdForAWhile);
    if (listener.open(host, port) && m_holding)
        listener.hold();
    return listener;
}

void Gate::closeAll(const Closing &why, std::function<void()> done)
{
    m_listeners.clear();
    m_done = std::move(done);
    for (const auto &[connection, guest] : m_connections)
        guest.connection->shutDown(why);
    for (const QHostAddress &address : m_anteroom.addresses()) {
        while (m_anteroom.first(address))
            turnAway(m_anteroom.takeFirst(address), why);
    }
    const qint64 now = m_context.deadlines.clock().steady();
    m_deadline.startAt(now + std::chrono::milliseconds(limits::shutdownGrace).count());
    sweepLater();
}

// --- Coming ---

void Gate::receive(int descriptor, const DialectMaker &make)
{
    const std::optional<Peer> peer = peerOf(descriptor);
    const bool scarce = m_settings.descriptors > 0
            && descriptor >= m_settings.descriptors - lastDescriptors;
    if (!peer || scarce) {
        ::close(descriptor);
        if (scarce)
            holdForAWhile();
        return;
    }
    const qint64 now = m_context.deadlines.clock().steady();
    std::optional<AddressLimits::Ticket> ticket;
    if (!isFull())
        ticket = m_addresses.admit(peer->address, now);
    if (ticket)
        admit({std::make_unique<PlainTransport>(descriptor),
               make(*peer),
               *ticket,
               {netAddress(peer->address), netAddress(ticket->counted), !ticket->isLimited}});
    else
        refuse(descriptor, *peer, make);
    updateAccepting();
}

void Gate::admit(Anteroom::Caller caller)
{
    if (mayEnter(caller))
        letIn(std::move(caller));
    else
        m_anteroom.add(std::move(caller));
}

void Gate::letIn(Anteroom::Caller caller)
{
    auto connection = std::make_unique<Connection>(m_context, std::move(caller.transport),
                                                   std::move(caller.dialect), caller.source);
    Connection &started = *connection;
    m_addresses.strangerCame(caller.ticket);
    m_connections[&started] = {std::move(connection), std::move(caller.ticket)};
    ++m_strangers;
    started.start();
}

void Gate::letInWaiting(const QHostAddress &address)
{
    const Anteroom::Caller *first = nullptr;
    while ((first = m_anteroom.first(address)) && mayEnter(*first))
        letIn(m_anteroom.takeFirst(address));
}

bool Gate::mayEnter(const Anteroom::Caller &caller) const
{
    // Whoever needs no name is no stranger.
    return caller.dialect->entry() || m_addresses.hasRoomForStranger(caller.ticket);
}

void Gate::turnAway(Anteroom::Caller caller, const Closing &why)
{
    m_addresses.release(caller.ticket);
    Outbox outbox(m_context.outboxTotal);
    outbox.append(caller.dialect->farewell(why));
    ++m_ended[closingName(why.code)];
    speak({std::move(caller.transport), std::move(outbox), limits::lingering}, Words::Last);
}

void Gate::refuse(int descriptor, const Peer &peer, const DialectMaker &make)
{
    const QLatin1StringView reason = closingName(ClosingCode::ServerFull);
    ++m_ended[reason];
    qCInfo(lcNet, "0 refused: %s", reason.data());
    auto transport = std::make_unique<PlainTransport>(descriptor);
    if (m_refusals >= refusalsAtOnce)
        return; // somebody who hammers at the door has been told often enough
    Outbox outbox(m_context.outboxTotal);
    outbox.append(make(peer)->farewell({ClosingCode::ServerFull, {}}));
    speak({std::move(transport), std::move(outbox), limits::lingering}, Words::Refusal);
}

bool Gate::isFull() const
{
    return m_connections.size() + m_anteroom.size() + m_lastWords.size() - size_t(m_refusals)
            >= size_t(m_settings.sessions);
}

void Gate::updateAccepting()
{
    const bool holding = m_heldUntil != 0 || strangers() >= m_settings.strangers
            || (isFull() && m_refusals >= refusalsAtOnce);
    if (holding == m_holding)
        return;
    m_holding = holding;
    for (const auto &listener : m_listeners) {
        if (!listener->isListening())
            continue;
        if (holding)
            listener->hold();
        else
            listener->resume();
    }
}

void Gate::holdForAWhile()
{
    qCWarning(lcNet, "0 no descriptors left: nobody is accepted for %lld ms",
              static_cast<long long>(shortage.count()));
    m_heldUntil = m_context.deadlines.clock().steady() + shortage.count();
    if (!m_done)
        m_deadline.startAt(m_heldUntil);
    m_holding = false; // QTcpServer may have paused by itself
    updateAccepting();
}

void Gate::onDeadline()
{
    m_heldUntil = 0;
    if (m_done) {
        if (const size_t left = m_connections.size() + m_lastWords.size(); left > 0)
            qCWarning(lcNet, "0 stopping with %zu connections that did not end", left);
        QMetaObject::invokeMethod(this, std::exchange(m_done, nullptr), Qt::QueuedConnection);
        return;
    }
    updateAccepting();
}

// --- Going ---

void Gate::onLoggedIn(Connection &connection)
{
    m_heapTrim.later();
    placeFree(m_connections.at(&connection).ticket);
    updateAccepting();
}

/// One stranger less. Who waits for that is let in later: this may be the middle of a request.
void Gate::placeFree(const AddressLimits::Ticket &ticket)
{
    --m_strangers;
    m_addresses.strangerWent(ticket);
    if (!m_anteroom.first(ticket.counted))
        return;
    m_calling.append(ticket.counted);
    sweepLater();
}

void Gate::onLastWords(LastWords::Parts parts)
{
    speak(std::move(parts), Words::Last);
}

void Gate::speak(LastWords::Parts parts, Words kind)
{
    auto words = std::make_unique<LastWords>(m_context.poller, m_context.deadlines,
                                             std::move(parts), m_context.scratch);
    LastWords *started = words.get();
    m_lastWords[started] = std::move(words);
    m_refusals += kind == Words::Refusal ? 1 : 0;
    started->start([this, started, kind] {
        m_refusals -= kind == Words::Refusal ? 1 : 0;
        m_overWords.push_back(std::move(m_lastWords.extract(started).mapped()));
        sweepLater();
    });
}

void Gate::onOutboxesFull()
{
    if (std::exchange(m_closingLargest, true))
        return;
    m_context.poller.post([gate = QPointer<Gate>(this)] {
        if (gate)
            gate->closeLargest();
    });
}

void Gate::closeLargest()
{
    m_closingLargest = false;
    std::vector<Connection *> largest;
    largest.reserve(m_connections.size());
    for (const auto &[key, guest] : m_connections)
        largest.push_back(guest.connection.get());
    std::sort(largest.begin(), largest.end(),
              [](const auto *a, const auto *b) { return a->waiting() > b->waiting(); });
    qsizetype left = m_context.outboxTotal;
    for (Connection *connection : largest) {
        if (left <= m_context.outboxLimit)
            break;
        left -= connection->waiting();
        connection->close({ClosingCode::SlowReader, {}});
    }
}

void Gate::onOver(Connection &connection, QLatin1StringView reason)
{
    ++m_ended[reason];
    m_heapTrim.later();
    auto guest = m_connections.extract(&connection);
    if (!connection.isLoggedIn())
        placeFree(guest.mapped().ticket);
    m_addresses.release(guest.mapped().ticket);
    m_overConnections.push_back(std::move(guest.mapped()));
    sweepLater();
}

void Gate::sweepLater()
{
    if (std::exchange(m_sweeping, true))
        return;
    m_context.poller.post([gate = QPointer<Gate>(this)] {
        if (gate)
            gate->sweep();
    });
}

void Gate::sweep()
{
    m_sweeping = false;
    m_overConnections.clear();
    m_overWords.clear();
    for (const QHostAddress &address : std::exchange(m_calling, {}))
        letInWaiting(address);
    updateAccepting();
    checkDone();
}

void Gate::checkDone()
{
    if (!m_done || !m_connections.empty() || !m_lastWords.empty())
        return;
    m_deadline.stop();
    QMetaObject::invokeMethod(this, std::exchange(m_done, nullptr), Qt::QueuedConnection);
}

} // namespace teahouse::server
