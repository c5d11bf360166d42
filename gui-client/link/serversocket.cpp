#include "gui-client/link/serversocket.h"

#include "gui-client/link/originals/recognition.h"
#include "shared/limits.h"
#include "shared/wire/requestcodec.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QJsonDocument>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

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
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return LinkFailure::Kind::NoHandshake;
    default:
        return LinkFailure::Kind::Closed;
    }
}

bool mayRetryAfter(LinkFailure::Kind kind)
{
    return kind != LinkFailure::Kind::ProtocolMismatch && kind != LinkFailure::Kind::TooLong
            && kind != LinkFailure::Kind::NoHandshake;
}

/// By its SubjectPublicKeyInfo, which is what Qt calls the DER of a public key.
std::optional<Fingerprint> keyOf(const QSslCertificate &certificate)
{
    const QByteArray key = certificate.publicKey().toDer();
    if (key.isEmpty())
        return std::nullopt;
    return Fingerprint::fromSha256(QCryptographicHash::hash(key, QCryptographicHash::Sha256));
}

} // namespace

ServerSocket::ServerSocket(QObject *parent)
    : QObject(parent), m_socket(std::make_unique<QTcpSocket>()),
      m_reader('\n', limits::beforeLogin, limits::beforeLogin)
{
}

ServerSocket::~ServerSocket()
{
    abort(); // quietly: whoever listens is being destroyed too
}

void ServerSocket::open(const ServerAddress &address, ChatProtocol protocol, Encryption encryption)
{
    makeSocket(encryption);
    m_reader = FrameReader('\n', limits::beforeLogin, limits::beforeLogin);
    m_start.clear();
    m_slicing = m_greeted = m_spoken = false;
    m_protocol = m_tls ? ChatProtocol::Teahouse : protocol;
    if (m_tls)
        m_mode = Mode::Handshake;
    else if (protocol == ChatProtocol::Automatic)
        m_mode = Mode::Guessing;
    else
        m_mode = protocol == ChatProtocol::Teahouse ? Mode::Frames : Mode::Bytes;
    if (m_tls)
        m_tls->connectToHostEncrypted(address.host, address.port);
    else
        m_socket->connectToHost(address.host, address.port);
}

/// Another one, since one of the old one's signals may have led here.
void ServerSocket::makeSocket(Encryption encryption)
{
    abort();
    m_socket->disconnect(this);
    m_socket.release()->deleteLater();
    m_tls = nullptr;
    if (encryption == Encryption::None)
        m_socket = std::make_unique<QTcpSocket>();
    else
        makeTls();
    QTcpSocket *socket = m_socket.get();
    socket->setReadBufferSize(limits::reply);
    connect(socket, &QTcpSocket::connected, this, &ServerSocket::connected);
    connect(socket, &QTcpSocket::bytesWritten, this, [this] {
        if (m_socket->bytesToWrite() == 0)
            emit drained();
    });
    connect(socket, &QTcpSocket::readyRead, this, &ServerSocket::read);
    connect(socket, &QTcpSocket::errorOccurred, this,
            [this](QAbstractSocket::SocketError error) { socketEnded(kindOf(error)); });
    connect(socket, &QTcpSocket::disconnected, this,
            [this] { socketEnded(LinkFailure::Kind::Closed); });
}

/// The chain and the name are checked, and what is wrong with them is for the judge: most servers
/// have a key of their own making.
void ServerSocket::makeTls()
{
    auto tls = std::make_unique<QSslSocket>();
    m_tls = tls.get();
    QSslConfiguration configuration = m_tls->sslConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    m_tls->setSslConfiguration(configuration);
    connect(m_tls, &QSslSocket::sslErrors, m_tls, [socket = m_tls] { socket->ignoreSslErrors(); });
    // Not from within the handshake: the judgement may end the connection.
    connect(m_tls, &QSslSocket::encrypted, this, [this] { later(&ServerSocket::present); });
    m_socket = std::move(tls);
}

void ServerSocket::connected()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    // The originals have no word that asks whether the other side is still there.
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    if (m_mode != Mode::Handshake)
        begin();
}

void ServerSocket::present()
{
    const std::optional<Fingerprint> key = keyOf(m_tls->peerCertificate());
    if (key)
        emit presented({*key, m_tls->sslHandshakeErrors().isEmpty()});
    else
        fail(LinkFailure::Kind::NoHandshake);
}

void ServerSocket::accept()
{
    const quint64 connection = m_connection;
    m_mode = Mode::Frames;
    begin();
    if (connection == m_connection)
        read();
}

void ServerSocket::begin()
{
    const quint64 connection = m_connection;
    emit opened();
    if (connection == m_connection && m_mode != Mode::Guessing)
        emit recognised(m_protocol);
}

void ServerSocket::send(const Request &request)
{
    QByteArray line = wire::encodeRequest(request);
    if (!m_spoken)
        line.insert(line.size() - 1, '\r'); // the original tea server knows no other end
    m_socket->write(line);
}

void ServerSocket::write(const QByteArray &bytes)
{
    m_socket->write(bytes);
}

void ServerSocket::finish()
{
    m_socket->disconnectFromHost();
}

bool ServerSocket::isLocal() const
{
    return m_socket->peerAddress().isLoopback();
}

QString ServerSocket::localName() const
{
    const QHostAddress address = m_socket->localAddress();
    bool isIpv4 = false;
    const QHostAddress plain(address.toIPv4Address(&isIpv4));
    const QString host = isIpv4 ? plain.toString() : u'[' + address.toString() + u']';
    return host + u':' + QString::number(m_socket->localPort());
}

void ServerSocket::abort()
{
    ++m_connection;
    m_end.reset();
    const QSignalBlocker quiet(m_socket.get());
    m_socket->abort();
}

void ServerSocket::read()
{
    if (m_slicing)
        return;
    if (m_mode == Mode::Handshake) {
        if (m_end)
            fail(m_end->kind);
        return;
    }
    if (m_mode == Mode::Bytes) {
        takeBytes();
        return;
    }
    if (m_mode == Mode::Guessing) {
        guess();
        return;
    }
    m_reader.append(m_socket->readAll());
    const quint64 connection = m_connection;
    emit heard();
    if (connection == m_connection)
        takeSlice();
}

/// Reads the greeting, which stays in m_start for whoever speaks with the server.
void ServerSocket::guess()
{
    const quint64 connection = m_connection;
    m_start += m_socket->read(limits::beforeLogin - m_start.size());
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
    if (const QByteArray bytes = m_socket->read(bytesPerSlice); !bytes.isEmpty()) {
        emit bytesReceived(bytes);
        if (connection != m_connection)
            return;
    }
    m_slicing = m_socket->bytesAvailable() > 0;
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
        else if (m_socket->bytesAvailable() > 0)
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
    if (m_mode != Mode::Handshake && kind == LinkFailure::Kind::NoHandshake)
        kind = LinkFailure::Kind::Closed;
    // Whoever greets with a line and hangs up on our first words does not know our language.
    if (m_mode == Mode::Frames && m_greeted && !m_spoken && kind == LinkFailure::Kind::Closed)
        kind = LinkFailure::Kind::NotTeahouse;
    m_end = LinkFailure{.kind = kind};
    if (!m_slicing)
        read();
}

void ServerSocket::fail(LinkFailure::Kind kind)
{
    const QString why = kind == LinkFailure::Kind::NoHandshake ? m_socket->errorString()
                                                               : QString();
    abort();
    emit ended({.kind = kind, .text = why, .mayRetry = mayRetryAfter(kind)});
}

} // namespace teahouse::client
