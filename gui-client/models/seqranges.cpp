#include "gui-client/models/seqranges.h"

#include <algorithm>

namespace teahouse::client {

void SeqRanges::add(quint64 from, quint64 to)
{
    if (from == 0 || to < from)
        return;
    auto it = m_ranges.upperBound(from);
    if (it != m_ranges.begin() && std::prev(it).value() + 1 >= from)
        --it;
    while (it != m_ranges.end() && it.key() <= to + 1) {
        from = std::min(from, it.key());
        to = std::max(to, it.value());
        it = m_ranges.erase(it);
    }
    m_ranges.insert(from, to);
}

void SeqRanges::remove(quint64 from, quint64 to)
{
    auto it = m_ranges.upperBound(from);
    if (it != m_ranges.begin() && std::prev(it).value() >= from)
        --it;
    while (it != m_ranges.end() && it.key() <= to) {
        const quint64 start = it.key();
        const quint64 end = it.value();
        it = m_ranges.erase(it);
        if (start < from)
            m_ranges.insert(start, from - 1);
        if (end > to)
            it = m_ranges.insert(to + 1, end);
    }
}

void SeqRanges::dropBelow(quint64 seq)
{
    if (seq > 0)
        remove(0, seq - 1);
}

bool SeqRanges::contains(quint64 seq) const
{
    return startOf(seq) > 0;
}

quint64 SeqRanges::startOf(quint64 seq) const
{
    const auto it = m_ranges.upperBound(seq);
    if (it == m_ranges.begin() || std::prev(it).value() < seq)
        return 0;
    return std::prev(it).key();
}

QList<std::pair<quint64, quint64>> SeqRanges::holes() const
{
    QList<std::pair<quint64, quint64>> holes;
    for (auto it = m_ranges.begin(); it != m_ranges.end() && std::next(it) != m_ranges.end(); ++it)
        holes.append({it.value() + 1, std::next(it).key() - 1});
    return holes;
}

} // namespace teahouse::client
