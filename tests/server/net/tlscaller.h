#pragma once

#include "server/net/openssl.h"

#include <QByteArray>

#include <openssl/err.h>

#include <array>

namespace teahouse::server {

/// The client's side of TLS, whose wire is in the test's hands: bytes are taken out and given in.
/// Believes every certificate.
class TlsCaller
{
public:
    explicit TlsCaller(int newest = TLS1_3_VERSION, SSL_SESSION *resumed = nullptr)
        : m_context(SSL_CTX_new(TLS_client_method()))
    {
        SSL_CTX_set_security_level(m_context.get(), 0); // so that old versions can be tried
        SSL_CTX_set_min_proto_version(m_context.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(m_context.get(), newest);
        m_session.reset(SSL_new(m_context.get()));
        m_in = BIO_new(BIO_s_mem());
        m_out = BIO_new(BIO_s_mem());
        BIO_set_mem_eof_return(m_in, -1);
        SSL_set_bio(m_session.get(), m_in, m_out);
        SSL_set_connect_state(m_session.get());
        if (resumed)
            SSL_set_session(m_session.get(), resumed);
    }

    SSL *session() const { return m_session.get(); }

    /// Goes on with the handshake; true: it is done.
    bool shakeHands()
    {
        ERR_clear_error(); // the queue is the server's, too
        const int result = SSL_do_handshake(m_session.get());
        note(result);
        return result == 1;
    }

    /// What has to go over the wire.
    QByteArray take()
    {
        QByteArray bytes(qsizetype(BIO_ctrl_pending(m_out)), Qt::Uninitialized);
        BIO_read(m_out, bytes.data(), int(bytes.size()));
        return bytes;
    }
    /// What has come over the wire.
    void give(const QByteArray &bytes) { BIO_write(m_in, bytes.constData(), int(bytes.size())); }

    void say(const QByteArray &text)
    {
        ERR_clear_error();
        SSL_write(m_session.get(), text.constData(), int(text.size()));
    }
    /// All that can be read now.
    QByteArray hear()
    {
        QByteArray all;
        std::array<char, 4096> buffer;
        int count = 0;
        ERR_clear_error();
        while ((count = SSL_read(m_session.get(), buffer.data(), int(buffer.size()))) > 0)
            all.append(buffer.data(), count);
        note(count);
        return all;
    }
    bool hasEnded() const { return m_hasEnded; }
    bool hasFailed() const { return m_hasFailed; }
    void end()
    {
        ERR_clear_error();
        SSL_shutdown(m_session.get());
    }

private:
    void note(int result)
    {
        const int error = SSL_get_error(m_session.get(), result);
        m_hasEnded = m_hasEnded || error == SSL_ERROR_ZERO_RETURN;
        m_hasFailed = m_hasFailed || error == SSL_ERROR_SSL; // is told once
    }

    openssl::Context m_context;
    openssl::Session m_session;
    BIO *m_in = nullptr; ///< belongs to the session, as m_out does
    BIO *m_out = nullptr;
    bool m_hasEnded = false;
    bool m_hasFailed = false;
};

} // namespace teahouse::server
