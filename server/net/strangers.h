#pragma once

#include "server/core/limitshare.h"

#include <map>
#include <optional>
#include <set>
#include <unordered_map>

namespace teahouse::server {

/// Who is connected and has not logged in, by those who share an address: says who gives way
/// when places run out. That is the share with the most strangers, of which the one who has
/// waited longest goes; of shares with equally many, the one whose first has waited longest. So
/// nobody with few addresses can keep those of others out. Pure: no sockets, no clock.
class Strangers
{
public:
    using Id = quint64;

    /// Somebody new of that share, at steady time `now` in ms. Neither ids nor times go back.
    void add(Id who, const LimitShare &share, qint64 now);
    /// Has logged in, ended, or been told to give way. Unknown ones do nothing.
    void remove(Id who);

    /// Who gives way for a newcomer of `share`: somebody who came at `since` or before. Nobody
    /// when all of those are of shares with fewer strangers than the newcomer's would have.
    std::optional<Id> giveWay(const LimitShare &newcomer, qint64 since) const;

    /// When the one who waits longest has come; nothing: there is nobody.
    std::optional<qint64> oldest() const;

    size_t size() const { return m_all.size(); }

private:
    struct Stranger
    {
        LimitShare share;
        qint64 since = 0;
    };
    /// Of a share; the one that loses somebody first stands in front.
    struct Rank
    {
        size_t strangers = 0;
        Id oldest = 0;

        bool operator<(const Rank &other) const
        {
            return strangers != other.strangers ? strangers > other.strangers
                                                : oldest < other.oldest;
        }
    };
    struct Hash
    {
        size_t operator()(const LimitShare &share) const { return qHash(share); }
    };
    using Ids = std::set<Id>; ///< in the order in which they came

    void rank(const Ids &ids);
    void unrank(const Ids &ids);
    bool hasComeBy(Id who, qint64 since) const { return m_all.at(who).since <= since; }

    std::map<Id, Stranger> m_all;
    std::unordered_map<LimitShare, Ids, Hash> m_shares; ///< none is empty
    std::set<Rank> m_ranks;
};

} // namespace teahouse::server
