#pragma once

#include "server/core/records.h"

#include "shared/result.h"

#include <QHash>
#include <QList>
#include <QSet>

namespace teahouse::server {

/// Who was let into a room once, by an invitation or its password, and has not come yet. Owned by
/// the House.
class ExpectedGuests
{
public:
    /// Error: TooMany.
    Result<Done> expect(RoomId room, UserId user);
    bool expects(RoomId room, UserId user) const;

    /// The user has come, or it did not come of it; false: was not expected.
    bool forget(RoomId room, UserId user);
    /// The same of all rooms, which are returned; of everybody who was expected in one.
    QList<RoomId> forgetUser(UserId user);
    QList<UserId> forgetRoom(RoomId room);

    /// Who is expected in a room.
    QSet<UserId> in(RoomId room) const { return m_byRoom.value(room); }

private:
    QHash<RoomId, QSet<UserId>> m_byRoom; ///< no empty ones
    QHash<UserId, QSet<RoomId>> m_byUser; ///< the same
};

} // namespace teahouse::server
