#pragma once

#include "tests/bench/tlswire.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>

#include <netinet/in.h>

#include <functional>
#include <memory>
#include <span>

namespace teahouse::chaos {

/// Nanoseconds of the steady clock.
qint64 steadyNs();
inline constexpr qint64 nsPerMs = 1'000'000;

/// A native connection, plain or with TLS, for a thread without an event loop. Whoever owns several
/// waits for all of them with waitForAny().
class Client
{
public:
    Client() = default;
    ~Client() { close(); }
    Q_DISABLE_COPY_MOVE(Client)

    bool open(quint16 port);
    /// The same with TLS; waits for the handshake. `from` is an address of 127.0.0.0/8.
    bool openEncrypted(quint16 port, quint32 from = INADDR_LOOPBACK);
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
    ssize_t sendSome();
    ssize_t readSome(std::span<char> bytes);

    int m_socket = -1;
    std::unique_ptr<bench::TlsWire> m_tls; ///< null: plain
    QByteArray m_unread;
    QByteArray m_unsent;
};

/// Connects to a port of 127.0.0.1 from an address of 127.0.0.0/8; -1: that did not work.
int connectFrom(quint32 from, quint16 port);

/// Waits until one of them has something to read, at most `ms`.
void waitForAny(const QList<Client *> &clients, int ms);

} // namespace teahouse::chaos
