#pragma once

#include "server/core/limitshare.h"

#include <QHash>

namespace teahouse::server {

/// How often each share of limits may do something: a burst at once, then one more each time an
/// interval is over. Remembers only those who have not got everything back. Times are those of
/// Moment::steady.
class ShareRate
{
public:
    struct Bounds
    {
        int burst = 1;       ///< at once, at least 1
        qint64 every = 1000; ///< ms until there is one more, at least 1
    };

    explicit ShareRate(const Bounds &bounds) : m_bounds(bounds) { }
    void setBounds(const Bounds &bounds) { m_bounds = bounds; }

    /// Takes one. 0, or the ms after which there is one and nothing is taken.
    qint64 take(const LimitShare &share, qint64 now);
    /// What was taken came to nothing.
    void giveBack(const LimitShare &share);

    qsizetype remembered() const { return m_full.size(); }

private:
    void forgetFull(qint64 now);

    Bounds m_bounds;
    QHash<LimitShare, qint64> m_full; ///< when each has everything back
    qsizetype m_sweepAt = firstSweep;

    static constexpr qsizetype firstSweep = 1024;
};

} // namespace teahouse::server
