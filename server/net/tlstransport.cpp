#include "server/net/tlstransport.h"

#include "shared/limits.h"

#include <openssl/err.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace teahouse::server {

/// What OpenSSL reads from and writes to.
struct TlsTransport::Wire
{
    std::unique_ptr<Transport> transport;
    QByteArray first;       ///< what is read before anything else
    qsizetype incoming = 0; ///< bytes read from the wire so far
    qsizetype outgoing = 0; ///< ... and written to it

    Moved read(std::span<char> buffer);
    Moved write(QByteArrayView bytes);

    static int readBio(BIO *bio, char *buffer, int size);
    static int writeBio(BIO *bio, const char *bytes, int size);
    static long controlBio(BIO *bio, int command, long number, void *pointer);
    static Wire &of(BIO *bio) { return *static_cast<Wire *>(BIO_get_data(bio)); }
    static const BIO_METHOD *method();
};

Transport::Moved TlsTransport::Wire::read(std::span<char> buffer)
{
    Moved moved;
    if (first.isEmpty()) {
        moved = transport->read(buffer);
    } else {
        moved.bytes = std::min(first.size(), static_cast<qsizetype>(buffer.size()));
        std::memcpy(buffer.data(), first.constData(), static_cast<size_t>(moved.bytes));
        first.remove(0, moved.bytes);
    }
    incoming += moved.bytes;
    return moved;
}

Transport::Moved TlsTransport::Wire::write(QByteArrayView bytes)
{
    const Moved moved = transport->write(std::span(&bytes, 1));
    outgoing += moved.bytes;
    return moved;
}

int TlsTransport::Wire::readBio(BIO *bio, char *buffer, int size)
{
    BIO_clear_retry_flags(bio);
    const Moved moved = of(bio).read(std::span(buffer, static_cast<size_t>(size)));
    if (moved.bytes > 0)
        return static_cast<int>(moved.bytes);
    if (moved.status == Status::Refused)
        BIO_set_retry_read(bio);
    return moved.status == Status::Ended ? 0 : -1;
}

int TlsTransport::Wire::writeBio(BIO *bio, const char *bytes, int size)
{
    BIO_clear_retry_flags(bio);
    const Moved moved = of(bio).write(QByteArrayView(bytes, size));
    if (moved.bytes > 0)
        return static_cast<int>(moved.bytes);
    if (moved.status == Status::Refused)
        BIO_set_retry_write(bio);
    return -1;
}

long TlsTransport::Wire::controlBio(BIO *, int command, long, void *)
{
    return command == BIO_CTRL_FLUSH ? 1 : 0; // nothing is held back here
}

const BIO_METHOD *TlsTransport::Wire::method()
{
    static const openssl::BioMethod made = [] {
        openssl::BioMethod method(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wire"));
        if (method) {
            BIO_meth_set_read(method.get(), readBio);
            BIO_meth_set_write(method.get(), writeBio);
            BIO_meth_set_ctrl(method.get(), controlBio);
        }
        return method;
    }();
    return made.get();
}

std::unique_ptr<TlsTransport> TlsTransport::make(std::unique_ptr<Transport> &&wire,
                                                 TlsContext &context, const QByteArray &first)
{
    openssl::Session session = context.open();
    BIO *bio = session && Wire::method() ? BIO_new(Wire::method()) : nullptr;
    if (!bio)
        return nullptr;
    auto under = std::make_unique<Wire>(Wire{std::move(wire), first});
    BIO_set_data(bio, under.get());
    BIO_set_init(bio, 1);
    SSL_set_bio(session.get(), bio, bio); // belongs to the session now
    SSL_set_accept_state(session.get());
    return std::unique_ptr<TlsTransport>(
            new TlsTransport(std::move(under), context, std::move(session)));
}

TlsTransport::TlsTransport(std::unique_ptr<Wire> wire, TlsContext &context,
                           openssl::Session session)
    : m_context(context), m_wire(std::move(wire)), m_session(std::move(session))
{
}

TlsTransport::~TlsTransport() = default;

int TlsTransport::descriptor() const
{
    return m_wire->transport->descriptor();
}

TlsTransport::Step TlsTransport::shakeHands()
{
    if (m_isBroken)
        return {Status::Broken};
    ERR_clear_error();
    const qsizetype outgoing = m_wire->outgoing;
    const int result = SSL_do_handshake(m_session.get());
    Step step;
    if (result != 1)
        step.status = failed(result);
    step.isCostly = result == 1 || m_wire->outgoing != outgoing;
    m_readNeedsRoom = step.status == Status::Refused && SSL_want_write(m_session.get());
    m_holdsInput = result == 1 && !m_wire->first.isEmpty();
    if (step.status == Status::Refused && m_wire->incoming > limits::handshakeInput) {
        m_isBroken = true;
        step.status = Status::Broken;
    }
    return step;
}

Transport::Moved TlsTransport::read(std::span<char> buffer)
{
    if (m_isBroken)
        return {0, Status::Broken};
    ERR_clear_error();
    size_t count = 0;
    const int result = SSL_read_ex(m_session.get(), buffer.data(), buffer.size(), &count);
    const Moved moved = result == 1 ? Moved{static_cast<qsizetype>(count)}
                                    : Moved{0, failed(result)};
    m_readNeedsRoom = moved.status == Status::Refused && SSL_want_write(m_session.get());
    m_holdsInput = SSL_pending(m_session.get()) > 0 || !m_wire->first.isEmpty()
            || moved.status == Status::Ended;
    return moved;
}

Transport::Moved TlsTransport::write(std::span<const QByteArrayView> chunks)
{
    if (m_isBroken)
        return {0, Status::Broken};
    ERR_clear_error();
    const QByteArrayView bytes = record(chunks);
    size_t count = 0;
    const int result = SSL_write_ex(m_session.get(), bytes.data(),
                                    static_cast<size_t>(bytes.size()), &count);
    const Moved moved = result == 1 ? Moved{static_cast<qsizetype>(count)}
                                    : Moved{0, failed(result)};
    m_begun = moved.status == Status::Refused ? bytes.size() : 0;
    m_writeNeedsInput = moved.status == Status::Refused && SSL_want_read(m_session.get());
    return moved;
}

/// What goes into the next record: as much as fits, and of a record that is under way exactly what
/// was in it, as OpenSSL demands.
QByteArrayView TlsTransport::record(std::span<const QByteArrayView> chunks)
{
    const qsizetype most = m_begun > 0 ? m_begun : TlsContext::recordSize;
    if (chunks.size() == 1 || chunks.front().size() >= most)
        return chunks.front().first(std::min(chunks.front().size(), most));
    const std::span<char> gathered = m_context.scratch();
    qsizetype size = 0;
    for (const QByteArrayView chunk : chunks) {
        const qsizetype part = std::min(chunk.size(), most - size);
        std::memcpy(gathered.data() + size, chunk.data(), static_cast<size_t>(part));
        size += part;
        if (size == most)
            break;
    }
    return {gathered.data(), size};
}

Transport::Status TlsTransport::endWriting()
{
    if (!m_isBroken && SSL_is_init_finished(m_session.get())) {
        ERR_clear_error();
        const int result = SSL_shutdown(m_session.get());
        if (result < 0 && failed(result) == Status::Refused && SSL_want_write(m_session.get()))
            return Status::Refused;
    }
    return m_wire->transport->endWriting();
}

/// What a call has failed for. After some failures the session is of no use any more.
Transport::Status TlsTransport::failed(int result)
{
    switch (SSL_get_error(m_session.get(), result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return Status::Refused;
    case SSL_ERROR_ZERO_RETURN:
        return Status::Ended;
    default:
        m_isBroken = true;
        return Status::Broken;
    }
}

} // namespace teahouse::server
