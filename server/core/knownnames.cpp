#include "server/core/knownnames.h"

#include <utility>

namespace teahouse::server {

void KnownNames::arrive(const QString &folded, UserId user)
{
    Bearers &bearers = m_bearers[folded];
    bearers.here = user;
    if (bearers.departed == user)
        bearers.departed = 0;
}

void KnownNames::leave(const QString &folded)
{
    const auto found = m_bearers.find(folded);
    if (found != m_bearers.end())
        found->second.departed = std::exchange(found->second.here, 0);
}

void KnownNames::forget(const QString &folded, UserId user)
{
    const auto found = m_bearers.find(folded);
    if (found == m_bearers.end() || found->second.departed != user)
        return;
    found->second.departed = 0;
    if (found->second.here == 0)
        m_bearers.erase(found);
}

UserId KnownNames::find(QStringView folded) const
{
    const auto found = m_bearers.find(folded);
    if (found == m_bearers.end())
        return 0;
    return found->second.here != 0 ? found->second.here : found->second.departed;
}

} // namespace teahouse::server
