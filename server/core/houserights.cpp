#include "server/core/housecase.h"

namespace teahouse::server {

Rank rankOfRole(RoomRole role)
{
    switch (role) {
    case RoomRole::None:
        return Rank::Account;
    case RoomRole::Member:
        return Rank::Member;
    case RoomRole::Moderator:
        return Rank::Moderator;
    case RoomRole::Owner:
        return Rank::Owner;
    }
    return Rank::Account;
}

Place House::placeOf(const Room &room) const
{
    if (room.isPrivate())
        return {PlaceKind::Conversation};
    const PlaceKind kind = room.id() == m_main ? PlaceKind::Main
            : room.record().isClosed           ? PlaceKind::Closed
                                               : PlaceKind::Open;
    return {kind, room.isReadOnly(), room.hasKey()};
}

/// What somebody is in a room, whether in it at the moment or not; without one, on the server.
Rank House::rankOf(const User &user, const Room *room) const
{
    if (user.admin)
        return Rank::Admin;
    if (!user.registered)
        return user.anonymous ? Rank::Anonymous : Rank::Guest;
    return rankOfRole(room ? m_memberships.role(room->id(), user.id) : RoomRole::None);
}

/// The same of somebody who wants to do something there.
Rank House::rankIn(const User &user, const Room &room) const
{
    const Rank rank = rankOf(user, &room);
    const bool isInside = room.isPrivate() || user.rooms.contains(room.id());
    return isInside || rank == Rank::Admin ? rank : Rank::Outsider;
}

std::optional<Standing> House::standing(SessionId id, const std::optional<QString> &name) const
{
    const User *user = userOf(id);
    if (!user)
        return std::nullopt;
    if (!name)
        return Standing{{}, rankOf(*user, nullptr)};
    const Result<Room *> room = findFor(id, *name);
    if (!room)
        return std::nullopt;
    return Standing{placeOf(**room), rankIn(*user, **room)};
}

} // namespace teahouse::server
