#pragma once

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

    /// Writes the chunks in order, in one system call, or part of them: then Refused.
    virtual Moved write(std::span<const QByteArrayView> chunks) = 0;

    /// Ends our side; the peer reads what was written and then the end.
    virtual void endWriting() = 0;
};

} // namespace teahouse::server
