#include "server/net/plaintransport.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace teahouse::server {

namespace {

/// Chunks in one system call: more would only make the array on the stack larger.
constexpr size_t chunksAtOnce = 64;

#ifdef MSG_NOSIGNAL
constexpr int noSignal = MSG_NOSIGNAL;
#else
constexpr int noSignal = 0; // the program ignores SIGPIPE in any case
#endif

void setOption(int descriptor, int level, int option, int value)
{
    // Fails for what is not TCP, a socket pair for instance, and then does not matter.
    ::setsockopt(descriptor, level, option, &value, sizeof value);
}

template <typename Call>
ssize_t restarted(Call call)
{
    ssize_t result = 0;
    do {
        result = call();
    } while (result < 0 && errno == EINTR);
    return result;
}

Transport::Moved failed()
{
    const bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS;
    return {0, later ? Transport::Status::Refused : Transport::Status::Broken};
}

ssize_t sendChunks(int descriptor, std::span<const QByteArrayView> chunks)
{
    std::array<iovec, chunksAtOnce> parts;
    std::transform(chunks.begin(), chunks.end(), parts.begin(), [](QByteArrayView chunk) {
        return iovec{const_cast<char *>(chunk.data()), static_cast<size_t>(chunk.size())};
    });
    msghdr message = {};
    message.msg_iov = parts.data();
    message.msg_iovlen = chunks.size();
    return restarted([&] { return ::sendmsg(descriptor, &message, noSignal); });
}

} // namespace

PlainTransport::PlainTransport(int descriptor) : m_descriptor(descriptor)
{
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    setOption(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
}

PlainTransport::~PlainTransport()
{
    ::close(m_descriptor);
}

Transport::Moved PlainTransport::read(std::span<char> buffer)
{
    const ssize_t count = restarted(
            [&] { return ::recv(m_descriptor, buffer.data(), buffer.size(), 0); });
    if (count < 0)
        return failed();
    return {count, count == 0 ? Status::Ended : Status::Fine};
}

Transport::Moved PlainTransport::write(std::span<const QByteArrayView> chunks)
{
    const auto some = chunks.first(std::min(chunks.size(), chunksAtOnce));
    const ssize_t count = some.size() == 1 ? restarted([&] {
        return ::send(m_descriptor, some[0].data(), size_t(some[0].size()), noSignal);
    })
                                           : sendChunks(m_descriptor, some);
    if (count < 0)
        return failed();
    qsizetype offered = 0;
    for (const QByteArrayView chunk : some)
        offered += chunk.size();
    return {count, count < offered ? Status::Refused : Status::Fine};
}

Transport::Status PlainTransport::endWriting()
{
    ::shutdown(m_descriptor, SHUT_WR);
    return Status::Fine;
}

} // namespace teahouse::server
