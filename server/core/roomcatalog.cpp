#include "server/core/roomcatalog.h"

#include "shared/names.h"

#include <utility>

namespace teahouse::server {

void RoomCatalog::list(RoomId room, const QString &name)
{
    remove(room);
    const QString folded = foldedName(name);
    m_names.insert(room, folded);
    m_listed.emplace(folded, room);
}

void RoomCatalog::hide(RoomId room, const QString &name)
{
    remove(room);
    const QString folded = foldedName(name);
    m_names.insert(room, folded);
    m_unlisted.emplace(folded, room);
    m_hidden.insert(room, {folded, {}});
}

void RoomCatalog::remove(RoomId room)
{
    const QSet<UserId> viewers = m_hidden.value(room).viewers;
    for (const UserId viewer : viewers)
        conceal(room, viewer);
    m_hidden.remove(room);
    const QString folded = m_names.take(room);
    m_listed.erase(folded);
    m_unlisted.erase(folded);
}

void RoomCatalog::reveal(RoomId room, UserId user)
{
    const auto hidden = m_hidden.find(room);
    if (hidden == m_hidden.end() || hidden->viewers.contains(user))
        return;
    hidden->viewers.insert(user);
    m_revealed[user].emplace(hidden->folded, room);
}

void RoomCatalog::conceal(RoomId room, UserId user)
{
    const auto hidden = m_hidden.find(room);
    if (hidden == m_hidden.end() || !hidden->viewers.remove(user))
        return;
    const auto revealed = m_revealed.find(user);
    revealed->erase(hidden->folded);
    if (revealed->empty())
        m_revealed.erase(revealed);
}

RoomCatalog::Page RoomCatalog::page(UserId viewer, const QString &after, int limit) const
{
    static const ByName nothing;
    const auto revealed = m_revealed.constFind(viewer);
    return merged(m_listed, revealed == m_revealed.cend() ? nothing : *revealed, after, limit);
}

RoomCatalog::Page RoomCatalog::wholePage(const QString &after, int limit) const
{
    return merged(m_listed, m_unlisted, after, limit);
}

RoomCatalog::Page RoomCatalog::merged(const ByName &rooms, const ByName &others,
                                      const QString &after, int limit)
{
    const QString behind = foldedName(after);
    const auto start = [&](const ByName &from) {
        return after.isEmpty() ? from.begin() : from.upper_bound(behind);
    };
    auto room = start(rooms);
    auto other = start(others);
    Page page;
    while (room != rooms.end() || other != others.end()) {
        if (page.rooms.size() == limit) {
            page.more = true;
            break;
        }
        const bool isOther = room == rooms.end()
                || (other != others.end() && other->first < room->first);
        page.rooms.append(isOther ? (other++)->second : (room++)->second);
    }
    return page;
}

} // namespace teahouse::server
