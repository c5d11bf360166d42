#include "server/core/room.h"

#include "shared/limits.h"
#include "shared/names.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

Room::Room(RoomRecord record, Store &store, RoomLog::Deliver deliver)
    : m_record(std::move(record)), m_log(m_record.id, store, std::move(deliver))
{
    m_log.startAt(m_record.first, m_record.last);
    if (isPrivate())
        m_foldedNames = {foldedName(pair()[0].name), foldedName(pair()[1].name)};
}

const Partner &Room::otherThan(UserId user) const
{
    return pair().at(pair().at(0).user == user ? 1 : 0);
}

const QString &Room::foldedPartner(UserId viewer) const
{
    return m_foldedNames.at(pair()[0].user == viewer ? 1 : 0);
}

QString Room::label(UserId viewer) const
{
    return isPrivate() ? u'@' + otherThan(viewer).name : name();
}

bool Room::admit(UserId user)
{
    if (has(user))
        return false;
    m_members.push_back({user, ++m_arrivals});
    m_expected.remove(user);
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

void Room::setRules(const RoomRecord &rules)
{
    // Who was expected under other rules is not under these.
    if (rules.isClosed != m_record.isClosed || rules.keyHash != m_record.keyHash)
        m_expected.clear();
    m_record.retention = rules.retention;
    m_record.isClosed = rules.isClosed;
    m_record.isReadOnly = rules.isReadOnly;
    m_record.keyHash = rules.keyHash;
}

Result<Done> Room::expect(UserId user)
{
    if (m_expected.size() >= limits::expectedGuests && !m_expected.contains(user))
        return Error{.code = ErrorCode::TooMany,
                     .subject = u"guests who are expected in a room"_s,
                     .number = limits::expectedGuests};
    m_expected.insert(user);
    return Done{};
}

void Room::expectNoMore(UserId user)
{
    m_expected.remove(user);
}

void Room::expectNone(const QSet<UserId> &users)
{
    m_expected.subtract(users);
}

void Room::topicBegins(const QString &topic)
{
    m_comingTopic = topic;
    ++m_comingTopics;
}

void Room::topicEnds()
{
    --m_comingTopics;
}

RoomRecord Room::comingRecord() const
{
    RoomRecord record = m_record;
    if (m_comingTopics > 0)
        record.topic = m_comingTopic;
    return record;
}

void Room::updateAnnouncing(int upTo)
{
    const int againBelow = std::max(1, upTo * limits::announceAgainBelow / limits::announceUpTo);
    m_announces = m_announces ? memberCount() <= upTo : memberCount() < againBelow;
}

RoomState Room::state(UserId viewer) const
{
    return {.room = label(viewer),
            .topic = topic(),
            .first = m_log.first(),
            .last = m_log.last(),
            .read = m_log.last(),
            .members = isPrivate() ? 2 : memberCount(),
            .retention = retention(),
            .isClosed = isClosed(),
            .hasKey = hasKey(),
            .isReadOnly = isReadOnly()};
}

} // namespace teahouse::server
