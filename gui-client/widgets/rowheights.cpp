#include "gui-client/widgets/rowheights.h"

#include <algorithm>

namespace teahouse::client {

void RowHeights::reset(int count, const std::function<int(int)> &height)
{
    m_heights.clear();
    m_offsets = {0};
    insert(0, count, height);
}

void RowHeights::insert(int at, int count, const std::function<int(int)> &height)
{
    m_heights.insert(at, count, 0);
    for (int row = at; row < at + count; ++row)
        m_heights[row] = height(row);
    m_offsets.resize(std::min<qsizetype>(m_offsets.size(), at + 1));
}

void RowHeights::remove(int at, int count)
{
    m_heights.remove(at, count);
    m_offsets.resize(std::min<qsizetype>(m_offsets.size(), at + 1));
}

void RowHeights::set(int row, int height)
{
    if (m_heights.at(row) == height)
        return;
    m_heights[row] = height;
    m_offsets.resize(std::min<qsizetype>(m_offsets.size(), row + 1));
}

qint64 RowHeights::offset(int row) const
{
    while (m_offsets.size() <= row)
        m_offsets.append(m_offsets.last() + m_heights.at(m_offsets.size() - 1));
    return m_offsets.at(row);
}

int RowHeights::rowAt(qint64 y) const
{
    if (m_heights.isEmpty())
        return -1;
    offset(count());
    const auto it = std::upper_bound(m_offsets.cbegin(), m_offsets.cend(), y);
    const auto row = std::distance(m_offsets.cbegin(), it) - 1;
    return static_cast<int>(std::clamp<qsizetype>(row, 0, count() - 1));
}

} // namespace teahouse::client
