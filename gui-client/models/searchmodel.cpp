#include "gui-client/models/searchmodel.h"

#include "gui-client/models/searchwords.h"
#include "shared/text.h"

#include <QDateTime>

#include <utility>

namespace teahouse::client {

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Item &item = m_found.at(m_shown.at(index.row()));
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
    return !parent.isValid() && m_state == State::More && m_found.size() < mostFound;
}

void SearchModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        ask();
}

void SearchModel::start(const SearchQuery &query)
{
    if (!m_shown.isEmpty()) {
        beginRemoveRows({}, 0, rowCount() - 1);
        m_shown.clear();
        m_found.clear();
        endRemoveRows();
    }
    m_found.clear(); // what was hidden
    m_query = query;
    m_words = searchWords(query.text);
    m_next = 0;
    m_fruitless = 0;
    ++m_ticket; // answers to earlier questions are late now
    if (query.isEmpty())
        setState(State::Idle);
    else
        ask();
}

void SearchModel::retry()
{
    m_fruitless = 0;
    if (m_state == State::Failed || m_state == State::Paused)
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
    const int before = rowCount();
    add(items);
    const bool more = page.more && page.next > 0 && page.next != m_next;
    m_next = page.next;
    m_fruitless = rowCount() > before ? 0 : m_fruitless + 1;
    if (!more || m_found.size() >= mostFound)
        setState(more ? State::More : State::Done);
    else if (m_fruitless == 0)
        setState(State::More);
    else if (m_fruitless < mostFruitless)
        ask(); // nobody scrolls on where a page has added nothing
    else
        setState(State::Paused);
}

void SearchModel::add(const QList<Item> &items)
{
    QList<qsizetype> shown;
    for (const Item &item : items) {
        if (!hides(item))
            shown.append(m_found.size());
        m_found.append(item);
    }
    if (shown.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(shown.size()) - 1);
    m_shown += shown;
    endInsertRows();
}

void SearchModel::setHiddenTest(std::function<bool(const QString &author)> test)
{
    m_hiddenTest = std::move(test);
    refreshHidden();
}

bool SearchModel::hides(const Item &item) const
{
    return m_hiddenTest && m_hiddenTest(item.from);
}

void SearchModel::refreshHidden()
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (!hides(m_found.at(m_shown.at(row))))
            continue;
        beginRemoveRows({}, row, row);
        m_shown.removeAt(row);
        endRemoveRows();
    }
    int row = 0; // where the next one belongs
    for (qsizetype i = 0; i < m_found.size(); ++i) {
        if (hides(m_found.at(i)))
            continue;
        if (row == m_shown.size() || m_shown.at(row) != i) {
            beginInsertRows({}, row, row);
            m_shown.insert(row, i);
            endInsertRows();
        }
        ++row;
    }
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
