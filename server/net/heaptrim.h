#pragma once

#include "server/net/deadlines.h"

namespace teahouse::server {

/// Gives back to the system what a crowd that came or went has left unused. Without this the
/// lists of one busy second stay with the process for good: the allocator keeps what it has had.
class HeapTrim final : private DeadlineHandler
{
public:
    explicit HeapTrim(Deadlines &deadlines);

    /// Somebody has come or gone: looks after it in a moment, once for all who do until then.
    void later();

private:
    void onDeadline() override;

    const Clock &m_clock;
    Deadline m_deadline;
};

} // namespace teahouse::server
