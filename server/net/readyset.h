#pragma once

#include <QFlags>

#include <functional>
#include <memory>
#include <span>

namespace teahouse::server {

/// What a descriptor is watched for, and what has become of it. The numbers are those of poll()
/// and of epoll, so that nothing has to be translated.
enum class PollEvent : quint32 {
    Readable = 0x01,
    Writable = 0x04,
    HungUp = 0x18, ///< always watched for: an error, or neither direction is left
};
Q_DECLARE_FLAGS(PollEvents, PollEvent)
Q_DECLARE_OPERATORS_FOR_FLAGS(PollEvents)

/// What a Poller waits with: knows descriptors, and which of them are ready. Belongs to the
/// Poller and lives on its thread.
///
/// Level triggered: what is ready and left undone is told again. Works inside a nested event loop
/// too, where nobody takes what is ready; it does not keep that loop busy with it.
class ReadySet
{
public:
    /// Comes back as it was given with the descriptor.
    struct Key
    {
        quint32 slot = 0;
        quint32 generation = 0;
    };
    struct Ready
    {
        Key key;
        PollEvents events;
    };

    ReadySet() = default;
    virtual ~ReadySet() = default;
    Q_DISABLE_COPY_MOVE(ReadySet)

    /// `tell` is called from the event loop when there is something to take(). Only once.
    virtual void start(std::function<void()> tell) = 0;

    /// Watches a descriptor that is not watched yet. False: it cannot be (errno).
    [[nodiscard]] virtual bool add(int descriptor, PollEvents interest, Key key) = 0;
    virtual void change(int descriptor, PollEvents interest, Key key) = 0;
    /// Must come before the descriptor is closed.
    virtual void remove(int descriptor) = 0;

    /// What is ready now, or part of it; valid until the next call.
    virtual std::span<const Ready> take() = 0;
};

/// The make that this program was built with, see TEAHOUSE_POLLER in CMakeLists.txt.
std::unique_ptr<ReadySet> makeReadySet();

} // namespace teahouse::server
