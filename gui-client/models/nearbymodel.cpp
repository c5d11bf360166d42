#include "gui-client/models/nearbymodel.h"

#include "shared/joinlink.h"

#include <algorithm>
#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

/// Which of several addresses of a server is taken: the smallest.
int preference(const QString &host)
{
    if (host.startsWith("127."_L1) || host == "::1"_L1)
        return 4; // on this very machine, which others are not
    if (host.startsWith("fe80:"_L1, Qt::CaseInsensitive))
        return 3; // holds on one network interface only
    if (host.startsWith("169.254."_L1))
        return 2; // until there is a better one
    return host.contains(u':') ? 1 : 0;
}

QString beginningOf(const QString &name)
{
    const QList<uint> characters = name.toUcs4();
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(characters.constData()),
                             std::min(characters.size(), NearbyModel::longestName));
}

} // namespace

void NearbyModel::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        emit stateChanged();
}

void NearbyModel::setKnownKeys(KnownKeys knownKeys)
{
    m_knownKeys = std::move(knownKeys);
    if (!m_entries.isEmpty())
        emit dataChanged(index(0), index(rowCount() - 1), {FalseRole});
}

void NearbyModel::see(const Sight &sight, const Claim &claim)
{
    auto announcement = parseAnnouncement(claim.txt);
    if (!announcement || claim.host.isEmpty() || claim.port == 0) {
        lose(sight);
        return;
    }
    announcement->name = beginningOf(announcement->name);
    Entry entry{sight.service, sight.domain, claim.port, *announcement, {{sight, claim.host}}};
    const int like = rowLike(entry);
    if (const int row = rowOf(sight); row >= 0 && row != like) {
        lose(sight); // it is another server now
        see(sight, claim);
        return;
    }
    if (like >= 0) {
        Entry &known = m_entries[like];
        known.announcement = *announcement;
        known.hosts.insert(sight, claim.host);
        emit dataChanged(index(like), index(like));
    } else if (rowCount() < most) {
        beginInsertRows({}, rowCount(), rowCount());
        m_entries.append(std::move(entry));
        endInsertRows();
    }
}

void NearbyModel::lose(const Sight &sight)
{
    if (const int row = rowOf(sight); row >= 0)
        drop(row, sight);
}

void NearbyModel::drop(int row, const Sight &sight)
{
    Entry &entry = m_entries[row];
    if (entry.hosts.size() > 1) {
        entry.hosts.remove(sight);
        emit dataChanged(index(row), index(row), {AddressRole});
        return;
    }
    beginRemoveRows({}, row, row);
    m_entries.removeAt(row);
    endRemoveRows();
}

void NearbyModel::clear()
{
    if (m_entries.isEmpty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    m_entries.clear();
    endRemoveRows();
}

int NearbyModel::rowOf(const Sight &sight) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        return entry.hosts.contains(sight);
    });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

/// A service of the same name with another key is another server, on another network.
int NearbyModel::rowLike(const Entry &entry) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &other) {
        return other.service == entry.service && other.domain == entry.domain
                && other.port == entry.port
                && other.announcement.keyBegins == entry.announcement.keyBegins;
    });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

bool NearbyModel::isFalse(const Announcement &announcement) const
{
    const QList<Fingerprint> keys = m_knownKeys ? m_knownKeys(announcement.name)
                                                : QList<Fingerprint>();
    return !keys.isEmpty() && std::none_of(keys.begin(), keys.end(), [&](const Fingerprint &key) {
        return key.shortText() == announcement.keyBegins;
    });
}

QString NearbyModel::addressOf(const Entry &entry)
{
    const QList<QString> hosts = entry.hosts.values();
    const QString host = *std::min_element(
            hosts.begin(), hosts.end(),
            [](const QString &a, const QString &b) { return preference(a) < preference(b); });
    if (entry.port == JoinLink::defaultPort)
        return host;
    const QString shown = host.contains(u':') ? u'[' + host + u']' : host;
    return u"%1:%2"_s.arg(shown).arg(entry.port);
}

int NearbyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant NearbyModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries.at(index.row());
    switch (role) {
    case NameRole:
        return entry.announcement.name;
    case AddressRole:
        return addressOf(entry);
    case KeyRole:
        return entry.announcement.keyBegins;
    case PeopleRole:
        return entry.announcement.people;
    case FalseRole:
        return isFalse(entry.announcement);
    default:
        return {};
    }
}

} // namespace teahouse::client
