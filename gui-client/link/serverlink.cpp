#include "gui-client/link/serverlink.h"

#include "gui-client/link/originals/originalpeer.h"
#include "shared/wire/eventcodec.h"
#include "shared/wire/requestcodec.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>
#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

Request nativeRequest(const QString &verb, const QJsonObject &fields)
{
    Request request;
    request.verb = verb;
    request.form = Form::Object;
    request.fields = wire::toFields(fields);
    return request;
}

ServerLink::ServerLink(LinkTools tools, QObject *parent)
    : QObject(parent), m_tools(std::move(tools)),
      m_liveness(
              m_tools.alarms, m_tools.liveness,
              [this] { send(nativeRequest(u"ping"_s), {}, this); },
              [this] { end({.kind = LinkFailure::Kind::TimedOut}); }),
      m_deadline(m_tools.alarms([this] { end({.kind = LinkFailure::Kind::TimedOut}); })),
      m_tick(m_tools.alarms([this] { tick(); })), m_silence(m_tools.alarms([this] {
          end({.kind = LinkFailure::Kind::Silent, .mayRetry = false});
      }))
{
    connect(&m_socket, &ServerSocket::presented, this, &ServerLink::judgeKey);
    connect(&m_socket, &ServerSocket::opened, this, &ServerLink::opened);
    connect(&m_socket, &ServerSocket::recognised, this, &ServerLink::recognised);
    connect(&m_socket, &ServerSocket::received, this, &ServerLink::take);
    connect(&m_socket, &ServerSocket::ended, this, &ServerLink::socketEnded);
    connect(&m_socket, &ServerSocket::heard, this, [this] {
        if (m_state == State::Online)
            m_liveness.heard();
    });
}

ServerLink::~ServerLink() = default;

void ServerLink::open(const ServerAddress &address, const Credentials &as, ChatProtocol protocol,
                      const Acquaintance &known)
{
    m_socket.abort();
    loseRequests();
    if (m_peer)
        m_peer.release()->deleteLater(); // it may have led here
    m_protocol = protocol;
    m_address = address;
    m_as = as;
    m_known = known;
    if (known.trust || known.pinned || !known.announced.isEmpty())
        m_encryption = Encryption::Known;
    else
        m_encryption = known.tryEncrypted ? Encryption::Wanted : Encryption::None;
    m_handshakes = 0;
    m_resume.clear();
    m_greeting = {};
    m_wasOnline = false;
    m_notBefore = 0;
    m_backoff.reset();
    connectNow();
}

void ServerLink::connectNow()
{
    m_tick->stop();
    m_liveness.stop();
    m_deadline->start(m_tools.handshake);
    setState(State::Connecting);
    m_socket.open(m_address, m_protocol,
                  m_encryption == Encryption::None ? ServerSocket::Encryption::None
                                                   : ServerSocket::Encryption::FromTheStart);
}

void ServerLink::opened()
{
    setState(State::LoggingIn);
    if (m_protocol == ChatProtocol::Automatic)
        m_silence->start(m_tools.greeting);
}

void ServerLink::recognised(ChatProtocol protocol)
{
    m_silence->stop();
    if (protocol != ChatProtocol::Teahouse)
        speakOriginal(protocol);
    else if (m_as.name.isEmpty())
        end({.kind = LinkFailure::Kind::ServerError,
             .error = {.code = ErrorCode::NameEmpty},
             .mayRetry = false});
    else
        greet();
}

void ServerLink::greet()
{
    const QString client = QCoreApplication::applicationName() + u'/'
            + QCoreApplication::applicationVersion();
    send(
            nativeRequest(u"hello"_s,
                          {{"client"_L1, client},
                           {"lang"_L1, QLocale().bcp47Name()},
                           {"protocol"_L1, QJsonArray{1}}}),
            [this](const Outcome &outcome) { greeted(outcome); }, this);
}

void ServerLink::greeted(const Outcome &outcome)
{
    if (outcome.kind == Outcome::Kind::Lost)
        return;
    const auto *greeting = outcome.as<Greeting>();
    if (!greeting) {
        const bool passing = isPassing(outcome.error.code);
        end({.kind = passing ? LinkFailure::Kind::ServerError : LinkFailure::Kind::ProtocolMismatch,
             .error = outcome.error,
             .text = outcome.text,
             .mayRetry = passing});
    } else if (greeting->protocol != 1) {
        end({.kind = LinkFailure::Kind::ProtocolMismatch, .mayRetry = false});
    } else {
        m_greeting = *greeting;
        const bool isOffered = greeting->features.contains("tls"_L1);
        // A session that has begun without encryption goes on as it was found.
        if (m_encryption == Encryption::None && isOffered && !m_wasOnline)
            encrypt();
        else if (!m_socket.isEncrypted() && !mayBePlain())
            endBeforePlain();
        else
            login();
    }
}

void ServerLink::login()
{
    if (!m_as.password.isEmpty() && !isPasswordSafe())
        end({.kind = LinkFailure::Kind::PlainText, .mayRetry = false});
    else if (m_as.isNew)
        sendRegister();
    else
        sendLogin();
}

void ServerLink::sendLogin()
{
    QJsonObject fields{{"name"_L1, m_as.name}};
    if (!m_as.password.isEmpty())
        fields["password"_L1] = m_as.password;
    else if (!m_resume.isEmpty())
        fields["resume"_L1] = m_resume;
    else if (!m_as.invite.isEmpty())
        fields["invite"_L1] = m_as.invite;
    send(
            nativeRequest(u"login"_s, fields),
            [this](const Outcome &outcome) { loginAnswered(outcome); }, this);
}

void ServerLink::sendRegister()
{
    QJsonObject fields{{"name"_L1, m_as.name}, {"password"_L1, m_as.password}};
    if (!m_as.invite.isEmpty())
        fields["invite"_L1] = m_as.invite;
    send(
            nativeRequest(u"register"_s, fields),
            [this](const Outcome &outcome) { loginAnswered(outcome); }, this);
}

void ServerLink::loginAnswered(const Outcome &outcome)
{
    const auto *welcome = outcome.as<Welcome>();
    if (!welcome) {
        loginRefused(outcome);
        return;
    }
    m_protocol = ChatProtocol::Teahouse;
    m_resume = welcome->resume;
    m_as.isNew = false; // from now on it is an account like any other
    m_as.invite.clear();
    if (!welcome->user.registered)
        m_as.password.clear();
    m_wasOnline = true;
    m_notBefore = 0;
    m_backoff.reset();
    m_deadline->stop();
    m_liveness.heard();
    setState(State::Online);
    emit loggedIn(m_greeting, *welcome);
}

void ServerLink::loginRefused(const Outcome &outcome)
{
    if (outcome.kind != Outcome::Kind::Refused)
        return;
    const bool passing = isPassing(outcome.error.code);
    // The secret may be too old, or the server another one: as a new guest it may still work.
    if (!m_resume.isEmpty() && !passing && outcome.error.code != ErrorCode::Banned) {
        m_resume.clear();
        login();
        return;
    }
    m_notBefore = std::max(0, outcome.error.retryMs);
    end({.kind = LinkFailure::Kind::ServerError,
         .error = outcome.error,
         .text = outcome.text,
         .mayRetry = passing});
}

void ServerLink::keepPassword(const QString &password)
{
    m_as.password = password;
    m_resume.clear();
}

void ServerLink::take(const QJsonObject &object)
{
    if (object.contains("ev"_L1))
        takeEvent(object);
    else
        m_pending.answer(object);
}

void ServerLink::takeEvent(const QJsonObject &object)
{
    const std::optional<Event> event = wire::decodeEvent(object);
    if (!event)
        return;
    if (const auto *closing = std::get_if<Closing>(&*event)) {
        end({.kind = LinkFailure::Kind::Closing,
             .closing = *closing,
             .text = closing->text,
             .mayRetry = object["retry"_L1].toBool(mayReconnect(closing->code))});
    } else if (std::holds_alternative<Ping>(*event)) {
        send(nativeRequest(u"ping"_s), {}, this);
    } else if (m_state == State::Online) {
        emit eventReceived(*event);
    }
}

void ServerLink::request(Request request, OutcomeHandler handler, QObject *context)
{
    if (m_state == State::Online && m_peer)
        m_peer->request(request, std::move(handler), context);
    else if (m_state == State::Online)
        send(std::move(request), std::move(handler), context);
    else if (handler)
        handler({.kind = Outcome::Kind::Lost});
}

void ServerLink::send(Request request, OutcomeHandler handler, QObject *context)
{
    request.id = m_pending.add(request.verb, std::move(handler), context);
    m_socket.send(request);
}

void ServerLink::logout()
{
    if (m_state != State::Online) {
        finishLogout();
        return;
    }
    m_deadline->start(m_tools.farewell);
    if (m_peer) {
        setState(State::LoggingOut);
        m_socket.write(m_peer->farewell());
        m_socket.finish();
        return;
    }
    // Sent before the state changes; after it nothing else is.
    send(nativeRequest(u"logout"_s), {}, this);
    setState(State::LoggingOut);
}

void ServerLink::loseRequests()
{
    m_pending.loseAll();
    if (m_peer)
        m_peer->end();
}

void ServerLink::finishLogout()
{
    m_socket.abort();
    m_liveness.stop();
    m_deadline->stop();
    m_tick->stop();
    m_silence->stop();
    m_wasOnline = false;
    m_resume.clear();
    m_as.forgetSecrets();
    setState(State::Idle);
    loseRequests();
    emit loggedOut();
}

void ServerLink::reconnectNow()
{
    if (m_state == State::Waiting || (m_state == State::Idle && m_wasOnline))
        connectNow();
}

void ServerLink::stop()
{
    if (!m_wasOnline || m_state == State::Online || m_state == State::LoggingOut)
        return;
    m_socket.abort();
    m_deadline->stop();
    m_tick->stop();
    m_silence->stop();
    setState(State::Idle);
    loseRequests();
}

void ServerLink::end(const LinkFailure &failure)
{
    if (m_state == State::LoggingOut) {
        finishLogout();
        return;
    }
    m_socket.abort();
    m_deadline->stop();
    m_liveness.stop();
    m_silence->stop();
    const bool again = m_wasOnline && failure.mayRetry;
    const bool wasOnline = m_state == State::Online;
    setState(again ? State::Waiting : State::Idle);
    loseRequests();
    if (again) {
        if (wasOnline)
            emit lost(failure);
        wait();
    } else {
        m_wasOnline = false;
        m_as.forgetSecrets();
        emit failed(failure);
    }
}

void ServerLink::wait()
{
    if (m_state != State::Waiting)
        return;
    using namespace std::chrono;
    const milliseconds delay = std::max(m_backoff.next(m_tools.random()),
                                        milliseconds(std::exchange(m_notBefore, 0)));
    const milliseconds odd = delay % seconds(1);
    m_secondsLeft = static_cast<int>(ceil<seconds>(delay).count());
    m_tick->start(odd == milliseconds(0) ? seconds(1) : odd);
    emit reconnecting(m_secondsLeft);
}

void ServerLink::tick()
{
    if (--m_secondsLeft <= 0) {
        connectNow();
        return;
    }
    m_tick->start(std::chrono::seconds(1));
    emit reconnecting(m_secondsLeft);
}

void ServerLink::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged(state);
}

} // namespace teahouse::client
