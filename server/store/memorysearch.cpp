#include "server/store/memorysearch.h"

#include "shared/limits.h"
#include "shared/names.h"

#include <algorithm>

namespace teahouse::server {

namespace {

const auto isOlder = [](const auto &a, const auto &b) {
    return a.newest().place < b.newest().place;
};

} // namespace

MemorySearch::MemorySearch(const SearchRequest &request)
    : m_request(request), m_words(request.text), m_from(foldedName(request.from))
{
}

void MemorySearch::addRoom(RoomId room, const RoomMemory &memory)
{
    const qsizetype left = m_request.before == 0 ? memory.size()
                                                 : memory.countBelow(m_request.before);
    const Row row{room, &memory, left};
    if (isExhausted(row))
        return;
    m_rows.append(row);
    std::push_heap(m_rows.begin(), m_rows.end(), isOlder);
}

FoundPage MemorySearch::run()
{
    FoundPage page;
    for (int look = limits::searchLook; !m_rows.isEmpty(); --look) {
        if (look == 0 || m_text >= mostText
            || page.found.size() >= std::clamp(m_request.limit, 1, limits::page)) {
            page.more = true;
            return page;
        }
        std::pop_heap(m_rows.begin(), m_rows.end(), isOlder);
        Row &row = m_rows.last();
        const RoomMemory::Entry &entry = row.newest();
        page.next = entry.place;
        if (fits(entry))
            page.found.append({row.room, entry.item, entry.place});
        --row.left;
        if (isExhausted(row))
            m_rows.removeLast();
        else
            std::push_heap(m_rows.begin(), m_rows.end(), isOlder);
    }
    return page;
}

bool MemorySearch::fits(const RoomMemory::Entry &entry)
{
    const Item &item = entry.item;
    if (item.kind != ItemKind::Message || item.time < m_request.since
        || (m_request.until != 0 && item.time >= m_request.until))
        return false;
    if (!m_from.isEmpty()) {
        m_text += item.from.size();
        if (foldedName(item.from) != m_from)
            return false;
    }
    if (m_words.isEmpty())
        return true;
    m_text += item.text.size();
    return m_words.match(searchForm(item.text));
}

/// Times never decrease in a room: behind the first item that is too old are only older ones.
bool MemorySearch::isExhausted(const Row &row) const
{
    return row.left == 0 || row.newest().item.time < m_request.since;
}

} // namespace teahouse::server
