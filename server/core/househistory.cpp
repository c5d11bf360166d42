#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/text.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// What is told of numbers that the store no longer has.
Item goneBetween(quint64 after, const Item &next)
{
    Item gone;
    gone.kind = ItemKind::Gone;
    gone.seq = after + 1;
    gone.to = next.seq - 1;
    gone.time = next.time;
    return gone;
}

} // namespace

void House::history(SessionId id, const QString &name, PageRequest page, PageThen then)
{
    const Result<Room *> own = findOwn(id, name);
    if (!own)
        return then(own.error());
    const QString label = (*own)->label(userOf(id)->id);
    const bool backwards = !page.forwards;
    const quint64 after = page.after;
    (*own)->log().page(
            page, [then = std::move(then), label, backwards, after](Result<LogPage> read) {
                if (!read)
                    return then(read.error());
                HistoryPage answer{label, read->items, read->more, 0, backwards};
                if (!backwards && !answer.items.isEmpty() && answer.items.first().seq > after + 1)
                    answer.items.prepend(goneBetween(after, answer.items.first()));
                for (Item &item : answer.items)
                    item.room = label;
                if (!answer.items.isEmpty())
                    answer.next = backwards ? answer.items.first().seq : answer.items.last().seq;
                then(std::move(answer));
            });
}

/// All rooms whose messages the user may read.
QList<RoomId> House::readable(const User &user) const
{
    QList<RoomId> rooms = user.rooms;
    for (const RoomId id : user.conversations) {
        const Room *room = findRoom(id);
        // One with an earlier guest of a name is out of sight.
        if (findConversation(user, room->otherThan(user.id).name) == room)
            rooms.append(id);
    }
    return rooms;
}

void House::search(SessionId id, const SearchQuery &query, SearchThen then)
{
    const User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    SearchRequest request{.text = query.text,
                          .from = query.from,
                          .since = query.since,
                          .until = query.until,
                          .before = query.before,
                          .limit = query.limit};
    if (query.text.trimmed().isEmpty() && query.from.trimmed().isEmpty())
        return then(Error{.code = ErrorCode::BadRequest,
                          .subject = u"a search needs words, or whose messages to look for"_s});
    if (query.room.isEmpty() && find(id)->spec.form == Form::Object) {
        request.rooms = readable(*user);
    } else {
        const Result<Room *> room = findOwn(id, query.room);
        if (!room)
            return then(room.error());
        request.rooms = {(*room)->id()};
    }
    m_store.search(std::move(request), [this, id, then = std::move(then)](Result<FoundPage> page) {
        if (!page)
            return then(page.error());
        // What one may not read any more is not shown.
        const User *reader = userOf(id);
        const QList<RoomId> rooms = reader ? readable(*reader) : QList<RoomId>();
        SearchPage answer{{}, page->more, page->next};
        for (FoundPage::Found &found : page.value().found) {
            if (!rooms.contains(found.room))
                continue;
            found.item.room = findRoom(found.room)->label(reader->id);
            answer.found.append({std::move(found.item), found.place});
        }
        then(std::move(answer));
    });
}

bool House::isStored(UserId id) const
{
    const User *user = m_directory.find(id);
    if (!user)
        user = m_directory.findDeparted(id);
    return user && user->stored;
}

/// Has the store keep a guest, who is here (`until` is 0) or may come back until then.
void House::keepGuest(User &user, qint64 until)
{
    user.stored = true;
    m_store.putGuest({user.id, user.name, user.secretHash, until});
}

void House::moveRead(User &user, const Room &room, quint64 seq)
{
    user.read[room.id()] = seq;
    if (user.stored)
        m_store.putRead(user.id, room.id(), seq);
}

Result<Done> House::read(SessionId id, const QString &name, quint64 seq)
{
    const Result<Room *> found = findOwn(id, name);
    if (!found)
        return found.error();
    const Room &room = **found;
    User &user = *userOf(id);
    const quint64 position = std::min(seq, room.log().last());
    if (position <= user.read.value(room.id()))
        return Done{};
    moveRead(user, room, position);
    for (const SessionId other : std::as_const(user.sessions)) {
        const Session *session = find(other);
        if (other == id)
            continue;
        const QByteArray bytes = session->spec.encoder->encode(
                ReadMoved{room.label(user.id), position}, Side::Other);
        if (!bytes.isEmpty())
            session->spec.sink->write(bytes);
    }
    return Done{};
}

void House::countUnread(SessionId id, QList<RoomState> rooms, RoomsThen then)
{
    const User *user = userOf(id);
    if (!user || find(id)->spec.form == Form::Line)
        return then(std::move(rooms));
    QList<RoomId> ask;
    std::map<RoomId, quint64> messages;
    for (RoomState &state : rooms) {
        const Result<Room *> room = findFor(id, state.room);
        if (!room)
            continue;
        const RoomId roomId = (*room)->id();
        state.read = user->read.value(roomId);
        const bool known = user->read.contains(roomId) || !user->fromStore;
        if (known && state.read >= state.last)
            continue;
        ask.append(roomId);
        messages[roomId] = (*room)->log().messages();
    }
    if (ask.isEmpty())
        return then(std::move(rooms));
    m_store.unread(user->id, ask,
                   [this, id, rooms = std::move(rooms), messages = std::move(messages),
                    then = std::move(then)](const Result<QList<Unread>> &counts) mutable {
                       countedUnread(id, rooms, counts ? *counts : QList<Unread>(), messages);
                       then(std::move(rooms));
                   });
}

void House::countedUnread(SessionId id, QList<RoomState> &rooms, const QList<Unread> &counts,
                          const std::map<RoomId, quint64> &messagesThen)
{
    User *user = userOf(id);
    if (!user)
        return;
    for (RoomState &state : rooms) {
        const Result<Room *> found = findFor(id, state.room);
        if (!found)
            continue;
        const Room &room = **found;
        const RoomState now = room.state(user->id);
        const auto count = std::find_if(counts.cbegin(), counts.cend(), [&](const Unread &unread) {
            return unread.room == room.id();
        });
        state.first = now.first;
        state.last = now.last;
        state.members = now.members;
        if (count == counts.cend()) {
            // Not asked, or not answered.
            state.unread = static_cast<int>(std::min<quint64>(
                    now.last - std::min(state.read, now.last), limits::unreadCount));
            continue;
        }
        if (!count->known && !room.isPrivate() && !user->read.contains(room.id())) {
            moveRead(*user, room, now.last);
            state.read = now.last;
            continue;
        }
        const quint64 position = std::max(count->read, user->read.value(room.id()));
        user->read[room.id()] = state.read = position;
        const quint64 since = room.log().messages() - messagesThen.at(room.id());
        state.unread = static_cast<int>(std::min<quint64>(
                static_cast<quint64>(count->messages) + since, limits::unreadCount));
        state.mentions = count->mentions;
    }
}

} // namespace teahouse::server
