#pragma once

#include "server/net/transport.h"

#include <QByteArray>

#include <vector>

namespace teahouse::server {

/// What waits to be written to one peer: chunks that it shares with all other outboxes that hold
/// the same event, and small ones put together. Takes no memory of its own for the first chunk.
class Outbox
{
public:
    /// Adds its size to `total` as it changes; `total` outlives the outbox.
    explicit Outbox(qsizetype &total);
    ~Outbox();
    Q_DISABLE_COPY(Outbox)
    /// The other outbox is empty afterwards.
    Outbox(Outbox &&other) noexcept;
    Outbox &operator=(Outbox &&) = delete;

    qsizetype size() const { return m_size; } ///< in bytes
    bool isEmpty() const { return m_size == 0; }

    void append(const QByteArray &bytes);

    /// Writes, in as few system calls as it takes, until all is out (Fine) or no more goes now
    /// (Refused, Broken).
    Transport::Status writeTo(Transport &transport);

    /// Drops all but the rest of a chunk that is partly written, and the chunks in which the first
    /// `begun` bytes lie (see Transport::begun()), so that what is appended next begins where a
    /// line or frame begins.
    void dropUnbegun(qsizetype begun = 0);
    void clear();

private:
    Transport::Moved writeSome(Transport &transport);
    void taken(qsizetype bytes);
    void nextChunk();
    void clearMore();
    /// What bytes can be put behind; null when all of it is being written.
    QByteArray *lastUnbegun();
    void changeSize(qsizetype difference);

    QByteArray m_first;             ///< the chunk that is being written
    std::vector<QByteArray> m_more; ///< those behind it, from m_next on
    size_t m_next = 0;
    qsizetype m_written = 0; ///< how much of m_first is out
    qsizetype m_size = 0;
    qsizetype *m_total;
};

} // namespace teahouse::server
