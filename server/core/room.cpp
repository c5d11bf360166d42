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
    if (!m_members.admit(user))
        return false;
    m_emptySince = 0;
    return true;
}

bool Room::dismiss(UserId user)
{
    return m_members.dismiss(user);
}

void Room::setRules(const RoomRecord &rules)
{
    m_record.retention = rules.retention;
    m_record.isClosed = rules.isClosed;
    m_record.isReadOnly = rules.isReadOnly;
    m_record.keyHash = rules.keyHash;
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
