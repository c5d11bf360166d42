#include "server/core/trustedshares.h"

#include "shared/limits.h"

#include <QtEndian>

#include <algorithm>

namespace teahouse::server {

void TrustedShares::takeOver(const QList<TrustRecord> &records)
{
    for (const TrustRecord &record : records)
        apply(record);
}

Digest TrustedShares::digestOf(UserId account, const LimitShare &share) const
{
    const std::array<quint64, 3> parts = {qToBigEndian(account), qToBigEndian(share.counted.high),
                                          qToBigEndian(share.counted.low)};
    return m_digest.of("trusted"
                       + QByteArray(reinterpret_cast<const char *>(parts.data()), sizeof parts));
}

bool TrustedShares::contains(UserId account, const LimitShare &share) const
{
    const auto places = m_places.constFind(account);
    if (places == m_places.cend())
        return false;
    const Digest origin = digestOf(account, share);
    return std::any_of(places->begin(), places->end(),
                       [&](const Place &place) { return place.origin == origin; });
}

std::optional<TrustRecord> TrustedShares::record(UserId account, const LimitShare &share,
                                                 qint64 utc) const
{
    if (!share.counted.isKnown())
        return std::nullopt;
    // Of a clock that was set back the order is still right.
    const qint64 last = m_byUse.empty() ? 0 : std::get<qint64>(*m_byUse.rbegin());
    return TrustRecord{.user = account,
                       .origin = digestBytes(digestOf(account, share)),
                       .used = std::max(utc, last)};
}

QList<TrustRecord> TrustedShares::apply(const TrustRecord &record)
{
    const Digest origin = digestFrom(record.origin);
    remove(record.user, origin);
    insert(record.user, {origin, record.used});
    QList<TrustRecord> gone;
    if (const QList<Place> places = m_places.value(record.user);
        places.size() > limits::trustedPerAccount)
        gone.append(remove(record.user, places.last().origin));
    while (size() > limits::trusted) {
        const auto [used, account, oldest] = *m_byUse.begin();
        gone.append(remove(account, oldest));
    }
    return gone;
}

void TrustedShares::insert(UserId account, const Place &place)
{
    QList<Place> &places = m_places[account];
    const auto later = std::find_if(places.begin(), places.end(),
                                    [&](const Place &other) { return other.used <= place.used; });
    places.insert(later, place);
    m_byUse.emplace(place.used, account, place.origin);
}

TrustRecord TrustedShares::remove(UserId account, const Digest &origin)
{
    const auto places = m_places.find(account);
    if (places == m_places.end())
        return {};
    const auto place = std::find_if(places->begin(), places->end(),
                                    [&](const Place &other) { return other.origin == origin; });
    if (place == places->end())
        return {};
    m_byUse.erase({place->used, account, origin});
    places->erase(place);
    if (places->isEmpty())
        m_places.erase(places);
    return {.user = account, .origin = digestBytes(origin), .dropped = true};
}

void TrustedShares::forget(UserId account)
{
    const QList<Place> places = m_places.value(account);
    for (const Place &place : places)
        remove(account, place.origin);
}

} // namespace teahouse::server
