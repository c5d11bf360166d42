#include "server/store/searcher.h"

#include "server/store/itemrow.h"
#include "server/store/searchindex.h"
#include "shared/names.h"

#include <QStringList>

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

Searcher::Searcher(Database &database)
    : m_database(database), m_vocabulary(database),
      m_store(database, "SELECT last_item, indexed FROM store"),
      m_room(database, "SELECT first, last FROM rooms WHERE id = ? AND retention <> 0"),
      m_timeFrom(database, "SELECT id, time FROM items WHERE id >= ? ORDER BY id LIMIT 1"),
      m_unindexed(database,
                  "SELECT id, room, " TEAHOUSE_ITEM_COLUMNS " FROM items"
                  " WHERE id >= ? AND id < ? ORDER BY id DESC"),
      m_indexed(database,
                "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ?"
                " ORDER BY rowid DESC"),
      m_item(database, "SELECT id, room, " TEAHOUSE_ITEM_COLUMNS " FROM items WHERE id = ?")
{
}

Result<FoundPage> Searcher::find(const SearchRequest &request)
{
    Search search{.request = request,
                  .words = SearchWords(request.text),
                  .from = foldedName(request.from),
                  .rooms = {},
                  .look = limits::searchLook};
    if (request.text.isEmpty() ? search.from.isEmpty() : search.words.isEmpty())
        return SearchWords::emptyError();
    const Snapshot snapshot(m_database);
    openRooms(search);
    m_store.with().next();
    const quint64 behind = m_store.number(0) + 1;
    const quint64 indexed = m_store.number(1);
    m_store.reset();
    search.isSifted = search.rooms.size() > roomsInQuery || search.items > behind / 8 * 7;
    search.high = request.before == 0 ? behind : std::min(behind, request.before);
    if (request.until != 0)
        search.high = std::min(search.high, firstFrom(request.until, behind));
    search.low = request.since == 0 ? 0 : firstFrom(request.since, behind);
    if (search.rooms.isEmpty() || search.low >= search.high)
        return FoundPage{};
    findAll(search, indexed);
    // Much that others have said stands before it.
    const bool mayAsk = search.isSifted && search.rooms.size() <= roomsInQuery;
    if (mayAsk && search.page.found.isEmpty() && search.page.more) {
        search.isSifted = false;
        search.page = {};
        search.look = limits::searchLook;
        findAll(search, indexed);
    }
    return search.page;
}

void Searcher::openRooms(Search &search)
{
    for (const RoomId room : search.request.rooms) {
        if (m_room.with(room).next()) {
            search.rooms.insert(room, m_room.number(0));
            search.items += m_room.number(1) + 1 - m_room.number(0);
        }
        m_room.reset();
    }
}

/// The id of the first item not earlier than a time.
quint64 Searcher::firstFrom(qint64 time, quint64 behind)
{
    quint64 low = 0;
    quint64 high = behind;
    while (low < high) {
        const quint64 middle = low + (high - low) / 2;
        const bool isLater = !m_timeFrom.with(middle).next() || m_timeFrom.integer(1) >= time;
        if (isLater)
            high = middle;
        else
            low = m_timeFrom.number(0) + 1;
        m_timeFrom.reset();
    }
    return low;
}

void Searcher::findAll(Search &search, quint64 indexed)
{
    findUnindexed(search, indexed);
    if (!search.page.more)
        findIndexed(search, indexed);
}

void Searcher::findUnindexed(Search &search, quint64 indexed)
{
    m_unindexed.with(std::max(search.low, indexed + 1), search.high);
    while (m_unindexed.next()) {
        if (!look(search, m_unindexed))
            break;
    }
    m_unindexed.reset();
}

void Searcher::findIndexed(Search &search, quint64 indexed)
{
    const quint64 high = std::min(search.high, indexed + 1);
    m_indexed.with(indexQuery(search), search.low, high);
    while (m_indexed.next()) {
        const bool isThere = m_item.with(m_indexed.number(0)).next();
        const bool goesOn = !isThere || look(search, m_item);
        m_item.reset();
        if (!goesOn)
            break;
    }
    m_indexed.reset();
}

QString Searcher::indexQuery(const Search &search)
{
    QStringList parts;
    if (!search.isSifted) {
        QStringList rooms;
        for (const RoomId room : search.rooms.keys())
            rooms.append(u'"' + SearchIndex::roomWord(room) + u'"');
        parts.append(u'(' + rooms.join(u" OR "_s) + u')');
    }
    if (!search.from.isEmpty())
        parts.append(u'"' + SearchIndex::speakerWord(search.from) + u'"');
    if (!search.words.isEmpty())
        parts.append(search.words.indexQuery(
                [this](const QString &beginning) { return m_vocabulary.wordsWith(beginning); }));
    return parts.join(u" AND "_s);
}

/// Takes a row when it fits. False: that is enough for this page.
bool Searcher::look(Search &search, const Statement &row)
{
    const SearchRequest &request = search.request;
    FoundPage &page = search.page;
    if (search.look-- == 0 || page.found.size() >= std::clamp(request.limit, 1, limits::page)) {
        page.more = true;
        return false;
    }
    page.next = row.number(0);
    const auto room = search.rooms.constFind(row.number(1));
    if (room == search.rooms.cend() || row.number(2) < *room)
        return true;
    const Item item = readItem(row, 2);
    const bool isInTime = item.time >= request.since
            && (request.until == 0 || item.time < request.until);
    if (item.kind != ItemKind::Message || !isInTime
        || (!search.from.isEmpty() && foldedName(item.from) != search.from)
        || (!search.words.isEmpty() && !search.words.match(searchForm(item.text))))
        return true;
    page.found.append({room.key(), item, page.next});
    return true;
}

} // namespace teahouse::server
