#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/names.h"
#include "shared/text.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

Error tooLong(const QString &what, int limit)
{
    return {.code = ErrorCode::TooLong, .subject = what, .number = limit};
}

/// The message as an item that waits for its number. Errors: TooLong.
Result<Item> toItem(const Speech &speech, const QString &from)
{
    Item item;
    item.from = from;
    item.text = cleanText(speech.text);
    item.action = speech.action;
    item.replyTo = speech.replyTo;
    if (codePoints(item.text) > limits::messageText)
        return tooLong(u"a message"_s, limits::messageText);
    return item;
}

RoomLog::Delivery delivery(const User &user, const Speech &speech, Item item)
{
    return {std::move(item), user.id, speech.cid, user.origin, speech.lineEnd};
}

} // namespace

void House::say(SessionId id, const QString &name, const Speech &speech, SaidThen then)
{
    const Result<Room *> room = findOwn(id, name);
    if (!room)
        return then(room.error());
    User *user = userOf(id);
    if ((*room)->isPrivate() && !m_directory.find((*room)->otherThan(user->id).user))
        return then(
                Error{.code = ErrorCode::NoSuchUser, .subject = (*room)->otherThan(user->id).name});
    Result<Item> item = toItem(speech, user->name);
    if (!item)
        return then(item.error());
    append(**room, delivery(*user, speech, std::move(item.value())), std::move(then));
}

void House::message(SessionId id, const QString &to, const Speech &speech, SaidThen then)
{
    User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    User *other = m_directory.findByName(to);
    if (!other)
        return then(Error{.code = ErrorCode::NoSuchUser, .subject = to});
    Result<Item> item = toItem(speech, user->name);
    if (!item)
        return then(item.error());
    const Result<Room *> room = conversation(*user, *other);
    if (!room)
        return then(room.error());
    append(**room, delivery(*user, speech, std::move(item.value())),
           [then = std::move(then), label = (*room)->label(user->id)](Result<Said> said) {
               if (said)
                   said.value().room = label;
               then(std::move(said));
           });
}

void House::setTopic(SessionId id, const QString &name, const QString &topic, SaidThen then)
{
    const Result<Room *> room = findOwn(id, name);
    if (!room)
        return then(room.error());
    if ((*room)->isPrivate())
        return then(Error{.code = ErrorCode::BadRequest,
                          .subject = u"a private conversation has no topic"_s});
    Item item;
    item.kind = ItemKind::Topic;
    item.from = userOf(id)->name;
    item.text = cleanLine(topic).trimmed();
    if (codePoints(item.text) > limits::topic)
        return then(tooLong(u"a topic"_s, limits::topic));
    append(**room, {std::move(item), userOf(id)->id}, std::move(then));
}

void House::append(Room &room, RoomLog::Delivery delivery, SaidThen then)
{
    room.log().append(std::move(delivery),
                      [then = std::move(then)](const Result<Appended> &appended) {
                          if (appended)
                              then(Said{{}, appended->seq, appended->time});
                          else
                              then(appended.error());
                      });
}

void House::deliver(Room &room, const RoomLog::Delivery &delivery)
{
    ItemAdded event{delivery.item, delivery.cid, delivery.origin, delivery.lineEnd};
    if (delivery.item.kind == ItemKind::Topic)
        room.setTopic(delivery.item.text);
    if (!room.isPrivate()) {
        event.item.room = room.name();
        room.audience().tell(event, delivery.sender);
        return;
    }
    const auto labelled = [&](UserId viewer) {
        event.item.room = room.label(viewer);
        return Event(event);
    };
    if (delivery.item.seq == 1) {
        const auto begun = [&](UserId viewer) {
            RoomState state = room.state(viewer);
            state.first = state.last = state.read = 0;
            return Event(RoomChanged{state});
        };
        tellConversation(room, begun, delivery.sender);
    }
    tellConversation(room, labelled, delivery.sender);
}

void House::tellConversation(const Room &room, const std::function<Event(UserId)> &event,
                             UserId actor) const
{
    for (const Room::Partner &partner : room.pair()) {
        if (const User *user = m_directory.find(partner.user))
            tellSessions(*user, event(user->id), user->id == actor ? Side::Own : Side::Other);
    }
}

void House::tellSessions(const User &user, const Event &event, Side side) const
{
    for (const SessionId id : user.sessions) {
        const Session *session = find(id);
        const QByteArray bytes = session->spec.encoder->encode(event, side);
        if (!bytes.isEmpty())
            session->spec.sink->write(bytes);
    }
}

void House::history(SessionId id, const QString &name, PageRequest page, PageThen then)
{
    const Result<Room *> own = findOwn(id, name);
    if (!own)
        return then(own.error());
    const QString label = (*own)->label(userOf(id)->id);
    const bool backwards = !page.forwards;
    (*own)->log().page(page, [then = std::move(then), label, backwards](Result<LogPage> read) {
        if (!read)
            return then(read.error());
        HistoryPage answer{label, read->items, read->more, 0, backwards};
        for (Item &item : answer.items)
            item.room = label;
        if (!answer.items.isEmpty())
            answer.next = backwards ? answer.items.first().seq : answer.items.last().seq;
        then(std::move(answer));
    });
}

Room *House::findConversation(const User &user, QStringView other) const
{
    const QString folded = foldedName(other);
    for (const RoomId id : user.conversations) {
        Room *room = findRoom(id);
        if (room && foldedName(room->otherThan(user.id).name) == folded)
            return room;
    }
    return nullptr;
}

Result<Room *> House::conversation(User &user, User &other)
{
    if (user.id == other.id)
        return Error{.code = ErrorCode::BadRequest,
                     .subject = u"a private conversation takes two"_s};
    Room *room = findConversation(user, other.name);
    if (room && room->otherThan(user.id).user == other.id)
        return room;
    // One with an earlier guest of that name: somebody else, who can no longer come back.
    const Room *stale = findConversation(other, user.name);
    if ((room && !removeConversation(room->id())) || (stale && !removeConversation(stale->id())))
        return Error{.code = ErrorCode::SlowDown, .retryMs = 1000};
    for (const User *side : {&user, &other}) {
        if (side->conversations.size() >= limits::privateRoomsPerUser)
            return Error{.code = ErrorCode::TooMany,
                         .subject = u"private conversations"_s,
                         .number = limits::privateRoomsPerUser};
    }
    Room &added = addRoom({});
    added.setPair({Room::Partner{user.id, user.name}, Room::Partner{other.id, other.name}});
    user.conversations.append(added.id());
    other.conversations.append(added.id());
    return &added;
}

bool House::removeConversation(RoomId id)
{
    Room *room = findRoom(id);
    if (!room)
        return true;
    if (!room->log().idle())
        return false;
    for (const Room::Partner &partner : room->pair()) {
        User *user = m_directory.find(partner.user);
        if (user)
            tellSessions(*user, RoomChanged{room->state(user->id), true}, Side::Other);
        else
            user = m_directory.findDeparted(partner.user);
        if (user)
            user->conversations.removeOne(id);
    }
    removeRoom(*room);
    return true;
}

} // namespace teahouse::server
