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
using namespace Qt::StringLiterals;

/// One read of a connection takes at most so much.
constexpr size_t scratchSize = 64 * 1024;
/// Those who are told at once that the server is full; half of limits::descriptorReserve.
constexpr int refusalsAtOnce = limits::descriptorReserve / 2;
/// Descriptors that are never given to a connection, whatever else takes the others.
constexpr int lastDescriptors = 8;
/// How long nobody is accepted when descriptors have run out.
constexpr std::chrono::milliseconds shortage = 1s;
constexpr qint64 stays = std::chrono::milliseconds(limits::strangerStays).count();

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

QString addressText(const QHostAddress &address)
{
    return networkText({netAddress(address), 128});
}

/// Who gives way together; a connection that is not limited does so by itself.
LimitShare shareOf(const AddressLimits::Ticket &ticket, Strangers::Id who)
{
    return {netAddress(ticket.counted), ticket.isLimited ? 0 : who};
}

} // namespace

Gate::Gate(const Base &base, const GateSettings &settings, QObject *parent)
    : QObject(parent), m_scratch(scratchSize), m_context{base.poller, base.deadlines,
                                                         base.house,  base.dispatcher,
                                                         *this,       m_scratch,
                                                         0,           settings.outboxTotal},
      m_settings(settings),
      m_addresses(settings.addresses,
                  [this](const QHostAddress &address) { return m_neighbours.identityOf(address); }),
      m_deadline(base.deadlines, *this), m_heapTrim(base.deadlines), m_log(base.deadlines)
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
    m_deadline.startAt(steady() + std::chrono::milliseconds(limits::shutdownGrace).count());
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
    std::unique_ptr<Dialect> dialect = make(*peer);
    const auto ticket = m_addresses.admit(peer->address, steady());
    const bool placed = ticket && (hasPlace(*dialect) || makePlace(*ticket));
    if (ticket && !placed)
        m_addresses.release(*ticket);
    if (placed)
        admit({std::make_unique<PlainTransport>(descriptor), std::move(dialect), *ticket,
               Source{netAddress(peer->address), netAddress(ticket->counted), !ticket->isLimited}});
    else
        refuse(descriptor, *peer, *dialect);
    updateAccepting();
}

void Gate::admit(Anteroom::Caller caller)
{
    if (mayEnter(caller)) {
        letIn(std::move(caller));
    } else {
        addStranger(caller);
        m_anteroom.add(std::move(caller));
    }
}

void Gate::letIn(Anteroom::Caller caller)
{
    m_waiting.remove(caller.stranger); // from now on it has the time that everyone has
    addStranger(caller);
    auto connection = std::make_unique<Connection>(m_context, std::move(caller.transport),
                                                   std::move(caller.dialect), caller.source);
    Connection &started = *connection;
    m_addresses.strangerCame(caller.ticket);
    m_waitingConnections[caller.stranger] = &started;
    m_connections[&started] = {std::move(connection), std::move(caller.ticket), caller.stranger};
    ++m_strangers;
    started.start();
}

void Gate::addStranger(Anteroom::Caller &caller)
{
    caller.stranger = ++m_lastStranger;
    m_waiting.add(caller.stranger, shareOf(caller.ticket, caller.stranger), steady());
}

/// Whether there is a place without somebody giving way.
bool Gate::hasPlace(const Dialect &dialect) const
{
    // Whoever needs no name is no stranger.
    return !isFull() && (dialect.entry() || strangers() < m_settings.strangers);
}

/// Whether somebody could give way, if it is for the right one.
bool Gate::canMakePlace() const
{
    const auto oldest = m_waiting.oldest();
    return oldest && *oldest <= steady() - stays && m_leaving + m_refusals < refusalsAtOnce;
}

bool Gate::makePlace(const AddressLimits::Ticket &newcomer)
{
    if (!canMakePlace())
        return false;
    const auto who = m_waiting.giveWay(shareOf(newcomer, m_lastStranger + 1), steady() - stays);
    if (!who)
        return false;
    const Closing why{ClosingCode::ServerFull, {}};
    if (const auto found = m_waitingConnections.find(*who); found != m_waitingConnections.end()) {
        Guest &guest = m_connections.at(found->second);
        m_waiting.remove(*who);
        guest.leaving = true;
        ++m_leaving;
        guest.connection->giveWay(why);
        return true;
    }
    auto caller = m_anteroom.takeFirst(*who);
    if (caller)
        turnAway(std::move(*caller), why);
    return caller.has_value();
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
    m_waiting.remove(caller.stranger);
    m_addresses.release(caller.ticket);
    noteEnd({nullptr, caller.ticket}, closingName(why.code));
    Outbox outbox(m_context.outboxTotal);
    outbox.append(caller.dialect->farewell(why));
    ++m_ended[closingName(why.code)];
    speak({std::move(caller.transport), std::move(outbox), limits::lingering}, Words::Last);
}

void Gate::refuse(int descriptor, const Peer &peer, const Dialect &dialect)
{
    const QLatin1StringView reason = closingName(ClosingCode::ServerFull);
    ++m_ended[reason];
    m_log.note({0, addressText(peer.address), netAddress(m_addresses.counted(peer.address)),
                u"refused: "_s + reason});
    auto transport = std::make_unique<PlainTransport>(descriptor);
    if (m_refusals >= refusalsAtOnce)
        return; // somebody who hammers at the door has been told often enough
    Outbox outbox(m_context.outboxTotal);
    outbox.append(dialect.farewell({ClosingCode::ServerFull, {}}));
    speak({std::move(transport), std::move(outbox), limits::lingering}, Words::Refusal);
}

bool Gate::isFull() const
{
    const qint64 places = qint64(m_settings.sessions) + m_refusals + m_leaving;
    const size_t taken = m_connections.size() + m_anteroom.size() + m_lastWords.size();
    return static_cast<qint64>(taken) >= places;
}

void Gate::updateAccepting()
{
    const bool noPlace = strangers() >= m_settings.strangers && !canMakePlace();
    const bool holding = m_heldUntil != 0 || noPlace || (isFull() && m_refusals >= refusalsAtOnce);
    if (noPlace)
        waitForPlace();
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

/// Looks again when the one who waits longest may have to give way.
void Gate::waitForPlace()
{
    const auto oldest = m_waiting.oldest();
    if (oldest && !m_done && m_heldUntil == 0)
        m_deadline.startAt(std::max(*oldest + stays, steady() + 1));
}

void Gate::holdForAWhile()
{
    m_log.note({.kind = u"no descriptors left: nobody is accepted for a second"_s});
    m_heldUntil = steady() + shortage.count();
    if (!m_done)
        m_deadline.startAt(m_heldUntil);
    m_holding = false; // QTcpServer may have paused by itself
    updateAccepting();
}

void Gate::onDeadline()
{
    if (steady() >= m_heldUntil)
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
    Guest &guest = m_connections.at(&connection);
    forgetStranger(guest);
    placeFree(guest.ticket);
    updateAccepting();
}

void Gate::forgetStranger(Guest &guest)
{
    m_waiting.remove(guest.stranger);
    m_waitingConnections.erase(guest.stranger);
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
    // Who gives way to somebody else waits for nothing; so its descriptor soon is free.
    const bool brief = parts.grace == std::chrono::milliseconds(0);
    speak(std::move(parts), brief ? Words::Refusal : Words::Last);
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
    noteEnd(guest.mapped(), reason);
    m_leaving -= guest.mapped().leaving ? 1 : 0;
    forgetStranger(guest.mapped());
    if (!connection.isLoggedIn())
        placeFree(guest.mapped().ticket);
    m_addresses.release(guest.mapped().ticket);
    m_overConnections.push_back(std::move(guest.mapped()));
    sweepLater();
}

void Gate::noteEnd(const Guest &guest, QLatin1StringView reason)
{
    QString kind = u"over: "_s + reason;
    if (guest.connection && !guest.connection->detail().isEmpty())
        kind += u" ("_s + guest.connection->detail() + u')';
    m_log.note({guest.connection ? guest.connection->session() : 0,
                addressText(guest.ticket.address), netAddress(guest.ticket.counted), kind});
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
