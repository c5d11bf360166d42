#pragma once

#include "server/net/poller.h"

#include <QTcpServer>

namespace teahouse::server {

/// One listening socket. Hands on the descriptors of those who connect. QTcpServer only opens it:
/// when descriptors run out it either spins without a word or never accepts again (Qt 6.4).
class Listener : public QObject, private PollHandler
{
    Q_OBJECT

public:
    explicit Listener(Poller &poller);

    /// Listens on a host given by address or name; an empty one is all addresses, IPv4 and IPv6,
    /// in one socket. Port 0: the system chooses. False: see serverError() and problem().
    /// A name is looked up here and now, so this is for the start of the program.
    bool open(const QString &host, quint16 port);

    bool isListening() const { return m_server.isListening(); }
    quint16 serverPort() const { return m_server.serverPort(); }
    QAbstractSocket::SocketError serverError() const { return m_server.serverError(); }
    /// Why open() has failed, in words.
    QString problem() const { return m_problem; }

    /// Lets the kernel keep those who connect until resume(); also in the middle of accepted().
    void hold();
    void resume();

signals:
    /// Somebody has connected. The receiver owns the descriptor.
    void accepted(qintptr descriptor);
    /// The system has no descriptor or memory for one more. It is tried again at once, unless the
    /// listener is held.
    void exhausted();

private:
    void onReady(PollEvents events) override;
    void onTurn(Turn &turn) override;
    void onRoundEnd() override { }
    bool acceptOne();

    QTcpServer m_server;
    Poller::Watch m_watch;
    QString m_problem;
    bool m_held = false;
};

} // namespace teahouse::server
