#pragma once

#include "server/commands/floodsettings.h"
#include "server/commands/tokenbucket.h"
#include "server/core/limitshare.h"

#include <QHash>

namespace teahouse::server {

/// The rates of messages that several sessions share: those of one account, and those without a
/// name at one address. Pure: no clock. Owned by the Dispatcher.
///
/// Remembers nobody whose bucket is full again, so its size is bounded by what came in lately.
class SharedBuckets
{
public:
    /// The bucket of a party, at steady time `now` in ms; null when it shares with nobody. Valid
    /// until the next call.
    TokenBucket *of(const LimitParty &party, const FloodSettings &settings, qint64 now);

    /// How many parties are remembered.
    qsizetype remembered() const { return m_accounts.size() + m_shares.size(); }

private:
    void forgetFull(qint64 now);

    QHash<quint64, TokenBucket> m_accounts;
    QHash<LimitShare, TokenBucket> m_shares;
    qsizetype m_sweepAt = firstSweep;

    static constexpr qsizetype firstSweep = 256;
};

} // namespace teahouse::server
