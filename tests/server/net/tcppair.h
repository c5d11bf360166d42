#pragma once

#include <QtGlobal>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace teahouse::server {

/// Both ends of a TCP connection over loopback, for what a socket pair cannot do: resets.
class TcpPair
{
public:
    TcpPair()
    {
        const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = {};
        socklen_t size = sizeof address;
        auto *bytes = reinterpret_cast<sockaddr *>(&address);
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(listener, bytes, size);
        ::listen(listener, 1);
        ::getsockname(listener, bytes, &size);
        far = ::socket(AF_INET, SOCK_STREAM, 0);
        ::connect(far, bytes, size);
        near = ::accept(listener, nullptr, nullptr);
        ::close(listener);
        for (const int end : {near, far})
            ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    ~TcpPair()
    {
        close(near);
        close(far);
    }
    Q_DISABLE_COPY_MOVE(TcpPair)

    static void close(int &descriptor)
    {
        if (descriptor >= 0)
            ::close(std::exchange(descriptor, -1));
    }

    /// Closes that end so that the other gets a reset.
    static void reset(int &descriptor)
    {
        const linger now = {1, 0};
        ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close(descriptor);
    }

    int near = -1;
    int far = -1;
};

} // namespace teahouse::server
