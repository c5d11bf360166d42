#include "server/net/listener.h"

#include <QHostAddress>
#include <QHostInfo>

namespace teahouse::server {

namespace {

/// A burst of connects beyond the backlog waits a second each for the next SYN.
constexpr int backlog = 4096;

QHostAddress addressOf(const QString &host)
{
    if (host.isEmpty())
        return QHostAddress(QHostAddress::Any);
    const QHostAddress address(host);
    if (!address.isNull())
        return address;
    return QHostInfo::fromName(host).addresses().value(0);
}

} // namespace

Listener::Listener(QObject *parent) : QTcpServer(parent)
{
    setListenBacklogSize(backlog);
}

bool Listener::open(const QString &host, quint16 port)
{
    // An unknown name is a null address, which no socket can be bound to: the error says so.
    return listen(addressOf(host), port);
}

void Listener::hold()
{
    pauseAccepting();
    // Pausing alone does not end the loop in which QTcpServer accepts all that wait: it asks for
    // room among its pending connections, of which it never has any here.
    setMaxPendingConnections(0);
}

void Listener::resume()
{
    setMaxPendingConnections(1);
    resumeAccepting();
}

void Listener::incomingConnection(qintptr descriptor)
{
    emit accepted(descriptor);
}

} // namespace teahouse::server
