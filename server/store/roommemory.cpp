#include "server/store/roommemory.h"

#include "server/store/itemtime.h"
#include "shared/limits.h"

#include <QHashFunctions>

#include <algorithm>
#include <utility>

namespace teahouse::server {

std::optional<Result<Appended>> RoomMemory::earlier(const AppendRequest &request, qint64 now) const
{
    if (request.cid.isEmpty())
        return std::nullopt;
    const auto found = m_cids.constFind({request.sender, request.cid});
    if (found == m_cids.cend())
        return std::nullopt;
    const Entry &entry = numbered(*found);
    if (now - entry.item.time >= std::chrono::milliseconds(limits::cidValid).count())
        return std::nullopt;
    if (entry.fingerprint != 0 && entry.fingerprint != fingerprint(request.item))
        return Error{.code = ErrorCode::Conflict};
    return Appended{.seq = *found, .time = entry.item.time, .first = oldest(), .repeated = true};
}

std::optional<Error> RoomMemory::refusal(const AppendRequest &request) const
{
    const Item &item = request.item;
    if (item.kind != ItemKind::Edited && item.kind != ItemKind::Deleted)
        return std::nullopt;
    if (m_entries.empty() || item.target < first() || item.target > m_last
        || numbered(item.target).item.kind != ItemKind::Message)
        return Error{.code = ErrorCode::NoSuchMessage};
    if (numbered(item.target).key.sender != request.sender && !request.isModeration)
        return Error{.code = ErrorCode::NotAllowed};
    return std::nullopt;
}

Appended RoomMemory::append(AppendRequest request, qint64 now, quint64 place)
{
    m_lastTime = itemTime(m_lastTime, now);
    Entry entry{.item = std::move(request.item),
                .key = {request.sender, std::move(request.cid)},
                .mentions = std::move(request.mentions),
                .place = place};
    entry.fingerprint = fingerprint(entry.item);
    entry.item.room.clear();
    entry.item.seq = m_last + 1;
    entry.item.time = m_lastTime;
    if (entry.item.kind == ItemKind::Edited)
        applyEdit(entry);
    else if (entry.item.kind == ItemKind::Deleted)
        applyDeletion(entry.item);
    add(std::move(entry));
    return {.seq = m_last, .time = m_lastTime, .first = first()};
}

void RoomMemory::dropOldest()
{
    const Entry &oldest = m_entries.front();
    const auto cid = m_cids.constFind(oldest.key);
    if (cid != m_cids.cend() && *cid == oldest.item.seq)
        m_cids.erase(cid);
    m_bytes -= cost(oldest);
    m_entries.pop_front();
}

void RoomMemory::follow(const RoomMemory &newer)
{
    if (newer.first() > m_last + 1) { // nothing is left of what was here
        *this = newer;
        return;
    }
    const quint64 known = m_last;
    while (m_last < newer.m_last)
        add(newer.numbered(m_last + 1));
    for (quint64 seq = known + 1; seq <= m_last; ++seq) {
        const Item &item = newer.numbered(seq).item;
        if (item.kind != ItemKind::Edited && item.kind != ItemKind::Deleted)
            continue;
        if (const Entry *target = find(item.target))
            copy(target->newestEdit, newer);
        copy(item.target, newer);
    }
    while (first() < newer.first())
        dropOldest();
    m_lastTime = newer.m_lastTime;
}

LogPage RoomMemory::page(const PageRequest &request) const
{
    const auto limit = static_cast<quint64>(std::clamp(request.limit, 1, limits::page));
    LogPage page;
    if (m_entries.empty())
        return page;
    page.first = oldest();
    quint64 begin = 0;
    quint64 end = 0; // behind the last one wanted
    if (request.forwards) {
        begin = request.after < m_last ? clamped(request.after + 1) : m_last + 1;
        end = std::min(m_last + 1, begin + limit);
        page.more = end <= m_last;
    } else {
        end = request.before == 0 ? m_last + 1 : clamped(request.before);
        begin = end - std::min(limit, end - first());
        page.more = begin > first();
    }
    page.items.reserve(static_cast<qsizetype>(end - begin));
    for (quint64 seq = begin; seq < end; ++seq)
        page.items.append(numbered(seq).item);
    return page;
}

Unread RoomMemory::unread(const UnreadFor &whose, quint64 read, quint64 upTo) const
{
    Unread unread;
    const quint64 behind = clamped(upTo + 1);
    const quint64 oldest = std::max(clamped(read + 1),
                                    behind - std::min<quint64>(behind, limits::unreadLook));
    for (quint64 seq = behind; seq > oldest && unread.messages < limits::unreadCount;) {
        const Entry &entry = numbered(--seq);
        if (entry.item.kind != ItemKind::Message || entry.key.sender == whose.user
            || whose.ignored.contains(entry.key.sender))
            continue;
        ++unread.messages;
        unread.mentions += entry.mentions.contains(whose.user) ? 1 : 0;
    }
    return unread;
}

qsizetype RoomMemory::countBelow(quint64 place) const
{
    const auto bound = std::partition_point(m_entries.begin(), m_entries.end(),
                                            [place](const Entry &e) { return e.place < place; });
    return bound - m_entries.begin();
}

/// Never 0.
size_t RoomMemory::fingerprint(const Item &item)
{
    return 1
            | qHashMulti(0, static_cast<int>(item.kind), item.text, item.action, item.replyTo,
                         item.target, item.name, item.role);
}

/// What the entry really takes, with what allocating it costs; measured to within a tenth.
qsizetype RoomMemory::cost(const Entry &entry)
{
    constexpr qsizetype perEntry = sizeof(Entry) + 48;
    constexpr qsizetype perString = 48; // and two bytes a code unit
    constexpr qsizetype perCid = 2 * (sizeof(CidKey) + sizeof(quint64));
    const Item &item = entry.item;
    qsizetype bytes = perEntry + (entry.key.cid.isEmpty() ? 0 : perCid);
    for (const QString *text : {&item.from, &item.text, &item.name, &item.role, &entry.key.cid})
        bytes += text->isEmpty() ? 0 : perString + 2 * text->size();
    return bytes + (entry.mentions.isEmpty() ? 0 : perString + 8 * entry.mentions.size());
}

/// The nearest number to `seq` from the first kept to the one behind the last.
quint64 RoomMemory::clamped(quint64 seq) const
{
    return std::clamp(seq, first(), m_last + 1);
}

RoomMemory::Entry *RoomMemory::find(quint64 seq)
{
    return seq >= first() && seq <= m_last ? &m_entries[seq - first()] : nullptr;
}

void RoomMemory::add(Entry entry)
{
    m_bytes += cost(entry);
    if (!entry.key.cid.isEmpty())
        m_cids.insert(entry.key, entry.item.seq);
    m_entries.push_back(std::move(entry));
    ++m_last;
}

/// No old text is kept: the message shows the new one, and an earlier edit of it is gone.
void RoomMemory::applyEdit(const Entry &edit)
{
    Entry *message = find(edit.item.target);
    erase(message->newestEdit);
    m_bytes -= cost(*message);
    message->item.text = edit.item.text;
    message->item.edited = true;
    message->mentions = edit.mentions;
    message->fingerprint = 0;
    message->newestEdit = edit.item.seq;
    m_bytes += cost(*message);
}

void RoomMemory::applyDeletion(const Item &deletion)
{
    erase(find(deletion.target)->newestEdit);
    erase(deletion.target);
}

/// Leaves of an item only that there was one.
void RoomMemory::erase(quint64 seq)
{
    Entry *entry = find(seq);
    if (!entry)
        return;
    m_bytes -= cost(*entry);
    Item gone;
    gone.seq = gone.to = seq;
    gone.kind = ItemKind::Gone;
    gone.time = entry->item.time;
    entry->item = gone;
    entry->mentions.clear();
    entry->fingerprint = 0;
    m_bytes += cost(*entry);
}

/// Takes over what has become of an item that is in both.
void RoomMemory::copy(quint64 seq, const RoomMemory &newer)
{
    Entry *entry = find(seq);
    if (!entry || seq < newer.first())
        return;
    m_bytes -= cost(*entry);
    *entry = newer.numbered(seq);
    m_bytes += cost(*entry);
}

} // namespace teahouse::server
