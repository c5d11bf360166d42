// The rows and their order. What items do to them is in transcriptmodel_items.cpp, own messages on
// their way in _own.cpp, what is kept and what is missing in _window.cpp, what was read in
// _read.cpp.
#include "gui-client/models/transcriptmodel.h"

#include "shared/text.h"

#include <QDateTime>

namespace teahouse::client {

namespace {

constexpr qint64 groupSpan = 5 * 60 * 1000; ///< a longer silence begins a new group

QDate dayOf(const TranscriptRow &row)
{
    return QDateTime::fromMSecsSinceEpoch(row.time).date();
}

} // namespace

TranscriptModel::TranscriptModel(QObject *parent, TranscriptBudget budget)
    : QAbstractListModel(parent), m_budget(budget)
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
    case FirstNewRole:
        return isFirstNew(index.row());
    default:
        return {};
    }
}

QHash<int, QByteArray> TranscriptModel::roleNames() const
{
    return {{KindRole, "kind"},     {TimeRole, "time"},        {AuthorRole, "author"},
            {TextRole, "text"},     {StateRole, "state"},      {SeqRole, "seq"},
            {CidRole, "cid"},       {OwnRole, "own"},          {MentionRole, "mention"},
            {EditedRole, "edited"}, {ErrorRole, "error"},      {FirstOfGroupRole, "firstOfGroup"},
            {NewDayRole, "newDay"}, {FirstNewRole, "firstNew"}};
}

bool TranscriptModel::isFirstOfGroup(int index) const
{
    const TranscriptRow &row = m_rows.at(index);
    if (row.kind != RowKind::Message || index == 0)
        return true;
    const TranscriptRow &before = m_rows.at(index - 1);
    return before.kind != RowKind::Message || before.author != row.author
            || row.time - before.time > groupSpan || isNewDay(index) || isFirstNew(index);
}

bool TranscriptModel::isNewDay(int index) const
{
    if (m_rows.at(index).kind == RowKind::Gap)
        return false; // it has no time
    int before = index - 1;
    if (before >= 0 && m_rows.at(before).kind == RowKind::Gap)
        --before;
    return before < 0 || dayOf(m_rows.at(index)) != dayOf(m_rows.at(before));
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

std::optional<int> TranscriptModel::rowAt(quint64 seq) const
{
    qsizetype place = placeOf(seq);
    if (place > 0 && m_rows.at(place - 1).to >= seq)
        --place;
    if (place >= m_rows.size())
        return std::nullopt;
    return static_cast<int>(place);
}

std::optional<int> TranscriptModel::lastOwn() const
{
    for (qsizetype i = m_rows.size() - 1; i >= 0; --i) {
        const TranscriptRow &row = m_rows.at(i);
        if (row.own && row.seq > 0 && isSpeech(row))
            return static_cast<int>(i);
    }
    return std::nullopt;
}

QStringList TranscriptModel::speakers() const
{
    QStringList names;
    QSet<QString> seen;
    for (auto row = m_rows.crbegin(); row != m_rows.crend(); ++row) {
        if (!isSpeech(*row) || row->own || seen.contains(row->author))
            continue;
        seen.insert(row->author);
        names.append(row->author);
    }
    return names;
}

void TranscriptModel::connected(quint64 last)
{
    m_base = last;
    m_amendments.clear();
    setLastKnown(last);
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
    syncGaps();
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

void TranscriptModel::insertAt(qsizetype place, const QList<TranscriptRow> &rows)
{
    const qsizetype count = rows.size();
    beginInsertRows({}, static_cast<int>(place), static_cast<int>(place + count - 1));
    m_rows.insert(place, count, {});
    std::copy(rows.cbegin(), rows.cend(), m_rows.begin() + place);
    for (const TranscriptRow &row : rows) {
        m_cost += costOf(row);
        m_gaps += row.kind == RowKind::Gap ? 1 : 0;
    }
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
    removeRows(index, index);
}

void TranscriptModel::removeRows(int first, int last)
{
    beginRemoveRows({}, first, last);
    for (int i = first; i <= last; ++i) {
        m_cost -= costOf(m_rows.at(i));
        m_gaps -= m_rows.at(i).kind == RowKind::Gap ? 1 : 0;
    }
    m_rows.remove(first, last - first + 1);
    endRemoveRows();
    if (first < m_rows.size())
        changed(first); // how it looks depended on what was before it
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

/// The rank of what comes now: behind everything that the room is known to have.
quint64 TranscriptModel::currentRank() const
{
    return std::max(m_lastKnown, m_known.last());
}

} // namespace teahouse::client
