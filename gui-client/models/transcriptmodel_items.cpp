// What a room's numbered items do to the rows; the rest is in transcriptmodel.cpp.
#include "gui-client/models/transcriptmodel.h"

#include "shared/names.h"
#include "shared/text.h"

namespace teahouse::client {

namespace {

constexpr qsizetype mostAmendments = 200; ///< more cannot happen while a page is on its way

} // namespace

bool TranscriptModel::apply(const Item &item, const QString &cid)
{
    if (item.seq == 0)
        return false;
    if (m_known.contains(item.seq)) {
        // The confirmation came first, or history did; the message must not stay pending.
        if (rowOfCid(cid))
            confirm(cid, item.seq, item.time);
        return false;
    }
    const auto own = rowOfCid(cid);
    if (own && m_rows.at(*own).state != RowState::Sent) {
        confirm(cid, item.seq, item.time);
        return true;
    }
    m_known.add(item.seq, lastOf(item));
    syncGaps();
    if (auto row = rowFor(item)) {
        if (hides(*row)) {
            m_hidden.insert(item.seq);
            return true;
        }
        row->cid = cid;
        row->asOf = item.seq;
        insertSorted({*row});
        trim();
    } else {
        remember(item);
        amend(item);
    }
    return true;
}

void TranscriptModel::applyPage(const HistoryPage &page, quint64 edge)
{
    take(page, edge);
    updateOlder(page, edge);
    trim();
}

void TranscriptModel::take(const HistoryPage &page, quint64 edge)
{
    QList<TranscriptRow> rows;
    QList<Item> amendments;
    for (const Item &item : page.items) {
        if (item.seq == 0 || m_known.contains(item.seq))
            continue;
        if (auto row = rowFor(item)) {
            if (hides(*row)) {
                m_hidden.insert(item.seq);
                continue;
            }
            row->asOf = std::max(m_base, item.seq);
            rows.append(*row);
        } else {
            amendments.append(item);
        }
    }
    cover(page, edge);
    closeGaps(); // before the rows go in, so that these find their places
    insertSorted(rows);
    openGaps();
    for (const Item &item : amendments) {
        if (item.seq > m_base)
            remember(item);
        amend(item);
    }
    // The page may have been read before these happened.
    for (const Item &item : std::as_const(m_amendments))
        amend(item);
}

/// The row that an item begins; nothing for an item that changes another one.
std::optional<TranscriptRow> TranscriptModel::rowFor(const Item &item) const
{
    TranscriptRow row;
    row.seq = row.rank = item.seq;
    row.time = item.time;
    row.author = cleanLine(item.from);
    row.own = !m_ownName.isEmpty() && foldedName(row.author) == foldedName(m_ownName);
    row.text = cleanText(item.text);
    row.edited = item.edited;
    switch (item.kind) {
    case ItemKind::Message:
        row.kind = item.action ? RowKind::Action : RowKind::Message;
        row.mention = !row.own && m_mentionTest && m_mentionTest(row.text);
        return row;
    case ItemKind::Topic:
        row.kind = RowKind::Topic;
        return row;
    case ItemKind::Role:
        row.kind = RowKind::Role;
        row.subject = cleanLine(item.name);
        row.text = cleanLine(item.role);
        return row;
    case ItemKind::Gone:
        row.kind = RowKind::Gone;
        row.to = lastOf(item);
        return row;
    case ItemKind::Edited:
    case ItemKind::Deleted:
        break;
    }
    return std::nullopt;
}

void TranscriptModel::remember(const Item &amendment)
{
    m_amendments.append(amendment);
    if (m_amendments.size() > mostAmendments)
        m_amendments.removeFirst();
}

/// Carries out an edit or a deletion, when the message meant is loaded and does not know of it.
void TranscriptModel::amend(const Item &item)
{
    const auto found = rowOfSeq(item.target);
    if (!found || !isSpeech(m_rows.at(*found)) || item.seq <= m_rows.at(*found).asOf)
        return;
    TranscriptRow &row = m_rows[*found];
    m_cost -= costOf(row);
    row.asOf = item.seq;
    if (item.kind == ItemKind::Edited) {
        row.text = cleanText(item.text);
        row.edited = true;
        row.mention = !row.own && m_mentionTest && m_mentionTest(row.text);
    } else {
        row.kind = RowKind::Gone;
        row.to = row.seq;
        row.text.clear();
        row.mention = false;
    }
    m_cost += costOf(row);
    changed(*found);
}

} // namespace teahouse::client
