#pragma once

#include "server/core/records.h"

#include "shared/result.h"

#include <QList>

#include <map>
#include <optional>
#include <utility>

namespace teahouse::server {

/// Memberships on their way to the store. A further change is made of what comes and not of what
/// is, so that two changes of one membership do not undo each other. Owned by the House.
class ComingMemberships
{
public:
    /// The newest of the two that is under way; nothing when none is.
    std::optional<MembershipRecord> newest(RoomId room, UserId user) const;
    /// The newest of each room of a user.
    QList<MembershipRecord> ofUser(UserId user) const;
    /// The newest of each user of a room. Looks at all that are under way.
    QList<MembershipRecord> ofRoom(RoomId room) const;
    /// It is given to the store.
    void begin(const MembershipRecord &record);
    /// The store has answered; once for each begin().
    void end(const MembershipRecord &record);

private:
    struct Coming
    {
        MembershipRecord record;
        int underWay = 0;
    };
    std::map<std::pair<UserId, RoomId>, Coming> m_coming;
};

} // namespace teahouse::server
