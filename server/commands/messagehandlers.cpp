#include "server/commands/handlers.h"

#include "shared/limits.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// What the arguments say is said. Error: BadRequest, TooLong.
Result<Speech> speech(const Call &call)
{
    Speech speech;
    speech.text = call.arguments.text("text"_L1);
    speech.lineEnd = call.request.lineEnd;
    speech.cid = call.arguments.text("cid"_L1);
    speech.replyTo = call.arguments.number("reply_to"_L1);
    const QString style = call.arguments.text("style"_L1);
    speech.action = style == "action"_L1;
    if (!style.isEmpty() && !speech.action)
        return Error{.code = ErrorCode::BadRequest,
                     .subject = u"\"style\" is \"action\" or absent"_s};
    if (call.request.form == Form::Object && speech.cid.isEmpty())
        return Error{.code = ErrorCode::BadRequest,
                     .subject = u"\"cid\" is a word of your own for this message"_s};
    if (speech.cid.toUtf8().size() > limits::cid)
        return Error{.code = ErrorCode::TooLong, .subject = u"a cid"_s, .number = limits::cid};
    return speech;
}

House::SaidThen saidTo(Then then)
{
    return [then = std::move(then)](const Result<Said> &said) {
        then(said ? Reply(Answer(*said)) : Reply(said.error()));
    };
}

House::PageThen pageTo(Then then)
{
    return [then = std::move(then)](const Result<HistoryPage> &page) {
        then(page ? Reply(Answer(*page)) : Reply(page.error()));
    };
}

} // namespace

void say(const Call &call, Then then)
{
    const Result<Speech> said = speech(call);
    if (!said)
        return then(said.error());
    call.house.say(call.session, call.arguments.text("room"_L1), *said, saidTo(std::move(then)));
}

void me(const Call &call, Then then)
{
    Speech said;
    said.text = call.arguments.text("text"_L1);
    said.action = true;
    call.house.say(call.session, {}, said, saidTo(std::move(then)));
}

void msg(const Call &call, Then then)
{
    const Result<Speech> said = speech(call);
    if (!said)
        return then(said.error());
    call.house.message(call.session, call.arguments.text("to"_L1), *said, saidTo(std::move(then)));
}

void topic(const Call &call, Then then)
{
    const QString room = call.arguments.text("room"_L1);
    const auto toReply = [](const Result<TopicShown> &shown) {
        return shown ? Reply(Answer(*shown)) : Reply(shown.error());
    };
    if (!call.arguments.has("text"_L1))
        return then(toReply(call.house.topic(call.session, room)));
    call.house.setTopic(call.session, room, call.arguments.text("text"_L1),
                        [then = std::move(then), toReply](const Result<TopicShown> &shown) {
                            then(toReply(shown));
                        });
}

void last(const Call &call, Then then)
{
    const quint64 asked = call.arguments.number("count"_L1);
    const int count = call.arguments.has("count"_L1)
            ? static_cast<int>(std::clamp<quint64>(asked, 1, limits::page))
            : limits::lastLines;
    call.house.history(call.session, {}, {.limit = count}, pageTo(std::move(then)));
}

void history(const Call &call, Then then)
{
    PageRequest page;
    page.before = call.arguments.number("before"_L1);
    page.after = call.arguments.number("after"_L1);
    page.forwards = call.arguments.has("after"_L1);
    if (page.forwards && call.arguments.has("before"_L1))
        return then(Error{.code = ErrorCode::BadRequest,
                          .subject = u"\"before\" and \"after\" exclude each other"_s});
    const quint64 asked = call.arguments.number("limit"_L1);
    page.limit = asked == 0 ? limits::page
                            : static_cast<int>(std::min<quint64>(asked, limits::page));
    call.house.history(call.session, call.arguments.text("room"_L1), page, pageTo(std::move(then)));
}

} // namespace teahouse::server
