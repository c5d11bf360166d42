#include "server/core/expectedguests.h"

#include "shared/limits.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

template <typename Key, typename Value>
void take(QHash<Key, QSet<Value>> &from, Key key, Value value)
{
    const auto found = from.find(key);
    if (found == from.end())
        return;
    found->remove(value);
    if (found->isEmpty())
        from.erase(found);
}

} // namespace

Result<Done> ExpectedGuests::expect(RoomId room, UserId user)
{
    if (expects(room, user))
        return Done{};
    if (m_byRoom.value(room).size() >= limits::expectedGuests)
        return Error{.code = ErrorCode::TooMany,
                     .subject = u"guests who are expected in a room"_s,
                     .number = limits::expectedGuests};
    m_byRoom[room].insert(user);
    m_byUser[user].insert(room);
    return Done{};
}

bool ExpectedGuests::expects(RoomId room, UserId user) const
{
    const auto found = m_byRoom.constFind(room);
    return found != m_byRoom.cend() && found->contains(user);
}

bool ExpectedGuests::forget(RoomId room, UserId user)
{
    if (!expects(room, user))
        return false;
    take(m_byRoom, room, user);
    take(m_byUser, user, room);
    return true;
}

QList<RoomId> ExpectedGuests::forgetUser(UserId user)
{
    const QSet<RoomId> rooms = m_byUser.take(user);
    for (const RoomId room : rooms)
        take(m_byRoom, room, user);
    return {rooms.cbegin(), rooms.cend()};
}

QList<UserId> ExpectedGuests::forgetRoom(RoomId room)
{
    const QSet<UserId> users = m_byRoom.take(room);
    for (const UserId user : users)
        take(m_byUser, user, room);
    return {users.cbegin(), users.cend()};
}

} // namespace teahouse::server
