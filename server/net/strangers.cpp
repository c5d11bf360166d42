#include "server/net/strangers.h"

namespace teahouse::server {

void Strangers::add(Id who, const LimitShare &share, qint64 now)
{
    m_all[who] = {share, now};
    Ids &ids = m_shares[share];
    unrank(ids);
    ids.insert(who);
    rank(ids);
}

void Strangers::remove(Id who)
{
    const auto stranger = m_all.find(who);
    if (stranger == m_all.end())
        return;
    const auto share = m_shares.find(stranger->second.share);
    unrank(share->second);
    share->second.erase(who);
    rank(share->second);
    if (share->second.empty())
        m_shares.erase(share);
    m_all.erase(stranger);
}

std::optional<Strangers::Id> Strangers::giveWay(const LimitShare &newcomer, qint64 since) const
{
    const auto own = m_shares.find(newcomer);
    const size_t others = own == m_shares.end() ? 0 : own->second.size();
    for (const Rank &rank : m_ranks) {
        if (rank.strangers <= others)
            break;
        if (hasComeBy(rank.oldest, since))
            return rank.oldest;
    }
    if (others > 0 && hasComeBy(*own->second.begin(), since))
        return *own->second.begin();
    return std::nullopt;
}

std::optional<qint64> Strangers::oldest() const
{
    if (m_all.empty())
        return std::nullopt;
    return m_all.begin()->second.since;
}

void Strangers::rank(const Ids &ids)
{
    if (!ids.empty())
        m_ranks.insert({ids.size(), *ids.begin()});
}

void Strangers::unrank(const Ids &ids)
{
    if (!ids.empty())
        m_ranks.erase({ids.size(), *ids.begin()});
}

} // namespace teahouse::server
