// The window that a transcript is over its room: what is missing in it, and what it drops.
#include "gui-client/models/transcriptmodel.h"

#include <algorithm>

namespace teahouse::client {

quint64 TranscriptModel::lastOf(const Item &item)
{
    return item.kind == ItemKind::Gone ? std::max(item.seq, item.to) : item.seq;
}

qint64 TranscriptModel::costOf(const TranscriptRow &row)
{
    const qsizetype characters = row.text.size() + row.author.size() + row.subject.size();
    return qint64(sizeof(TranscriptRow)) + 64 + 2 * characters + 64 * row.presence.size();
}

/// The holes between what is known, and the one behind it.
QList<std::pair<quint64, quint64>> TranscriptModel::missing() const
{
    auto holes = m_known.holes();
    if (!m_known.isEmpty() && m_known.last() < m_lastKnown)
        holes.append({m_known.last() + 1, m_lastKnown});
    return holes;
}

void TranscriptModel::syncGaps()
{
    if (m_gaps == 0 && missing().isEmpty())
        return;
    closeGaps();
    openGaps();
}

/// Takes away the gaps that are filled, and makes those smaller that are in part.
void TranscriptModel::closeGaps()
{
    if (m_gaps == 0)
        return;
    const auto holes = missing();
    for (int i = rowCount() - 1; i >= 0; --i) {
        if (m_rows.at(i).kind != RowKind::Gap)
            continue;
        TranscriptRow &gap = m_rows[i];
        const auto hole = std::find_if(holes.cbegin(), holes.cend(), [&](const auto &each) {
            return each.first <= gap.to && each.second >= gap.seq;
        });
        if (hole == holes.cend()) {
            removeAt(i);
        } else if (hole->first != gap.seq || hole->second != gap.to) {
            gap.seq = hole->first;
            gap.to = gap.rank = hole->second;
            gap.state = RowState::Sent; // what was asked for has come
            changed(i);
        }
    }
}

/// Sets a row where something is missing and no row says so.
void TranscriptModel::openGaps()
{
    const auto holes = missing();
    for (const auto &[from, to] : holes) {
        const qsizetype place = placeOf(to);
        if (place < m_rows.size() && m_rows.at(place).kind == RowKind::Gap
            && m_rows.at(place).rank == to)
            continue;
        TranscriptRow gap;
        gap.kind = RowKind::Gap;
        gap.seq = from;
        gap.to = gap.rank = to;
        insertAt(place, {gap});
    }
}

void TranscriptModel::setGap(quint64 edge, RowState state)
{
    for (int i = 0; m_gaps > 0 && i < rowCount(); ++i) {
        TranscriptRow &row = m_rows[i];
        if (row.kind != RowKind::Gap || (row.to + 1 != edge && row.seq != edge + 1)
            || row.state == state)
            continue;
        row.state = state;
        changed(i);
    }
}

void TranscriptModel::setGaps(RowState state)
{
    for (int i = 0; m_gaps > 0 && i < rowCount(); ++i) {
        TranscriptRow &row = m_rows[i];
        if (row.kind != RowKind::Gap || row.state == state)
            continue;
        row.state = state;
        changed(i);
    }
}

/// Notes which numbers a page leaves no question about. Numbers that it passes over do not exist
/// any more.
void TranscriptModel::cover(const HistoryPage &page, quint64 edge)
{
    quint64 from = page.items.isEmpty() ? 0 : page.items.first().seq;
    quint64 to = page.items.isEmpty() ? 0 : lastOf(page.items.last());
    if (page.backwards && edge > 0) {
        to = std::max(to, std::min(edge - 1, std::max(m_base, m_known.last())));
    } else if (!page.backwards) {
        from = edge + 1;
        // What came later than the question comes as an event.
        to = page.more ? to : std::max(to, m_base);
    }
    m_known.add(from, to);
}

void TranscriptModel::updateOlder(const HistoryPage &page, quint64 edge)
{
    const bool isFirst = page.items.isEmpty() ? edge <= m_known.first()
                                              : page.items.first().seq <= m_known.first();
    if (page.backwards && isFirst)
        setOlder(page.more ? Older::More : Older::Beginning);
    else if (m_older == Older::Unknown)
        setOlder(Older::More);
}

void TranscriptModel::setBudget(TranscriptBudget budget)
{
    m_budget = budget;
    trim();
}

void TranscriptModel::setReader(int row)
{
    m_reader = m_rows.at(row).rank;
}

/// Drops what is farthest from the reader, in steps, so that not every message costs a removal.
void TranscriptModel::trim()
{
    if (rowCount() <= m_budget.rows && m_cost <= m_budget.bytes)
        return;
    const int count = rowCount();
    const auto share = double(m_budget.bytes) / double(std::max<qint64>(1, m_cost));
    const int fitting = std::min(m_budget.rows, static_cast<int>(count * std::min(1.0, share)));
    const int excess = count - fitting + m_budget.rows / 20;
    const auto tail = static_cast<int>(placeOf(TranscriptRow::unsettled)) - tailRows;
    const int reader = std::min(static_cast<int>(placeOf(m_reader)), count - 1);
    const int near = std::max(1, fitting / 4);
    const int above = std::max(0, reader - near);
    const int below = std::max(0, tail - (reader + near));
    if (below > above) {
        const int dropped = std::min(excess, below);
        dropRows(tail - dropped, tail - 1);
    } else if (above > 0) {
        const int dropped = dropRows(0, std::min(excess, above) - 1);
        if (dropped > 0)
            setOlder(Older::More);
    }
    syncGaps();
}

/// Drops rows, though not what a person has still to decide about; how many were dropped.
int TranscriptModel::dropRows(int first, int last)
{
    const int before = rowCount();
    for (int i = last; i >= first;) {
        int from = i;
        while (from >= first && m_rows.at(from).state == RowState::Sent)
            --from;
        if (from < i) {
            forget(from + 1, i);
            removeRows(from + 1, i);
        } else {
            --from;
        }
        i = from;
    }
    return before - rowCount();
}

/// The numbers of rows that will be dropped are not known any more.
void TranscriptModel::forget(int first, int last)
{
    const auto next = std::find_if(m_rows.cbegin() + last + 1, m_rows.cend(),
                                   [](const TranscriptRow &row) { return row.seq > 0; });
    const auto begin = std::find_if(m_rows.cbegin() + first, m_rows.cbegin() + last + 1,
                                    [](const TranscriptRow &row) { return row.seq > 0; });
    if (begin == m_rows.cbegin() + last + 1)
        return;
    const quint64 from = first == 0 ? 0 : begin->seq;
    const quint64 to = next == m_rows.cend() ? TranscriptRow::unsettled - 1 : next->seq - 1;
    m_known.remove(from, to);
    m_hidden.removeIf([=](quint64 seq) { return seq >= from && seq <= to; });
}

} // namespace teahouse::client
