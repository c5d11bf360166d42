#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>

#include <functional>

namespace teahouse::chaos {

/// Nanoseconds of the steady clock.
qint64 steadyNs();
inline constexpr qint64 nsPerMs = 1'000'000;

/// A native connection on a plain socket, for a thread without an event loop. Whoever owns several
/// waits for all of them with waitForAny().
class Client
{
public:
    Client() = default;
    ~Client() { close(); }
    Q_DISABLE_COPY_MOVE(Client)

    bool open(quint16 port);
    void close();
    bool isOpen() const { return m_socket >= 0; }
    int socket() const { return m_socket; }

    void send(const QJsonObject &request);

    /// Reads what has come and calls `take` for each line; those with `skipped` in it are not worth
    /// being decoded. False: the connection has ended.
    bool read(const std::function<void(const QJsonObject &line)> &take,
              QByteArrayView skipped = {});

    /// Sends a request and waits for its answer, at most 10 s; events meanwhile are dropped. Empty:
    /// there was none.
    QJsonObject ask(QJsonObject request);

    /// hello and login; `resume` may be empty. The answers, login's with hello's `epoch` in it.
    QJsonObject logIn(const QString &name, const QString &resume = {});

private:
    void flush();

    int m_socket = -1;
    QByteArray m_unread;
    QByteArray m_unsent;
};

/// Waits until one of them has something to read, at most `ms`.
void waitForAny(const QList<Client *> &clients, int ms);

} // namespace teahouse::chaos
