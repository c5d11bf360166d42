#pragma once

#include "server/net/deadlines.h"
#include "server/net/outbox.h"
#include "server/net/poller.h"

#include <functional>
#include <memory>

namespace teahouse::server {

/// The end of a connection whose session is over: writes what is left, ends our side and then
/// waits for the peer's end, dropping what still comes. Closing at once would make the kernel
/// answer unread input with a reset, which takes from the peer what it has not read yet.
///
/// Waits no longer than limits::lingering without progress and than its grace in all. Owned by
/// the Gate.
class LastWords final : private PollHandler, private DeadlineHandler
{
public:
    struct Parts
    {
        std::unique_ptr<Transport> transport; ///< not watched by anybody
        Outbox outbox;
        std::chrono::milliseconds grace;
    };

    /// `over` is called once, from the Poller or a deadline; must not destroy the object from
    /// inside. `scratch` is for reading into, and outlives it.
    LastWords(Poller &poller, Deadlines &deadlines, Parts parts, std::span<char> scratch);

    /// Begins. `over` may be called from inside.
    void start(std::function<void()> over);

private:
    void onReady(PollEvents events) override;
    void onRoundEnd() override;
    void onDeadline() override;

    void write();
    void read();
    void waitOn();
    void end();
    PollEvents interest() const;

    Poller::Watch m_watch;
    std::unique_ptr<Transport> m_transport; ///< null: it is over
    Outbox m_outbox;
    std::span<char> m_scratch;
    const Clock &m_clock;
    qint64 m_until;          ///< steady time that ends the patience
    qsizetype m_dropped = 0; ///< bytes of input
    bool m_written = false;
    Deadline m_deadline;
    std::function<void()> m_over;
};

} // namespace teahouse::server
