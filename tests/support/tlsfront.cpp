#include "tests/support/tlsfront.h"

#include <QNetworkInterface>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace teahouse::test {

TlsFront::TlsFront(quint16 serverPort, QObject *parent)
    : QTcpServer(parent), m_serverPort(serverPort)
{
    listen(QHostAddress::LocalHost);
}

bool TlsFront::moveAway()
{
    const QList<QHostAddress> addresses = QNetworkInterface::allAddresses();
    const auto other = std::find_if(
            addresses.cbegin(), addresses.cend(), [](const QHostAddress &address) {
                return address.protocol() == QAbstractSocket::IPv4Protocol && !address.isLoopback();
            });
    close();
    return other != addresses.cend() && listen(*other);
}

bool TlsFront::isLeft() const
{
    return std::all_of(m_clients.cbegin(), m_clients.cend(),
                       [](const QPointer<QSslSocket> &client) { return client.isNull(); });
}

void TlsFront::drop()
{
    for (const QPointer<QSslSocket> &client : std::exchange(m_clients, {})) {
        if (client)
            client->abort();
    }
}

void TlsFront::incomingConnection(qintptr descriptor)
{
    auto *client = new QSslSocket(this);
    client->setSocketDescriptor(descriptor);
    client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_clients.append(client);
    ++m_connections;
    connect(client, &QSslSocket::disconnected, client, &QObject::deleteLater);
    if (m_stripping || m_greeted > 0) {
        --m_greeted;
        handOn(client);
        return;
    }
    auto *timer = new QTimer(client);
    timer->setSingleShot(true);
    connect(timer, &QTimer::timeout, this, [this, client, timer] {
        client->disconnect(timer);
        handOn(client);
    });
    connect(client, &QSslSocket::readyRead, timer, [this, client, timer] {
        timer->deleteLater();
        client->disconnect(timer);
        recognise(client);
    });
    timer->start(patience);
}

void TlsFront::recognise(QSslSocket *client)
{
    if (m_identity && client->peek(1) == QByteArrayView("\x16"))
        encrypt(client);
    else
        handOn(client);
}

void TlsFront::encrypt(QSslSocket *client)
{
    client->setPrivateKey(m_identity->key);
    client->setLocalCertificate(m_identity->certificate);
    client->setPeerVerifyMode(QSslSocket::VerifyNone);
    connect(client, &QSslSocket::encrypted, this, [this, client] { handOn(client); });
    ++m_handshakes;
    client->startServerEncryption();
}

void TlsFront::handOn(QSslSocket *client)
{
    auto *server = new QTcpSocket(client);
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
    const auto forward = [this, client, server] {
        const QByteArray bytes = client->readAll();
        (client->isEncrypted() ? m_encrypted : m_plain) += bytes;
        server->write(bytes);
    };
    connect(client, &QSslSocket::readyRead, server, forward);
    connect(server, &QTcpSocket::readyRead, client,
            [client, server] { client->write(server->readAll()); });
    connect(server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
    if (client->bytesAvailable() > 0)
        forward();
}

} // namespace teahouse::test
