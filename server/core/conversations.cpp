#include "server/core/conversations.h"

namespace teahouse::server {

void Conversations::add(const RoomRecord &record)
{
    const auto [one, other] = std::pair(record.pair[0].user, record.pair[1].user);
    m_byPair.insert(key(one, other), record.id);
    m_byUser[one].insert(record.id);
    m_byUser[other].insert(record.id);
    m_begun.take(one, record.id);
    // From where it was begun is not kept: it shares limits with no other.
    if (!record.isAnswered)
        m_unanswered.take({{}, record.id}, record.id);
    update(record);
}

void Conversations::begin(const RoomRecord &record, const LimitShare &share, qint64 now)
{
    add(record);
    m_unanswered.take(share, record.id);
    m_freshByShare.take(share, record.id);
    m_freshByUser.take(record.pair[0].user, record.id);
    m_fresh.push_back({record.id, now + freshFor});
}

void Conversations::update(const RoomRecord &record)
{
    if (record.isAnswered)
        noteAnswered(record.id);
    if (record.isEnded[0] && record.isEnded[1])
        m_abandoned.insert(record.id);
    else
        m_abandoned.erase(record.id);
}

void Conversations::noteAnswered(RoomId room)
{
    m_unanswered.giveBack(room);
    m_freshByShare.giveBack(room);
    m_freshByUser.giveBack(room);
}

void Conversations::remove(const RoomRecord &record)
{
    m_byPair.remove(key(record.pair[0].user, record.pair[1].user));
    for (const Partner &partner : record.pair) {
        const auto rooms = m_byUser.find(partner.user);
        if (rooms == m_byUser.end())
            continue;
        rooms->remove(record.id);
        if (rooms->isEmpty())
            m_byUser.erase(rooms);
    }
    m_begun.giveBack(record.id);
    noteAnswered(record.id);
    m_abandoned.erase(record.id);
}

void Conversations::expire(qint64 now)
{
    for (; !m_fresh.empty() && m_fresh.front().until <= now; m_fresh.pop_front()) {
        m_freshByShare.giveBack(m_fresh.front().room);
        m_freshByUser.giveBack(m_fresh.front().room);
    }
}

RoomId Conversations::firstToGiveWay() const
{
    return m_abandoned.empty() ? m_unanswered.firstToGiveWay() : *m_abandoned.begin();
}

} // namespace teahouse::server
