#include "server/commands/handlers.h"

#include "shared/limits.h"
#include "shared/text.h"

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
    if (utf8Size(speech.cid) > limits::cid)
        return Error{.code = ErrorCode::TooLong, .subject = u"a cid"_s, .number = limits::cid};
    if (cleanText(speech.cid) != speech.cid) // it has to come back as it is
        return Error{.code = ErrorCode::BadRequest,
                     .subject = u"\"cid\" has no control characters and no invisible ones"_s};
    return speech;
}

House::SaidThen saidTo(Then then)
{
    return [then = std::move(then)](const Result<Said> &said) {
        then(said ? Reply(Answer(*said)) : Reply(said.error()));
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

void edit(const Call &call, Then then)
{
    call.house.edit(call.session, call.arguments.text("room"_L1), call.arguments.number("seq"_L1),
                    call.arguments.text("text"_L1), saidTo(std::move(then)));
}

void erase(const Call &call, Then then)
{
    call.house.erase(call.session, call.arguments.text("room"_L1), call.arguments.number("seq"_L1),
                     call.now, saidTo(std::move(then)));
}

} // namespace teahouse::server
