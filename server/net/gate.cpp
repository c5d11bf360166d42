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
constexpr QLatin1StringView notSpoken("not-spoken"); ///< a protocol that nobody here knows
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

/// Whether the peer has said something that is the begin of a TLS hello.
bool saysHello(int descriptor)
{
    char first = 0;
    return ::recv(descriptor, &first, 1, MSG_PEEK | MSG_DONTWAIT) == 1 && first == '\x16';
}

/// Whether there is a door where one is let in without a name, with nothing before it. Whoever
/// needs no name is no stranger.
bool entersAtOnce(const Door &door, const Dialect &dialect)
{
    return dialect.entry() && !door.hasReception();
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
      m_tls(base.tls), m_deadline(base.deadlines, *this), m_heapTrim(base.deadlines),
      m_log(base.deadlines)
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
    return listen(host, port, Door{[make = std::move(make)](Recognition::Speech, const Peer &peer) {
                      return make(peer);
                  }});
}

const Listener &Gate::listen(const QString &host, quint16 port, Door door)
{
    Q_ASSERT(door.tls == Door::Tls::None || (m_tls && m_tls->isReady()));
    const Door &kept = *m_doors.emplace_back(std::make_unique<const Door>(std::move(door)));
    Listener &listener = *m_listeners.emplace_back(std::make_unique<Listener>(m_context.poller));
    connect(&listener, &Listener::accepted, this,
            [this, &kept](qintptr socket) { receive(static_cast<int>(socket), kept); });
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
    while (!m_arrivals.empty())
        sendAway(m_arrivals.begin()->first, why);
    for (const QHostAddress &address : m_anteroom.addresses()) {
        while (m_anteroom.first(address))
            turnAway(m_anteroom.takeFirst(address), why);
    }
    m_deadline.startAt(steady() + std::chrono::milliseconds(limits::shutdownGrace).count());
    sweepLater();
}

// --- Coming ---

void Gate::receive(int descriptor, const Door &door)
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
    std::unique_ptr<Dialect> dialect = door.make(Recognition::Speech::Tea, *peer);
    const auto ticket = m_addresses.admit(peer->address, steady());
    const bool placed = ticket && (hasPlace(door, *dialect) || makePlace(*ticket));
    if (ticket && !placed)
        m_addresses.release(*ticket);
    if (placed)
        admit({std::make_unique<PlainTransport>(descriptor), std::move(dialect), *ticket,
               Source{.address = netAddress(peer->address),
                      .counted = netAddress(ticket->counted),
                      .isExempt = !ticket->isLimited,
                      .offersTls = door.tls == Door::Tls::Offered},
               *peer, &door});
    else
        refuse(descriptor, *peer, door, *dialect);
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
    m_addresses.strangerCame(caller.ticket);
    ++m_strangers;
    if (caller.door->hasReception())
        welcome(std::move(caller));
    else
        begin(std::move(caller), {});
}

void Gate::welcome(Anteroom::Caller caller)
{
    const Strangers::Id stranger = caller.stranger;
    const Reception::Base base{m_context.poller, m_context.deadlines, m_tls, m_context.scratch,
                               m_settings.patience};
    auto reception = std::make_unique<Reception>(base, std::move(caller.transport), *caller.door);
    Reception &started = *reception;
    m_arrivals[stranger] = {std::move(reception), std::move(caller), steady()};
    started.start({[this, stranger] { onHandshake(stranger); },
                   [this, stranger](Reception::Outcome outcome) {
                       onReceived(stranger, std::move(outcome));
                   }});
}

/// Keeps handshakes to their number: of too many, one that has lasted long gives way.
void Gate::onHandshake(Strangers::Id stranger)
{
    Arrival &arrival = m_arrivals.at(stranger);
    const LimitShare share = shareOf(arrival.caller.ticket, stranger);
    std::optional<Strangers::Id> longest;
    if (qint64(m_handshakes.size()) >= m_settings.handshakes)
        longest = m_handshakes.giveWay(share, steady());
    arrival.handshake = ++m_lastHandshake;
    m_handshakes.add(arrival.handshake, share, steady());
    const auto found = std::find_if(m_arrivals.begin(), m_arrivals.end(), [&](const auto &one) {
        return longest && one.second.handshake == *longest;
    });
    if (found != m_arrivals.end())
        sendAway(found->first, {ClosingCode::ServerFull, {}});
}

void Gate::onReceived(Strangers::Id stranger, Reception::Outcome outcome)
{
    const qint64 since = m_arrivals.at(stranger).since;
    const bool isEncrypted = m_arrivals.at(stranger).reception->isEncrypted();
    Anteroom::Caller caller = takeArrival(stranger);
    if (!outcome.transport) {
        forgetArrival(caller, outcome.reason);
        return;
    }
    caller.source.isEncrypted = isEncrypted;
    caller.transport = std::move(outcome.transport);
    if (outcome.speech != Recognition::Speech::Tea)
        caller.dialect = caller.door->make(outcome.speech, caller.peer);
    if (caller.dialect) {
        begin(std::move(caller), {outcome.first, since});
        return;
    }
    forgetArrival(caller, notSpoken);
    speak({std::move(caller.transport), Outbox(m_context.outboxTotal), limits::lingering},
          Words::Last);
}

void Gate::begin(Anteroom::Caller caller, const ConnectionOpening &opening)
{
    auto connection = std::make_unique<Connection>(m_context, std::move(caller.transport),
                                                   std::move(caller.dialect), caller.source);
    Connection &started = *connection;
    m_waitingConnections[caller.stranger] = &started;
    m_connections[&started] = {std::move(connection), std::move(caller.ticket), caller.stranger};
    started.start(opening);
}

/// Takes out somebody who is being received. The reception is over, and may be in the middle of
/// something.
Anteroom::Caller Gate::takeArrival(Strangers::Id stranger)
{
    Arrival arrival = std::move(m_arrivals.extract(stranger).mapped());
    m_handshakes.remove(arrival.handshake);
    m_overReceptions.push_back(std::move(arrival.reception));
    sweepLater();
    return std::move(arrival.caller);
}

/// Ends somebody who is being received; tells why, if that would be understood.
void Gate::sendAway(Strangers::Id stranger, const Closing &why)
{
    std::unique_ptr<Transport> transport = m_arrivals.at(stranger).reception->leave();
    const Anteroom::Caller caller = takeArrival(stranger);
    forgetArrival(caller, closingName(why.code));
    if (!transport)
        return;
    Outbox outbox(m_context.outboxTotal);
    outbox.append(caller.dialect->farewell(why));
    speak({std::move(transport), std::move(outbox), limits::lingering}, Words::Last);
}

void Gate::forgetArrival(const Anteroom::Caller &caller, QLatin1StringView reason)
{
    m_waiting.remove(caller.stranger);
    placeFree(caller.ticket);
    m_addresses.release(caller.ticket);
    noteEnd({nullptr, caller.ticket}, reason);
    ++m_ended[reason];
}

void Gate::addStranger(Anteroom::Caller &caller)
{
    caller.stranger = ++m_lastStranger;
    m_waiting.add(caller.stranger, shareOf(caller.ticket, caller.stranger), steady());
}

/// Whether there is a place without somebody giving way.
bool Gate::hasPlace(const Door &door, const Dialect &dialect) const
{
    return !isFull() && (entersAtOnce(door, dialect) || strangers() < m_settings.strangers);
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
    if (m_arrivals.contains(*who)) {
        sendAway(*who, why);
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
    return entersAtOnce(*caller.door, *caller.dialect)
            || m_addresses.hasRoomForStranger(caller.ticket);
}

void Gate::turnAway(Anteroom::Caller caller, const Closing &why)
{
    m_waiting.remove(caller.stranger);
    m_addresses.release(caller.ticket);
    noteEnd({nullptr, caller.ticket}, closingName(why.code));
    Outbox outbox(m_context.outboxTotal);
    if (caller.door->tls != Door::Tls::Required)
        outbox.append(caller.dialect->farewell(why));
    ++m_ended[closingName(why.code)];
    speak({std::move(caller.transport), std::move(outbox), limits::lingering}, Words::Last);
}

void Gate::refuse(int descriptor, const Peer &peer, const Door &door, const Dialect &dialect)
{
    const QLatin1StringView reason = closingName(ClosingCode::ServerFull);
    ++m_ended[reason];
    m_log.note({0, addressText(peer.address), netAddress(m_addresses.counted(peer.address)),
                u"refused: "_s + reason});
    auto transport = std::make_unique<PlainTransport>(descriptor);
    if (m_refusals >= refusalsAtOnce)
        return; // somebody who hammers at the door has been told often enough
    Outbox outbox(m_context.outboxTotal);
    // Whoever waits for a handshake understands no word before it.
    if (door.tls == Door::Tls::None || (door.tls == Door::Tls::Offered && !saysHello(descriptor)))
        outbox.append(dialect.farewell({ClosingCode::ServerFull, {}}));
    speak({std::move(transport), std::move(outbox), limits::lingering}, Words::Refusal);
}

bool Gate::isFull() const
{
    const qint64 places = qint64(m_settings.sessions) + m_refusals + m_leaving;
    const size_t taken = m_connections.size() + m_arrivals.size() + m_anteroom.size()
            + m_lastWords.size();
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
    m_overReceptions.clear();
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
