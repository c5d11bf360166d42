#include "server/app/server.h"

#include "server/app/joinlinks.h"
#include "server/app/log.h"
#include "server/app/peeraddress.h"
#include "server/app/userrequest.h"
#include "server/net/descriptorlimit.h"
#include "server/store/memorystore.h"

#include <QDateTime>
#include <QHostAddress>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QSysInfo>

#include <algorithm>
#include <limits>

namespace teahouse::server {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int epochBytes = 16;

/// From the operating system, fit for secrets.
QByteArray randomBytes(int n)
{
    QByteArray bytes(n, Qt::Uninitialized);
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    return bytes;
}

std::unique_ptr<Store> memoryStore(Executor &executor, const Clock &clock, const Settings &settings)
{
    return std::make_unique<MemoryStore>(
            executor, [&clock] { return clock.utc(); },
            QString::fromLatin1(randomBytes(epochBytes).toHex()), settings.memoryBounds());
}

HouseSettings houseSettings(const Settings &settings)
{
    return {settings.rooms,
            settings.announceUpTo,
            settings.retention.days,
            {settings.guests, settings.registration, settings.plainPasswords},
            settings.shareLimits()};
}

FloodSettings floodSettings(const Settings &settings)
{
    FloodSettings flood;
    flood.isOn = settings.flood;
    flood.messages = {settings.messageBurst, settings.messagesPerSecond};
    flood.queries = {settings.queryBurst, settings.queriesPerSecond};
    flood.addressTimes = settings.addressTimes;
    flood.frames = {settings.frameBurst, settings.framesPerSecond};
    flood.kibibytes = {settings.inputBurst, settings.inputPerSecond};
    return flood;
}

GateSettings gateSettings(const Settings &settings, int doors)
{
    GateSettings gate;
    gate.descriptors = raiseDescriptorLimit();
    gate.sessions = sessionLimit(settings.sessions, gate.descriptors, doors);
    if (settings.perAddress)
        gate.strangers = std::max(1, gate.sessions * limits::strangersPercent / 100);
    else // for load tests, where many connect before the first logs in
        gate.strangers = std::numeric_limits<int>::max();
    gate.outboxTotal = settings.outboxTotal * Settings::mebibyte;
    gate.patience = std::chrono::milliseconds(settings.frontPatience);
    using Protection = AddressLimits::Protection;
    gate.addresses.protection = settings.perAddress ? Protection::On : Protection::Off;
    gate.addresses.atOnce = settings.connectionsPerAddress;
    gate.addresses.strangers = settings.strangersPerAddress;
    gate.addresses.burst = settings.connectionBurst;
    gate.addresses.perMinute = settings.connectionsPerMinute;
    gate.addresses.exempt = settings.exempt.list;
    return gate;
}

QHash<QString, DoorSettings> doorSettings(const Settings &settings)
{
    return {{u"line"_s, {settings.lineRoom.name, settings.lineAddresses}},
            {u"nul"_s, {settings.nulRoom.name, settings.nulAddresses}},
            {u"relay"_s, {settings.relayRoom.name, settings.relayAddresses}},
            {u"guest"_s, {settings.guestRoom.name, settings.guestAddresses}}};
}

Server::Failure failure(const ListenSpec &door, const Listener &listener)
{
    const QString address = u"%1 %2:%3"_s.arg(door.dialect, printedHost(door.host)).arg(door.port);
    if (listener.serverError() == QAbstractSocket::AddressInUseError) {
        return {ExitCode::AddressInUse,
                u"Cannot listen on %1: the address is in use. Stop the program that uses it, or "
                "choose another port with --listen DIALECT:HOST:PORT."_s.arg(address)};
    }
    return {ExitCode::Failure,
            u"Cannot listen on %1: %2. Choose another address with --listen DIALECT:HOST:PORT."_s
                    .arg(address, listener.problem())};
}

std::optional<ServerKey> keyOf(const std::optional<TlsIdentity> &identity)
{
    if (!identity)
        return std::nullopt;
    return ServerKey{identity->fingerprint(), identity->certificateSha256(),
                     identity->isSelfMade()};
}

/// The dialect of what was recognised at a door, which speaks another one by itself.
QString dialectOf(Recognition::Speech speech, const QString &usual)
{
    switch (speech) {
    case Recognition::Speech::Native:
        return u"native"_s;
    case Recognition::Speech::Http:
        return u"http"_s;
    case Recognition::Speech::Irc:
        return u"irc"_s;
    case Recognition::Speech::Unknown:
    case Recognition::Speech::Tls:
    case Recognition::Speech::Tea:
        break;
    }
    return usual;
}

/// What is believed of the clock, and what helps when it is not.
QString clockText(const ClockTrust &trust)
{
    const Times times = trust.times();
    const auto text = [](qint64 time) {
        return QDateTime::fromMSecsSinceEpoch(time).toString(Qt::ISODate);
    };
    if (!trust.isHeld())
        return u"The clock says %1, and is believed."_s.arg(text(times.now));
    const auto left = std::chrono::milliseconds(limits::clockSteady).count() - trust.state().steady;
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(std::chrono::milliseconds(left));
    return u"The clock says %1, but %2 was expected. Until it is believed nothing expires: messages, "
           "bans, mutes, invite codes and guests stay. If it is wrong, set it; if it is right, run "
           "\"teahoused clock confirm\". It is believed in %3 minutes in any case."_s
                   .arg(text(times.now), text(times.believed))
                   .arg(minutes.count());
}

} // namespace

Server::Server(const Settings &settings, const About &about, const MakeStore &makeStore,
               QObject *parent)
    : QObject(parent), m_deadlines(m_clock),
      m_dialects({.server = {settings.serverName, [this] { return m_clock.utc(); }},
                  .doors = doorSettings(settings),
                  .guestGreeting = settings.guestGreeting}),
      m_store(makeStore ? makeStore(m_poller, [this] { return m_clock.utc(); })
                        : memoryStore(m_poller, m_clock, settings)),
      m_clockTrust(m_store->clock(), m_clock.utc(), m_clock.steady()), m_passwords(m_poller),
      m_house(*m_store, m_passwords, randomBytes, houseSettings(settings), m_clockTrust.times()),
      m_dispatcher(m_house, {{settings.serverName, about.version}, floodSettings(settings)}),
      m_tls(m_clock), m_gate({m_poller, m_deadlines, m_house, m_dispatcher, &m_tls}, {}),
      m_settings(settings)
{
    m_tick.setTimerType(Qt::CoarseTimer);
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &Server::tick);
    lookAtClock();
}

Server::~Server() = default;

std::optional<Server::Failure> Server::start(const QList<ListenSpec> &doors)
{
    m_gate.setSettings(gateSettings(m_settings, static_cast<int>(doors.size())));
    for (const ListenSpec &door : doors) {
        if (const auto failed = open(door)) {
            m_gate.closeAll({}, [] {});
            m_listening.clear();
            return failed;
        }
    }
    if (m_settings.announce)
        announce();
    m_dialects.setSite(site());
    m_tick.start();
    return std::nullopt;
}

/// By the door that people come in at.
Invitation Server::invitation() const
{
    for (const QString &dialect : {u"front"_s, u"tea"_s}) {
        const auto door = std::find_if(
                m_listening.begin(), m_listening.end(),
                [&](const ListenSpec &listening) { return listening.spoken() == dialect; });
        if (door == m_listening.end())
            continue;
        const Reach reach{.host = m_settings.host.name,
                          .addresses = machineAddresses(),
                          .machine = QSysInfo::machineHostName().section(u'.', 0, 0),
                          .announced = m_announcer ? Announced::Yes : Announced::No};
        // Whoever has a link with a key begins with TLS.
        return {.hasDoor = true,
                .links = joinLinks(*door, reach),
                .key = door->takesTls() ? keyOf(m_identity) : std::nullopt};
    }
    return {.key = keyOf(m_identity)};
}

HttpSite Server::site() const
{
    const Invitation invitation = this->invitation();
    JoinFacts facts{.serverName = m_settings.serverName, .links = invitation.links};
    if (invitation.key)
        facts.fingerprint = invitation.key->fingerprint;
    QStringList names{QSysInfo::machineHostName()};
    if (!m_settings.host.name.isEmpty())
        names.append(m_settings.host.name);
    return {joinPage(facts), names};
}

/// The first front door that others can reach.
void Server::announce()
{
    const auto door = std::find_if(m_listening.begin(), m_listening.end(), [](const auto &spec) {
        return spec.spoken() == "front"_L1 && !QHostAddress(spec.host).isLoopback();
    });
    if (door == m_listening.end()) {
        qCWarning(lcApp,
                  "nothing is announced on the local network: no door front is open to other "
                  "hosts. Open one with --listen front:0.0.0.0:5005, or set server.announce=off");
        return;
    }
    m_announcer = std::make_unique<Announcer>(
            m_clock, Announcer::Door{m_settings.serverName, door->port, announcedKey()});
}

std::optional<Fingerprint> Server::announcedKey() const
{
    return m_identity ? std::optional(m_identity->fingerprint()) : std::nullopt;
}

void Server::tick()
{
    lookAtClock();
    m_house.setTime(now());
    m_house.tick(m_clockTrust.times());
    if (m_announcer)
        m_announcer->tick(m_house.peopleCount());
}

/// Whether things may expire by it.
void Server::lookAtClock()
{
    m_clockTrust.look(m_clock.utc(), m_clock.steady());
    m_store->setClock(m_clockTrust.state(), m_clockTrust.times().expiry());
    if (std::exchange(m_isClockHeld, m_clockTrust.isHeld()) == m_clockTrust.isHeld())
        return;
    if (m_isClockHeld)
        qCWarning(lcApp, "%ls", qUtf16Printable(clockText(m_clockTrust)));
    else
        qCInfo(lcApp, "the clock is believed: things expire by it again");
}

QJsonObject Server::carryOutClockRequest(const QString &role)
{
    if (role == "confirm"_L1) {
        m_clockTrust.confirm();
        lookAtClock();
    }
    return {{u"ok"_s, true}, {u"lines"_s, QJsonArray{clockText(m_clockTrust)}}};
}

void Server::openControlDoor(const QString &folder)
{
    m_control = std::make_unique<ControlDoor>(
            m_deadlines,
            [this](const QJsonObject &request, const std::function<void(QJsonObject)> &then) {
                administer(request, then);
            });
    if (!m_control->open(folder))
        qCWarning(lcApp, "\"teahoused user\" works only while this server is stopped: %ls",
                  qUtf16Printable(m_control->errorText()));
}

void Server::administer(const QJsonObject &request, const std::function<void(QJsonObject)> &then)
{
    m_house.setTime(now());
    if (request.value("do"_L1) == "clock"_L1)
        return then(carryOutClockRequest(request.value("role"_L1).toString()));
    if (isInviteRequest(request))
        return carryOutInviteRequest(m_house, invitation(), request, m_clock.utc(), then);
    carryOutUserRequest(m_house, request, m_clock.utc(), then);
}

std::optional<QString> Server::claimCode()
{
    if (!m_house.isUnclaimed())
        return std::nullopt;
    return m_house.makeClaimCode();
}

std::optional<QString> Server::setIdentity(const TlsIdentity &identity)
{
    if (const auto problem = m_tls.use(identity.pair()))
        return u"The certificate cannot be used: %1."_s.arg(*problem);
    m_identity = identity;
    m_dialects.setSite(site());
    if (m_announcer)
        m_announcer->setKey(announcedKey());
    return std::nullopt;
}

std::optional<QString> Server::makeIdentity()
{
    if (m_identity)
        return std::nullopt;
    const auto made = TlsIdentity::load({}, m_clock.utc());
    if (const auto *problem = std::get_if<QString>(&made))
        return *problem;
    return setIdentity(std::get<TlsIdentity>(made));
}

void Server::stop(const QString &text)
{
    if (std::exchange(m_stopping, true))
        return;
    m_tick.stop();
    m_announcer.reset();
    m_gate.closeAll({ClosingCode::Shutdown, text}, [this] {
        m_listening.clear();
        emit stopped();
    });
}

std::optional<Server::Failure> Server::open(const ListenSpec &door)
{
    if (door.takesTls()) {
        if (const auto problem = makeIdentity())
            return Failure{ExitCode::Failure, *problem};
    }
    if (const auto room = m_dialects.roomOf(door.spoken())) {
        if (!m_house.accountSettings().guests)
            return Failure{ExitCode::Usage,
                           u"The door %1 lets people in without a name, and guests are not let in: "
                           "leave it out, or use --set accounts.guests=on."_s.arg(door.spoken())};
        if (const Result<Done> kept = m_house.keepRoom(*room); !kept) {
            return Failure{ExitCode::Usage,
                           u"The room of the door %1 cannot be made: %2 Choose "
                           "another with --set %1.room=ROOM."_s.arg(door.spoken(),
                                                                    sentence(kept.error()))};
        }
    }
    const Listener &listener = m_gate.listen(door.host, door.port, doorOf(door));
    if (!listener.isListening())
        return failure(door, listener);
    m_listening.append({door.dialect, door.host, listener.serverPort()});
    return std::nullopt;
}

Door Server::doorOf(const ListenSpec &door) const
{
    const QString spoken = door.spoken();
    const bool isFront = spoken == "front"_L1;
    return {.make =
                    [this, spoken](Recognition::Speech speech, const Peer &peer) {
                        return m_dialects.make(dialectOf(speech, spoken), peerAddress(peer));
                    },
            .tls = door.isEncrypted() ? Door::Tls::Required
                    : door.takesTls() ? Door::Tls::Offered
                                      : Door::Tls::None,
            .speech = isFront ? Door::Speech::Told : Door::Speech::Known};
}

} // namespace teahouse::server
