#include "server/core/sanctions.h"

#include "shared/names.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

bool holds(const SanctionRecord &record, qint64 now)
{
    return record.until == 0 || record.until > now;
}

/// Names hold neither of these, and every subject of a network does.
bool isNetwork(const QString &subject)
{
    return subject.contains(u'/') || subject.contains(u':');
}

/// Whether other names may look like the one it is on. Those of speakers without a name are theirs.
bool hasLooks(const SanctionRecord &record)
{
    return !isNetwork(record.subject) && !record.subject.contains(u'~');
}

} // namespace

QString subjectOf(const Network &network)
{
    const QString text = networkText(network);
    return isNetwork(text) ? text : text + u"/32"_s;
}

QString networksText(const QList<Network> &networks)
{
    QStringList texts;
    for (const Network &network : networks)
        texts += subjectOf(network);
    return texts.join(u',');
}

QList<Network> networksFrom(const QString &text)
{
    QList<Network> networks;
    const QStringList texts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &each : texts) {
        if (const auto network = parseNetwork(each))
            networks.append(*network);
    }
    return networks;
}

QList<Network> networksOf(const SanctionRecord &record)
{
    return networksFrom(isNetwork(record.subject) ? record.subject : record.addresses);
}

void Sanctions::takeOver(const QList<SanctionRecord> &records)
{
    QList<SanctionRecord> byTime = records;
    std::stable_sort(byTime.begin(), byTime.end(),
                     [](const auto &a, const auto &b) { return a.time < b.time; });
    for (const SanctionRecord &record : std::as_const(byTime))
        apply(record);
}

QString Sanctions::key(SanctionKind kind, const QString &subject)
{
    return (kind == SanctionKind::Ban ? u"b "_s : u"m "_s) + subject;
}

/// The keys of all names that look like this one.
QStringList Sanctions::looks(SanctionKind kind, const QString &name)
{
    const Skeleton skeleton = teahouse::skeleton(name);
    return {key(kind, u"1 "_s + skeleton.ofFolded), key(kind, u"2 "_s + skeleton.folded)};
}

void Sanctions::apply(const SanctionRecord &record)
{
    Room &room = m_rooms[record.room];
    const QString of = key(record.kind, record.subject);
    if (const auto earlier = room.bySubject.constFind(of); earlier != room.bySubject.cend()) {
        const auto entry = room.entries.find(*earlier);
        forgetEnd(*earlier, entry->second.record);
        if (hasLooks(record)) {
            const QStringList keys = looks(record.kind, entry->second.record.shown);
            for (const QString &alike : keys)
                room.byLooks.remove(alike, *earlier);
        }
        room.entries.erase(entry);
        room.bySubject.erase(earlier);
    }
    if (!record.lifted) {
        room.bySubject.insert(of, ++m_last);
        room.entries[m_last] = {record, networksOf(record)};
        if (record.until != 0)
            m_ends.emplace(record.until, record.room, m_last);
        if (hasLooks(record)) {
            const QStringList keys = looks(record.kind, record.shown);
            for (const QString &alike : keys)
                room.byLooks.insert(alike, m_last);
        }
    }
    if (room.entries.empty())
        m_rooms.erase(record.room);
}

const SanctionRecord *Sanctions::on(RoomId room, SanctionKind kind, const Suspect &suspect,
                                    qint64 now) const
{
    const auto found = m_rooms.find(room);
    if (found == m_rooms.end())
        return nullptr;
    const Entries &entries = found->second.entries;
    if (!suspect.name.isEmpty()) {
        const quint64 named = found->second.bySubject.value(key(kind, foldedName(suspect.name)));
        if (named != 0 && holds(entries.at(named).record, now))
            return &entries.at(named).record;
        if (const SanctionRecord *record = alike(found->second, kind, suspect, now))
            return record;
    }
    if (!suspect.address.isKnown())
        return nullptr;
    for (const auto &[number, entry] : entries) {
        if (entry.record.kind == kind && holds(entry.record, now) && means(entry, suspect))
            return &entry.record;
    }
    return nullptr;
}

/// Whether it holds against the suspect's address.
bool Sanctions::means(const Entry &entry, const Suspect &suspect)
{
    const bool isSpared = !isNetwork(entry.record.subject)
            && suspect.knownSince < entry.record.time;
    return !isSpared
            && std::any_of(
                    entry.networks.begin(), entry.networks.end(),
                    [&](const Network &network) { return network.contains(suspect.address); });
}

const SanctionRecord *Sanctions::findOn(RoomId room, SanctionKind kind,
                                        const Network &network) const
{
    const auto found = m_rooms.find(room);
    if (found == m_rooms.end())
        return nullptr;
    for (const auto &[number, entry] : found->second.entries) {
        if (entry.record.kind == kind && entry.networks.contains(network))
            return &entry.record;
    }
    return nullptr;
}

const SanctionRecord *Sanctions::alike(const Room &room, SanctionKind kind, const Suspect &suspect,
                                       qint64 now)
{
    if (room.byLooks.isEmpty())
        return nullptr;
    const QStringList keys = looks(kind, suspect.name);
    for (const QString &key : keys) {
        const auto [first, last] = room.byLooks.equal_range(key);
        for (auto number = first; number != last; ++number) {
            const SanctionRecord &record = room.entries.at(*number).record;
            if (suspect.knownSince >= record.time && holds(record, now))
                return &record;
        }
    }
    return nullptr;
}

const SanctionRecord *Sanctions::find(RoomId room, SanctionKind kind, const QString &subject,
                                      const QString &shown) const
{
    const auto found = m_rooms.find(room);
    if (found == m_rooms.end())
        return nullptr;
    const Entries &entries = found->second.entries;
    if (const quint64 number = found->second.bySubject.value(key(kind, subject)))
        return &entries.at(number).record;
    for (const auto &[number, entry] : entries) {
        if (entry.record.kind == kind && entry.record.shown == shown)
            return &entry.record;
    }
    return nullptr;
}

std::optional<Network> Sanctions::findNetwork(
        RoomId room, const std::function<bool(const Network &)> &isWanted) const
{
    const auto found = m_rooms.find(room);
    if (found == m_rooms.end())
        return std::nullopt;
    for (const auto &[number, entry] : found->second.entries) {
        const auto wanted = std::find_if(entry.networks.begin(), entry.networks.end(), isWanted);
        if (wanted != entry.networks.end())
            return *wanted;
    }
    return std::nullopt;
}

int Sanctions::count(RoomId room) const
{
    const auto found = m_rooms.find(room);
    return found == m_rooms.end() ? 0 : static_cast<int>(found->second.entries.size());
}

int Sanctions::countBy(RoomId room, const QString &imposer) const
{
    const auto found = m_rooms.find(room);
    if (found == m_rooms.end())
        return 0;
    const Entries &entries = found->second.entries;
    return static_cast<int>(std::count_if(entries.begin(), entries.end(), [&](const auto &entry) {
        return entry.second.record.by == imposer;
    }));
}

SanctionList Sanctions::page(RoomId room, quint64 after, int limit, qint64 now,
                             const Shown &shown) const
{
    SanctionList list;
    const auto found = m_rooms.find(room);
    if (found == m_rooms.end())
        return list;
    const Entries &entries = found->second.entries;
    auto next = after == 0 ? entries.begin() : entries.upper_bound(after);
    for (; next != entries.end(); ++next) {
        const SanctionRecord &record = next->second.record;
        if (!holds(record, now))
            continue;
        if (list.sanctions.size() == limit) {
            list.more = true;
            break;
        }
        list.sanctions.append(shown(record));
        list.next = QString::number(next->first);
    }
    return list;
}

void Sanctions::forgetRoom(RoomId room)
{
    const auto found = m_rooms.find(room);
    if (found == m_rooms.end())
        return;
    for (const auto &[number, entry] : found->second.entries)
        forgetEnd(number, entry.record);
    m_rooms.erase(found);
}

void Sanctions::forgetEnd(quint64 number, const SanctionRecord &record)
{
    m_ends.erase({record.until, record.room, number});
}

QList<SanctionRecord> Sanctions::expire(qint64 now)
{
    QList<SanctionRecord> expired;
    for (const auto &[until, room, number] : m_ends) {
        if (until > now)
            break;
        expired.append(m_rooms.at(room).entries.at(number).record);
    }
    for (SanctionRecord &record : expired) {
        record.lifted = true;
        apply(record);
    }
    return expired;
}

} // namespace teahouse::server
