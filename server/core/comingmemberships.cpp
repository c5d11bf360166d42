#include "server/core/comingmemberships.h"

namespace teahouse::server {

std::optional<MembershipRecord> ComingMemberships::newest(RoomId room, UserId user) const
{
    const auto found = m_coming.find({room, user});
    return found == m_coming.end() ? std::nullopt : std::optional(found->second.record);
}

void ComingMemberships::begin(const MembershipRecord &record)
{
    Coming &coming = m_coming[{record.room, record.user}];
    coming.record = record;
    ++coming.underWay;
}

void ComingMemberships::end(const MembershipRecord &record)
{
    const auto found = m_coming.find({record.room, record.user});
    if (found != m_coming.end() && --found->second.underWay == 0)
        m_coming.erase(found);
}

} // namespace teahouse::server
