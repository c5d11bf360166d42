#include "gui-client/link/serversocket.h"

#include "gui-client/link/originals/recognition.h"
#include "shared/limits.h"
#include "shared/wire/requestcodec.h"

#include <QHostAddress>
#include <QJsonDocument>

#include <utility>

namespace teahouse::client {

namespace {

using namespace Qt::StringLiterals;

constexpr int framesPerSlice = 64;
constexpr qsizetype bytesPerSlice = 16 * 1024;

LinkFailure::Kind kindOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return LinkFailure::Kind::HostNotFound;
    case QAbstractSocket::ConnectionRefusedError:
        return LinkFailure::Kind::Refused;
    case QAbstractSocket::SocketTimeoutError:
        return LinkFailure::Kind::TimedOut;
    case QAbstractSocket::NetworkError:
        return LinkFailure::Kind::Unreachable;
    default:
        return LinkFailure::Kind::Closed;
    }
}

bool mayRetryAfter(LinkFailure::Kind kind)
{
    return kind != LinkFailure::Kind::ProtocolMismatch && kind != LinkFailure::Kind::TooLong;
}

} // namespace

ServerSocket::ServerSocket(QObject *parent)
    : QObject(parent), m_reader('\n', limits::beforeLogin, limits::beforeLogin)
{
    m_socket.setReadBufferSize(limits::reply);
    connect(&m_socket, &QTcpSocket::connected, this, &ServerSocket::connected);
    connect(&m_socket, &QTcpSocket::bytesWritten, this, [this] {
        if (m_socket.bytesToWrite() == 0)
            emit drained();
    });
    connect(&m_socket, &QTcpSocket::readyRead, this, &ServerSocket::read);
    connect(&m_socket, &QTcpSocket::errorOccurred, this,
            [this](QAbstractSocket::SocketError error) { socketEnded(kindOf(error)); });
    connect(&m_socket, &QTcpSocket::disconnected, this,
            [this] { socketEnded(LinkFailure::Kind::Closed); });
}

ServerSocket::~ServerSocket()
{
    abort(); // quietly: whoever listens is being destroyed too
}

void ServerSocket::open(const ServerAddress &address, ChatProtocol protocol)
{
    abort();
    m_reader = FrameReader('\n', limits::beforeLogin, limits::beforeLogin);
    m_start.clear();
    m_slicing = m_greeted = m_spoken = false;
    m_protocol = protocol;
    if (protocol == ChatProtocol::Automatic)
        m_mode = Mode::Guessing;
    else
        m_mode = protocol == ChatProtocol::Teahouse ? Mode::Frames : Mode::Bytes;
    m_socket.connectToHost(address.host, address.port);
}

void ServerSocket::connected()
{
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    // The originals have no word that asks whether the other side is still there.
    m_socket.setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    const quint64 connection = m_connection;
    emit opened();
    if (connection == m_connection && m_mode != Mode::Guessing)
        emit recognised(m_protocol);
}

void ServerSocket::send(const Request &request)
{
    m_socket.write(wire::encodeRequest(request));
}

void ServerSocket::write(const QByteArray &bytes)
{
    m_socket.write(bytes);
}

void ServerSocket::finish()
{
    m_socket.disconnectFromHost();
}

bool ServerSocket::isLocal() const
{
    return m_socket.peerAddress().isLoopback();
}

QString ServerSocket::localName() const
{
    const QHostAddress address = m_socket.localAddress();
    bool isIpv4 = false;
    const QHostAddress plain(address.toIPv4Address(&isIpv4));
    const QString host = isIpv4 ? plain.toString() : u'[' + address.toString() + u']';
    return host + u':' + QString::number(m_socket.localPort());
}

void ServerSocket::abort()
{
    ++m_connection;
    m_end.reset();
    const QSignalBlocker quiet(m_socket);
    m_socket.abort();
}

void ServerSocket::read()
{
    if (m_slicing)
        return;
    if (m_mode == Mode::Bytes) {
        takeBytes();
        return;
    }
    if (m_mode == Mode::Guessing) {
        guess();
        return;
    }
    m_reader.append(m_socket.readAll());
    const quint64 connection = m_connection;
    emit heard();
    if (connection == m_connection)
        takeSlice();
}

/// Reads the greeting, which stays in m_start for whoever speaks with the server.
void ServerSocket::guess()
{
    const quint64 connection = m_connection;
    m_start += m_socket.read(limits::beforeLogin - m_start.size());
    switch (recognise(m_start)) {
    case Recognised::NotYet:
        if (m_end)
            fail(m_end->kind);
        break;
    case Recognised::Welcome:
        m_mode = Mode::Frames;
        m_reader.append(m_start);
        emit recognised(ChatProtocol::Teahouse);
        if (connection == m_connection)
            read();
        break;
    case Recognised::Wx:
        speakOriginal(ChatProtocol::Wx, std::exchange(m_start, {}));
        break;
    case Recognised::Guest:
        speakOriginal(ChatProtocol::Guest, std::exchange(m_start, {}));
        break;
    case Recognised::Stranger:
        fail(LinkFailure::Kind::NotTeahouse);
        break;
    }
}

void ServerSocket::speakOriginal(ChatProtocol protocol, const QByteArray &first)
{
    m_mode = Mode::Bytes;
    const quint64 connection = m_connection;
    emit recognised(protocol);
    if (connection == m_connection)
        emit bytesReceived(first);
    if (connection == m_connection)
        takeBytes();
}

void ServerSocket::takeBytes()
{
    const quint64 connection = m_connection;
    if (const QByteArray bytes = m_socket.read(bytesPerSlice); !bytes.isEmpty()) {
        emit bytesReceived(bytes);
        if (connection != m_connection)
            return;
    }
    m_slicing = m_socket.bytesAvailable() > 0;
    if (m_slicing)
        later(&ServerSocket::takeBytes);
    else if (m_end)
        fail(m_end->kind);
}

/// Goes on when the windows have had their turn, unless the connection is another one by then.
void ServerSocket::later(void (ServerSocket::*step)())
{
    const quint64 connection = m_connection;
    const auto goOn = [this, connection, step] {
        if (connection == m_connection)
            (this->*step)();
    };
    QMetaObject::invokeMethod(this, goOn, Qt::QueuedConnection);
}

void ServerSocket::takeSlice()
{
    const quint64 connection = m_connection;
    QByteArray frame;
    for (int i = 0; i < framesPerSlice; ++i) {
        const FrameReader::Status status = m_reader.next(frame);
        if (status == FrameReader::Status::Frame) {
            takeFrame(frame);
            if (connection != m_connection || m_mode != Mode::Frames)
                return;
            continue;
        }
        m_slicing = false;
        if (status != FrameReader::Status::Incomplete)
            fail(m_spoken ? LinkFailure::Kind::TooLong : LinkFailure::Kind::NotTeahouse);
        else if (m_socket.bytesAvailable() > 0)
            read();
        else if (m_end)
            fail(m_end->kind);
        return;
    }
    m_slicing = true;
    later(&ServerSocket::takeSlice);
}

void ServerSocket::takeFrame(const QByteArray &frame)
{
    const QJsonDocument document = QJsonDocument::fromJson(frame);
    if (!document.isObject()) {
        takeWords(frame);
    } else if (document.object().contains("do"_L1)) {
        // Our own question: whatever we say there is heard by everybody.
        fail(LinkFailure::Kind::NotTeahouse);
    } else {
        if (!m_spoken)
            m_reader.setLimits(limits::reply, limits::reply);
        m_spoken = true;
        emit received(document.object());
    }
}

/// A line that is not JSON: the greeting, or the answer of a server that does not know it.
void ServerSocket::takeWords(const QByteArray &frame)
{
    if (m_spoken) {
        fail(LinkFailure::Kind::ProtocolMismatch);
    } else if (!m_greeted) {
        m_greeted = true;
        m_start = frame;
    } else if (m_protocol == ChatProtocol::Automatic && isTeaAnswer(frame)) {
        m_slicing = false;
        speakOriginal(ChatProtocol::Tea, m_start + '\n' + m_reader.takePending());
    } else {
        fail(LinkFailure::Kind::NotTeahouse);
    }
}

void ServerSocket::socketEnded(LinkFailure::Kind kind)
{
    if (m_end)
        return;
    // Whoever greets with a line and hangs up on our first words does not know our language.
    if (m_mode == Mode::Frames && m_greeted && !m_spoken && kind == LinkFailure::Kind::Closed)
        kind = LinkFailure::Kind::NotTeahouse;
    m_end = LinkFailure{.kind = kind};
    if (!m_slicing)
        read();
}

void ServerSocket::fail(LinkFailure::Kind kind)
{
    abort();
    emit ended({.kind = kind, .mayRetry = mayRetryAfter(kind)});
}

} // namespace teahouse::client
