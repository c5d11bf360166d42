#include "tests/support/silentproxy.h"

#include <utility>

namespace teahouse::test {

SilentProxy::SilentProxy(quint16 serverPort, QObject *parent)
    : QObject(parent), m_serverPort(serverPort)
{
    connect(&m_server, &QTcpServer::newConnection, this, &SilentProxy::accept);
    m_server.listen(QHostAddress::LocalHost);
}

void SilentProxy::cut()
{
    for (const Pair &pair : std::exchange(m_pairs, {})) {
        for (QTcpSocket *socket : {pair.client.data(), pair.server.data()}) {
            if (socket)
                socket->disconnect();
        }
    }
}

void SilentProxy::accept()
{
    QTcpSocket *client = m_server.nextPendingConnection();
    auto *server = new QTcpSocket(this);
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
    join(client, server);
    join(server, client);
    m_pairs.append(Pair{client, server});
}

void SilentProxy::join(QTcpSocket *from, QTcpSocket *to)
{
    connect(from, &QTcpSocket::readyRead, to, [from, to] { to->write(from->readAll()); });
    connect(from, &QTcpSocket::disconnected, to, [to] { to->disconnectFromHost(); });
    connect(from, &QTcpSocket::errorOccurred, to, [from, to] {
        if (from->state() == QAbstractSocket::UnconnectedState)
            to->disconnectFromHost();
    });
}

} // namespace teahouse::test
