#pragma once

#include <QtGlobal>

#include <algorithm>
#include <chrono>

namespace teahouse::client {

/// How long to wait before the next attempt to reconnect: a time drawn from the upper half of a
/// span that doubles from 2 s to 60 s, so that the clients of a restarted server come back spread
/// out and a server that stays away is asked about once a minute.
class Backoff
{
public:
    /// The next delay; `random` is in [0, 1).
    std::chrono::milliseconds next(double random)
    {
        const double span = m_span;
        m_span = std::min(m_span * 2, 60'000.0);
        return std::chrono::milliseconds(static_cast<qint64>(span / 2 * (1 + random)));
    }

    /// After a success: begins again with the shortest delay.
    void reset() { m_span = 2'000; }

private:
    double m_span = 2'000; ///< milliseconds
};

} // namespace teahouse::client
