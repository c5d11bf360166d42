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

Rank House::rankIn(const User &user, const Room &room)
{
    const bool isInside = room.isPrivate() || user.rooms.contains(room.id());
    if (!isInside)
        return Rank::Outsider;
    return user.anonymous ? Rank::Anonymous : Rank::Guest;
}

std::optional<Standing> House::standing(SessionId id, const std::optional<QString> &name) const
{
    const User *user = userOf(id);
    if (!user)
        return std::nullopt;
    if (!name)
        return Standing{{}, user->anonymous ? Rank::Anonymous : Rank::Guest};
    const Result<Room *> room = findFor(id, *name);
    if (!room)
        return std::nullopt;
    return Standing{placeOf(**room), rankIn(*user, **room)};
}

} // namespace teahouse::server
