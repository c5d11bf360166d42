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
    const QHostAddress address = addressOf(host);
    if (address.isNull()) // which QTcpServer would take for all addresses
        m_problem = QStringLiteral("the host %1 is not known").arg(host);
    else if (!listen(address, port))
        m_problem = errorString();
    return isListening();
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
