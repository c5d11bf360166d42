#pragma once

#include <QHash>

#include <algorithm>
#include <set>
#include <utility>

namespace teahouse::server {

/// Who holds how many of something scarce, so that nobody takes all of it. Things have numbers,
/// the older the smaller; 0 is none. Of holders with equally many, the one with the oldest thing
/// comes first.
template <typename Holder>
class Quota
{
public:
    /// The thing is the holder's from now on, whoever held it before.
    void take(const Holder &holder, quint64 thing)
    {
        giveBack(thing);
        m_holders.insert(thing, holder);
        Things &things = m_things[holder];
        unrank(things);
        things.insert(thing);
        rank(things);
    }

    /// Nobody holds it any more; ignored when nobody did.
    void giveBack(quint64 thing)
    {
        const auto held = m_holders.constFind(thing);
        if (held == m_holders.cend())
            return;
        const auto found = m_things.find(*held);
        unrank(*found);
        found->erase(thing);
        if (found->empty())
            m_things.erase(found);
        else
            rank(*found);
        m_holders.erase(held);
    }

    int count(const Holder &holder) const
    {
        const auto found = m_things.constFind(holder);
        return found == m_things.cend() ? 0 : static_cast<int>(found->size());
    }
    qsizetype total() const { return m_holders.size(); }
    bool isHeld(quint64 thing) const { return m_holders.contains(thing); }
    /// Whose it is; a default-made holder when it is nobody's.
    Holder holder(quint64 thing) const { return m_holders.value(thing); }

    /// The oldest thing of the one who holds most; 0 when nothing is held.
    quint64 firstToGiveWay() const { return m_ranking.empty() ? 0 : m_ranking.begin()->second; }

private:
    using Things = std::set<quint64>;

    static std::pair<qint64, quint64> place(const Things &things)
    {
        return {-static_cast<qint64>(things.size()), *things.begin()};
    }
    void rank(const Things &things) { m_ranking.insert(place(things)); }
    void unrank(const Things &things)
    {
        if (!things.empty())
            m_ranking.erase(place(things));
    }

    QHash<Holder, Things> m_things; ///< no empty ones
    QHash<quint64, Holder> m_holders;
    std::set<std::pair<qint64, quint64>> m_ranking; ///< by how many, the most first; the oldest
};

/// How a fair part of what is left is reckoned.
struct PartRule
{
    int divisor = 1; ///< of what is left
    int least = 1;   ///< even of nothing
    int most = 1;
};

/// How many somebody may hold while so many are left: the fewer, the less there is, so that many
/// who take as much as they may still leave some to the next one.
inline int fairPart(qint64 left, const PartRule &rule)
{
    const qint64 part = std::max<qint64>(left, 0) / rule.divisor;
    return static_cast<int>(std::clamp<qint64>(part, rule.least, std::max(rule.least, rule.most)));
}

} // namespace teahouse::server
