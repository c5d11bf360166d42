#include "tests/support/fakeavahi.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace teahouse::test {

using namespace Qt::StringLiterals;

namespace {

const QString avahi = u"org.freedesktop.Avahi"_s;
const QString serviceType = u"_teahouse._tcp"_s;

QString connectionName()
{
    static int last = 0;
    return u"fake-avahi-%1"_s.arg(++last);
}

QByteArrayList txtOf(const QVariant &argument)
{
    return qdbus_cast<QByteArrayList>(argument);
}

} // namespace

FakeAvahi::FakeAvahi(QString busAddress) : m_address(std::move(busAddress))
{
    qDBusRegisterMetaType<QByteArrayList>();
}

FakeAvahi::~FakeAvahi()
{
    stop();
}

bool FakeAvahi::start(ServerState state)
{
    m_state = state;
    m_connection = connectionName();
    QDBusConnection bus = QDBusConnection::connectToBus(m_address, m_connection);
    return bus.registerVirtualObject(u"/"_s, this, QDBusConnection::SubPath)
            && bus.registerService(avahi);
}

void FakeAvahi::stop()
{
    if (m_connection.isEmpty())
        return;
    QDBusConnection(m_connection).unregisterObject(u"/"_s);
    QDBusConnection::disconnectFromBus(std::exchange(m_connection, {}));
    m_groups.clear();
    m_browsers.clear();
    m_resolvers.clear();
}

void FakeAvahi::setState(ServerState state)
{
    m_state = state;
    QDBusMessage signal = QDBusMessage::createSignal(u"/"_s, avahi + u".Server"_s,
                                                     u"StateChanged"_s);
    signal.setArguments({static_cast<int>(state), QString()});
    QDBusConnection(m_connection).send(signal);
}

void FakeAvahi::publish(const Service &service)
{
    m_network.removeIf([&](const Service &other) {
        return other.name == service.name
                && other.interface == service.interface && other.protocol == service.protocol;
    });
    m_network.append(service);
    for (auto browser = m_browsers.cbegin(); browser != m_browsers.cend(); ++browser)
        emitTo(*browser, browser.key(), u"ServiceBrowser"_s, u"ItemNew"_s,
               {service.interface, service.protocol, service.name, serviceType, u"local"_s, 0u});
    for (auto resolver = m_resolvers.cbegin(); resolver != m_resolvers.cend(); ++resolver)
        tellFound(resolver.key(), *resolver, service);
}

void FakeAvahi::withdraw(const Service &service)
{
    m_network.removeIf([&](const Service &other) {
        return other.name == service.name
                && other.interface == service.interface && other.protocol == service.protocol;
    });
    for (auto browser = m_browsers.cbegin(); browser != m_browsers.cend(); ++browser)
        emitTo(*browser, browser.key(), u"ServiceBrowser"_s, u"ItemRemove"_s,
               {service.interface, service.protocol, service.name, serviceType, u"local"_s, 0u});
}

QList<FakeAvahi::Service> FakeAvahi::announced() const
{
    QList<Service> all;
    for (const Group &group : m_groups) {
        if (group.state == Established)
            all += group.services;
    }
    return all;
}

void FakeAvahi::collide()
{
    for (auto group = m_groups.begin(); group != m_groups.end(); ++group) {
        if (group->state == Established) {
            for (const Service &service : std::as_const(group->services))
                m_taken.append(service.name);
            setGroupState(group.key(), *group, GroupCollision);
        }
    }
}

QString FakeAvahi::introspect(const QString &) const
{
    return {};
}

bool FakeAvahi::handleMessage(const QDBusMessage &message, const QDBusConnection &)
{
    if (message.type() != QDBusMessage::MethodCallMessage || !message.interface().startsWith(avahi))
        return false;
    calls.append(message.member());
    const QString path = message.path();
    const auto isOf = [&](const QString &owner) {
        if (owner == message.service())
            return true;
        refuse(message, u"AccessDeniedError"_s);
        return false;
    };
    if (path == "/"_L1 && message.interface() == avahi + u".Server"_s) {
        callServer(message);
    } else if (const auto group = m_groups.find(path); group != m_groups.end()) {
        if (isOf(group->owner))
            callGroup(message, *group);
    } else if (const auto resolver = m_resolvers.find(path); resolver != m_resolvers.end()) {
        if (isOf(resolver->owner) && hasSignature(message, u"")) {
            m_resolvers.erase(resolver);
            reply(message);
        }
    } else {
        return false; // no such object
    }
    return true;
}

void FakeAvahi::callServer(const QDBusMessage &message)
{
    const QString member = message.member();
    const QString owner = message.service();
    const Arguments arguments = message.arguments();
    if (member == "GetState"_L1 && hasSignature(message, u"")) {
        reply(message, {static_cast<int>(m_state)});
    } else if (member == "EntryGroupNew"_L1 && hasSignature(message, u"")) {
        const QString path = newPath(u"EntryGroup"_s);
        m_groups.insert(path, {owner, Uncommitted, {}});
        reply(message, {QVariant::fromValue(QDBusObjectPath(path))});
    } else if (member == "GetAlternativeServiceName"_L1 && hasSignature(message, u"s")) {
        const QString name = arguments.at(0).toString();
        static const QRegularExpression numbered(u"^(.*) #(\\d+)$"_s);
        const auto match = numbered.match(name);
        const QString next = match.hasMatch()
                ? u"%1 #%2"_s.arg(match.captured(1)).arg(match.captured(2).toInt() + 1)
                : name + u" #2"_s;
        reply(message, {next});
    } else if (member == "ServiceBrowserNew"_L1 && hasSignature(message, u"iissu")) {
        if (arguments.at(2).toString() != serviceType)
            return refuse(message, u"InvalidServiceTypeError"_s);
        const QString path = newPath(u"ServiceBrowser"_s);
        m_browsers.insert(path, owner);
        for (const Service &service : std::as_const(m_network))
            emitTo(owner, path, u"ServiceBrowser"_s, u"ItemNew"_s,
                   {service.interface, service.protocol, service.name, serviceType, u"local"_s,
                    0u});
        reply(message, {QVariant::fromValue(QDBusObjectPath(path))});
    } else if (member == "ServiceResolverNew"_L1 && hasSignature(message, u"iisssiu")) {
        const QString path = newPath(u"ServiceResolver"_s);
        const Resolver resolver{owner, arguments.at(0).toInt(), arguments.at(1).toInt(),
                                arguments.at(2).toString()};
        m_resolvers.insert(path, resolver);
        reply(message, {QVariant::fromValue(QDBusObjectPath(path))});
        for (const Service &service : std::as_const(m_network))
            tellFound(path, resolver, service);
    }
}

void FakeAvahi::callGroup(const QDBusMessage &message, Group &group)
{
    const QString member = message.member();
    if (member == "AddService"_L1 && hasSignature(message, u"iiussssqaay")) {
        addService(message, group);
    } else if (member == "UpdateServiceTxt"_L1 && hasSignature(message, u"iiusssaay")) {
        updateTxt(message, group);
    } else if (member == "Commit"_L1 && hasSignature(message, u"")) {
        commit(message, group);
    } else if (member == "Reset"_L1 && hasSignature(message, u"")) {
        group.services.clear();
        setGroupState(message.path(), group, Uncommitted);
        reply(message);
    } else if (member == "Free"_L1 && hasSignature(message, u"")) {
        m_groups.remove(message.path());
        reply(message);
    }
}

void FakeAvahi::addService(const QDBusMessage &message, Group &group)
{
    const Arguments arguments = message.arguments();
    const Service service{arguments.at(0).toInt(),
                          arguments.at(1).toInt(),
                          arguments.at(3).toString(),
                          arguments.at(6).toString(),
                          {},
                          arguments.at(7).value<quint16>(),
                          txtOf(arguments.at(8))};
    const auto isLong = [](const QByteArray &one) { return one.size() > 255; };
    if (service.name.isEmpty() || service.name.toUtf8().size() > 63)
        refuse(message, u"InvalidServiceNameError"_s);
    else if (arguments.at(4).toString() != serviceType)
        refuse(message, u"InvalidServiceTypeError"_s);
    else if (service.port == 0)
        refuse(message, u"InvalidPortError"_s);
    else if (std::any_of(service.txt.begin(), service.txt.end(), isLong))
        refuse(message, u"InvalidRecordError"_s);
    else if (group.state == GroupRegistering || group.state == Established)
        refuse(message, u"BadStateError"_s);
    else if (m_takenLocally.contains(service.name))
        refuse(message, u"CollisionError"_s);
    else {
        group.services.append(service);
        reply(message);
    }
}

void FakeAvahi::updateTxt(const QDBusMessage &message, Group &group)
{
    const Arguments arguments = message.arguments();
    for (Service &service : group.services) {
        if (service.name == arguments.at(3).toString()
            && arguments.at(4).toString() == serviceType) {
            service.txt = txtOf(arguments.at(6));
            return reply(message);
        }
    }
    refuse(message, u"NotFoundError"_s);
}

void FakeAvahi::commit(const QDBusMessage &message, Group &group)
{
    if (group.services.isEmpty())
        return refuse(message, u"IsEmptyError"_s);
    if (group.state == GroupRegistering || group.state == Established)
        return refuse(message, u"BadStateError"_s);
    setGroupState(message.path(), group, GroupRegistering);
    reply(message);
    const bool isTaken = std::any_of(
            group.services.begin(), group.services.end(),
            [&](const Service &service) { return m_taken.contains(service.name); });
    setGroupState(message.path(), group, isTaken ? GroupCollision : Established);
}

void FakeAvahi::setGroupState(const QString &path, Group &group, GroupState state)
{
    group.state = state;
    emitTo(group.owner, path, u"EntryGroup"_s, u"StateChanged"_s,
           {static_cast<int>(state), QString()});
}

/// As dbus_message_get_args() compares it.
bool FakeAvahi::hasSignature(const QDBusMessage &message, QStringView signature)
{
    if (message.signature() == signature)
        return true;
    refuse(message, u"InvalidArgumentError"_s);
    return false;
}

void FakeAvahi::reply(const QDBusMessage &message, const Arguments &arguments)
{
    QDBusConnection(m_connection).send(message.createReply(arguments));
}

void FakeAvahi::refuse(const QDBusMessage &message, const QString &error)
{
    QDBusConnection(m_connection)
            .send(message.createErrorReply(avahi + u'.' + error, u"refused: "_s + error));
}

void FakeAvahi::emitTo(const QString &owner, const QString &path, const QString &interface,
                       const QString &member, const Arguments &arguments)
{
    QDBusMessage signal = QDBusMessage::createTargetedSignal(owner, path, avahi + u'.' + interface,
                                                             member);
    signal.setArguments(arguments);
    QDBusConnection(m_connection).send(signal);
}

void FakeAvahi::tellFound(const QString &path, const Resolver &resolver, const Service &service)
{
    if (resolver.name != service.name
        || resolver.interface != service.interface || resolver.protocol != service.protocol)
        return;
    emitTo(resolver.owner, path, u"ServiceResolver"_s, u"Found"_s,
           {service.interface, service.protocol, service.name, serviceType, u"local"_s,
            service.host, service.protocol, service.address, QVariant::fromValue(service.port),
            QVariant::fromValue(service.txt), 0u});
}

QString FakeAvahi::newPath(const QString &kind)
{
    return u"/Client%1/%2%1"_s.arg(++m_lastPath).arg(kind);
}

} // namespace teahouse::test
