#include "server/store/memorystore.h"

#include "server/core/change.h"
#include "server/store/memorysearch.h"
#include "server/store/retention.h"

#include <algorithm>
#include <utility>

namespace teahouse::server {

namespace {

constexpr int expiredAtOnce = 1000; ///< items of one room that one tick drops

} // namespace

MemoryStore::MemoryStore(Executor &executor, std::function<qint64()> clock, QString epoch,
                         MemoryBounds bounds)
    : m_completions(executor), m_clock(std::move(clock)), m_epoch(std::move(epoch)),
      m_bounds(bounds)
{
}

template <typename T>
void MemoryStore::answer(std::function<void(Result<T>)> then, Result<T> result)
{
    if (!then)
        return;
    m_completions.add([then = std::move(then), result = std::move(result)]() mutable {
        then(std::move(result));
    });
}

void MemoryStore::append(AppendRequest request, AppendThen then)
{
    answer<Appended>(std::move(then), appended(std::move(request)));
}

void MemoryStore::page(PageRequest request, std::function<void(Result<LogPage>)> then)
{
    const auto room = m_rooms.find(request.room);
    answer<LogPage>(std::move(then),
                    room == m_rooms.end() ? LogPage{} : room->second.memory.page(request));
}

void MemoryStore::search(SearchRequest request, std::function<void(Result<FoundPage>)> then)
{
    answer<FoundPage>(std::move(then), found(request));
}

void MemoryStore::putRoom(RoomRecord room, std::function<void(Result<Done>)> then)
{
    const auto [found, isNew] = m_rooms.try_emplace(room.id);
    Room &target = found->second;
    if (isNew) {
        target.id = room.id;
        target.place = m_bySize.add(room.id);
    }
    // What was said where nothing is kept does not become history, nor the other way round.
    const bool isSwitched = (target.retention == 0) != (room.retention == 0);
    while (isSwitched && target.memory.size() > 0)
        dropOldestAndTell(target);
    target.retention = room.retention;
    answer<Done>(std::move(then), Done{});
}

void MemoryStore::put(QList<Change> changes, std::function<void(Result<Done>)> then)
{
    for (const Change &change : changes) {
        const RoomId room = roomOf(change);
        if (room != 0 && !m_rooms.contains(room))
            return answer<Done>(std::move(then), Error{.code = ErrorCode::NoSuchRoom});
    }
    for (Change &change : changes) {
        if (auto *entry = std::get_if<AuditRecord>(&change))
            note(std::move(*entry));
    }
    answer<Done>(std::move(then), Done{});
}

/// Whoever has done most loses the oldest entry of a log that is too long.
void MemoryStore::note(AuditRecord entry)
{
    m_auditBy.take(entry.by, ++m_lastAudit);
    m_audit.push_back({m_lastAudit, std::move(entry)});
    if (std::ssize(m_audit) <= limits::memoryAudit)
        return;
    const quint64 id = m_auditBy.firstToGiveWay();
    m_auditBy.giveBack(id);
    m_audit.erase(
            std::lower_bound(m_audit.begin(), m_audit.end(), id,
                             [](const AuditRow &row, quint64 wanted) { return row.id < wanted; }));
}

void MemoryStore::audit(AuditRequest request, std::function<void(Result<AuditPage>)> then)
{
    AuditPage page;
    for (auto row = m_audit.crbegin(); row != m_audit.crend(); ++row) {
        const auto &[id, record] = *row;
        if ((request.before != 0 && id >= request.before)
            || (request.room != 0 && record.room != request.room))
            continue;
        if (page.entries.size() == std::clamp(request.limit, 1, limits::page)) {
            page.more = true;
            break;
        }
        page.entries.append({id, record.time, record.by, record.verb, record.roomName,
                             record.target, record.text, record.addresses});
        page.next = id;
    }
    answer<AuditPage>(std::move(then), std::move(page));
}

void MemoryStore::forget(RoomId room)
{
    const auto found = m_rooms.find(room);
    if (found == m_rooms.end())
        return;
    m_bytes -= found->second.memory.bytes();
    m_bySize.remove(found->second.place);
    m_rooms.erase(found);
    for (QMap<RoomId, quint64> &positions : m_read)
        positions.remove(room);
}

void MemoryStore::putRead(UserId user, RoomId room, quint64 seq)
{
    if (!m_rooms.contains(room))
        return;
    quint64 &position = m_read[user][room];
    position = std::max(position, seq);
}

void MemoryStore::unread(UnreadFor whose, QList<UnreadRange> ranges,
                         std::function<void(Result<QList<Unread>>)> then)
{
    QList<Unread> answers;
    for (const UnreadRange &range : ranges)
        answers.append(unreadOf(whose, range));
    answer<QList<Unread>>(std::move(then), std::move(answers));
}

void MemoryStore::tick()
{
    for (auto &[id, room] : m_rooms) {
        for (qsizetype left = countExpired(room, expiry()); left > 0; --left)
            dropOldestAndTell(room);
    }
}

/// How many of a room's oldest items have expired. What is dated in the future, by a clock that was
/// wrong, is as old as its neighbours.
qsizetype MemoryStore::countExpired(const Room &room, qint64 expiry)
{
    const qint64 oldest = oldestKept(room.retention, expiry);
    qsizetype expired = 0;
    for (qsizetype i = 0; i < room.memory.size() && expired < expiredAtOnce; ++i) {
        const qint64 time = room.memory.at(i).item.time;
        if (time >= oldest && time <= expiry)
            break;
        if (time < oldest)
            expired = i + 1;
    }
    return expired;
}

Result<Appended> MemoryStore::appended(AppendRequest request)
{
    const auto found = m_rooms.find(request.room);
    if (found == m_rooms.end())
        return Error{.code = ErrorCode::NoSuchRoom};
    Room &target = found->second;
    const qint64 now = m_clock();
    if (const auto earlier = target.memory.earlier(request, expiry()))
        return *earlier;
    if (const auto refusal = target.memory.refusal(request))
        return *refusal;
    const qsizetype before = target.memory.bytes();
    Appended result = target.memory.append(std::move(request), now, ++m_items);
    account(target, before);
    while (target.memory.size() > itemsKept(target))
        dropOldest(target);
    while (m_bytes > m_bounds.totalBytes)
        dropOldestAndTell(m_rooms.at(m_bySize.takeTurn()));
    result.first = target.memory.oldest();
    return result;
}

Result<FoundPage> MemoryStore::found(const SearchRequest &request) const
{
    if (request.text.isEmpty() ? request.from.isEmpty() : SearchWords(request.text).isEmpty())
        return SearchWords::emptyError();
    MemorySearch search(request);
    for (const RoomId id : request.rooms) {
        const auto room = m_rooms.find(id);
        if (room != m_rooms.end() && room->second.retention != 0)
            search.addRoom(id, room->second.memory);
    }
    return search.run();
}

Unread MemoryStore::unreadOf(const UnreadFor &whose, const UnreadRange &range) const
{
    const RoomId room = range.room;
    const auto positions = m_read.constFind(whose.user);
    const bool known = positions != m_read.cend() && positions->contains(room);
    const quint64 read = known ? positions->value(room) : 0;
    const auto found = m_rooms.find(room);
    Unread unread;
    if (found != m_rooms.end())
        unread = found->second.memory.unread(whose, read, range.upTo);
    unread.room = room;
    unread.known = known;
    unread.read = read;
    return unread;
}

qsizetype MemoryStore::itemsKept(const Room &room) const
{
    return room.retention == 0 ? m_bounds.unkeptItems() : m_bounds.itemsPerRoom;
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

/// The answer to an append tells of its own room, but not of others.
void MemoryStore::dropOldestAndTell(Room &room)
{
    dropOldest(room);
    if (m_dropped.isEmpty())
        m_completions.add([this] { tellDropped(); });
    m_dropped.insert(room.id);
}

void MemoryStore::tellDropped()
{
    for (const RoomId id : std::exchange(m_dropped, {})) {
        const auto room = m_rooms.find(id);
        if (room != m_rooms.end() && m_news.dropped)
            m_news.dropped(id, room->second.memory.oldest());
    }
}

} // namespace teahouse::server
