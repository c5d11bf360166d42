#pragma once

#include <QMap>
#include <QtGlobal>

namespace teahouse::client {

/// Which of a room's numbers are known: a set of ranges that grow together. As long as nothing is
/// missing there is one; a second one stands behind it while missed messages are being fetched.
class SeqRanges
{
public:
    /// Adds from..to; both ends belong to it.
    void add(quint64 from, quint64 to);

    /// Forgets every number below `seq`.
    void dropBelow(quint64 seq);
    void clear() { m_ranges.clear(); }

    bool contains(quint64 seq) const;
    bool isEmpty() const { return m_ranges.isEmpty(); }

    /// The ends of the first range; 0 when there is none.
    quint64 first() const { return isEmpty() ? 0 : m_ranges.firstKey(); }
    quint64 firstEnd() const { return isEmpty() ? 0 : m_ranges.first(); }

    /// The largest number known; 0 when there is none.
    quint64 last() const { return isEmpty() ? 0 : m_ranges.last(); }

private:
    QMap<quint64, quint64> m_ranges;
};

} // namespace teahouse::client
