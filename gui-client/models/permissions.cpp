#include "gui-client/models/permissions.h"

#include "gui-client/models/roomlistmodel.h"
#include "shared/names.h"
#include "shared/rights.h"

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

Rank rankOf(RoomRole role, bool registered, bool admin)
{
    if (admin)
        return Rank::Admin;
    switch (role) {
    case RoomRole::Owner:
        return Rank::Owner;
    case RoomRole::Moderator:
        return Rank::Moderator;
    case RoomRole::Member:
        return Rank::Member;
    case RoomRole::None:
        break;
    }
    return registered ? Rank::Account : Rank::Guest;
}

Rank rankOf(const Standing &own)
{
    return rankOf(own.room.role, own.user.registered, own.isAdmin());
}

Rank rankOf(const Person &person)
{
    if (person.name.contains(u'~'))
        return Rank::Anonymous;
    return rankOf(person.role, person.registered, person.admin);
}

Place placeOf(const RoomState &room)
{
    if (room.room.isEmpty())
        return {PlaceKind::Server};
    if (isPrivateRoom(room.room))
        return {PlaceKind::Conversation};
    if (room.room == "main"_L1)
        return {PlaceKind::Main, room.isReadOnly};
    return {room.isClosed ? PlaceKind::Closed : PlaceKind::Open, room.isReadOnly, room.hasKey};
}

/// The row of the table of rights that a deed falls under.
QLatin1StringView verbOf(Deed deed)
{
    switch (deed) {
    case Deed::Speak:
        return "say"_L1;
    case Deed::ChangeTopic:
        return setTopic;
    case Deed::Invite:
        return "invite"_L1;
    case Deed::MakeCode:
        return "invite-code"_L1;
    case Deed::Kick:
        return "kick"_L1;
    case Deed::Mute:
        return "mute"_L1;
    case Deed::Ban:
    case Deed::BanFromServer:
        return "ban"_L1;
    case Deed::GiveRole:
        return "role"_L1;
    case Deed::DeleteMessage:
        return deleteOthers;
    case Deed::SeeSanctions:
        return "bans"_L1;
    case Deed::HandOver:
    case Deed::ChangeRoom:
        return "room-set"_L1;
    case Deed::Administer:
        return "accounts"_L1;
    }
    return {};
}

Barrier barrierAt(const Place &place, Rank needed)
{
    switch (needed) {
    case Rank::Moderator:
        return Barrier::NeedsModerator;
    case Rank::Owner:
        return place.kind == PlaceKind::Main ? Barrier::NeedsAdmin : Barrier::NeedsOwner;
    case Rank::Admin:
        return Barrier::NeedsAdmin;
    case Rank::Nobody:
        return place.kind == PlaceKind::Conversation ? Barrier::PrivateRoom
                                                     : Barrier::EverybodyIsHere;
    default:
        return Barrier::NeedsAccount;
    }
}

} // namespace

Barrier barrierTo(Deed deed, const Standing &own)
{
    const bool isForServer = deed == Deed::BanFromServer || deed == Deed::Administer;
    const Place place = isForServer ? Place{} : placeOf(own.room);
    if (deed == Deed::HandOver && place.kind == PlaceKind::Main)
        return Barrier::MainHasNoOwner;
    const Right *right = rightOf(verbOf(deed));
    if (!right || isAllowed(verbOf(deed), place, rankOf(own)))
        return Barrier::None;
    Place unrestricted = place;
    unrestricted.isReadOnly = false;
    if (isAllowed(verbOf(deed), unrestricted, rankOf(own)))
        return Barrier::ReadOnly;
    return barrierAt(place, right->needed(place));
}

Barrier barrierTo(Deed deed, const Standing &own, const Person &target)
{
    if (const Barrier barrier = barrierTo(deed, own); barrier != Barrier::None)
        return barrier;
    const bool self = foldedName(target.name) == foldedName(own.user.name);
    switch (deed) {
    case Deed::Kick:
    case Deed::Mute:
    case Deed::Ban:
    case Deed::BanFromServer:
        if (self)
            return Barrier::Oneself;
        return rankOf(target) < rankOf(own) ? Barrier::None : Barrier::RankTooHigh;
    case Deed::GiveRole:
    case Deed::HandOver:
        if (self && !own.isAdmin())
            return Barrier::Oneself;
        if (!target.registered)
            return Barrier::NeedsAccount;
        return rankOf(target) < rankOf(own) || own.isAdmin() ? Barrier::None : Barrier::RankTooHigh;
    case Deed::Invite:
        return self ? Barrier::Oneself : Barrier::None;
    default:
        return Barrier::None;
    }
}

} // namespace teahouse::client
