#include "server/core/roommembers.h"

#include <algorithm>

namespace teahouse::server {

bool RoomMembers::admit(UserId user)
{
    if (has(user))
        return false;
    m_members.push_back({user, ++m_last});
    m_arrivals.insert(user, m_last);
    return true;
}

bool RoomMembers::dismiss(UserId user)
{
    const auto arrival = m_arrivals.constFind(user);
    if (arrival == m_arrivals.cend())
        return false;
    m_members.erase(firstAfter(*arrival - 1));
    m_arrivals.erase(arrival);
    return true;
}

std::ranges::subrange<std::vector<RoomMembers::Member>::const_iterator> RoomMembers::after(
        quint64 arrival) const
{
    return {firstAfter(arrival), m_members.cend()};
}

std::vector<RoomMembers::Member>::const_iterator RoomMembers::firstAfter(quint64 arrival) const
{
    return std::upper_bound(m_members.cbegin(), m_members.cend(), arrival,
                            [](quint64 number, const Member &m) { return number < m.arrival; });
}

} // namespace teahouse::server
