#pragma once

#include "shared/chatprotocol.h"

#include <QList>
#include <QTcpServer>
#include <QTcpSocket>

namespace teahouse::test {

/// An original server of one kind, as docs/protocol.md describes its bytes, with nothing of ours:
/// the tea server knows no native lines. Serves several clients and keeps what they send.
class FakeOriginal : public QObject
{
    Q_OBJECT

public:
    explicit FakeOriginal(ChatProtocol kind, QObject *parent = nullptr);
    ~FakeOriginal() override;

    quint16 port() const { return m_port; }
    qsizetype clients() const { return m_clients.size(); }
    int connections() const { return m_connections; }

    /// Sends every byte in a segment of its own.
    void setDribbling() { m_dribbling = true; }
    /// Takes what is said and passes nothing on.
    void setSwallowing(bool swallowing) { m_swallowing = swallowing; }
    /// What is sent on connect, in place of the kind's own greeting.
    void setGreeting(const QByteArray &greeting) { m_greeting = greeting; }

    /// A name that is in use.
    void addName(const QString &name) { m_names.append(name); }

    /// To everybody, as it is.
    void sendBytes(const QByteArray &bytes);
    /// Everything that has come since takeReceived() was called, of all clients.
    const QByteArray &received() const { return m_received; }
    QByteArray takeReceived() { return std::exchange(m_received, {}); }

    /// Ends all connections; nobody listens until listenAgain().
    void stop();
    void listenAgain();

private:
    struct Client
    {
        QTcpSocket *socket;
        QByteArray input;
        QString name;
    };

    void welcome();
    void read(QTcpSocket *socket);
    void left(QTcpSocket *socket);
    void takeFrame(Client &client, const QByteArray &frame);
    void takeTea(Client &client, const QByteArray &verb, const QByteArray &rest);
    void takeWx(Client &client, const QByteArray &verb, const QByteArray &rest);
    void list(const Client &client, const QByteArray &head, const QByteArray &end);
    void send(QTcpSocket *socket, const QByteArray &bytes) const;
    void toAll(const QByteArray &bytes, const QTcpSocket *except = nullptr);
    Client *find(const QTcpSocket *socket);
    static QByteArray pair(const QTcpSocket *socket);
    static QByteArray tuple(const QTcpSocket *socket);

    ChatProtocol m_kind;
    QTcpServer m_server;
    QList<Client> m_clients;
    QStringList m_names; ///< of people, in order of arrival
    QByteArray m_received;
    QByteArray m_greeting;
    quint16 m_port = 0;
    int m_connections = 0;
    bool m_dribbling = false;
    bool m_swallowing = false;
};

} // namespace teahouse::test
