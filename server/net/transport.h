#pragma once

#include "server/net/readyset.h"

#include <QByteArrayView>

#include <span>

namespace teahouse::server {

/// How bytes get to the peer and back, over a descriptor that never blocks. Owns the descriptor
/// and closes it with itself; must be unwatched before.
class Transport
{
public:
    enum class Status {
        Fine,
        Refused, ///< nothing (more) goes now; wait until the descriptor is ready
        Ended,   ///< read only: the peer has ended its side
        Broken,  ///< neither direction is left
    };

    struct Moved
    {
        qsizetype bytes = 0;
        Status status = Status::Fine;
    };

    Transport() = default;
    virtual ~Transport() = default;
    Q_DISABLE_COPY_MOVE(Transport)

    virtual int descriptor() const = 0;

    /// Reads what is there, at most `buffer`.
    virtual Moved read(std::span<char> buffer) = 0;

    /// Writes the chunks in order, in one system call, or part of them: then Refused, or Fine when
    /// the rest goes with the next call. Whatever was not taken has to be offered again, the first
    /// begun() bytes of it unchanged.
    virtual Moved write(std::span<const QByteArrayView> chunks) = 0;

    /// Ends our side; the peer reads what was written and then the end. Refused: to be called again
    /// when the descriptor is ready.
    virtual Status endWriting() = 0;

    /// Whether there is input to read() of which the descriptor says nothing any more.
    bool holdsInput() const { return m_holdsInput; }

    /// Bytes of those that were offered last and not taken that are on their way: they can neither
    /// be taken back nor replaced.
    qsizetype begun() const { return m_begun; }

    /// What has to come before reading goes on, or writing that was refused.
    PollEvents waitsFor(bool reading, bool writing) const
    {
        PollEvents events;
        events.setFlag(PollEvent::Readable,
                       (reading && !m_readNeedsRoom) || (writing && m_writeNeedsInput));
        events.setFlag(PollEvent::Writable,
                       (writing && !m_writeNeedsInput) || (reading && m_readNeedsRoom));
        return events;
    }

protected:
    // Kept here, so that nobody needs a virtual call to see that there is nothing of the kind.
    qsizetype m_begun = 0;
    bool m_holdsInput = false;
    bool m_readNeedsRoom = false;   ///< reading has to write something first
    bool m_writeNeedsInput = false; ///< writing has to read something first
};

} // namespace teahouse::server
