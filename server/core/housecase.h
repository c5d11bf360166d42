#pragma once

#include "server/core/house.h"

namespace teahouse::server {

/// A measure that somebody has asked for, with what is known of whoever asked.
struct House::Case
{
    UserId by = 0;
    QString byName = {};
    Rank rank = Rank::Outsider; ///< of whoever asked, in that room
    RoomId room = 0;            ///< 0: the whole server
    QString roomName = {};
    QString name = {}; ///< whose measure it is, as it was written
    QString reason = {};
    qint64 until = 0;
    qint64 now = 0;
    QString addresses = {}; ///< of the other, where they are meant as well; see AuditRecord
};

/// What somebody with an account is in a room by a role.
Rank rankOfRole(RoomRole role);

} // namespace teahouse::server
