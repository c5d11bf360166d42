#include "server/net/tlscontext.h"

#include <openssl/err.h>

#include <chrono>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

using namespace std::chrono_literals;

/// How long what a client resumes with is sealed with one key.
constexpr qint64 ticketKeyStays = std::chrono::milliseconds(24h).count();
/// Of TLS 1.2; those of 1.3 are all good.
constexpr auto ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
/// No RSA under 2,048 bits, no SHA-1.
constexpr int securityLevel = 2;

void setRules(SSL_CTX *context)
{
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_security_level(context, securityLevel);
    SSL_CTX_set_cipher_list(context, ciphers);
    SSL_CTX_set_options(context,
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION
                                | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(context,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE
                             | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // So that one call looks at one record, of whatever kind: a peer's key updates take turns, too.
    SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF); // tickets keep it at the client's
    SSL_CTX_set_num_tickets(context, 1);
    SSL_CTX_set_max_early_data(context, 0);
}

/// What is wrong with the certificates or the key; nothing: they are in.
std::optional<QString> setPair(SSL_CTX *context, const TlsPair &pair)
{
    auto certificates = readCertificates(pair.certificates);
    if (const auto *problem = std::get_if<QString>(&certificates))
        return *problem;
    auto key = readKey(pair.key);
    if (const auto *problem = std::get_if<QString>(&key))
        return *problem;
    auto &chain = std::get<std::vector<openssl::Certificate>>(certificates);
    ERR_clear_error();
    bool isIn = SSL_CTX_use_certificate(context, chain.front().get()) == 1
            && SSL_CTX_use_PrivateKey(context, std::get<openssl::Key>(key).get()) == 1
            && SSL_CTX_check_private_key(context) == 1;
    for (size_t i = 1; isIn && i < chain.size(); ++i)
        isIn = SSL_CTX_add1_chain_cert(context, chain[i].get()) == 1;
    return isIn ? std::nullopt : std::optional(takeOpensslError());
}

std::variant<openssl::Context, QString> makeContext(const TlsPair &pair)
{
    ERR_clear_error();
    openssl::Context context(SSL_CTX_new(TLS_server_method()));
    if (!context)
        return takeOpensslError();
    setRules(context.get());
    if (const auto problem = setPair(context.get(), pair))
        return *problem;
    return context;
}

} // namespace

TlsContext::TlsContext(const Clock &clock) : m_clock(clock) { }

std::optional<QString> TlsContext::use(const TlsPair &pair)
{
    auto made = makeContext(pair);
    if (const auto *problem = std::get_if<QString>(&made))
        return *problem;
    m_context = std::move(std::get<openssl::Context>(made));
    m_pair = pair;
    m_madeAt = m_clock.steady();
    return std::nullopt;
}

openssl::Session TlsContext::open()
{
    if (m_clock.steady() - m_madeAt >= ticketKeyStays)
        renew();
    ERR_clear_error();
    return openssl::Session(SSL_new(m_context.get()));
}

/// Of the pair that is in use, so that it only fails for want of memory: then later.
void TlsContext::renew()
{
    auto made = makeContext(m_pair);
    if (auto *context = std::get_if<openssl::Context>(&made))
        m_context = std::move(*context);
    m_madeAt = m_clock.steady();
}

} // namespace teahouse::server
