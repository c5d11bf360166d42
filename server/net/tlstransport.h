#pragma once

#include "server/net/tlscontext.h"
#include "server/net/transport.h"

#include <memory>

namespace teahouse::server {

/// Bytes encrypted with TLS (RFC 8446, RFC 5246) over another transport, which it owns. The
/// server's side of it. What one write() offers becomes one record, if it fits.
///
/// A peer that ends with close_notify has Ended; one that goes without it may have been cut off by
/// somebody on the way, and is Broken.
class TlsTransport final : public Transport
{
public:
    /// `first` is what was already read from the wire. Null: there is no memory, and the wire is
    /// still the caller's. `context` must be ready, and outlives the transport.
    static std::unique_ptr<TlsTransport> make(std::unique_ptr<Transport> &&wire,
                                              TlsContext &context, const QByteArray &first = {});
    ~TlsTransport() override;

    /// What a step of the handshake came to.
    struct Step
    {
        Status status = Status::Fine; ///< Fine: it is done. Refused: see waitsFor() of reading
        bool isCostly = false;        ///< a signature was made, or keys were agreed upon
    };

    /// Goes on with the handshake as far as what has come takes it; has to be done before anything
    /// is read or written.
    Step shakeHands();

    int descriptor() const override;
    Moved read(std::span<char> buffer) override;
    Moved write(std::span<const QByteArrayView> chunks) override;
    Status endWriting() override;

private:
    struct Wire;

    TlsTransport(std::unique_ptr<Wire> wire, TlsContext &context, openssl::Session session);

    QByteArrayView record(std::span<const QByteArrayView> chunks);
    Status failed(int result);

    TlsContext &m_context;
    std::unique_ptr<Wire> m_wire; ///< outlives the session, which uses it
    openssl::Session m_session;
    bool m_isBroken = false; ///< nothing may be asked of the session any more
};

} // namespace teahouse::server
