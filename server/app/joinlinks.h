#pragma once

#include "server/app/listenspec.h"

#include "shared/joinlink.h"

#include <QHostAddress>
#include <QList>
#include <QStringList>

namespace teahouse::server {

/// Whether this machine tells its `.local` name (RFC 6762) to the network.
enum class Announced { No, Yes };

/// By what a server can be reached.
struct Reach
{
    QString host;                  ///< the setting server.host; empty: what follows
    QList<QHostAddress> addresses; ///< of this machine
    QString machine;               ///< its name, without `.local`
    Announced announced = Announced::No;
};

/// The links to a door: one to the host that is set; else to the address that the door is bound
/// to, or one to each private address (RFC 1918, RFC 4193) that it is open on, IPv4 first, and one
/// to the `.local` name where that is announced.
QList<JoinLink> joinLinks(const ListenSpec &door, const Reach &reach);

/// The addresses of this machine's interfaces that are up.
QList<QHostAddress> machineAddresses();

/// The name of a host or an address as links have it; empty where it is neither.
QString linkHost(const QString &text);

} // namespace teahouse::server
