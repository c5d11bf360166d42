#pragma once

#include "gui-client/link/alarm.h"

namespace teahouse::client {

/// Notices a path that has died without a word: asks when nothing was heard for a while and
/// reports it as dead when the question stays unanswered too.
class Liveness
{
public:
    struct Times
    {
        std::chrono::milliseconds quiet = std::chrono::seconds(30);
        std::chrono::milliseconds grace = std::chrono::seconds(15);
    };

    /// `ask` sends something that is answered; `dead` gives the connection up.
    Liveness(const AlarmFactory &alarms, Times times, std::function<void()> ask,
             std::function<void()> dead);

    /// Begins to watch, or something was heard.
    void heard();
    void stop();

private:
    Times m_times;
    std::function<void()> m_ask;
    std::unique_ptr<Alarm> m_quiet;
    std::unique_ptr<Alarm> m_grace;
};

} // namespace teahouse::client
