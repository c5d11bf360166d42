#include "server/core/sharerate.h"

#include <algorithm>

namespace teahouse::server {

qint64 ShareRate::take(const LimitShare &share, qint64 now)
{
    if (m_full.size() >= m_sweepAt)
        forgetFull(now);
    const qint64 full = std::max(m_full.value(share, now), now);
    const qint64 wait = full - now - (m_bounds.burst - 1) * m_bounds.every;
    if (wait > 0)
        return wait;
    m_full.insert(share, full + m_bounds.every);
    return 0;
}

void ShareRate::giveBack(const LimitShare &share)
{
    const auto found = m_full.find(share);
    if (found != m_full.end())
        *found -= m_bounds.every;
}

/// So seldom that it costs nothing on the average.
void ShareRate::forgetFull(qint64 now)
{
    m_full.removeIf([now](const auto &entry) { return entry.value() <= now; });
    m_sweepAt = std::max(firstSweep, m_full.size() * 2);
}

} // namespace teahouse::server
