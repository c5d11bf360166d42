#pragma once

#include <QByteArray>

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace teahouse::server {

/// Two connected stream sockets; the far one is the test's own.
class SocketPair
{
public:
    SocketPair()
    {
        ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, m_ends.data());
        m_near = m_ends[0];
    }
    ~SocketPair()
    {
        closeNear();
        closeFar();
    }
    Q_DISABLE_COPY_MOVE(SocketPair)

    /// Also after it was taken.
    int near() const { return m_near; }
    int far() const { return m_ends[1]; }
    int takeNear() { return std::exchange(m_ends[0], -1); }
    void closeNear() { close(m_ends[0]); }
    void closeFar() { close(m_ends[1]); }

    /// Makes the kernel refuse early.
    void shrink()
    {
        const int smallest = 1;
        ::setsockopt(near(), SOL_SOCKET, SO_SNDBUF, &smallest, sizeof smallest);
    }

    void say(const QByteArray &bytes)
    {
        (void)!::send(far(), bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL);
    }

    /// All that has arrived at the far end, at most `most` bytes.
    QByteArray hear(qsizetype most = 1 << 24)
    {
        QByteArray all;
        std::array<char, 4096> buffer;
        while (all.size() < most) {
            const size_t room = std::min(buffer.size(), size_t(most - all.size()));
            const ssize_t count = ::recv(far(), buffer.data(), room, 0);
            if (count <= 0)
                break;
            all.append(buffer.data(), count);
        }
        return all;
    }

private:
    static void close(int &descriptor)
    {
        if (descriptor >= 0)
            ::close(std::exchange(descriptor, -1));
    }

    std::array<int, 2> m_ends = {-1, -1};
    int m_near = -1;
};

} // namespace teahouse::server
