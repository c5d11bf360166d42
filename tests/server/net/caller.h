#pragma once

#include <QByteArray>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace teahouse::server {

/// Somebody who connects over loopback, from any of its addresses.
class Caller
{
public:
    explicit Caller(quint16 port, quint32 from = INADDR_LOOPBACK)
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(from);
        auto *bytes = reinterpret_cast<sockaddr *>(&address);
        ::bind(m_socket, bytes, sizeof address);
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::connect(m_socket, bytes, sizeof address);
    }
    ~Caller() { leave(); }
    Q_DISABLE_COPY_MOVE(Caller)

    int socket() const { return m_socket; }

    /// As much as the kernel takes; returns how much.
    qsizetype say(const QByteArray &bytes)
    {
        return ::send(m_socket, bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL);
    }

    /// All that has come so far.
    const QByteArray &heard()
    {
        std::array<char, 4096> buffer;
        ssize_t count = 0;
        while ((count = ::recv(m_socket, buffer.data(), buffer.size(), 0)) > 0)
            m_heard.append(buffer.data(), count);
        m_ended = m_ended || count == 0;
        m_reset = m_reset || (count < 0 && errno != EAGAIN);
        return m_heard;
    }

    /// Drops what has been heard.
    void forget() { m_heard.clear(); }

    bool hasEnded() { return heard(), m_ended; }
    bool wasReset() { return heard(), m_reset; }

    void leave()
    {
        if (m_socket >= 0)
            ::close(std::exchange(m_socket, -1));
    }

    /// Ends with a reset.
    void vanish()
    {
        const linger now = {1, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        leave();
    }

private:
    int m_socket;
    QByteArray m_heard;
    bool m_ended = false;
    bool m_reset = false;
};

} // namespace teahouse::server
