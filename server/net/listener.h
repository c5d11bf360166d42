#pragma once

#include <QTcpServer>

namespace teahouse::server {

/// One listening socket. Hands on the descriptors of those who connect, and never makes a
/// QTcpSocket of them.
class Listener : public QTcpServer
{
    Q_OBJECT

public:
    explicit Listener(QObject *parent = nullptr);

    /// Listens on a host given by address or name; an empty one is all addresses, IPv4 and IPv6,
    /// in one socket. Port 0: the system chooses. False: see serverError() and problem().
    /// A name is looked up here and now, so this is for the start of the program.
    bool open(const QString &host, quint16 port);

    /// Why open() has failed, in words.
    QString problem() const { return m_problem; }

    /// Lets the kernel keep those who connect until resume(); also in the middle of accepted().
    void hold();
    void resume();

signals:
    /// Somebody has connected. The receiver owns the descriptor.
    void accepted(qintptr descriptor);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    QString m_problem;
};

} // namespace teahouse::server
