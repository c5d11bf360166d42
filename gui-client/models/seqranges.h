#pragma once

#include <QList>
#include <QMap>
#include <QtGlobal>

#include <utility>

namespace teahouse::client {

/// Which of a room's numbers are known: a set of ranges that grow together. As long as nothing is
/// missing there is one; there are more while missed messages are being fetched, and where somebody
/// looks at what was said long ago.
class SeqRanges
{
public:
    /// Adds from..to; both ends belong to it.
    void add(quint64 from, quint64 to);

    /// Forgets from..to.
    void remove(quint64 from, quint64 to);

    /// Forgets every number below `seq`.
    void dropBelow(quint64 seq);
    void clear() { m_ranges.clear(); }

    bool contains(quint64 seq) const;
    bool isEmpty() const { return m_ranges.isEmpty(); }

    /// The smallest number known; 0 when there is none.
    quint64 first() const { return isEmpty() ? 0 : m_ranges.firstKey(); }

    /// The largest number known; 0 when there is none.
    quint64 last() const { return isEmpty() ? 0 : m_ranges.last(); }

    /// The first number of the range that `seq` is in; 0 when it is in none.
    quint64 startOf(quint64 seq) const;

    /// What is missing between the ranges: the first and the last number of each hole.
    QList<std::pair<quint64, quint64>> holes() const;

private:
    QMap<quint64, quint64> m_ranges;
};

} // namespace teahouse::client
