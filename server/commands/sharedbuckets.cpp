#include "server/commands/sharedbuckets.h"

#include <algorithm>

namespace teahouse::server {

namespace {

template <typename Key>
TokenBucket *bucketOf(QHash<Key, TokenBucket> &buckets, const Key &key, const TokenBucket &full)
{
    auto bucket = buckets.find(key);
    if (bucket == buckets.end())
        bucket = buckets.insert(key, full);
    return &*bucket;
}

} // namespace

TokenBucket *SharedBuckets::of(const LimitParty &party, const FloodSettings &settings, qint64 now)
{
    if (remembered() >= m_sweepAt)
        forgetFull(now);
    const FloodRate &rate = settings.messages;
    if (party.account != 0)
        return bucketOf(m_accounts, party.account, TokenBucket(rate.burst, rate.perSecond));
    if (!party.share)
        return nullptr;
    const double times = settings.addressTimes;
    return bucketOf(m_shares, *party.share,
                    TokenBucket(times * rate.burst, times * rate.perSecond));
}

void SharedBuckets::forgetFull(qint64 now)
{
    m_accounts.removeIf([&](auto entry) { return entry->isFull(now); });
    m_shares.removeIf([&](auto entry) { return entry->isFull(now); });
    m_sweepAt = std::max(firstSweep, remembered() * 2);
}

} // namespace teahouse::server
