#include "server/core/house.h"

#include "shared/limits.h"
#include "shared/mentions.h"
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

RoomLog::Delivery delivery(const User &user, const Speech &speech, Item item,
                           QList<UserId> mentions)
{
    return {std::move(item), user.id, speech.cid, user.origin, speech.lineEnd, std::move(mentions)};
}

} // namespace

void House::say(SessionId id, const QString &name, const Speech &speech, SaidThen then)
{
    const Result<Room *> room = findOwn(id, name);
    if (!room)
        return then(room.error());
    User *user = userOf(id);
    if ((*room)->isPrivate() && !m_directory.findReachable((*room)->otherThan(user->id).user))
        return then(
                Error{.code = ErrorCode::NoSuchUser, .subject = (*room)->otherThan(user->id).name});
    if (const auto silent = silence(*user, **room))
        return then(*silent);
    Result<Item> item = toItem(speech, user->name);
    if (!item)
        return then(item.error());
    if ((*room)->isPrivate()) {
        if (const Result<Done> taken = takeUp(*user, **room); !taken)
            return then(taken.error());
    }
    QList<UserId> meant = meantBy(item->text, *user, **room);
    append(**room, delivery(*user, speech, std::move(item.value()), std::move(meant)),
           std::move(then));
}

void House::message(SessionId id, const QString &to, const Speech &speech, SaidThen then)
{
    User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    User *other = m_directory.findBearer(to);
    if (!other)
        return then(Error{.code = ErrorCode::NoSuchUser, .subject = to});
    Result<Item> item = toItem(speech, user->name);
    if (!item)
        return then(item.error());
    // Before a conversation is opened for it.
    if (const SanctionRecord *mute = muteOn(*user, 0))
        return then(Error{.code = ErrorCode::Muted, .other = mute->reason, .number = mute->until});
    const Result<Room *> room = conversation(*find(id), *user, *other);
    if (!room)
        return then(room.error());
    QList<UserId> meant = meantBy(item->text, *user, **room);
    append(**room, delivery(*user, speech, std::move(item.value()), std::move(meant)),
           [then = std::move(then), label = (*room)->label(user->id)](Result<Said> said) {
               if (said)
                   said.value().room = label;
               then(std::move(said));
           });
}

void House::changeMessage(SessionId id, const QString &name, Item item, SaidThen then)
{
    const Result<Room *> room = findOwn(id, name);
    if (!room)
        return then(room.error());
    const User &user = *userOf(id);
    item.from = user.name;
    QList<UserId> meant;
    if (item.kind == ItemKind::Edited) {
        if (const auto silent = silence(user, **room))
            return then(*silent);
        meant = meantBy(item.text, user, **room);
    }
    append(**room,
           {std::move(item), user.id, {}, user.origin, LineEnd::Customary, std::move(meant)},
           std::move(then));
}

void House::edit(SessionId id, const QString &room, quint64 seq, const QString &text, SaidThen then)
{
    Result<Item> item = toItem({.text = text}, {});
    if (!item)
        return then(item.error());
    if (item->text.trimmed().isEmpty())
        return then(Error{.code = ErrorCode::BadRequest,
                          .subject = u"an edit needs a text; \"delete\" takes the message away"_s});
    item.value().kind = ItemKind::Edited;
    item.value().target = seq;
    changeMessage(id, room, std::move(item.value()), std::move(then));
}

void House::erase(SessionId id, const QString &name, quint64 seq, qint64 now, SaidThen then)
{
    Item item;
    item.kind = ItemKind::Deleted;
    item.target = seq;
    const Result<Room *> room = findFor(id, name);
    const bool isModerator = room && !(*room)->isPrivate()
            && rankOf(*userOf(id), *room) >= Rank::Moderator;
    if (!isModerator)
        return changeMessage(id, name, std::move(item), std::move(then));
    // Whose message it is only the store knows.
    changeMessage(id, name, item,
                  [this, id, name, item, now, then = std::move(then)](const Result<Said> &said) {
                      if (said || said.error().code != ErrorCode::NotAllowed)
                          then(said);
                      else
                          eraseAnother(id, name, item, now, then);
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
    if (!isAllowed(teahouse::setTopic, placeOf(**room), rankIn(*userOf(id), **room)))
        return then(Error{.code = ErrorCode::NotAllowed});
    if (const auto silent = silence(*userOf(id), **room))
        return then(*silent);
    const Result<QString> clean = cleanTopic(topic);
    if (!clean)
        return then(clean.error());
    Item item;
    item.kind = ItemKind::Topic;
    item.from = userOf(id)->name;
    item.text = *clean;
    (*room)->topicBegins(*clean);
    append(**room, {std::move(item), userOf(id)->id},
           [this, id = (*room)->id(), then = std::move(then),
            shown = TopicShown{(*room)->name(), *clean}](const Result<Said> &said) {
               // What was kept of the room meanwhile has this topic already.
               if (!said)
                   m_unstored.insert(id);
               findRoom(id)->topicEnds();
               if (said)
                   then(shown);
               else
                   then(said.error());
           });
}

/// Whom a message means, of those for whom that is kept; in private always the other. Whoever
/// ignores the speaker is among them, and may hear the speaker again one day.
QList<UserId> House::meantBy(const QString &text, const User &speaker, const Room &room) const
{
    if (room.isPrivate()) {
        const UserId other = room.otherThan(speaker.id).user;
        return isStored(other) ? QList<UserId>{other} : QList<UserId>{};
    }
    QList<UserId> users = mentionedIn(
            text, [this](QStringView folded) { return m_directory.findMeant(folded); });
    users.removeIf([&](UserId user) { return user == speaker.id || !isStored(user); });
    return users;
}

void House::append(Room &room, RoomLog::Delivery delivery, SaidThen then)
{
    m_openLogs.insert(room.id());
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
        if (!m_countings.empty())
            countOn(room, delivery);
        if (delivery.item.kind == ItemKind::Topic)
            room.setTopic(delivery.item.text);
        if (room.isPrivate()) {
            deliverPrivately(room, delivery);
            continue;
        }
        delivery.item.room = room.name();
        const auto ignorers = m_ignorers.constFind(delivery.sender);
        told.push_back({ItemAdded{std::move(delivery.item), std::move(delivery.cid),
                                  std::move(delivery.origin), delivery.lineEnd},
                        delivery.sender,
                        ignorers == m_ignorers.cend() ? QSet<UserId>() : *ignorers});
    }
    room.audience().tell(told);
}

void House::deliverPrivately(Room &room, const RoomLog::Delivery &delivery)
{
    noteAnswer(room, delivery);
    if (delivery.item.seq == 1) {
        const auto begun = [&](UserId viewer) {
            RoomState state = stateFor(room, *m_directory.find(viewer));
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
    for (const Partner &partner : room.pair()) {
        const User *user = m_directory.find(partner.user);
        if (!user || room.isEndedBy(partner.user))
            continue;
        const bool isUnheard = isIgnored(actor, user->id);
        for (const SessionId id : user->sessions) {
            if (!isUnheard || find(id)->spec.form == Form::Object)
                tellOne(*find(id), event(user->id), user->id == actor ? Side::Own : Side::Other);
        }
    }
}

void House::tellSessions(const User &user, const Event &event, Side side, SessionId except) const
{
    for (const SessionId id : user.sessions) {
        if (id != except)
            tellOne(*find(id), event, side);
    }
}

void House::tellSession(SessionId session, const Event &event) const
{
    tellOne(*find(session), event, Side::Other);
}

void House::tellOne(const Session &session, const Event &event, Side side)
{
    const QByteArray bytes = session.spec.encoder->encode(event, side);
    if (!bytes.isEmpty())
        session.spec.sink->write(bytes);
}

} // namespace teahouse::server
