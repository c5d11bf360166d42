#pragma once

#include "gui-client/link/linkfailure.h"
#include "gui-client/link/serveraddress.h"
#include "gui-client/link/trust.h"
#include "shared/chatprotocol.h"
#include "shared/framereader.h"
#include "shared/request.h"

#include <QJsonObject>
#include <QTcpSocket>

#include <memory>

class QSslSocket;

namespace teahouse::client {

/// One connection to a server, encrypted by TLS (RFC 8446) or not. What is encrypted waits for the
/// judgement of the key before a byte of ours is sent. Finds out what is spoken there unless it is
/// told; hands on JSON objects where it is our own protocol and bytes where it is another one.
/// Skips our server's greeting, bounds what it reads, and notices a server that speaks something
/// else. Long input is handed on in slices, so that a flooding server does not hold up the windows.
/// Knows neither verbs nor who is logged in.
class ServerSocket : public QObject
{
    Q_OBJECT

public:
    explicit ServerSocket(QObject *parent = nullptr);
    ~ServerSocket() override;

    enum class Encryption {
        None,
        FromTheStart, ///< the first byte is one of a TLS hello; our own protocol is spoken in it
    };

    /// Connects, to each address of the host in turn. Ends what was there before without a signal.
    void open(const ServerAddress &address, ChatProtocol protocol,
              Encryption encryption = Encryption::None);

    /// The key that was presented is the right one: goes on, with opened().
    void accept();

    void send(const Request &request);
    void write(const QByteArray &bytes);

    /// Ends once everything is written; ended() follows.
    void finish();

    /// Ends without a signal; what is not written yet is lost.
    void abort();

    /// The own end of the connection as `HOST:PORT`.
    QString localName() const;

    /// Whether nobody but this computer sees what is sent.
    bool isLocal() const;

    /// Whether what is sent is encrypted for a key that was accepted.
    bool isEncrypted() const { return m_tls && m_mode != Mode::Handshake; }

signals:
    /// The handshake is done, and nothing else happens until accept().
    void presented(const teahouse::client::PresentedKey &key);

    void opened();

    /// What is spoken is known: at once where it was told. May be taken back: a server that greets
    /// like ours and answers like a tea server is Teahouse first and then Tea.
    void recognised(teahouse::ChatProtocol protocol);

    /// Some bytes have come, not necessarily a whole object.
    void heard();
    void received(const QJsonObject &object);
    /// With an original protocol, from the server's first byte on.
    void bytesReceived(const QByteArray &bytes);
    /// Everything is written.
    void drained();
    /// The connection is over, or never came about. Not after abort().
    void ended(const LinkFailure &failure);

private:
    enum class Mode { Handshake, Guessing, Frames, Bytes };

    void makeSocket(Encryption encryption);
    void makeTls();
    void connected();
    void present();
    void begin();
    void read();
    void guess();
    void speakOriginal(ChatProtocol protocol, const QByteArray &first);
    void takeSlice();
    void takeBytes();
    void later(void (ServerSocket::*step)());
    void takeFrame(const QByteArray &frame);
    void takeWords(const QByteArray &frame);
    void socketEnded(LinkFailure::Kind kind);
    void fail(LinkFailure::Kind kind);

    std::unique_ptr<QTcpSocket> m_socket; ///< never null; another one for each connection
    QSslSocket *m_tls = nullptr;          ///< the same one, where it is encrypted
    FrameReader m_reader;
    QByteArray m_start;               ///< what has come while guessing; then the greeting
    std::optional<LinkFailure> m_end; ///< the socket is gone; told once all input is handed on
    quint64 m_connection = 0;         ///< tells a signal handler's new connection from the old one
    ChatProtocol m_protocol = ChatProtocol::Teahouse;
    Mode m_mode = Mode::Frames;
    bool m_slicing = false; ///< the rest of the input waits for the event loop
    bool m_greeted = false; ///< the one line that is not JSON has come
    bool m_spoken = false;  ///< a JSON object has come
};

} // namespace teahouse::client
