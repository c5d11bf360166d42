#include "gui-client/models/pagedtable.h"

#include "gui-client/models/errands.h"
#include "shared/limits.h"

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostFruitless = 3;

} // namespace

PagedTable::PagedTable(Errands &errands, const Question &question, int columns, QObject *parent)
    : QAbstractTableModel(parent), m_errands(errands), m_verb(question.verb),
      m_place(question.place), m_fields({{u"limit"_s, limits::page}}), m_columns(columns)
{
    if (!question.room.isEmpty())
        m_fields[u"room"_s] = question.room;
}

int PagedTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

QVariant PagedTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)
        || (role != Qt::DisplayRole && role != Qt::UserRole))
        return {};
    return cell(index.row(), index.column());
}

QDateTime PagedTable::moment(qint64 time)
{
    return time > 0 ? QDateTime::fromMSecsSinceEpoch(time) : QDateTime();
}

bool PagedTable::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_state == State::More;
}

void PagedTable::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        ask();
}

void PagedTable::reload()
{
    m_next = QJsonValue(QJsonValue::Undefined);
    m_fruitless = 0;
    restart();
    ask();
}

void PagedTable::retry()
{
    if (m_state == State::Failed)
        ask();
}

void PagedTable::ask()
{
    setState(State::Loading);
    QJsonObject fields = m_fields;
    if (!m_next.isUndefined() && !m_next.isNull())
        fields[m_place] = m_next;
    const auto end = [this, run = ++m_run](const Reply &reply, const QString &text) {
        if (run == m_run)
            ended(reply, text);
    };
    m_errands.ask(m_verb, fields, this, end);
}

void PagedTable::ended(const Reply &reply, const QString &text)
{
    const qsizetype before = filled();
    const auto rest = reply ? take(*reply) : std::nullopt;
    if (!rest) {
        m_error = reply ? Error{} : reply.error();
        m_errorText = text;
        setState(State::Failed);
        return;
    }
    m_fruitless = filled() > before ? 0 : m_fruitless + 1;
    const bool more = rest->more && rest->next != m_next && m_fruitless < mostFruitless;
    m_next = rest->next;
    setState(more ? State::More : State::Done);
}

void PagedTable::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

} // namespace teahouse::client
