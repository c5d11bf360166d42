#include "server/net/repeatedlog.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// All places beyond those that are told apart: no peer has a multicast address.
constexpr NetAddress others = {~quint64(0), ~quint64(0)};

QString lineOf(quint64 session, const QString &address, const QString &what)
{
    const QString id = QString::number(session);
    return address.isEmpty() ? id + u' ' + what : id + u' ' + address + u' ' + what;
}

} // namespace

void RepeatedLog::note(const Event &event, qint64 now)
{
    const Key key = keyOf(event);
    const bool isOther = key.counted == others;
    auto entry = m_entries.find(key);
    if (entry == m_entries.end()) {
        entry = m_entries.insert(key, {now + window, 0, {}});
        if (!isOther) {
            m_write(lineOf(event.session, event.address, event.kind));
            return;
        }
    }
    ++entry->repeated;
    entry->address = isOther ? u"other addresses"_s : event.address;
}

RepeatedLog::Key RepeatedLog::keyOf(const Event &event) const
{
    const Key key{event.counted, event.kind};
    if (m_entries.size() < mostPlaces || m_entries.contains(key))
        return key;
    return {others, event.kind};
}

void RepeatedLog::flush(qint64 now)
{
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        if (entry->until > now) {
            ++entry;
        } else if (entry->repeated == 0) {
            entry = m_entries.erase(entry);
        } else {
            tell(entry.key(), *entry);
            *entry = {now + window, 0, {}};
            ++entry;
        }
    }
}

std::optional<qint64> RepeatedLog::nextFlush() const
{
    if (m_entries.isEmpty())
        return std::nullopt;
    return std::min_element(m_entries.begin(), m_entries.end(),
                            [](const Entry &a, const Entry &b) { return a.until < b.until; })
            ->until;
}

void RepeatedLog::flushAll()
{
    for (auto entry = m_entries.cbegin(); entry != m_entries.cend(); ++entry) {
        if (entry->repeated > 0)
            tell(entry.key(), *entry);
    }
    m_entries.clear();
}

void RepeatedLog::tell(const Key &key, const Entry &entry)
{
    const QString times = entry.repeated == 1 ? u"once more"_s
                                              : u"%1 times more"_s.arg(entry.repeated);
    m_write(lineOf(0, entry.address,
                   u"%1, repeated %2 in the last %3 s"_s.arg(key.kind, times).arg(window / 1000)));
}

} // namespace teahouse::server
