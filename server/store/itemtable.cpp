#include "server/store/itemtable.h"

#include "server/store/itemrow.h"
#include "server/store/itemseal.h"
#include "server/store/storelog.h"

#include <QByteArray>

#include <algorithm>
#include <utility>

namespace teahouse::server {

namespace {

/// In one go into the index: what that takes depends on them.
constexpr qsizetype charactersAtOnce = 60'000;
constexpr int pagesMerged = 64; ///< with them, some three times what they fill, or what is removed

int number(ItemKind kind)
{
    return static_cast<int>(kind);
}

} // namespace

ItemTable::ItemTable(Database &database, RoomTable &rooms, SearchIndex &index, UnkeptRooms &unkept)
    : m_rooms(rooms), m_index(index), m_unkept(unkept), m_cids(database),
      m_insert(database,
               "INSERT INTO items (id, room, seq, kind, sender, speaker, time, text, flags,"
               " reply_to, target, newest_edit, name, role, seal, digest)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)"),
      m_findDigest(database, "SELECT digest FROM items WHERE room = ? AND seq = ?"),
      m_find(database,
             "SELECT id, kind, sender, speaker, text, newest_edit, time, flags, reply_to FROM items"
             " WHERE room = ? AND seq = ?"),
      m_edit(database,
             "UPDATE items SET text = ?, flags = ?, newest_edit = ?, seal = ?, digest = NULL"
             " WHERE id = ?"),
      m_erase(database,
              "UPDATE items SET kind = 5, sender = 0, speaker = '', text = '', flags = 0,"
              " reply_to = 0, target = 0, newest_edit = 0, name = '', role = '', seal = NULL,"
              " digest = NULL"
              " WHERE room = ? AND seq = ?"),
      m_oldest(database,
               "SELECT id, kind, speaker, text, seq FROM items WHERE room = ? AND seq < ?"
               " ORDER BY seq LIMIT ?"),
      m_remove(database, "DELETE FROM items WHERE id = ?"),
      m_mention(database,
                "INSERT INTO mentions (user_id, room, seq) VALUES (?, ?, ?)"
                " ON CONFLICT (user_id, room, seq) DO NOTHING"),
      m_unmention(database, "DELETE FROM mentions WHERE room = ? AND seq = ?"),
      m_toIndex(database,
                "SELECT id, room, speaker, text, kind FROM items WHERE id > ?"
                " ORDER BY id LIMIT ?"),
      m_read(database,
             "SELECT digest_key, last_user, last_room, last_item, indexed, erased, clock,"
             " clock_steady"
             " FROM store"),
      m_write(database,
              "UPDATE store SET last_user = ?, last_room = ?, last_item = ?, indexed = ?,"
              " clock = ?, clock_steady = ?"),
      m_putErased(database, "UPDATE store SET erased = ?")
{
}

Result<Appended> ItemTable::append(const AppendRequest &request, const WriteTime &moment)
{
    RoomCounters *room = m_rooms.find(request.room);
    if (!room)
        return Error{.code = ErrorCode::NoSuchRoom};
    Appended appended{.seq = room->last + 1,
                      .time = itemTime(room->lastTime, moment.now),
                      .first = room->first};
    if (const auto before = earlier(request, *room, moment.expiry))
        return *before;
    const Result<Target> message = changed(request, *room);
    if (!message.ok())
        return message.error();

    room->isChanged = true;
    const qint64 timeBefore = std::exchange(room->lastTime, appended.time);
    ++m_counters.lastItem;
    seeUser(request.sender);
    if (!request.cid.isEmpty())
        m_cids.put({request.room, request.sender, request.cid}, {appended.seq, appended.time});
    if (room->retention == 0) {
        RoomMemory &memory = m_unkept.open(request.room, room->last, timeBefore);
        memory.append(request, moment.now, m_counters.lastItem);
        while (memory.size() > m_unkept.itemsPerRoom())
            memory.dropOldest();
        appended.first = memory.oldest();
    } else {
        insert(request, appended);
        if (request.item.kind == ItemKind::Edited)
            applyEdit(request, *message, appended.seq);
        else if (request.item.kind == ItemKind::Deleted)
            applyDeletion(request, *message);
    }
    if (request.item.kind == ItemKind::Topic)
        m_rooms.putTopic(request.room, request.item.text);
    room->last = appended.seq;
    return appended;
}

int ItemTable::removeBelow(RoomId room, quint64 seq, int atMost)
{
    QList<Target> items;
    QList<quint64> numbers;
    m_oldest.with(room, seq, atMost);
    while (m_oldest.next()) {
        items.append({.id = m_oldest.number(0),
                      .kind = static_cast<ItemKind>(m_oldest.integer(1)),
                      .speaker = m_oldest.text(2),
                      .text = m_oldest.text(3)});
        numbers.append(m_oldest.number(4));
    }
    for (const Target &item : std::as_const(items)) {
        unindex(room, item);
        m_remove.with(item.id).run();
    }
    for (const quint64 number : std::as_const(numbers))
        m_unmention.with(room, number).run();
    m_freshlyErased = m_freshlyErased || !items.isEmpty();
    return static_cast<int>(items.size());
}

quint64 ItemTable::indexSome(int atMost)
{
    m_toIndex.with(m_counters.indexed, atMost);
    int count = 0;
    qsizetype characters = 0;
    for (; characters < charactersAtOnce && m_toIndex.next(); ++count) {
        m_counters.indexed = m_toIndex.number(0);
        if (m_toIndex.integer(4) != number(ItemKind::Message))
            continue;
        const QString text = m_toIndex.text(3);
        m_index.add({m_counters.indexed, m_toIndex.number(1), m_toIndex.text(2), text});
        characters += text.size();
    }
    m_toIndex.reset();
    if (count < atMost && characters < charactersAtOnce)
        m_counters.indexed =
                m_counters.lastItem; // the rest has been removed since, or was never kept
    return unindexed();
}

void ItemTable::setErased(Erased erased)
{
    if (erased != m_erased)
        m_putErased.with(static_cast<int>(erased)).run();
    m_erased = erased;
    m_freshlyErased = true;
}

void ItemTable::setClock(const ClockState &clock)
{
    // A machine may well believe that it is before 1970; the file does not.
    m_counters.clock = {std::max<qint64>(clock.believed, 1), clock.steady};
}

void ItemTable::writeClockAfter(qint64 pause)
{
    const qint64 written = m_written.clock.believed;
    const qint64 believed = m_counters.clock.believed;
    m_isClockDue = believed < written || believed - written >= pause;
}

void ItemTable::finish()
{
    m_cids.finish();
    m_index.mergeChanged(pagesMerged);
    if (m_counters.isLike(m_written) && !std::exchange(m_isClockDue, false))
        return;
    m_write.with(m_counters.lastUser, m_counters.lastRoom, m_counters.lastItem, m_counters.indexed,
                 m_counters.clock.believed, m_counters.clock.steady)
            .run();
    m_written = m_counters;
}

void ItemTable::reload()
{
    m_read.with().next();
    m_digestKey = sealKey(m_read.bytes(0));
    m_counters = {.lastUser = m_read.number(1),
                  .lastRoom = m_read.number(2),
                  .lastItem = m_read.number(3),
                  .indexed = m_read.number(4),
                  .clock = {m_read.integer(6), m_read.integer(7)}};
    m_erased = static_cast<Erased>(m_read.integer(5));
    m_read.reset();
    m_written = m_counters;
    m_cids.reload();
}

void ItemTable::seeUser(UserId user)
{
    m_counters.lastUser = std::max(m_counters.lastUser, user);
}

void ItemTable::seeRoom(RoomId room)
{
    m_counters.lastRoom = std::max(m_counters.lastRoom, room);
}

std::optional<Result<Appended>> ItemTable::earlier(const AppendRequest &request,
                                                   const RoomCounters &room, qint64 now)
{
    if (request.cid.isEmpty())
        return std::nullopt;
    if (room.retention == 0) {
        if (auto remembered = m_unkept.open(request.room, room.last, room.lastTime)
                                      .earlier(request, now))
            return remembered;
    }
    const auto said = m_cids.find({request.room, request.sender, request.cid}, now);
    if (!said)
        return std::nullopt;
    if (said->seq == 0 || said->seq > room.last)
        return std::nullopt; // whatever the file says, it is no retry of anything
    const Appended first{
            .seq = said->seq, .time = said->time, .first = room.oldest(), .repeated = true};
    if (m_findDigest.with(request.room, first.seq).next()) {
        const bool isOther = !m_findDigest.isNull(0)
                && m_findDigest.integer(0) != digestOf(m_digestKey, request.item);
        m_findDigest.reset();
        if (isOther)
            return Error{.code = ErrorCode::Conflict};
    }
    return first;
}

std::optional<ItemTable::Target> ItemTable::target(RoomId room, quint64 seq)
{
    if (!m_find.with(room, seq).next())
        return std::nullopt;
    Target found{.id = m_find.number(0),
                 .kind = static_cast<ItemKind>(m_find.integer(1)),
                 .sender = m_find.number(2),
                 .speaker = m_find.text(3),
                 .text = m_find.text(4),
                 .newestEdit = m_find.number(5),
                 .time = m_find.integer(6),
                 .flags = static_cast<int>(m_find.integer(7)),
                 .replyTo = m_find.number(8)};
    m_find.reset();
    return found;
}

/// The message that an item edits or deletes, or why it may not; empty, when it changes none or
/// one of a room without history.
Result<ItemTable::Target> ItemTable::changed(const AppendRequest &request, const RoomCounters &room)
{
    const Item &item = request.item;
    if (item.kind != ItemKind::Edited && item.kind != ItemKind::Deleted)
        return Target{};
    if (room.retention == 0) {
        const auto refused = m_unkept.open(request.room, room.last, room.lastTime).refusal(request);
        return refused ? Result<Target>(*refused) : Result<Target>(Target{});
    }
    const auto message = item.target >= room.first ? target(request.room, item.target)
                                                   : std::nullopt;
    if (!message || message->kind != ItemKind::Message)
        return Error{.code = ErrorCode::NoSuchMessage};
    if (message->sender != request.sender && !request.isModeration)
        return Error{.code = ErrorCode::NotAllowed};
    return *message;
}

void ItemTable::insert(const AppendRequest &request, const Appended &appended)
{
    Item item = request.item;
    item.seq = appended.seq;
    item.time = appended.time;
    const int flags = (item.action ? ActionFlag : 0) | (item.edited ? EditedFlag : 0);
    const qint64 digest = digestOf(m_digestKey, item);
    const qint64 seal = sealOf(m_digestKey, item,
                               {.room = request.room, .sender = request.sender, .flags = flags},
                               digest);
    m_insert.with(m_counters.lastItem, request.room, appended.seq, number(item.kind),
                  request.sender, item.from, appended.time, item.text, flags, item.replyTo,
                  item.target, item.name, item.role, seal);
    m_insert.bindOptional(15, request.cid.isEmpty() ? std::nullopt : std::optional(digest));
    m_insert.run();
    if (item.kind == ItemKind::Message)
        mention(request.room, appended.seq, request.mentions);
}

void ItemTable::mention(RoomId room, quint64 seq, const QList<UserId> &users)
{
    for (const UserId user : users)
        m_mention.with(user, room, seq).run();
}

/// No old text is kept: the message shows the new one, and an earlier edit of it is gone.
void ItemTable::applyEdit(const AppendRequest &request, const Target &message, quint64 seq)
{
    const Item &item = request.item;
    erase(request.room, message.newestEdit);
    const int flags = message.flags | EditedFlag;
    m_edit.with(item.text, flags, seq, sealOfEdited(request, message, seq), message.id).run();
    m_unmention.with(request.room, item.target).run();
    mention(request.room, item.target, request.mentions);
    unindex(request.room, message);
    if (message.id <= m_counters.indexed)
        m_index.add({message.id, request.room, message.speaker, item.text});
    m_freshlyErased = true;
}

/// The seal of a message that gets a new text by the item of this number.
qint64 ItemTable::sealOfEdited(const AppendRequest &request, const Target &message,
                               quint64 seq) const
{
    Item item;
    item.seq = request.item.target;
    item.from = message.speaker;
    item.time = message.time;
    item.text = request.item.text;
    item.action = (message.flags & ActionFlag) != 0;
    item.replyTo = message.replyTo;
    const ItemRow row{request.room, message.sender, message.flags | EditedFlag, seq};
    return sealOf(m_digestKey, item, row, digestOf(m_digestKey, item));
}

void ItemTable::applyDeletion(const AppendRequest &request, const Target &message)
{
    const quint64 seq = request.item.target;
    erase(request.room, message.newestEdit);
    erase(request.room, seq);
    m_unmention.with(request.room, seq).run();
    unindex(request.room, message);
    m_freshlyErased = true;
}

/// Leaves of an item only that there was one.
void ItemTable::erase(RoomId room, quint64 seq)
{
    if (seq != 0)
        m_erase.with(room, seq).run();
}

void ItemTable::unindex(RoomId room, const Target &message)
{
    if (message.kind != ItemKind::Message || message.id > m_counters.indexed)
        return;
    try {
        m_index.remove({message.id, room, message.speaker, message.text});
    } catch (const DatabaseError &error) {
        if (!error.isCorruptIndex())
            throw;
        startIndexAnew();
    }
    setErased(Erased::Something);
}

/// What stands in the index contradicts the items, of which the file may have been changed.
void ItemTable::startIndexAnew()
{
    qCWarning(storeLog, "the search index does not agree with the messages; it is made anew");
    m_index.clear();
    m_counters.indexed = 0;
}

} // namespace teahouse::server
