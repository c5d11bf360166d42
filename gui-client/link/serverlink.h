#pragma once

#include "gui-client/link/backoff.h"
#include "gui-client/link/credentials.h"
#include "gui-client/link/linktools.h"
#include "gui-client/link/pendingrequests.h"
#include "gui-client/link/serversocket.h"
#include "shared/event.h"

namespace teahouse::client {

class OriginalPeer;

/// The session with a server: connects, logs in, notices a dead path, comes back by itself, and
/// matches replies with requests. Knows the verbs hello, login, ping and logout only; what rooms
/// and messages are is ChatSession's. With a server of another protocol an OriginalPeer takes the
/// requests and tells the events.
class ServerLink : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle, ///< no connection, and none will come by itself
        Connecting,
        LoggingIn, ///< connected
        Online,
        Waiting, ///< for the next attempt to reconnect
        LoggingOut,
    };
    Q_ENUM(State)

    explicit ServerLink(LinkTools tools, QObject *parent = nullptr);
    ~ServerLink() override;

    State state() const { return m_state; }

    /// A new session, in place of any other one. What is known of the server decides how it is met:
    /// encrypted at once, or first listened to.
    void open(const ServerAddress &address, const Credentials &as,
              ChatProtocol protocol = ChatProtocol::Teahouse, const Acquaintance &known = {});

    /// What is spoken; Automatic until that is known.
    ChatProtocol protocol() const { return m_protocol; }

    /// Whether this session is encrypted, and so stays.
    bool isEncrypted() const { return m_known.trust.has_value(); }

    /// What the server has said of itself; empty until it has.
    const Greeting &greeting() const { return m_greeting; }

    /// Whether a password may be sent: the way is safe, or the person has agreed.
    bool isPasswordSafe() const
    {
        return m_socket.isEncrypted() || m_as.overPlainText || m_socket.isLocal();
    }
    void allowPlainText() { m_as.overPlainText = true; }

    /// One is an account with this password now: by it one comes back.
    void keepPassword(const QString &password);

    /// Ends the session in good order; loggedOut() follows, at the latest after the farewell time.
    void logout();

    /// Tries again now instead of after the wait, or after stop().
    void reconnectNow();

    /// No further attempts to reconnect until reconnectNow().
    void stop();

    /// Sends a request; `request.id` is set here. The handler is called once: with the reply, or
    /// with Lost when the connection ends first, which is at once when there is none. Not called
    /// when `context` has died.
    void request(Request request, OutcomeHandler handler, QObject *context);

signals:
    void stateChanged(teahouse::client::ServerLink::State state);
    /// The server was met encrypted, and its key was accepted. From now on it is that key.
    void secured(const teahouse::client::ServerTrust &trust);
    void loggedIn(const teahouse::Greeting &greeting, const teahouse::Welcome &welcome);
    void eventReceived(const teahouse::Event &event);
    /// The connection has ended and will be tried again; all requests have been ended before.
    void lost(const teahouse::client::LinkFailure &failure);
    /// The next attempt is so many seconds away; told every second.
    void reconnecting(int seconds);
    /// There is no session and none will come by itself.
    void failed(const teahouse::client::LinkFailure &failure);
    void loggedOut();

private:
    /// Why the connection is encrypted from its first byte.
    enum class Encryption {
        None,
        Wanted,    ///< to try it
        Announced, ///< by the server, over a connection that was not
        Known,     ///< by an earlier meeting, or by a link
    };

    void connectNow();
    void judgeKey(const PresentedKey &presented);
    void socketEnded(const LinkFailure &failure);
    LinkFailure::Kind withoutHandshake() const;
    bool mayBePlain() const { return m_known.mayBePlain || m_socket.isLocal(); }
    void endBeforePlain();
    void opened();
    void recognised(ChatProtocol protocol);
    void speakOriginal(ChatProtocol protocol);
    void connectPeer();
    void originalAccepted(const Greeting &greeting, const Welcome &welcome);
    void originalRefused(const Error &error, const QString &text);
    void greet();
    void greeted(const Outcome &outcome);
    void encrypt();
    void login();
    void sendLogin();
    void sendRegister();
    void loginAnswered(const Outcome &outcome);
    void loginRefused(const Outcome &outcome);
    void take(const QJsonObject &object);
    void takeEvent(const QJsonObject &object);
    void send(Request request, OutcomeHandler handler, QObject *context);
    void end(const LinkFailure &failure);
    void loseRequests();
    void finishLogout();
    void wait();
    void tick();
    void setState(State state);

    LinkTools m_tools;
    ServerSocket m_socket;
    PendingRequests m_pending;
    Liveness m_liveness;
    Backoff m_backoff;
    std::unique_ptr<Alarm> m_deadline; ///< of the handshake, or of the logout
    std::unique_ptr<Alarm> m_tick;
    std::unique_ptr<Alarm> m_silence;     ///< rings when no greeting comes
    std::unique_ptr<OriginalPeer> m_peer; ///< null with our own protocol
    ServerAddress m_address;
    Credentials m_as;
    Acquaintance m_known;
    Encryption m_encryption = Encryption::None;
    int m_handshakes = 0; ///< failed ones, one after the other
    QString m_resume;
    Greeting m_greeting;
    ChatProtocol m_protocol = ChatProtocol::Teahouse;
    State m_state = State::Idle;
    int m_secondsLeft = 0;
    int m_notBefore = 0;      ///< milliseconds that the server wants to be left alone
    bool m_wasOnline = false; ///< this session was logged in once: it is worth coming back to
};

/// A request of the native protocol.
Request nativeRequest(const QString &verb, const QJsonObject &fields = {});

} // namespace teahouse::client
