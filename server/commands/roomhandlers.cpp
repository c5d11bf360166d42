#include "server/commands/handlers.h"

#include "shared/limits.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// Lines show so many at once; objects ask page by page.
ListRange range(const Call &call, int onLines)
{
    if (call.request.form == Form::Line)
        return {{}, onLines};
    const quint64 asked = call.arguments.number("limit"_L1);
    const int limit = asked == 0 ? limits::page
                                 : static_cast<int>(std::min<quint64>(asked, limits::page));
    return {call.arguments.text("after"_L1), limit};
}

QString room(const Call &call)
{
    return call.arguments.text("room"_L1);
}

template <typename Value, typename Made = Value>
Reply toReply(const Result<Value> &result)
{
    if (!result)
        return result.error();
    return Answer(Made{*result});
}

} // namespace

Reply look(const Call &call)
{
    Result<PersonList> list = call.house.look(call.session, room(call),
                                              range(call, limits::textPersons));
    if (list)
        call.house.showAddresses(call.session, list.value());
    return toReply(list);
}

Reply who(const Call &call)
{
    PersonList list = call.house.who(range(call, limits::textPersons));
    call.house.showAddresses(call.session, list);
    return Answer(list);
}

Reply rooms(const Call &call)
{
    return Answer(call.house.rooms(call.session, range(call, limits::textRooms)));
}

void join(const Call &call, Then then)
{
    call.house.join(call.session, room(call), call.arguments.text("key"_L1), call.now,
                    [&house = call.house, session = call.session,
                     then = std::move(then)](const Result<RoomState> &joined) {
                        if (!joined)
                            return then(joined.error());
                        house.countUnread(session, {*joined},
                                          [then](const QList<RoomState> &counted) {
                                              then(Answer(RoomJoined{counted.first()}));
                                          });
                    });
}

void create(const Call &call, Then then)
{
    NewRoom made{.name = room(call),
                 .topic = call.arguments.text("topic"_L1),
                 .isClosed = call.arguments.flag("private"_L1),
                 .key = call.arguments.text("key"_L1)};
    // What is beyond the limit is refused, however far it is.
    if (call.arguments.has("retention"_L1))
        made.retention = static_cast<int>(std::min<quint64>(call.arguments.number("retention"_L1),
                                                            limits::retentionDays + 1));
    call.house.create(call.session, made, call.now,
                      [then = std::move(then)](const Result<RoomState> &created) {
                          then(created ? Reply(Answer(RoomJoined{*created}))
                                       : Reply(created.error()));
                      });
}

void leave(const Call &call, Then then)
{
    call.house.leave(call.session, room(call), call.now,
                     [then = std::move(then)](const Result<Done> &left) { then(toReply(left)); });
}

void endConversation(const Call &call, Then then)
{
    const QString name = call.arguments.text("name"_L1);
    const QString conversation = name.startsWith(u'@') ? name : u'@' + name;
    call.house.leave(call.session, conversation, call.now,
                     [then = std::move(then)](const Result<Done> &left) { then(toReply(left)); });
}

Reply away(const Call &call)
{
    return toReply(call.house.setAway(call.session, call.arguments.text("text"_L1)));
}

} // namespace teahouse::server
