#include "server/core/room.h"

#include "shared/limits.h"

#include <algorithm>

namespace teahouse::server {

Room::Room(RoomId id, const QString &name, Store &store, RoomLog::Deliver deliver)
    : m_id(id), m_name(name), m_log(id, store, std::move(deliver))
{
}

const Room::Partner &Room::otherThan(UserId user) const
{
    return m_pair->at(m_pair->at(0).user == user ? 1 : 0);
}

QString Room::label(UserId viewer) const
{
    return isPrivate() ? u'@' + otherThan(viewer).name : m_name;
}

bool Room::admit(UserId user)
{
    if (has(user))
        return false;
    m_members.push_back({user, ++m_arrivals});
    m_emptySince = 0;
    return true;
}

bool Room::dismiss(UserId user)
{
    const auto found = std::find_if(m_members.begin(), m_members.end(),
                                    [&](const Member &m) { return m.user == user; });
    if (found == m_members.end())
        return false;
    m_members.erase(found);
    return true;
}

bool Room::has(UserId user) const
{
    return std::any_of(m_members.begin(), m_members.end(),
                       [&](const Member &m) { return m.user == user; });
}

void Room::updateAnnouncing(int upTo)
{
    const int againBelow = std::max(1, upTo * limits::announceAgainBelow / limits::announceUpTo);
    m_announces = m_announces ? memberCount() <= upTo : memberCount() < againBelow;
}

RoomState Room::state(UserId viewer) const
{
    return {.room = label(viewer),
            .topic = m_topic,
            .first = m_log.first(),
            .last = m_log.last(),
            .read = m_log.last(),
            .members = isPrivate() ? 2 : memberCount()};
}

} // namespace teahouse::server
