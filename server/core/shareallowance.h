#pragma once

#include "server/core/limitshare.h"

#include <unordered_map>

namespace teahouse::server {

/// How often each share of the limits may have something: a burst, then one in so many
/// milliseconds. Remembers those only who have not got their whole burst back. Times are steady.
class ShareAllowance
{
public:
    struct Rate
    {
        int burst = 0;
        qint64 every = 0; ///< milliseconds in which one more is allowed
    };
    static constexpr qsizetype mostShares = 65'536;

    explicit ShareAllowance(const Rate &rate) : m_rate(rate) { }

    /// How long until the share may have one; 0: now.
    qint64 wait(const LimitShare &share, qint64 now) const;
    /// The share has had one.
    void take(const LimitShare &share, qint64 now);
    /// It has not got it after all.
    void giveBack(const LimitShare &share);

    qsizetype remembered() const { return std::ssize(m_fullAt); }

private:
    struct Hash
    {
        size_t operator()(const LimitShare &share) const
        {
            return qHash(share, QHashSeed::globalSeed());
        }
    };

    void forgetFull(qint64 now);

    Rate m_rate;
    /// When each has its whole burst again, if it takes nothing until then. No QHash: one that
    /// stays full while many are taken out in its order gets ever slower.
    std::unordered_map<LimitShare, qint64, Hash> m_fullAt;
};

} // namespace teahouse::server
