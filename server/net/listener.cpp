#include "server/net/listener.h"

#include <QHostAddress>
#include <QHostInfo>

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace teahouse::server {

namespace {

/// A burst of connects beyond the backlog waits a second each for the next SYN.
constexpr int backlog = 4096;

QHostAddress addressOf(const QString &host)
{
    if (host.isEmpty())
        return QHostAddress(QHostAddress::Any);
    const QHostAddress address(host);
    if (!address.isNull())
        return address;
    return QHostInfo::fromName(host).addresses().value(0);
}

/// Errors of the one who has just connected, and of nobody else.
bool isOfOneConnection(int error)
{
    switch (error) {
    case EINTR:
    case ECONNABORTED:
    case EPROTO:
    case EPERM: // a firewall's word
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTUNREACH:
        return true;
    default:
        return false;
    }
}

} // namespace

Listener::Listener(Poller &poller) : m_watch(poller, *this)
{
    m_server.setListenBacklogSize(backlog);
}

bool Listener::open(const QString &host, quint16 port)
{
    const QHostAddress address = addressOf(host);
    if (address.isNull()) { // which QTcpServer would take for all addresses
        m_problem = QStringLiteral("the host %1 is not known").arg(host);
        return false;
    }
    if (!m_server.listen(address, port)) {
        m_problem = m_server.errorString();
        return false;
    }
    m_server.pauseAccepting(); // for good: accepting is done here
    if (!m_watch.watch(int(m_server.socketDescriptor()), PollEvent::Readable)) {
        m_problem = QString::fromLocal8Bit(std::strerror(errno));
        m_server.close();
    }
    return isListening();
}

void Listener::hold()
{
    m_held = true;
    m_watch.setInterest({});
}

void Listener::resume()
{
    m_held = false;
    m_watch.setInterest(PollEvent::Readable);
}

void Listener::onReady(PollEvents)
{
    m_watch.wantTurn(Turns::Kind::Fresh);
}

/// Those who come wait behind those who came before and have something to say.
void Listener::onTurn(Turn &turn)
{
    while (isListening() && !m_held && !turn.isUsedUp()) {
        if (!acceptOne())
            return;
        --turn.frames;
    }
}

/// False: there is nobody, or nobody can be accepted now.
bool Listener::acceptOne()
{
    const int descriptor = ::accept(int(m_server.socketDescriptor()), nullptr, nullptr);
    if (descriptor >= 0) {
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        emit accepted(descriptor);
        return true;
    }
    if (isOfOneConnection(errno))
        return true;
    if (errno != EAGAIN && errno != EWOULDBLOCK)
        emit exhausted();
    return false;
}

} // namespace teahouse::server
