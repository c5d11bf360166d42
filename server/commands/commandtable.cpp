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
using Code = ErrorCode;

constexpr Parameter room{"room"};
constexpr Parameter roomOfObject{"room", Kind::Word, Need::Required, Where::Object};
constexpr Parameter text{"text", Kind::Rest};
constexpr Parameter anyText{"text", Kind::Rest, Need::Optional};
constexpr Parameter cid{"cid", Kind::Word, Need::Required, Where::Object};
constexpr Parameter style{"style", Kind::Word, Need::Optional, Where::Object};
constexpr Parameter replyTo{"reply_to", Kind::Number, Need::Optional, Where::Object};
constexpr Parameter seq{"seq", Kind::Number};
constexpr Parameter after{"after", Kind::Word, Need::Optional, Where::Object};
constexpr Parameter limit{"limit", Kind::Number, Need::Optional, Where::Object};

} // namespace

std::vector<Command> allCommands()
{
    return {
            {.verb = "hello",
             .handler = hello,
             .parameters = {{"client", Kind::Word, Need::Optional},
                            {"lang", Kind::Word, Need::Optional},
                            {"protocol", Kind::Numbers, Need::Optional}},
             .help = "asks what the server is and speaks",
             .stage = Stage::Anytime,
             .where = Where::Object,
             .reply = "server, version, protocol, epoch, limits{text, line, frame, page}, "
                      "features[]",
             .errors = {Code::ProtocolMismatch}},
            {.verb = "login",
             .handler = login,
             .parameters = {{"name", Kind::Word, Need::Optional},
                            {"password", Kind::Word, Need::Optional},
                            {"resume", Kind::Word, Need::Optional, Where::Object}},
             .help = "enters under a name",
             .stage = Stage::LoggedOut,
             .reply = "user{name, registered, role}, resume, rooms[room]",
             .errors = {Code::NameEmpty, Code::NameInvalid, Code::NameTaken, Code::WrongPassword}},
            {.verb = "logout", .handler = logout, .help = "says goodbye", .stage = Stage::Anytime},
            {.verb = "help",
             .handler = help,
             .parameters = {{"verb", Kind::Word, Need::Optional}},
             .help = "shows this, or one command",
             .stage = Stage::Anytime,
             .where = Where::Line},
            {.verb = "say",
             .handler = say,
             .parameters = {roomOfObject,
                            // A line may say nothing, as in the original.
                            {"text", Kind::Rest, Need::Optional, Where::Line},
                            {"text", Kind::Rest, Need::Required, Where::Object},
                            cid,
                            style,
                            replyTo},
             .help = "says something to the room",
             .order = Order::Pipelined,
             .rate = Rate::Message,
             .reply = "seq, time",
             .errors = {Code::NoSuchRoom, Code::NotMember, Code::NoSuchUser, Code::TooLong,
                        Code::TooMany, Code::Conflict, Code::StoreFull, Code::StoreUnavailable,
                        Code::Unconfirmed}},
            {.verb = "me",
             .handler = me,
             .parameters = {text},
             .help = "tells what you do",
             .order = Order::Pipelined,
             .rate = Rate::Message,
             .where = Where::Line},
            {.verb = "msg",
             .handler = msg,
             .parameters = {{"to"}, text, cid, style, replyTo},
             .help = "says something to one person alone",
             .order = Order::Pipelined,
             .rate = Rate::Message,
             .reply = "room, seq, time",
             .errors = {Code::NoSuchUser, Code::TooMany, Code::TooLong, Code::SlowDown,
                        Code::Conflict, Code::StoreFull, Code::StoreUnavailable,
                        Code::Unconfirmed}},
            {.verb = "edit",
             .handler = edit,
             .parameters = {roomOfObject, seq, text},
             .help = "gives a message of one's own another text",
             .rate = Rate::Message,
             .where = Where::Object,
             .reply = "seq, time",
             .errors = {Code::NoSuchRoom, Code::NotMember, Code::NoSuchMessage, Code::NotAllowed,
                        Code::TooLong, Code::TooMany, Code::StoreFull, Code::StoreUnavailable,
                        Code::Unconfirmed}},
            {.verb = "delete",
             .handler = erase,
             .parameters = {roomOfObject, seq},
             .help = "erases a message of one's own",
             .rate = Rate::Message,
             .where = Where::Object,
             .reply = "seq, time",
             .errors = {Code::NoSuchRoom, Code::NotMember, Code::NoSuchMessage, Code::NotAllowed,
                        Code::StoreFull, Code::StoreUnavailable, Code::Unconfirmed}},
            {.verb = "look",
             .handler = look,
             .parameters = {roomOfObject, after, limit},
             .help = "shows who is in the room",
             .reply = "room, members[{name, away, via, online}], more, next",
             .errors = {Code::NoSuchRoom, Code::NotMember}},
            {.verb = "who",
             .handler = who,
             .parameters = {after, limit},
             .help = "shows who is logged in",
             .reply = "users[{name, away, via, online}], more, next"},
            {.verb = "rooms",
             .handler = rooms,
             .parameters = {after, limit},
             .help = "shows the rooms",
             .reply = "rooms[room], more, next"},
            {.verb = "join",
             .handler = join,
             .parameters = {room},
             .help = "goes to another room",
             .rate = Rate::Message,
             .reply = "room, topic, first, last, read, unread, mentions, level, members, "
                      "retention",
             .errors = {Code::NoSuchRoom, Code::RoomFull, Code::TooMany}},
            {.verb = "create",
             .handler = create,
             .parameters = {room,
                            {"topic", Kind::Rest, Need::Optional},
                            {"retention", Kind::Number, Need::Optional, Where::Object},
                            {"private", Kind::Flag, Need::Optional, Where::Object},
                            {"key", Kind::Word, Need::Optional, Where::Object}},
             .help = "makes a room and goes there",
             .rate = Rate::Message,
             .reply = "as join",
             .errors = {Code::NameInvalid, Code::AlreadyExists, Code::TooLong, Code::TooMany}},
            {.verb = "leave",
             .handler = leave,
             .parameters = {room},
             .help = "leaves a room",
             .rate = Rate::Message,
             .where = Where::Object,
             .errors = {Code::NoSuchRoom, Code::NotMember}},
            {.verb = "last",
             .handler = last,
             .parameters = {{"count", Kind::Number, Need::Optional}},
             .help = "shows what was said last, 20 lines or as many as you say",
             .where = Where::Line},
            {.verb = "history",
             .handler = history,
             .parameters = {roomOfObject,
                            {"before", Kind::Number, Need::Optional},
                            {"after", Kind::Number, Need::Optional},
                            limit},
             .help = "reads what was said",
             .where = Where::Object,
             .reply = "room, items[item], more, next",
             .errors = {Code::NoSuchRoom, Code::NotMember, Code::StoreUnavailable}},
            {.verb = "search",
             .handler = search,
             // A line has only words, and looks in the room it is in.
             .parameters = {{"room", Kind::Word, Need::Optional, Where::Object},
                            {"text", Kind::Rest, Need::Required, Where::Line},
                            {"text", Kind::Rest, Need::Optional, Where::Object},
                            {"from", Kind::Word, Need::Optional, Where::Object},
                            {"since", Kind::Number, Need::Optional, Where::Object},
                            {"until", Kind::Number, Need::Optional, Where::Object},
                            {"before", Kind::Number, Need::Optional, Where::Object},
                            limit},
             .help = "looks for messages with all of these words",
             .reply = "items[item], more, next",
             .errors = {Code::NoSuchRoom, Code::NotMember, Code::TooLong, Code::StoreUnavailable}},
            {.verb = "read",
             .handler = read,
             .parameters = {roomOfObject, seq},
             .help = "says up to where one has read",
             .where = Where::Object,
             .errors = {Code::NoSuchRoom, Code::NotMember}},
            {.verb = "topic",
             .handler = topic,
             .parameters = {roomOfObject, anyText},
             .help = "shows or sets what the room is about",
             .rate = Rate::Message,
             .reply = "room, topic",
             .errors = {Code::NoSuchRoom, Code::NotMember, Code::TooLong, Code::StoreFull,
                        Code::StoreUnavailable, Code::Unconfirmed}},
            {.verb = "away",
             .handler = away,
             .parameters = {anyText},
             .help = "says why you are away, or that you are back",
             .rate = Rate::Message,
             .errors = {Code::TooLong}},
            {.verb = "mode",
             .handler = mode,
             .parameters = {{"mode"}},
             .help = "chat: lines without / are said; verbs: as at first",
             .where = Where::Line},
            {.verb = "charset",
             .handler = charset,
             .parameters = {{"charset"}},
             .help = "utf-8 or gbk: the bytes your terminal sends",
             .where = Where::Line},
            {.verb = "ping",
             .handler = ping,
             .help = "asks whether the server is there",
             .order = Order::Free,
             .rate = Rate::Nothing},
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
