// What was read of a transcript and what was not.
#include "gui-client/models/transcriptmodel.h"

#include <algorithm>

namespace teahouse::client {

void TranscriptModel::setMarker(std::optional<quint64> seq)
{
    if (m_marker == seq)
        return;
    const auto before = markerRow();
    m_marker = seq;
    const auto after = markerRow();
    for (const auto &row : {before, after}) {
        if (row)
            changed(*row);
    }
    emit markerChanged();
}

bool TranscriptModel::isMarkerLoaded() const
{
    if (!m_marker)
        return false;
    const bool isBehindAll = *m_marker >= m_known.last() && isNewestLoaded();
    const bool isBeforeAll = m_older == Older::Beginning && *m_marker < m_known.first();
    return m_known.contains(*m_marker + 1) || isBehindAll || isBeforeAll;
}

/// The first row behind the marker that others have caused.
std::optional<int> TranscriptModel::markerRow() const
{
    if (!isMarkerLoaded())
        return std::nullopt;
    for (qsizetype i = placeOf(*m_marker + 1); i < m_rows.size(); ++i) {
        const TranscriptRow &row = m_rows.at(i);
        if (row.kind == RowKind::Gap || row.state == RowState::Pending)
            return std::nullopt;
        if (row.seq > 0 && !row.own)
            return static_cast<int>(i);
    }
    return std::nullopt;
}

bool TranscriptModel::isFirstNew(int index) const
{
    // Most rows are told apart without looking for the marker's.
    const TranscriptRow &row = m_rows.at(index);
    return m_marker && row.seq > *m_marker && markerRow() == index;
}

std::optional<TranscriptModel::Count> TranscriptModel::countAfter(quint64 seq) const
{
    const bool isComplete = isNewestLoaded()
            && (seq >= m_known.last() || m_known.startOf(m_known.last()) <= seq + 1);
    if (!isComplete)
        return std::nullopt;
    Count count;
    for (qsizetype i = placeOf(seq + 1); i < m_rows.size(); ++i) {
        const TranscriptRow &row = m_rows.at(i);
        const bool counts = isSpeech(row) && row.seq > seq && !row.own;
        count.messages += counts ? 1 : 0;
        count.mentions += counts && row.mention ? 1 : 0;
    }
    return count;
}

} // namespace teahouse::client
