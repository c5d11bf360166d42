#include "server/store/memorystore.h"

#include <utility>

namespace teahouse::server {

MemoryStore::MemoryStore(Executor &executor, std::function<qint64()> clock, QString epoch,
                         MemoryBounds bounds)
    : m_completions(executor), m_clock(std::move(clock)), m_epoch(std::move(epoch)),
      m_bounds(bounds)
{
}

void MemoryStore::append(AppendRequest request, std::function<void(Result<Appended>)> then)
{
    m_completions.add([then = std::move(then), result = appended(std::move(request))]() mutable {
        then(std::move(result));
    });
}

void MemoryStore::page(PageRequest request, std::function<void(Result<LogPage>)> then)
{
    const auto found = m_rooms.find(request.room);
    LogPage page = found == m_rooms.end() ? LogPage{} : found->second.memory.page(request);
    m_completions.add(
            [then = std::move(then), page = std::move(page)]() mutable { then(std::move(page)); });
}

void MemoryStore::forget(RoomId room)
{
    const auto found = m_rooms.find(room);
    if (found == m_rooms.end())
        return;
    m_bytes -= found->second.memory.bytes();
    m_bySize.remove(found->second.place);
    m_rooms.erase(found);
}

Result<Appended> MemoryStore::appended(AppendRequest request)
{
    const qint64 now = m_clock();
    Room &target = room(request.room);
    if (const auto earlier = target.memory.earlier(request, now))
        return *earlier;
    const qsizetype before = target.memory.bytes();
    Appended result = target.memory.append(std::move(request), now);
    account(target, before);
    while (target.memory.size() > m_bounds.itemsPerRoom)
        dropOldest(target);
    while (m_bytes > m_bounds.totalBytes)
        dropOldest(m_rooms.at(m_bySize.takeTurn()));
    result.first = target.memory.oldest();
    return result;
}

MemoryStore::Room &MemoryStore::room(RoomId id)
{
    const auto [found, isNew] = m_rooms.try_emplace(id);
    if (isNew)
        found->second.place = m_bySize.add(id);
    return found->second;
}

void MemoryStore::account(Room &room, qsizetype before)
{
    m_bytes += room.memory.bytes() - before;
    m_bySize.update(room.place, room.memory.bytes());
}

void MemoryStore::dropOldest(Room &room)
{
    const qsizetype before = room.memory.bytes();
    room.memory.dropOldest();
    account(room, before);
}

} // namespace teahouse::server
