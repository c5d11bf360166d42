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

void SeqRanges::dropBelow(quint64 seq)
{
    while (!m_ranges.isEmpty() && m_ranges.firstKey() < seq) {
        const quint64 to = m_ranges.first();
        m_ranges.erase(m_ranges.begin());
        if (to >= seq)
            m_ranges.insert(seq, to);
    }
}

bool SeqRanges::contains(quint64 seq) const
{
    auto it = m_ranges.upperBound(seq);
    return it != m_ranges.begin() && std::prev(it).value() >= seq;
}

} // namespace teahouse::client
