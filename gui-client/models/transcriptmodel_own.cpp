// Own messages from being sent to being confirmed; the rest is in transcriptmodel.cpp.
#include "gui-client/models/transcriptmodel.h"

#include "shared/text.h"

#include <algorithm>

namespace teahouse::client {

void TranscriptModel::addPending(const QString &cid, const QString &text, bool action, qint64 time)
{
    TranscriptRow row;
    row.kind = action ? RowKind::Action : RowKind::Message;
    row.state = RowState::Pending;
    row.rank = TranscriptRow::unsettled;
    row.cid = cid;
    row.author = m_ownName;
    row.text = cleanText(text);
    row.time = time;
    row.own = true;
    insertAt(m_rows.size(), {row});
    trim();
}

void TranscriptModel::confirm(const QString &cid, quint64 seq, qint64 time)
{
    const auto found = rowOfCid(cid);
    if (!found || seq == 0 || m_rows.at(*found).seq == seq)
        return;
    if (m_known.contains(seq)) {
        removeAt(*found); // history brought it already
        settleFailed();
        return;
    }
    m_known.add(seq, seq);
    syncGaps();
    const auto own = rowOfCid(cid); // gaps are rows, too
    confirmRow(*own, seq, time);
}

void TranscriptModel::confirmRow(int found, quint64 seq, qint64 time)
{
    TranscriptRow &row = m_rows[found];
    row.state = RowState::Sent;
    row.error.clear();
    row.seq = seq;
    row.time = time;
    row.rank = seq;
    row.asOf = seq;
    // Not placeOf(): the row itself is out of order until it is moved.
    qsizetype place = m_rows.size();
    while (place > 0 && (place - 1 == found || m_rows.at(place - 1).rank >= seq))
        --place;
    moveRow(found, place);
    settleFailed();
}

void TranscriptModel::fail(const QString &cid, const QString &text, RowState state)
{
    const auto found = rowOfCid(cid);
    if (!found || m_rows.at(*found).state == RowState::Sent)
        return;
    m_rows[*found].state = state;
    m_rows[*found].error = cleanLine(text);
    changed(*found);
    settleFailed();
}

void TranscriptModel::retry(const QString &cid)
{
    const auto found = rowOfCid(cid);
    if (!found || !isStuck(m_rows.at(*found)))
        return;
    TranscriptRow &row = m_rows[*found];
    const bool inTail = row.rank == TranscriptRow::unsettled;
    row.state = RowState::Pending;
    row.error.clear();
    row.rank = TranscriptRow::unsettled;
    if (inTail)
        changed(*found);
    else
        moveRow(*found, m_rows.size());
}

void TranscriptModel::removePending(const QString &cid)
{
    const auto found = rowOfCid(cid);
    if (!found || m_rows.at(*found).state == RowState::Sent)
        return;
    removeAt(*found);
    settleFailed();
}

void TranscriptModel::markAllPendingFailed(const QString &text)
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i).state != RowState::Pending || !isSpeech(m_rows.at(i)))
            continue;
        m_rows[i].state = RowState::Failed;
        m_rows[i].error = cleanLine(text);
        changed(i);
    }
    settleFailed();
}

bool TranscriptModel::hasUnsent() const
{
    return std::any_of(m_rows.cbegin(), m_rows.cend(), [](const TranscriptRow &row) {
        return row.own && row.state != RowState::Sent;
    });
}

QStringList TranscriptModel::resendUnconfirmed()
{
    QStringList cids;
    for (const TranscriptRow &row : std::as_const(m_rows)) {
        if (row.state == RowState::Unconfirmed)
            cids.append(row.cid);
    }
    for (const QString &cid : std::as_const(cids))
        retry(cid);
    return cids;
}

void TranscriptModel::clearConfirmed()
{
    m_known.clear();
    m_hidden.clear();
    m_amendments.clear();
    m_lastKnown = m_base = 0;
    m_marker.reset();
    closeGaps();
    dropRows(0, rowCount() - 1);
    for (TranscriptRow &row : m_rows)
        row.rank = isStuck(row) ? 0 : row.rank;
    markAllPendingFailed({});
    setOlder(Older::Unknown);
}

/// A failed message keeps its place once nothing before it is on its way any more.
void TranscriptModel::settleFailed()
{
    for (qsizetype i = placeOf(TranscriptRow::unsettled); i < m_rows.size(); ++i) {
        if (!isStuck(m_rows.at(i)))
            return;
        m_rows[i].rank = currentRank();
    }
}

} // namespace teahouse::client
