#pragma once

#include "server/net/clock.h"
#include "server/net/tlspair.h"

#include <QString>

#include <array>
#include <optional>
#include <span>

namespace teahouse::server {

/// What all TLS connections of a server have in common: the key, the certificates and the rules.
/// TLS 1.2 and 1.3 with ephemeral keys and authenticated ciphers, no renegotiation, no compression,
/// no early data. Outlives the transports that it opens. Lives on their thread.
///
/// Tickets by which a client resumes are sealed with a key that is a day old at most; it is made
/// anew with the whole context, so that nobody resumes what another certificate has begun.
class TlsContext
{
public:
    /// The plain bytes of a record are at most so many (RFC 8446, 5.1).
    static constexpr qsizetype recordSize = 16 * 1024;

    explicit TlsContext(const Clock &clock);
    Q_DISABLE_COPY_MOVE(TlsContext)

    /// Shows this pair to those who come from now on; those who are there notice nothing. A text:
    /// why not; then everything stays as it was.
    [[nodiscard]] std::optional<QString> use(const TlsPair &pair);

    /// Whether there is a pair.
    bool isReady() const { return m_context != nullptr; }

    /// The server's side of a new connection; null when there is no memory. isReady() must hold.
    openssl::Session open();

    /// Where what goes into one record is put together; of use within one call.
    std::span<char> scratch() { return m_scratch; }

private:
    void renew();

    const Clock &m_clock;
    TlsPair m_pair;
    openssl::Context m_context;
    qint64 m_madeAt = 0; ///< steady time
    std::array<char, recordSize> m_scratch;
};

} // namespace teahouse::server
