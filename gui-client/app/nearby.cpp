#include "gui-client/app/nearby.h"

#include "shared/announcement.h"

#include <QByteArrayList>
#include <QDBusArgument>
#include <QNetworkInterface>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

constexpr uint noFlags = 0;
constexpr qsizetype foundArguments = 11;

/// The first four arguments of what is said about a service, but for its type.
NearbyModel::Sight sightOf(const QVariantList &arguments)
{
    return {arguments.value(0).toInt(), arguments.value(1).toInt(), arguments.value(2).toString(),
            arguments.value(4).toString()};
}

/// An address that holds on one interface only is none without it.
QString withScope(const QString &address, int interface)
{
    if (!address.startsWith("fe80:"_L1, Qt::CaseInsensitive))
        return address;
    const QString name = QNetworkInterface::interfaceNameFromIndex(interface);
    return name.isEmpty() ? QString() : address + u'%' + name;
}

} // namespace

Nearby::Nearby(NearbyModel &model, const AlarmFactory &alarms, const QString &busAddress)
    : m_model(model), m_daemon(busAddress),
      m_patience(alarms([this] { m_model.setState(NearbyModel::State::Searched); })),
      m_pause(alarms([this] { m_daemon.open(); }))
{
    connect(&m_daemon, &AvahiDaemon::stateChanged, this, &Nearby::follow);
    connect(&m_daemon, &AvahiDaemon::told, this,
            [this](const QString &, const QString &interface, const QString &member,
                   const QVariantList &arguments) { heard(interface, member, arguments); });
}

void Nearby::start()
{
    m_daemon.open();
}

void Nearby::stop()
{
    m_pause->stop();
    m_daemon.close();
}

void Nearby::follow(AvahiDaemon::State state)
{
    forget();
    if (state == AvahiDaemon::State::Running)
        browse();
    else if (state == AvahiDaemon::State::NoBus)
        m_pause->start(pause);
}

/// All that the daemon had made for us is gone.
void Nearby::forget()
{
    m_patience->stop();
    m_resolvers.clear();
    m_model.setState(NearbyModel::State::Unavailable);
    m_model.clear();
}

void Nearby::browse()
{
    const QVariantList what{AvahiDaemon::anyInterface, AvahiDaemon::anyProtocol,
                            QString(Announcement::serviceType), QString(), noFlags};
    m_daemon.call(u"/"_s, u"Server"_s, u"ServiceBrowserNew"_s, what, this,
                  [this](const QDBusMessage &reply) {
                      if (reply.type() != QDBusMessage::ReplyMessage)
                          forget();
                  });
    m_model.setState(NearbyModel::State::Searching);
    m_patience->start(patience);
}

/// There is one browser, whose signals may come before its path is known: they are told by what
/// they say and not by their path.
void Nearby::heard(const QString &interface, const QString &member, const QVariantList &arguments)
{
    if (arguments.value(3).toString() != Announcement::serviceType)
        return;
    if (interface == "ServiceBrowser"_L1 && member == "ItemNew"_L1)
        resolve(sightOf(arguments));
    else if (interface == "ServiceBrowser"_L1 && member == "ItemRemove"_L1)
        lose(sightOf(arguments));
    else if (interface == "ServiceResolver"_L1 && member == "Found"_L1)
        found(arguments);
}

/// The resolver goes on to tell what the service says, and is freed when that has gone.
void Nearby::resolve(const Sight &sight)
{
    if (m_resolvers.contains(sight) || m_resolvers.size() >= mostSights)
        return;
    m_resolvers.insert(sight, {});
    const QVariantList what{sight.interface, sight.protocol,
                            sight.service,   QString(Announcement::serviceType),
                            sight.domain,    AvahiDaemon::anyProtocol,
                            noFlags};
    m_daemon.call(
            u"/"_s, u"Server"_s, u"ServiceResolverNew"_s, what, this,
            [this, sight](const QDBusMessage &reply) {
                const QString path = reply.arguments().value(0).value<QDBusObjectPath>().path();
                const auto resolver = m_resolvers.find(sight);
                if (resolver == m_resolvers.end() || !resolver->isEmpty())
                    free(path); // it has gone meanwhile
                else if (path.isEmpty())
                    m_resolvers.erase(resolver);
                else
                    *resolver = path;
            });
}

void Nearby::lose(const Sight &sight)
{
    free(m_resolvers.take(sight));
    m_model.lose(sight);
}

void Nearby::found(const QVariantList &arguments)
{
    const Sight sight = sightOf(arguments);
    if (!m_resolvers.contains(sight) || arguments.size() != foundArguments)
        return;
    const QString host = withScope(arguments.at(7).toString(), sight.interface);
    const auto port = arguments.at(8).value<quint16>();
    m_model.see(sight, {host, port, qdbus_cast<QByteArrayList>(arguments.at(9))});
}

void Nearby::free(const QString &resolver)
{
    if (!resolver.isEmpty())
        m_daemon.call(resolver, u"ServiceResolver"_s, u"Free"_s, {}, this);
}

} // namespace teahouse::client
