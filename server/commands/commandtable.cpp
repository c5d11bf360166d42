#include "server/commands/command.h"
#include "server/commands/handlers.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

using Kind = Parameter::Kind;
using Need = Parameter::Need;
using Where = Parameter::Where;
using Stage = Command::Stage;
using Order = Command::Order;
using Rate = Command::Rate;

constexpr Parameter room{"room"};
constexpr Parameter roomOfObject{"room", Kind::Word, Need::Required, Where::Object};
constexpr Parameter text{"text", Kind::Rest};
constexpr Parameter anyText{"text", Kind::Rest, Need::Optional};
constexpr Parameter cid{"cid", Kind::Word, Need::Required, Where::Object};
constexpr Parameter style{"style", Kind::Word, Need::Optional, Where::Object};
constexpr Parameter replyTo{"reply_to", Kind::Number, Need::Optional, Where::Object};
constexpr Parameter after{"after", Kind::Word, Need::Optional, Where::Object};
constexpr Parameter limit{"limit", Kind::Number, Need::Optional, Where::Object};

} // namespace

std::vector<Command> allCommands()
{
    return {
            {"hello",
             hello,
             {{"client", Kind::Word, Need::Optional},
              {"lang", Kind::Word, Need::Optional},
              {"protocol", Kind::Numbers, Need::Optional}},
             "asks what the server is and speaks",
             Stage::Anytime,
             Order::Alone,
             Rate::Nothing,
             Where::Object},
            {"login",
             login,
             {{"name", Kind::Word, Need::Optional},
              {"password", Kind::Word, Need::Optional},
              {"resume", Kind::Word, Need::Optional, Where::Object}},
             "enters under a name",
             Stage::LoggedOut},
            {"logout", logout, {}, "says goodbye", Stage::Anytime},
            {"help",
             help,
             {{"verb", Kind::Word, Need::Optional}},
             "shows this, or one command",
             Stage::Anytime,
             Order::Alone,
             Rate::Nothing,
             Where::Line},
            {"say",
             say,
             {roomOfObject, anyText, cid, style, replyTo},
             "says something to the room",
             Stage::LoggedIn,
             Order::Pipelined,
             Rate::Message},
            {"me",
             me,
             {text},
             "tells what you do",
             Stage::LoggedIn,
             Order::Pipelined,
             Rate::Message,
             Where::Line},
            {"msg",
             msg,
             {{"to"}, text, cid, style, replyTo},
             "says something to one person alone",
             Stage::LoggedIn,
             Order::Pipelined,
             Rate::Message},
            {"look", look, {roomOfObject, after, limit}, "shows who is in the room"},
            {"who", who, {after, limit}, "shows who is logged in"},
            {"rooms", rooms, {after, limit}, "shows the rooms"},
            {"join",
             join,
             {room},
             "goes to another room",
             Stage::LoggedIn,
             Order::Alone,
             Rate::Message},
            {"create",
             create,
             {room,
              {"topic", Kind::Rest, Need::Optional},
              {"private", Kind::Flag, Need::Optional, Where::Object},
              {"key", Kind::Word, Need::Optional, Where::Object}},
             "makes a room and goes there",
             Stage::LoggedIn,
             Order::Alone,
             Rate::Message},
            {"leave",
             leave,
             {room},
             "leaves a room",
             Stage::LoggedIn,
             Order::Alone,
             Rate::Message,
             Where::Object},
            {"last",
             last,
             {{"count", Kind::Number, Need::Optional}},
             "shows what was said last, 20 lines or as many as you say",
             Stage::LoggedIn,
             Order::Alone,
             Rate::Nothing,
             Where::Line},
            {"history",
             history,
             {roomOfObject,
              {"before", Kind::Number, Need::Optional},
              {"after", Kind::Number, Need::Optional},
              limit},
             "reads what was said",
             Stage::LoggedIn,
             Order::Alone,
             Rate::Nothing,
             Where::Object},
            {"topic",
             topic,
             {roomOfObject, anyText},
             "shows or sets what the room is about",
             Stage::LoggedIn,
             Order::Alone,
             Rate::Message},
            {"away",
             away,
             {anyText},
             "says why you are away, or that you are back",
             Stage::LoggedIn,
             Order::Alone,
             Rate::Message},
            {"mode",
             mode,
             {{"mode"}},
             "chat: lines without / are said; verbs: as at first",
             Stage::LoggedIn,
             Order::Alone,
             Rate::Nothing,
             Where::Line},
            {"charset",
             charset,
             {{"charset"}},
             "utf-8 or gbk: the bytes your terminal sends",
             Stage::LoggedIn,
             Order::Alone,
             Rate::Nothing,
             Where::Line},
            {"ping", ping, {}, "asks whether the server is there", Stage::LoggedIn, Order::Free},
    };
}

bool Command::isKnownTo(Form form) const
{
    return Parameter{"", Kind::Word, Need::Optional, where}.standsIn(form);
}

QString Command::usage() const
{
    QString usage = QString::fromLatin1(verb);
    for (const Parameter &parameter : parameters) {
        if (!parameter.standsIn(Form::Line))
            continue;
        const QString name = QString::fromLatin1(parameter.name).toUpper();
        usage += parameter.need == Need::Required ? u" %1"_s.arg(name) : u" [%1]"_s.arg(name);
    }
    return usage;
}

} // namespace teahouse::server
