#include "server/commands/tokenbucket.h"

#include <algorithm>
#include <cmath>

namespace teahouse::server {

double TokenBucket::tokens(qint64 now) const
{
    const double passed = static_cast<double>(now - m_since) / 1000;
    return std::min(m_burst, m_tokens + passed * m_perSecond);
}

bool TokenBucket::take(qint64 now)
{
    const double have = tokens(now);
    m_since = now;
    m_tokens = have >= 1 ? have - 1 : have;
    return have >= 1;
}

void TokenBucket::charge(double amount, qint64 now)
{
    m_tokens = tokens(now) - amount;
    m_since = now;
}

qint64 TokenBucket::wait(qint64 now) const
{
    const double missing = 1 - tokens(now);
    return missing <= 0 ? 0 : static_cast<qint64>(std::ceil(missing / m_perSecond * 1000));
}

} // namespace teahouse::server
