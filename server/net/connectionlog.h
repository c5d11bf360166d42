#pragma once

#include "server/net/deadlines.h"
#include "server/net/repeatedlog.h"

namespace teahouse::server {

/// What happens at the doors, in the log, without filling the disk; see RepeatedLog. Belongs to
/// the Gate.
class ConnectionLog final : private DeadlineHandler
{
public:
    explicit ConnectionLog(Deadlines &deadlines);
    ~ConnectionLog() override;
    Q_DISABLE_COPY_MOVE(ConnectionLog)

    void note(const RepeatedLog::Event &event);

private:
    void onDeadline() override;
    void waitForFlush();

    const Clock &m_clock;
    Deadline m_deadline;
    RepeatedLog m_log;
};

} // namespace teahouse::server
