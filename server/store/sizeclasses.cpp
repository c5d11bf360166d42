#include "server/store/sizeclasses.h"

#include <algorithm>
#include <bit>

namespace teahouse::server {

SizeClasses::Place SizeClasses::add(RoomId room)
{
    return {0, m_classes[0].insert(m_classes[0].end(), room)};
}

void SizeClasses::remove(const Place &place)
{
    m_classes.at(place.sizeClass).erase(place.position);
}

void SizeClasses::update(Place &place, qsizetype bytes)
{
    const auto target = static_cast<size_t>(std::bit_width(static_cast<quint64>(bytes)));
    if (target == place.sizeClass)
        return;
    std::list<RoomId> &rooms = m_classes.at(target);
    rooms.splice(rooms.end(), m_classes.at(place.sizeClass), place.position);
    place.sizeClass = target;
}

RoomId SizeClasses::takeTurn()
{
    const auto largest = std::find_if(m_classes.rbegin(), m_classes.rend(),
                                      [](const auto &rooms) { return !rooms.empty(); });
    Q_ASSERT(largest != m_classes.rend());
    largest->splice(largest->end(), *largest, largest->begin());
    return largest->back();
}

} // namespace teahouse::server
