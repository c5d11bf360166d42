#pragma once

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

namespace teahouse::test {

/// Stands between a client and a server and can go dead as a pulled cable does: nothing passes in
/// either direction, and neither side hears of it.
class SilentProxy : public QObject
{
    Q_OBJECT

public:
    explicit SilentProxy(quint16 serverPort, QObject *parent = nullptr);

    quint16 port() const { return m_server.serverPort(); }

    /// The connections there are go dead; later ones work.
    void cut();

    /// Later connections go to another port.
    void setServerPort(quint16 port) { m_serverPort = port; }

private:
    struct Pair
    {
        QPointer<QTcpSocket> client;
        QPointer<QTcpSocket> server;
    };
    void accept();
    void join(QTcpSocket *from, QTcpSocket *to);

    QTcpServer m_server;
    QList<Pair> m_pairs;
    quint16 m_serverPort;
};

} // namespace teahouse::test
