#include "server/core/knownnames.h"

#include <utility>

namespace teahouse::server {

void KnownNames::arrive(const QString &folded, UserId user)
{
    const auto [found, isNew] = m_bearers.try_emplace(folded);
    if (isNew)
        ++m_glances.at(glance(folded));
    Bearers &bearers = found->second;
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
    if (found->second.here == 0) {
        m_bearers.erase(found);
        --m_glances.at(glance(folded));
    }
}

size_t KnownNames::glance(QStringView folded)
{
    if (folded.isEmpty())
        return 0;
    const size_t ends = folded.front().unicode() * size_t(37) + folded.back().unicode() * size_t(5);
    return (ends + static_cast<size_t>(folded.size())) % std::tuple_size_v<decltype(m_glances)>;
}

UserId KnownNames::find(QStringView folded) const
{
    if (m_glances.at(glance(folded)) == 0)
        return 0;
    const auto found = m_bearers.find(folded);
    if (found == m_bearers.end())
        return 0;
    return found->second.here != 0 ? found->second.here : found->second.departed;
}

} // namespace teahouse::server
