#include "server/core/house.h"

namespace teahouse::server {

Place House::placeOf(const Room &room) const
{
    if (room.isPrivate())
        return {PlaceKind::Conversation};
    const PlaceKind kind = room.id() == m_main ? PlaceKind::Main
            : room.record().isClosed           ? PlaceKind::Closed
                                               : PlaceKind::Open;
    return {kind, room.record().isReadOnly};
}

Rank House::rankIn(const User &user, const Room &room) const
{
    if (user.admin)
        return Rank::Admin;
    const bool isInside = room.isPrivate() || user.rooms.contains(room.id());
    if (!isInside)
        return Rank::Outsider;
    const RoomRole role = room.isPrivate() ? RoomRole::None
                                           : m_memberships.role(room.id(), user.id);
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
    return rankOf(user);
}

/// Where no room is meant.
Rank House::rankOf(const User &user)
{
    if (user.admin)
        return Rank::Admin;
    if (user.registered)
        return Rank::Account;
    return user.anonymous ? Rank::Anonymous : Rank::Guest;
}

std::optional<Standing> House::standing(SessionId id, const std::optional<QString> &name) const
{
    const User *user = userOf(id);
    if (!user)
        return std::nullopt;
    if (!name)
        return Standing{{}, rankOf(*user)};
    const Result<Room *> room = findFor(id, *name);
    if (!room)
        return std::nullopt;
    return Standing{placeOf(**room), rankIn(*user, **room)};
}

} // namespace teahouse::server
