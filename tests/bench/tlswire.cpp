#include "tests/bench/tlswire.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace teahouse::bench {

namespace {

/// What all wires of this program share.
SSL_CTX *context()
{
    static SSL_CTX *const shared = [] {
        SSL_CTX *made = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_mode(made,
                         SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                                 | SSL_MODE_RELEASE_BUFFERS);
        SSL_CTX_set_session_cache_mode(made, SSL_SESS_CACHE_OFF);
        return made;
    }();
    return shared;
}

int connectTo(uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval patience = {5, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    return socket;
}

} // namespace

TlsWire::TlsWire(int socket, SSL_SESSION *resumed) : m_ssl(SSL_new(context()))
{
    SSL_set_fd(m_ssl.get(), socket);
    if (resumed)
        SSL_set_session(m_ssl.get(), resumed);
}

TlsWire::~TlsWire()
{
    // OpenSSL resumes no session of a connection that broke, and this one counts as broken else.
    SSL_set_shutdown(m_ssl.get(), SSL_SENT_SHUTDOWN);
}

TlsWire::Step TlsWire::shakeHands()
{
    ERR_clear_error();
    const int result = SSL_connect(m_ssl.get());
    if (result == 1)
        return Step::Done;
    switch (SSL_get_error(m_ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return Step::Reading;
    case SSL_ERROR_WANT_WRITE:
        return Step::Writing;
    default:
        return Step::Lost;
    }
}

ssize_t TlsWire::read(char *bytes, size_t size)
{
    ERR_clear_error();
    size_t count = 0;
    const int result = SSL_read_ex(m_ssl.get(), bytes, size, &count);
    return result == 1 ? static_cast<ssize_t>(count) : failed(result);
}

ssize_t TlsWire::write(const char *bytes, size_t size)
{
    ERR_clear_error();
    size_t count = 0;
    const int result = SSL_write_ex(m_ssl.get(), bytes, size, &count);
    return result == 1 ? static_cast<ssize_t>(count) : failed(result);
}

ssize_t TlsWire::failed(int result)
{
    switch (SSL_get_error(m_ssl.get(), result)) {
    case SSL_ERROR_ZERO_RETURN:
        return 0;
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        errno = EAGAIN;
        return -1;
    default:
        errno = ECONNRESET;
        return -1;
    }
}

TlsVisit::TlsVisit(uint16_t port, SSL_SESSION *resumed)
    : m_socket(connectTo(port)), m_wire(m_socket, resumed)
{
    std::array<char, 4096> bytes;
    m_isGreeted = m_wire.shakeHands() == TlsWire::Step::Done
            && m_wire.read(bytes.data(), bytes.size()) > 0;
}

TlsVisit::~TlsVisit()
{
    ::close(m_socket);
}

} // namespace teahouse::bench
