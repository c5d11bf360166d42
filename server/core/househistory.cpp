#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/text.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// What is told of numbers that the store no longer has.
Item goneUpTo(quint64 after, quint64 last, qint64 time)
{
    Item gone;
    gone.kind = ItemKind::Gone;
    gone.seq = after + 1;
    gone.to = last;
    gone.time = time;
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
    RoomLog &log = (*own)->log();
    // The page has all there is up to here, of what is said meanwhile perhaps nothing.
    const quint64 last = log.last();
    log.page(page,
             [this, id, then = std::move(then), label, backwards, after, last,
              lastTime = log.lastTime()](Result<LogPage> read) {
                 if (!read)
                     return then(read.error());
                 HistoryPage answer{label, read->items, read->more, 0, backwards};
                 if (!backwards && !answer.items.isEmpty() && answer.items.first().seq > after + 1)
                     answer.items.prepend(goneUpTo(after, answer.items.first().seq - 1,
                                                   answer.items.first().time));
                 // So is what was said and not kept.
                 if (!backwards && !answer.more && answer.items.isEmpty() && last > after)
                     answer.items.append(goneUpTo(after, last, lastTime));
                 for (Item &item : answer.items)
                     item.room = label;
                 const QList<Item> all = answer.items;
                 hideIgnored(id, answer.items);
                 if (!all.isEmpty())
                     answer.next = backwards ? all.first().seq : all.last().seq;
                 then(std::move(answer));
             });
}

/// All rooms whose messages the user may read.
QList<RoomId> House::readable(SessionId id) const
{
    return roomsOf(*find(id)) + visibleConversations(*userOf(id));
}

void House::search(SessionId id, const SearchQuery &query, SearchThen then)
{
    const User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    SearchRequest request{.text = query.text.trimmed(),
                          .from = query.from.trimmed(),
                          .since = query.since,
                          .until = query.until,
                          .before = query.before,
                          .limit = query.limit};
    if (codePoints(query.text) > limits::searchText || codePoints(query.from) > limits::searchText)
        return then(Error{.code = ErrorCode::TooLong,
                          .subject = u"what is looked for"_s,
                          .number = limits::searchText});
    if (query.text.trimmed().isEmpty() && query.from.trimmed().isEmpty())
        return then(Error{.code = ErrorCode::BadRequest,
                          .subject = u"a search needs words, or whose messages to look for"_s});
    if (query.room.isEmpty() && find(id)->spec.form == Form::Object) {
        request.rooms = readable(id);
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
        const QList<RoomId> rooms = reader ? readable(id) : QList<RoomId>();
        SearchPage answer{{}, page->more, page->next};
        for (FoundPage::Found &found : page.value().found) {
            if (!rooms.contains(found.room) || isHidden(id, found.item))
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

/// Rooms that are gone, and those that somebody has come through, need no position in memory.
void House::forgetPositions(User &user)
{
    user.read.removeIf([&](const auto &position) {
        const Room *room = findRoom(position.key());
        return !room
                || !(room->isPrivate() || user.rooms.contains(room->id())
                     || user.joined.contains(room->id()));
    });
}

void House::moveRead(User &user, const Room &room, quint64 seq)
{
    user.read[room.id()] = seq;
    if (user.read.size() > limits::readPositions)
        forgetPositions(user);
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
    tellSessions(user, ReadMoved{room.label(user.id), position}, Side::Other, id);
    return Done{};
}

/// One login's or join's rooms, while the store counts what is unread in them.
struct House::Counting
{
    struct Since
    {
        int messages = 0;
        int mentions = 0;
    };

    SessionId session = 0;
    UserId user = 0;
    QList<RoomState> rooms;
    std::map<RoomId, Since> since; ///< what was delivered after the store was asked
};

void House::countUnread(SessionId id, QList<RoomState> rooms, RoomsThen then)
{
    const User *user = userOf(id);
    if (!user || find(id)->spec.form == Form::Line)
        return then(std::move(rooms));
    auto counting = std::make_shared<Counting>();
    counting->session = id;
    counting->user = user->id;
    QList<UnreadRange> ask;
    for (RoomState &state : rooms) {
        const Result<Room *> room = findFor(id, state.room);
        if (!room)
            continue;
        const RoomId roomId = (*room)->id();
        state.read = user->read.value(roomId);
        const bool known = user->read.contains(roomId) || !user->fromStore;
        if (known && state.read >= state.last)
            continue;
        ask.append({roomId, (*room)->log().last()});
        counting->since[roomId] = {};
    }
    if (ask.isEmpty())
        return then(std::move(rooms));
    counting->rooms = std::move(rooms);
    m_countings.push_back(counting);
    const QList<UserId> ignored = user->ignored.keys();
    m_store.unread({user->id, {ignored.cbegin(), ignored.cend()}}, ask,
                   [this, counting, then = std::move(then)](const Result<QList<Unread>> &counts) {
                       std::erase(m_countings, counting);
                       countedUnread(*counting, counts ? *counts : QList<Unread>());
                       then(std::move(counting->rooms));
                   });
}

/// Something was delivered while the store counts.
void House::countOn(const Room &room, const RoomLog::Delivery &delivery)
{
    if (delivery.item.kind != ItemKind::Message)
        return;
    for (const auto &counting : m_countings) {
        const auto since = counting->since.find(room.id());
        if (since == counting->since.end() || counting->user == delivery.sender
            || isIgnored(delivery.sender, counting->user))
            continue;
        ++since->second.messages;
        since->second.mentions += delivery.mentions.contains(counting->user) ? 1 : 0;
    }
}

void House::countedUnread(Counting &counting, const QList<Unread> &counts)
{
    User *user = userOf(counting.session);
    if (!user)
        return;
    for (RoomState &state : counting.rooms) {
        const Result<Room *> found = findOwn(counting.session, state.room);
        if (!found || !counting.since.contains((*found)->id())) // put out meanwhile, for one
            continue;
        const Room &room = **found;
        const Counting::Since &since = counting.since.at(room.id());
        const RoomState now = room.state(user->id);
        state.first = now.first;
        state.last = now.last;
        state.members = now.members;
        const auto count = std::find_if(counts.cbegin(), counts.cend(), [&](const Unread &unread) {
            return unread.room == room.id();
        });
        const bool isKnown = count != counts.cend() && count->known;
        if (count != counts.cend() && !isKnown && !room.isPrivate()
            && !user->read.contains(room.id())) {
            moveRead(*user, room, now.last);
            state.read = now.last;
            continue;
        }
        state.read = std::max(isKnown ? count->read : 0, user->read.value(room.id()));
        quint64 unread = now.last - std::min(state.read, now.last); // an estimate
        if (count != counts.cend()) {
            user->read[room.id()] = state.read;
            unread = static_cast<quint64>(count->messages) + static_cast<quint64>(since.messages);
            state.mentions = std::min(count->mentions + since.mentions, limits::unreadCount);
        }
        state.unread = static_cast<int>(std::min<quint64>(unread, limits::unreadCount));
        if (room.isPrivate() && isIgnored(room.otherThan(user->id).user, user->id))
            state.unread = state.mentions = 0;
    }
}

} // namespace teahouse::server
