#include "gui-client/models/searchmodel.h"

#include "gui-client/models/searchwords.h"
#include "shared/text.h"

#include <QDateTime>

namespace teahouse::client {

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_found.size());
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Item &item = m_found.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case TextRole:
        return item.text;
    case RoomRole:
        return item.room;
    case SeqRole:
        return item.seq;
    case TimeRole:
        return QDateTime::fromMSecsSinceEpoch(item.time);
    case AuthorRole:
        return item.from;
    case WordsRole:
        return m_words;
    default:
        return {};
    }
}

QHash<int, QByteArray> SearchModel::roleNames() const
{
    return {{RoomRole, "room"},     {SeqRole, "seq"},   {TimeRole, "time"},
            {AuthorRole, "author"}, {TextRole, "text"}, {WordsRole, "words"}};
}

bool SearchModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_state == State::More && rowCount() < mostRows;
}

void SearchModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        ask();
}

void SearchModel::start(const SearchQuery &query)
{
    if (!m_found.isEmpty()) {
        beginRemoveRows({}, 0, rowCount() - 1);
        m_found.clear();
        endRemoveRows();
    }
    m_query = query;
    m_words = searchWords(query.text);
    m_next = 0;
    ++m_ticket; // answers to earlier questions are late now
    if (query.isEmpty())
        setState(State::Idle);
    else
        ask();
}

void SearchModel::retry()
{
    if (m_state == State::Failed)
        ask();
}

void SearchModel::ask()
{
    setState(State::Searching);
    emit pageWanted(++m_ticket, m_query, m_next);
}

void SearchModel::applyPage(quint64 ticket, const SearchPage &page)
{
    if (ticket != m_ticket || m_state != State::Searching)
        return;
    QList<Item> items;
    for (const SearchPage::Found &found : page.found) {
        Item item = found.item;
        item.room = cleanLine(item.room);
        item.from = cleanLine(item.from);
        item.text = cleanText(item.text);
        items.append(item);
    }
    if (!items.isEmpty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(items.size()) - 1);
        m_found += items;
        endInsertRows();
    }
    const bool more = page.more && page.next > 0 && page.next != m_next;
    m_next = page.next;
    if (more && items.isEmpty())
        ask(); // a page may be empty although more is to come
    else
        setState(more ? State::More : State::Done);
}

void SearchModel::fail(quint64 ticket, const Error &error, const QString &text)
{
    if (ticket != m_ticket)
        return;
    m_error = error;
    m_errorText = text;
    setState(State::Failed);
}

void SearchModel::setState(State state)
{
    m_state = state;
    emit stateChanged();
}

} // namespace teahouse::client
