#include "gui-client/link/outbox.h"

#include "shared/limits.h"

#include <algorithm>

namespace teahouse::client {

Outbox::Outbox(std::function<QString()> newCid) : m_newCid(std::move(newCid)) { }

QString Outbox::add(OutgoingMessage message)
{
    message.cid = m_newCid();
    m_entries.append({message});
    return message.cid;
}

std::optional<OutgoingMessage> Outbox::next()
{
    if (m_underWay >= limits::appendsInFlight)
        return std::nullopt;
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [](const Entry &entry) {
        return entry.state == State::Waiting;
    });
    if (found == m_entries.end())
        return std::nullopt;
    found->state = State::UnderWay;
    ++m_underWay;
    return found->message;
}

void Outbox::acknowledged(const QString &cid)
{
    const qsizetype index = indexOf(cid);
    if (index < 0)
        return;
    if (m_entries.at(index).state == State::UnderWay)
        --m_underWay;
    m_entries.removeAt(index);
}

void Outbox::refused(const QString &cid)
{
    rest(cid, State::Refused);
}

void Outbox::unconfirmed(const QString &cid)
{
    rest(cid, State::Unconfirmed);
}

void Outbox::rest(const QString &cid, State state)
{
    const qsizetype index = indexOf(cid);
    if (index < 0)
        return;
    if (m_entries.at(index).state == State::UnderWay)
        --m_underWay;
    m_entries[index].state = state;
}

void Outbox::retry(const QString &cid)
{
    const qsizetype index = indexOf(cid);
    if (index < 0)
        return;
    const State state = m_entries.at(index).state;
    if (state != State::Refused && state != State::Unconfirmed)
        return;
    Entry entry = m_entries.takeAt(index);
    entry.state = State::Waiting;
    m_entries.append(entry);
}

void Outbox::remove(const QString &cid)
{
    const qsizetype index = indexOf(cid);
    if (index >= 0 && m_entries.at(index).state != State::UnderWay)
        m_entries.removeAt(index);
}

void Outbox::connectionLost()
{
    for (Entry &entry : m_entries) {
        if (entry.state == State::UnderWay || entry.state == State::Unconfirmed)
            entry.state = State::Waiting;
    }
    m_underWay = 0;
}

void Outbox::refuseAll()
{
    for (Entry &entry : m_entries)
        entry.state = State::Refused;
    m_underWay = 0;
}

QList<OutgoingMessage> Outbox::unsent() const
{
    QList<OutgoingMessage> messages;
    for (const Entry &entry : m_entries)
        messages.append(entry.message);
    return messages;
}

void Outbox::clear()
{
    m_entries.clear();
    m_underWay = 0;
}

qsizetype Outbox::indexOf(const QString &cid) const
{
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        if (m_entries.at(i).message.cid == cid)
            return i;
    }
    return -1;
}

} // namespace teahouse::client
