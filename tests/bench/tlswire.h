#pragma once

#include <openssl/ssl.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

namespace teahouse::bench {

/// TLS over a socket that somebody else owns: the client's side. Trusts every key, since what is
/// measured is the server.
class TlsWire
{
public:
    struct EndSession
    {
        void operator()(SSL_SESSION *session) const { SSL_SESSION_free(session); }
    };
    using Session = std::unique_ptr<SSL_SESSION, EndSession>;

    /// With a session of an earlier connection the handshake can be a short one.
    explicit TlsWire(int socket, SSL_SESSION *resumed = nullptr);
    ~TlsWire();
    TlsWire(const TlsWire &) = delete;
    TlsWire &operator=(const TlsWire &) = delete;

    enum class Step { Done, Reading, Writing, Lost };

    /// Goes on with the handshake; says what it waits for.
    Step shakeHands();
    /// After the handshake.
    bool isResumed() const { return SSL_session_reused(m_ssl.get()) == 1; }

    /// As recv(): 0 at the end, -1 with EAGAIN where nothing is there.
    ssize_t read(char *bytes, size_t size);
    /// As send(). What was refused has to be offered again as it was.
    ssize_t write(const char *bytes, size_t size);

    /// What the next connection can resume; TLS 1.3 has it after something was read.
    Session session() const { return Session(SSL_get1_session(m_ssl.get())); }

private:
    struct End
    {
        void operator()(SSL *ssl) const { SSL_free(ssl); }
    };

    ssize_t failed(int result);

    std::unique_ptr<SSL, End> m_ssl;
};

/// One connection that waits for each answer.
class TlsVisit
{
public:
    /// Connects to 127.0.0.1, shakes hands and reads something.
    TlsVisit(uint16_t port, SSL_SESSION *resumed);
    ~TlsVisit();
    TlsVisit(const TlsVisit &) = delete;
    TlsVisit &operator=(const TlsVisit &) = delete;

    bool isGreeted() const { return m_isGreeted; }
    const TlsWire &wire() const { return m_wire; }

private:
    int m_socket;
    TlsWire m_wire;
    bool m_isGreeted = false;
};

} // namespace teahouse::bench
