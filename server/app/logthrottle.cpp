#include "server/app/logthrottle.h"

#include <algorithm>
#include <utility>

namespace teahouse::server {

bool LogThrottle::mayWrite(QtMsgType type, qint64 now)
{
    const double passed = static_cast<double>(now - m_since) / 1000;
    m_tokens = std::min<double>(burst, m_tokens + passed * perSecond);
    m_since = now;
    // The last word before the end; nobody can cause it often.
    if (type == QtFatalMsg)
        return true;
    if (m_tokens < 1) {
        ++m_leftOut;
        return false;
    }
    m_tokens -= 1;
    return true;
}

int LogThrottle::takeLeftOut()
{
    return std::exchange(m_leftOut, 0);
}

} // namespace teahouse::server
