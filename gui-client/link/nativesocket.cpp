#include "gui-client/link/nativesocket.h"

#include "shared/limits.h"
#include "shared/wire/requestcodec.h"

#include <QJsonDocument>

namespace teahouse::client {

namespace {

constexpr int framesPerSlice = 64;

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

NativeSocket::NativeSocket(QObject *parent)
    : QObject(parent), m_reader('\n', limits::beforeLogin, limits::beforeLogin)
{
    m_socket.setReadBufferSize(limits::reply);
    connect(&m_socket, &QTcpSocket::connected, this, [this] {
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        emit opened();
    });
    connect(&m_socket, &QTcpSocket::readyRead, this, &NativeSocket::read);
    connect(&m_socket, &QTcpSocket::errorOccurred, this,
            [this](QAbstractSocket::SocketError error) { socketEnded(kindOf(error)); });
    connect(&m_socket, &QTcpSocket::disconnected, this,
            [this] { socketEnded(LinkFailure::Kind::Closed); });
}

NativeSocket::~NativeSocket()
{
    abort(); // quietly: whoever listens is being destroyed too
}

void NativeSocket::open(const ServerAddress &address)
{
    abort();
    m_reader = FrameReader('\n', limits::beforeLogin, limits::beforeLogin);
    m_slicing = m_greeted = m_spoken = false;
    m_socket.connectToHost(address.host, address.port);
}

void NativeSocket::send(const Request &request)
{
    m_socket.write(wire::encodeRequest(request));
}

void NativeSocket::abort()
{
    ++m_connection;
    m_end.reset();
    const QSignalBlocker quiet(m_socket);
    m_socket.abort();
}

void NativeSocket::read()
{
    if (m_slicing)
        return;
    m_reader.append(m_socket.readAll());
    const quint64 connection = m_connection;
    emit heard();
    if (connection == m_connection)
        takeSlice();
}

void NativeSocket::takeSlice()
{
    const quint64 connection = m_connection;
    QByteArray frame;
    for (int i = 0; i < framesPerSlice; ++i) {
        const FrameReader::Status status = m_reader.next(frame);
        if (status == FrameReader::Status::Frame) {
            takeFrame(frame);
            if (connection != m_connection)
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
    const auto goOn = [this, connection] {
        if (connection == m_connection)
            takeSlice();
    };
    QMetaObject::invokeMethod(this, goOn, Qt::QueuedConnection);
}

void NativeSocket::takeFrame(const QByteArray &frame)
{
    const QJsonDocument document = QJsonDocument::fromJson(frame);
    if (document.isObject()) {
        if (!m_spoken)
            m_reader.setLimits(limits::reply, limits::reply);
        m_spoken = true;
        emit received(document.object());
    } else if (m_spoken) {
        fail(LinkFailure::Kind::ProtocolMismatch);
    } else if (m_greeted) {
        fail(LinkFailure::Kind::NotTeahouse);
    } else {
        m_greeted = true;
    }
}

void NativeSocket::socketEnded(LinkFailure::Kind kind)
{
    if (m_end)
        return;
    // Whoever greets with a line and hangs up on our first words does not know our language.
    if (m_greeted && !m_spoken && kind == LinkFailure::Kind::Closed)
        kind = LinkFailure::Kind::NotTeahouse;
    m_end = LinkFailure{.kind = kind};
    if (!m_slicing)
        read();
}

void NativeSocket::fail(LinkFailure::Kind kind)
{
    abort();
    emit ended({.kind = kind, .mayRetry = mayRetryAfter(kind)});
}

} // namespace teahouse::client
