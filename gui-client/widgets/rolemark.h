#pragma once

#include "shared/roominfo.h"

#include <QRect>

class QPainter;

namespace teahouse::client {

/// Draws the sign of what somebody is, in the painter's pen: a star for an administrator, a crown
/// for a room's owner, a shield for a moderator. Whether there is one.
bool paintRoleMark(QPainter &painter, const QRect &area, RoomRole role, bool admin);

} // namespace teahouse::client
