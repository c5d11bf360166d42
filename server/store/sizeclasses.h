#pragma once

#include "server/core/store.h"

#include <array>
#include <list>

namespace teahouse::server {

/// Rooms sorted by size to within a factor of two, so that one of the largest is found at once
/// and a room that grows is moved only when its size has doubled.
class SizeClasses
{
public:
    /// Where a room stands; kept by the caller beside the room.
    struct Place
    {
        size_t sizeClass = 0;
        std::list<RoomId>::iterator position;
    };

    Place add(RoomId room);
    void remove(const Place &place);

    /// To be called when the room has changed to so many bytes.
    void update(Place &place, qsizetype bytes);

    /// A room of the largest class that is not empty, each of them in turn; only while there is
    /// any room.
    RoomId takeTurn();

private:
    std::array<std::list<RoomId>, 65> m_classes;
};

} // namespace teahouse::server
