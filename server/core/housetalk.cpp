#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/names.h"
#include "shared/text.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

Error tooLong(const QString &what, int limit)
{
    return {.code = ErrorCode::TooLong, .subject = what, .number = limit};
}

/// The message as an item that waits for its number. Errors: TooLong, TooMany.
Result<Item> toItem(const Speech &speech, const QString &from)
{
    Item item;
    item.from = from;
    item.text = cleanText(speech.text);
    item.action = speech.action;
    item.replyTo = speech.replyTo;
    if (codePoints(item.text) > limits::messageText)
        return tooLong(u"a message"_s, limits::messageText);
    if (item.text.count(u'\n') >= limits::messageLines)
        return Error{.code = ErrorCode::TooMany,
                     .subject = u"lines in a message"_s,
                     .number = limits::messageLines};
    return item;
}

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

void House::setTopic(SessionId id, const QString &name, const QString &topic, TopicThen then)
{
    const Result<Room *> room = findOwn(id, name);
    if (!room)
        return then(room.error());
    if ((*room)->isPrivate())
        return then(Error{.code = ErrorCode::BadRequest,
                          .subject = u"a private conversation has no topic"_s});
    const Result<QString> clean = cleanTopic(topic);
    if (!clean)
        return then(clean.error());
    Item item;
    item.kind = ItemKind::Topic;
    item.from = userOf(id)->name;
    item.text = *clean;
    append(**room, {std::move(item), userOf(id)->id},
           [then = std::move(then),
            shown = TopicShown{(*room)->name(), *clean}](const Result<Said> &said) {
               if (said)
                   then(shown);
               else
                   then(said.error());
           });
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

void House::deliver(Room &room, std::span<RoomLog::Delivery> deliveries)
{
    std::vector<Told> told;
    told.reserve(deliveries.size());
    for (RoomLog::Delivery &delivery : deliveries) {
        if (delivery.item.kind == ItemKind::Topic)
            room.setTopic(delivery.item.text);
        if (room.isPrivate()) {
            deliverPrivately(room, delivery);
            continue;
        }
        delivery.item.room = room.name();
        told.push_back({ItemAdded{std::move(delivery.item), std::move(delivery.cid),
                                  std::move(delivery.origin), delivery.lineEnd},
                        delivery.sender});
    }
    room.audience().tell(told);
}

void House::deliverPrivately(Room &room, const RoomLog::Delivery &delivery)
{
    if (delivery.item.seq == 1) {
        const auto begun = [&](UserId viewer) {
            RoomState state = room.state(viewer);
            state.first = state.last = state.read = 0;
            return Event(RoomChanged{state});
        };
        tellConversation(room, begun, delivery.sender);
    }
    ItemAdded event{delivery.item, delivery.cid, delivery.origin, delivery.lineEnd};
    const auto labelled = [&](UserId viewer) {
        event.item.room = room.label(viewer);
        return Event(event);
    };
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

Room *House::conversationWith(const User &user, UserId other) const
{
    for (const RoomId id : user.conversations) {
        Room *room = findRoom(id);
        if (room->otherThan(user.id).user == other)
            return room;
    }
    return nullptr;
}

/// The one with whoever bears the name now; else one with a guest of that name who has left.
Room *House::findConversation(const User &user, QStringView name) const
{
    if (const User *here = m_directory.findByName(name)) {
        if (Room *room = conversationWith(user, here->id))
            return room;
    }
    const QString folded = foldedName(name);
    for (auto id = user.conversations.crbegin(); id != user.conversations.crend(); ++id) {
        Room *room = findRoom(*id);
        if (foldedName(room->otherThan(user.id).name) == folded)
            return room;
    }
    return nullptr;
}

Result<Room *> House::conversation(User &user, User &other)
{
    if (user.id == other.id)
        return Error{.code = ErrorCode::BadRequest,
                     .subject = u"a private conversation takes two"_s};
    if (Room *room = conversationWith(user, other.id))
        return room;
    for (User *side : {&user, &other}) {
        if (const Result<Done> space = makeSpace(*side); !space)
            return space.error();
    }
    // One with an earlier guest of that name is out of sight until that guest is back.
    const Room *earlier = findConversation(user, other.name);
    if (earlier)
        tellSessions(user, RoomChanged{earlier->state(user.id), true}, Side::Other);
    if (const Room *theirs = findConversation(other, user.name))
        tellSessions(other, RoomChanged{theirs->state(other.id), true}, Side::Other);
    Room &added = addRoom({});
    added.setPair({Room::Partner{user.id, user.name}, Room::Partner{other.id, other.name}});
    user.conversations.append(added.id());
    other.conversations.append(added.id());
    ++m_conversations;
    return &added;
}

/// A full list loses the oldest conversation with somebody who has left.
Result<Done> House::makeSpace(User &user)
{
    if (user.conversations.size() < limits::privateRoomsPerUser
        && m_conversations < limits::privateRooms)
        return Done{};
    const QList<RoomId> conversations = user.conversations;
    for (const RoomId id : conversations) {
        if (!m_directory.find(findRoom(id)->otherThan(user.id).user) && removeConversation(id))
            return Done{};
    }
    return Error{.code = ErrorCode::TooMany,
                 .subject = u"private conversations"_s,
                 .number = limits::privateRoomsPerUser};
}

/// A guest is back: where somebody else of that name was spoken to meanwhile, the name means this
/// guest again.
void House::reclaimLabels(const User &user)
{
    for (const RoomId id : user.conversations) {
        const Room &room = *findRoom(id);
        const User *partner = m_directory.find(room.otherThan(user.id).user);
        if (!partner)
            continue;
        const bool taken = std::any_of(
                partner->conversations.begin(), partner->conversations.end(), [&](RoomId other) {
                    return other != id
                            && findRoom(other)->label(partner->id) == room.label(partner->id);
                });
        if (!taken)
            continue;
        tellSessions(*partner, RoomChanged{room.state(partner->id), true}, Side::Other);
        tellSessions(*partner, RoomChanged{room.state(partner->id)}, Side::Other);
    }
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
    --m_conversations;
    removeRoom(*room);
    return true;
}

} // namespace teahouse::server
