#pragma once

#include "shared/event.h"
#include "shared/reply.h"
#include "shared/request.h"

#include <QHash>
#include <QJsonObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace teahouse::test {

/// What a request asks with, besides its verb and its id.
QJsonObject argumentsOf(const Request &request);

/// A server that plays what a test tells it to. By itself it greets, answers hello and login with
/// success, keeps the items it was given for history and search, gives what is said, edited and
/// deleted the next number, keeps the position read and whom one ignores, takes every password and
/// registers every name, and answers everything else with plain success. Speaks with one client at
/// a time, the newest.
class FakeServer : public QObject
{
    Q_OBJECT

public:
    /// An answer, or nothing for silence.
    using Handler = std::function<std::optional<Reply>(const Request &)>;

    explicit FakeServer(QObject *parent = nullptr);

    quint16 port() const { return m_server.serverPort(); }
    bool hasClient() const { return m_client && m_client->state() == QTcpSocket::ConnectedState; }
    int connections() const { return m_connections; }

    /// What is sent on connect.
    void setGreeting(const QByteArray &greeting) { m_greeting = greeting; }

    /// Sends every byte in a segment of its own.
    void setDribbling() { m_dribbling = true; }

    /// Answers nothing at all.
    void setMute() { m_mute = true; }

    /// What `hello` tells.
    void setFeatures(const QStringList &features) { m_features = features; }

    void setEpoch(const QString &epoch) { m_epoch = epoch; }
    void on(const QString &verb, const Handler &handler) { m_handlers[verb] = handler; }
    void refuse(const QString &verb, ErrorCode code);
    void acceptAgain(const QString &verb) { m_handlers.remove(verb); }

    /// How many requests with this verb have not been taken.
    qsizetype count(const QString &verb) const;
    /// Requests with this verb since the last call.
    QList<Request> take(const QString &verb);
    /// All requests but hello, login and ping, as `verb` words, since the last call.
    QStringList takeVerbs();

    /// Puts an item into the room `main` without telling anyone; its number.
    quint64 add(const QString &from, const QString &text);
    /// The same, and sends the event.
    quint64 say(const QString &from, const QString &text);

    /// What the client has told it has read.
    quint64 position() const { return m_read; }
    void setPosition(quint64 seq) { m_read = seq; }

    void send(const Event &event, Side side = Side::Other);
    void sendBytes(const QByteArray &bytes);
    /// Ends the connection: at once, or after what is written.
    void drop();
    void hangUp();
    /// Nobody listens any more, until listenAgain() on the same port.
    void stopListening();
    void listenAgain() { listenOn(m_port); }
    /// Moves to another address of this computer.
    void moveTo(const QHostAddress &address);
    /// Takes over the port of a server that is gone.
    void listenOn(quint16 port);

    static Item message(quint64 seq, const QString &from, const QString &text);

signals:
    void requested(const teahouse::Request &request);

private:
    void welcome();
    void read();
    void answer(const Request &request);
    std::optional<Reply> defaultReply(const Request &request);
    Reply loggedIn(const Request &request);
    Reply account(const Request &request);
    Reply ignored(const Request &request);
    Reply history(const Request &request) const;
    Reply said(const Request &request);
    Reply amended(const Request &request);
    Reply found(const Request &request) const;

    QTcpServer m_server;
    QPointer<QTcpSocket> m_client;
    QByteArray m_input;
    QByteArray m_greeting = "Welcome to Fake\r\n";
    QHash<QString, Handler> m_handlers;
    QList<Request> m_requests;
    QList<Item> m_items;
    QHash<QString, Said> m_cids;
    quint64 m_read = 0;
    QString m_epoch = QStringLiteral("first");
    QString m_name; ///< of who is logged in over this connection
    QStringList m_features;
    QStringList m_ignored;
    quint16 m_port = 0;
    int m_connections = 0;
    bool m_dribbling = false;
    bool m_mute = false;
};

} // namespace teahouse::test
