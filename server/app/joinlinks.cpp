#include "server/app/joinlinks.h"

#include "server/app/settings.h"

#include <QNetworkInterface>

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

bool isPrivate(const QHostAddress &address)
{
    static const Networks networks = *parseNetworks(
            u"10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7"_s);
    return std::any_of(networks.list.begin(), networks.list.end(),
                       [&](const auto &network) { return address.isInSubnet(network); });
}

bool isIpv4(const QHostAddress &address)
{
    return address.protocol() == QAbstractSocket::IPv4Protocol;
}

/// Private addresses that the door is open on, IPv4 first.
QStringList openAddresses(const QString &boundTo, QList<QHostAddress> addresses)
{
    const QHostAddress bound(boundTo);
    if (!boundTo.isEmpty() && bound != QHostAddress(QHostAddress::AnyIPv4)
        && bound != QHostAddress(QHostAddress::AnyIPv6))
        return {boundTo};
    std::stable_partition(addresses.begin(), addresses.end(), isIpv4);
    QStringList hosts;
    for (QHostAddress address : std::as_const(addresses)) {
        address.setScopeId({});
        // A socket of "::" takes nothing of IPv4.
        const bool isOpen = boundTo.isEmpty() || bound.protocol() == address.protocol();
        if (isPrivate(address) && isOpen && !hosts.contains(address.toString()))
            hosts.append(address.toString());
    }
    return hosts;
}

} // namespace

QList<JoinLink> joinLinks(const ListenSpec &door, const Reach &reach)
{
    QStringList hosts = reach.host.isEmpty() ? openAddresses(door.host, reach.addresses)
                                             : QStringList{reach.host};
    if (reach.host.isEmpty() && reach.announced == Announced::Yes && !reach.machine.isEmpty())
        hosts.append(reach.machine + u".local"_s);
    QList<JoinLink> links;
    for (const QString &host : std::as_const(hosts))
        links.append({.host = host, .port = door.port});
    return links;
}

QList<QHostAddress> machineAddresses()
{
    QList<QHostAddress> addresses;
    const QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &interface : interfaces) {
        if (!(interface.flags() & QNetworkInterface::IsUp))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries())
            addresses.append(entry.ip());
    }
    return addresses;
}

QString linkHost(const QString &text)
{
    const bool isBracketed = text.startsWith(u'[') && text.endsWith(u']');
    const QString host = isBracketed ? text.sliced(1, text.size() - 2) : text;
    const auto parsed = parseJoinLink(linkText({.host = host}));
    const auto *link = std::get_if<JoinLink>(&parsed);
    return link ? link->host : QString();
}

} // namespace teahouse::server
