#pragma once

#include <QList>

#include <functional>

namespace teahouse::client {

/// The heights of many rows, some measured and the rest estimated, and where each row begins.
/// Sums are made when asked for, and only from the first changed row on.
class RowHeights
{
public:
    void reset(int count, const std::function<int(int row)> &height);
    void insert(int at, int count, const std::function<int(int row)> &height);
    void remove(int at, int count);
    void set(int row, int height);

    int count() const { return static_cast<int>(m_heights.size()); }
    int at(int row) const { return m_heights.at(row); }

    /// Where the row begins; for count() the end of all rows.
    qint64 offset(int row) const;
    qint64 total() const { return offset(count()); }

    /// The row that covers `y`, the first or last one beyond the ends; -1 when there is none.
    int rowAt(qint64 y) const;

private:
    QList<int> m_heights;
    mutable QList<qint64> m_offsets{0}; ///< the first entries are right; as many as there are
};

} // namespace teahouse::client
