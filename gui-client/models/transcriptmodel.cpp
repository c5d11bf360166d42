// What was said and what happened; own messages on their way are in transcriptmodel_own.cpp.
#include "gui-client/models/transcriptmodel.h"

#include "shared/names.h"
#include "shared/text.h"

#include <QDateTime>

namespace teahouse::client {

namespace {

constexpr qint64 groupSpan = 5 * 60 * 1000; ///< a longer silence begins a new group

QDate dayOf(const TranscriptRow &row)
{
    return QDateTime::fromMSecsSinceEpoch(row.time).date();
}

bool isSpeech(const TranscriptRow &row)
{
    return row.kind == RowKind::Message || row.kind == RowKind::Action;
}

quint64 lastOf(const Item &item)
{
    return item.kind == ItemKind::Gone ? std::max(item.seq, item.to) : item.seq;
}

} // namespace

TranscriptModel::TranscriptModel(QObject *parent, int maximum)
    : QAbstractListModel(parent), m_maximum(maximum)
{
}

int TranscriptModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TranscriptModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TranscriptRow &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return row.text;
    case KindRole:
        return static_cast<int>(row.kind);
    case TimeRole:
        return QDateTime::fromMSecsSinceEpoch(row.time);
    case AuthorRole:
        return row.author;
    case StateRole:
        return static_cast<int>(row.state);
    case SeqRole:
        return row.seq;
    case CidRole:
        return row.cid;
    case OwnRole:
        return row.own;
    case MentionRole:
        return row.mention;
    case EditedRole:
        return row.edited;
    case ErrorRole:
        return row.error;
    case FirstOfGroupRole:
        return isFirstOfGroup(index.row());
    case NewDayRole:
        return isNewDay(index.row());
    default:
        return {};
    }
}

QHash<int, QByteArray> TranscriptModel::roleNames() const
{
    return {{KindRole, "kind"},     {TimeRole, "time"},   {AuthorRole, "author"},
            {TextRole, "text"},     {StateRole, "state"}, {SeqRole, "seq"},
            {CidRole, "cid"},       {OwnRole, "own"},     {MentionRole, "mention"},
            {EditedRole, "edited"}, {ErrorRole, "error"}, {FirstOfGroupRole, "firstOfGroup"},
            {NewDayRole, "newDay"}};
}

bool TranscriptModel::isFirstOfGroup(int index) const
{
    const TranscriptRow &row = m_rows.at(index);
    if (row.kind != RowKind::Message || index == 0)
        return true;
    const TranscriptRow &before = m_rows.at(index - 1);
    return before.kind != RowKind::Message || before.author != row.author
            || row.time - before.time > groupSpan || isNewDay(index);
}

bool TranscriptModel::isNewDay(int index) const
{
    return index == 0 || dayOf(m_rows.at(index)) != dayOf(m_rows.at(index - 1));
}

std::optional<int> TranscriptModel::rowOfCid(const QString &cid) const
{
    if (cid.isEmpty())
        return std::nullopt;
    // What is asked for is nearly always among the last rows.
    for (qsizetype i = m_rows.size() - 1; i >= 0; --i) {
        if (m_rows.at(i).cid == cid)
            return static_cast<int>(i);
    }
    return std::nullopt;
}

void TranscriptModel::setMentionTest(std::function<bool(const QString &)> test)
{
    m_mentionTest = std::move(test);
}

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
    if (auto row = rowFor(item)) {
        row->cid = cid;
        insertSorted({*row});
        trim();
    } else {
        amend(item);
    }
    return true;
}

void TranscriptModel::applyPage(const HistoryPage &page)
{
    const quint64 oldest = m_known.first();
    const quint64 greatest = m_known.firstEnd();
    prepend(page.items);
    if (!page.items.isEmpty()) {
        const quint64 from = page.items.first().seq;
        const quint64 to = lastOf(page.items.last());
        if (page.backwards)
            m_known.add(from, oldest > from ? std::max(to, oldest - 1) : to);
        else
            m_known.add(greatest > 0 ? std::min(from, greatest + 1) : from, to);
    }
    if (page.backwards || m_older == Older::Unknown)
        setOlder(page.backwards && !page.more ? Older::Beginning : Older::More);
    if (!page.backwards)
        trim();
    if (m_older == Older::More && rowCount() >= m_maximum)
        setOlder(Older::Full);
}

void TranscriptModel::prepend(const QList<Item> &items)
{
    QList<TranscriptRow> rows;
    QList<Item> amendments;
    for (const Item &item : items) {
        if (item.seq == 0 || m_known.contains(item.seq))
            continue;
        m_known.add(item.seq, lastOf(item));
        if (auto row = rowFor(item))
            rows.append(*row);
        else
            amendments.append(item);
    }
    insertSorted(rows);
    for (const Item &item : amendments)
        amend(item);
}

void TranscriptModel::addPresence(const QString &name, Presence change, qint64 time)
{
    TranscriptRow row;
    row.kind = RowKind::Presence;
    row.time = time;
    row.rank = currentRank();
    const qsizetype place = placeOf(row.rank + 1);
    if (place > 0) {
        TranscriptRow &last = m_rows[place - 1];
        if (last.kind == RowKind::Presence && dayOf(last) == dayOf(row)) {
            auto it = std::find_if(last.presence.begin(), last.presence.end(),
                                   [&](const auto &entry) { return entry.name == name; });
            if (it != last.presence.end())
                it->last = change;
            else
                last.presence.append({name, change, change});
            changed(place - 1);
            return;
        }
    }
    row.presence.append({name, change, change});
    insertAt(place, {row});
    trim();
}

void TranscriptModel::addNotice(const QString &text, qint64 time)
{
    TranscriptRow row;
    row.kind = RowKind::Notice;
    row.text = cleanText(text);
    row.time = time;
    row.rank = currentRank();
    insertAt(placeOf(row.rank + 1), {row});
    trim();
}

void TranscriptModel::setLastKnown(quint64 seq)
{
    m_lastKnown = std::max(m_lastKnown, seq);
}

void TranscriptModel::setOlder(Older older)
{
    if (m_older == older)
        return;
    m_older = older;
    emit olderChanged(older);
}

/// Where a row of this rank belongs: before the first one that is not smaller.
qsizetype TranscriptModel::placeOf(quint64 rank) const
{
    const auto it = std::lower_bound(
            m_rows.cbegin(), m_rows.cend(), rank,
            [](const TranscriptRow &row, quint64 wanted) { return row.rank < wanted; });
    return std::distance(m_rows.cbegin(), it);
}

std::optional<int> TranscriptModel::rowOfSeq(quint64 seq) const
{
    const qsizetype place = placeOf(seq);
    if (place < m_rows.size() && m_rows.at(place).seq == seq)
        return static_cast<int>(place);
    return std::nullopt;
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

/// Carries out an edit or a deletion, when the message meant is loaded.
void TranscriptModel::amend(const Item &item)
{
    const auto found = rowOfSeq(item.target);
    if (!found || !isSpeech(m_rows.at(*found)))
        return;
    TranscriptRow &row = m_rows[*found];
    if (item.kind == ItemKind::Edited) {
        row.text = cleanText(item.text);
        row.edited = true;
    } else {
        row.kind = RowKind::Gone;
        row.to = row.seq;
        row.text.clear();
        row.mention = false;
    }
    changed(*found);
}

void TranscriptModel::insertAt(qsizetype place, const QList<TranscriptRow> &rows)
{
    const qsizetype count = rows.size();
    beginInsertRows({}, static_cast<int>(place), static_cast<int>(place + count - 1));
    m_rows.insert(place, count, {});
    std::copy(rows.cbegin(), rows.cend(), m_rows.begin() + place);
    endInsertRows();
    if (place + count < m_rows.size())
        changed(place + count); // it may have begun a group or a day
}

/// Inserts rows of ascending numbers, each run that stays together at once.
void TranscriptModel::insertSorted(const QList<TranscriptRow> &rows)
{
    for (qsizetype i = 0; i < rows.size();) {
        const qsizetype place = placeOf(rows.at(i).rank);
        const quint64 limit = place < m_rows.size() ? m_rows.at(place).rank
                                                    : TranscriptRow::unsettled;
        qsizetype end = i + 1;
        while (end < rows.size() && rows.at(end).rank < limit)
            ++end;
        insertAt(place, rows.mid(i, end - i));
        i = end;
    }
}

void TranscriptModel::removeAt(int index)
{
    beginRemoveRows({}, index, index);
    m_rows.removeAt(index);
    endRemoveRows();
    if (index < m_rows.size())
        changed(index);
}

/// Moves a row before the one that is at `place` now, and tells that it changed.
void TranscriptModel::moveRow(int from, qsizetype place)
{
    if (place == from || place == from + 1) {
        changed(from);
        return;
    }
    beginMoveRows({}, from, from, {}, static_cast<int>(place));
    const qsizetype to = place > from ? place - 1 : place;
    m_rows.move(from, to);
    endMoveRows();
    changed(to);
    if (from < m_rows.size())
        changed(from);
}

void TranscriptModel::changed(qsizetype index)
{
    // How the next row looks depends on this one.
    const auto last = static_cast<int>(std::min(index + 1, m_rows.size() - 1));
    emit dataChanged(this->index(static_cast<int>(index)), this->index(last));
}

void TranscriptModel::trim()
{
    const int excess = rowCount() - m_maximum;
    if (excess <= 0)
        return;
    // In steps, so that not every message costs a removal.
    const int count = std::min(excess + m_maximum / 20,
                               static_cast<int>(placeOf(TranscriptRow::unsettled)));
    if (count <= 0)
        return;
    beginRemoveRows({}, 0, count - 1);
    m_rows.remove(0, count);
    endRemoveRows();
    const auto numbered = std::find_if(m_rows.cbegin(), m_rows.cend(),
                                       [](const TranscriptRow &row) { return row.seq > 0; });
    if (numbered != m_rows.cend())
        m_known.dropBelow(numbered->seq);
    if (!m_rows.isEmpty())
        changed(0);
    setOlder(Older::More);
}

/// The rank of what comes now: behind everything that the room is known to have.
quint64 TranscriptModel::currentRank() const
{
    return std::max(m_lastKnown, m_known.last());
}

} // namespace teahouse::client
