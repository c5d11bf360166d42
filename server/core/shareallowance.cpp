#include "server/core/shareallowance.h"

#include <algorithm>
#include <vector>

namespace teahouse::server {

qint64 ShareAllowance::wait(const LimitShare &share, qint64 now) const
{
    const auto found = m_fullAt.find(share);
    const qint64 fullAt = found == m_fullAt.end() ? now : std::max(now, found->second);
    return std::max<qint64>(0, fullAt + m_rate.every - m_rate.burst * m_rate.every - now);
}

void ShareAllowance::take(const LimitShare &share, qint64 now)
{
    if (remembered() >= mostShares)
        forgetFull(now);
    qint64 &fullAt = m_fullAt[share];
    fullAt = std::max(now, fullAt) + m_rate.every;
}

void ShareAllowance::giveBack(const LimitShare &share)
{
    const auto found = m_fullAt.find(share);
    if (found != m_fullAt.end())
        found->second -= m_rate.every;
}

/// Those who lack nothing; should that not do, also the quarter that lacks least.
void ShareAllowance::forgetFull(qint64 now)
{
    std::erase_if(m_fullAt, [now](const auto &entry) { return entry.second <= now; });
    constexpr qsizetype kept = mostShares / 4 * 3;
    if (remembered() <= kept)
        return;
    std::vector<std::pair<qint64, LimitShare>> order;
    order.reserve(m_fullAt.size());
    for (const auto &[share, fullAt] : m_fullAt)
        order.emplace_back(fullAt, share);
    const auto end = order.begin() + (remembered() - kept);
    std::nth_element(order.begin(), end, order.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    for (auto it = order.begin(); it != end; ++it)
        m_fullAt.erase(it->second);
}

} // namespace teahouse::server
