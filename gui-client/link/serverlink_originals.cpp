// How ServerLink speaks with servers of other protocols; the rest is in serverlink.cpp.
#include "gui-client/link/originals/originalpeer.h"
#include "gui-client/link/serverlink.h"

namespace teahouse::client {

void ServerLink::speakOriginal(ChatProtocol protocol)
{
    m_pending.loseAll(); // the question whether our own protocol is spoken
    if (!m_as.password.isEmpty()) {
        end({.kind = LinkFailure::Kind::NoAccounts, .mayRetry = false});
        return;
    }
    if (!mayBePlain()) {
        endBeforePlain();
        return;
    }
    m_protocol = protocol;
    if (!m_peer)
        connectPeer();
    m_peer->begin({m_as.name, toString(m_address), m_socket.localName()});
}

void ServerLink::connectPeer()
{
    m_peer = std::make_unique<OriginalPeer>(m_protocol, m_tools);
    OriginalPeer *peer = m_peer.get();
    connect(&m_socket, &ServerSocket::bytesReceived, peer, &OriginalPeer::take);
    connect(&m_socket, &ServerSocket::drained, peer, &OriginalPeer::drained);
    connect(peer, &OriginalPeer::toSend, &m_socket, &ServerSocket::write);
    connect(peer, &OriginalPeer::accepted, this, &ServerLink::originalAccepted);
    connect(peer, &OriginalPeer::refused, this, &ServerLink::originalRefused);
    connect(peer, &OriginalPeer::eventReceived, this, [this](const Event &event) {
        if (m_state == State::Online)
            emit eventReceived(event);
    });
    connect(peer, &OriginalPeer::endless, this,
            [this] { end({.kind = LinkFailure::Kind::TooLong, .mayRetry = false}); });
}

void ServerLink::originalAccepted(const Greeting &greeting, const Welcome &welcome)
{
    if (m_state != State::LoggingIn)
        return;
    m_wasOnline = true;
    m_backoff.reset();
    m_deadline->stop();
    setState(State::Online);
    emit loggedIn(greeting, welcome);
}

void ServerLink::originalRefused(const Error &error, const QString &text)
{
    if (m_state != State::LoggingIn)
        return;
    // After a lost connection the name may still be held by what is left of it.
    const bool ghost = m_wasOnline && error.code == ErrorCode::NameTaken;
    end({.kind = LinkFailure::Kind::ServerError, .error = error, .text = text, .mayRetry = ghost});
}

} // namespace teahouse::client
