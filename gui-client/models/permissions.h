#pragma once

#include "shared/roominfo.h"

namespace teahouse::client {

/// What somebody with a role may do to a room or to somebody in it.
enum class Deed {
    Speak,
    ChangeTopic,
    Invite,
    MakeCode, ///< that lets others in
    Kick,
    Mute,
    Ban,
    BanFromServer,
    GiveRole,      ///< any but the owner's
    HandOver,      ///< make somebody else the owner
    DeleteMessage, ///< of somebody else
    SeeSanctions,
    ChangeRoom, ///< its settings, and read its audit log
    Administer, ///< the server
};

/// Why something is not offered.
enum class Barrier {
    None,
    PrivateRoom,
    ReadOnly, ///< only moderators speak there
    NeedsModerator,
    NeedsOwner,
    NeedsAdmin,
    Oneself,
    RankTooHigh,  ///< theirs is not below one's own
    NeedsAccount, ///< they have none
    MainHasNoOwner,
    EverybodyIsHere, ///< in the main room nobody need be invited
};

/// What one is oneself, and where.
struct Standing
{
    UserInfo user;
    RoomState room; ///< without a name: the server

    bool isAdmin() const { return user.role == QLatin1StringView("admin"); }
};

/// What stands in the way of doing something to a room.
Barrier barrierTo(Deed deed, const Standing &own);

/// The same, of doing it to somebody. The server has the last word: it may know more.
Barrier barrierTo(Deed deed, const Standing &own, const Person &target);

} // namespace teahouse::client
