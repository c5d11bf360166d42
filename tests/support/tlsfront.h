#pragma once

#include "tests/support/tlsidentity.h"

#include <QPointer>
#include <QSslSocket>
#include <QTcpServer>

#include <chrono>

namespace teahouse::test {

/// The front door before a FakeServer: takes a TLS hello at once, and hands whoever is silent, or
/// begins with anything else, on in plain text. Has no TLS without an identity. Also plays those
/// who sit between a client and its server.
class TlsFront : public QTcpServer
{
    Q_OBJECT

public:
    explicit TlsFront(quint16 serverPort, QObject *parent = nullptr);

    quint16 port() const { return serverPort(); }
    QString host() const { return serverAddress().toString(); }

    /// To an address of this computer that is not the loopback; false: it has none.
    bool moveAway();

    /// Whose key is shown from now on.
    void setIdentity(const TlsIdentity &identity) { m_identity = identity; }

    /// The next so many connections are taken for silent ones: their hello meets a greeting.
    void greetFirst(int connections) { m_greeted = connections; }

    /// No connection is encrypted any more, whatever it begins with.
    void strip() { m_stripping = true; }

    int connections() const { return m_connections; }
    /// Handshakes that were begun: who refuses a key may be gone before the last word of one.
    int handshakes() const { return m_handshakes; }
    /// Whether nobody is connected, so that no more bytes can come.
    bool isLeft() const;
    /// All that has come without encryption, of all connections.
    QByteArray plainBytes() const { return m_plain; }
    /// All that was encrypted, as it was meant.
    QByteArray encryptedBytes() const { return m_encrypted; }

    /// Ends the connections there are.
    void drop();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void recognise(QSslSocket *client);
    void handOn(QSslSocket *client);
    void encrypt(QSslSocket *client);

    static constexpr std::chrono::milliseconds patience{200}; ///< the real one's

    quint16 m_serverPort;
    std::optional<TlsIdentity> m_identity;
    QList<QPointer<QSslSocket>> m_clients;
    QByteArray m_plain;
    QByteArray m_encrypted;
    int m_greeted = 0;
    int m_connections = 0;
    int m_handshakes = 0;
    bool m_stripping = false;
};

} // namespace teahouse::test
