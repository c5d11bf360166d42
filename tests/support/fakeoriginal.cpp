#include "tests/support/fakeoriginal.h"

#include <utility>

namespace teahouse::test {

namespace {

QByteArray greetingOf(ChatProtocol kind)
{
    switch (kind) {
    case ChatProtocol::Tea:
        return "Welcome to Old Tea\r\n";
    case ChatProtocol::Wx:
        return "Connect Success";
    case ChatProtocol::Guest:
        return "You're connected to the Python chatserver\r\n";
    case ChatProtocol::Line:
        return "Welcome to Old Lines\r\n";
    default:
        return {};
    }
}

} // namespace

FakeOriginal::FakeOriginal(ChatProtocol kind, QObject *parent)
    : QObject(parent), m_kind(kind), m_greeting(greetingOf(kind))
{
    connect(&m_server, &QTcpServer::newConnection, this, &FakeOriginal::welcome);
    m_server.listen(QHostAddress::LocalHost);
    m_port = m_server.serverPort();
}

FakeOriginal::~FakeOriginal()
{
    for (const Client &client : std::as_const(m_clients))
        client.socket->disconnect(this);
}

void FakeOriginal::listenAgain()
{
    m_server.listen(QHostAddress::LocalHost, m_port);
}

void FakeOriginal::stop()
{
    m_server.close();
    for (const Client &client : QList<Client>(m_clients))
        client.socket->abort();
}

QByteArray FakeOriginal::pair(const QTcpSocket *socket)
{
    return socket->peerAddress().toString().toUtf8() + ':' + QByteArray::number(socket->peerPort());
}

QByteArray FakeOriginal::tuple(const QTcpSocket *socket)
{
    return "('" + socket->peerAddress().toString().toUtf8() + "', "
            + QByteArray::number(socket->peerPort()) + ')';
}

FakeOriginal::Client *FakeOriginal::find(const QTcpSocket *socket)
{
    for (Client &client : m_clients) {
        if (client.socket == socket)
            return &client;
    }
    return nullptr;
}

void FakeOriginal::welcome()
{
    QTcpSocket *socket = m_server.nextPendingConnection();
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    ++m_connections;
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
    connect(socket, &QTcpSocket::disconnected, this, [this, socket] { left(socket); });
    if (m_kind == ChatProtocol::Guest)
        toAll("Client joined " + pair(socket) + "\r\n");
    else if (m_kind == ChatProtocol::Relay)
        toAll('[' + pair(socket) + "] entered room\n");
    m_clients.append({socket, {}, {}});
    send(socket, m_greeting);
}

void FakeOriginal::left(QTcpSocket *socket)
{
    const QString name = find(socket) ? find(socket)->name : QString();
    m_clients.removeIf([socket](const Client &client) { return client.socket == socket; });
    m_names.removeOne(name);
    const QByteArray address = pair(socket);
    if (m_kind == ChatProtocol::Guest)
        toAll("Client left " + address + "\r\n");
    else if (m_kind == ChatProtocol::Relay)
        toAll("Client (" + QByteArray(address).replace(':', ',') + ") is offline");
    else if (!name.isEmpty())
        toAll(name.toUtf8() + " has left the room."
              + (m_kind == ChatProtocol::Tea ? "\r\n" : "\n"));
    socket->deleteLater();
}

void FakeOriginal::read(QTcpSocket *socket)
{
    QByteArray end = m_kind == ChatProtocol::Tea ? "\r\n" : "\n"; // each knows one only
    if (m_kind == ChatProtocol::Nul)
        end = QByteArray(1, '\0');
    const QByteArray bytes = socket->readAll();
    m_received += bytes;
    if (Client *client = find(socket))
        client->input += bytes;
    for (Client *client = find(socket); client; client = find(socket)) {
        const qsizetype at = client->input.indexOf(end);
        if (at < 0)
            return;
        const QByteArray frame = client->input.left(at + end.size());
        client->input.remove(0, at + end.size());
        takeFrame(*client, frame);
    }
}

void FakeOriginal::takeFrame(Client &client, const QByteArray &frame)
{
    const QByteArray line = frame.trimmed();
    const qsizetype blank = line.indexOf(' ');
    const QByteArray verb = blank < 0 ? line : line.left(blank);
    const QByteArray rest = blank < 0 ? QByteArray() : line.mid(blank + 1).trimmed();
    if (m_swallowing)
        return;
    switch (m_kind) {
    case ChatProtocol::Tea:
        return takeTea(client, verb, rest);
    case ChatProtocol::Wx:
        return takeWx(client, verb, rest);
    case ChatProtocol::Guest:
        return toAll('[' + pair(client.socket) + "] " + frame, client.socket);
    case ChatProtocol::Relay:
        return toAll("\r<" + tuple(client.socket) + "> " + frame, client.socket);
    case ChatProtocol::Line:
        return toAll(line + "\r\n");
    case ChatProtocol::Nul:
        return toAll(tuple(client.socket) + ": " + frame);
    case ChatProtocol::Automatic:
    case ChatProtocol::Teahouse:
        return;
    }
}

void FakeOriginal::takeTea(Client &client, const QByteArray &verb, const QByteArray &rest)
{
    const QString name = QString::fromUtf8(rest);
    if (verb == "logout") {
        client.socket->disconnectFromHost();
    } else if (client.name.isEmpty() && verb != "login") {
        send(client.socket, "Please log in\nUse \"login <nick>\"\r\n");
    } else if (client.name.isEmpty() && name.isEmpty()) {
        send(client.socket, "Please enter a name\r\n");
    } else if (client.name.isEmpty() && m_names.contains(name)) {
        send(client.socket, "The name \"" + rest + "\" is taken.\r\nPlease try again.\r\n");
    } else if (client.name.isEmpty()) {
        client.name = name;
        m_names.append(name);
        toAll(rest + " has entered the room.\r\n", client.socket);
    } else if (verb == "say") {
        toAll(client.name.toUtf8() + ": " + rest + "\r\n");
    } else if (verb == "look") {
        list(client, "The following are in this room:\r\n", "\r\n");
    } else if (verb == "who") {
        list(client, "The following are logged in:\r\n", "\r\n");
    } else {
        send(client.socket, "Unknown command: " + verb + "\r\n");
    }
}

void FakeOriginal::takeWx(Client &client, const QByteArray &verb, const QByteArray &rest)
{
    const QString name = QString::fromUtf8(rest);
    if (verb == "logout") {
        client.socket->disconnectFromHost();
    } else if (verb == "login" && name.isEmpty()) {
        send(client.socket, "UserName Empty");
    } else if (verb == "login" && m_names.contains(name)) {
        send(client.socket, "UserName Exist");
    } else if (verb == "login") {
        client.name = name;
        m_names.append(name);
        send(client.socket, "Login Success");
        toAll(rest + " has entered the room.\n", client.socket);
    } else if (verb == "say" && !client.name.isEmpty()) {
        toAll(client.name.toUtf8() + ": " + rest + "\n");
    } else if (verb == "look" && !client.name.isEmpty()) {
        list(client, "Online Users:\n", "\n");
    } else {
        send(client.socket, "Unknown command " + verb + " \n");
    }
}

void FakeOriginal::list(const Client &client, const QByteArray &head, const QByteArray &end)
{
    QByteArray bytes = head;
    for (const QString &name : std::as_const(m_names))
        bytes += name.toUtf8() + end;
    send(client.socket, bytes);
}

void FakeOriginal::sendBytes(const QByteArray &bytes)
{
    toAll(bytes);
}

void FakeOriginal::toAll(const QByteArray &bytes, const QTcpSocket *except)
{
    const bool named = m_kind == ChatProtocol::Tea || m_kind == ChatProtocol::Wx;
    for (const Client &client : std::as_const(m_clients)) {
        if (client.socket != except && (!named || !client.name.isEmpty()))
            send(client.socket, bytes);
    }
}

void FakeOriginal::send(QTcpSocket *socket, const QByteArray &bytes) const
{
    if (!m_dribbling) {
        socket->write(bytes);
        return;
    }
    for (const char byte : bytes) {
        socket->write(&byte, 1);
        socket->flush();
    }
}

} // namespace teahouse::test
