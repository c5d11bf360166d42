#include "server/core/comingmemberships.h"

namespace teahouse::server {

std::optional<MembershipRecord> ComingMemberships::newest(RoomId room, UserId user) const
{
    const auto found = m_coming.find({user, room});
    return found == m_coming.end() ? std::nullopt : std::optional(found->second.record);
}

QList<MembershipRecord> ComingMemberships::ofUser(UserId user) const
{
    QList<MembershipRecord> records;
    for (auto it = m_coming.lower_bound({user, 0}); it != m_coming.end() && it->first.first == user;
         ++it)
        records.append(it->second.record);
    return records;
}

QList<MembershipRecord> ComingMemberships::ofRoom(RoomId room) const
{
    QList<MembershipRecord> records;
    for (const auto &[key, coming] : m_coming) {
        if (key.second == room)
            records.append(coming.record);
    }
    return records;
}

void ComingMemberships::begin(const MembershipRecord &record)
{
    Coming &coming = m_coming[{record.user, record.room}];
    coming.record = record;
    ++coming.underWay;
}

void ComingMemberships::end(const MembershipRecord &record)
{
    const auto found = m_coming.find({record.user, record.room});
    if (found != m_coming.end() && --found->second.underWay == 0)
        m_coming.erase(found);
}

} // namespace teahouse::server
