#include "server/commands/handlers.h"

#include "shared/limits.h"
#include "shared/text.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

HelpShown::Row helpRow(const Command &command)
{
    return {command.usage(), QString::fromLatin1(command.help)};
}

Error badRequest(const QString &why)
{
    return {.code = ErrorCode::BadRequest, .subject = why};
}

} // namespace

Reply hello(const Call &call)
{
    const QList<qint64> spoken = call.arguments.numbers("protocol"_L1);
    if (call.arguments.has("protocol"_L1) && !spoken.contains(1))
        return Error{.code = ErrorCode::ProtocolMismatch};
    if (codePoints(call.arguments.text("client"_L1)) > limits::clientName)
        return Error{.code = ErrorCode::TooLong,
                     .subject = u"a client's name"_s,
                     .number = limits::clientName};
    const AccountSettings &accounts = call.house.accountSettings();
    QStringList features;
    if (accounts.guests)
        features += u"guests"_s;
    if (accounts.registration == Registration::Open)
        features += u"register"_s;
    if (accounts.registration != Registration::Off)
        features += u"invite"_s;
    const Source source = call.house.sourceOf(call.session);
    if (source.offersTls && !source.isEncrypted)
        features += u"tls"_s;
    return Answer(Greeting{call.server.name, call.server.version, 1, call.house.epoch(), features});
}

House::WelcomeThen welcomeTo(const Call &call, Then then)
{
    return [&house = call.house, session = call.session,
            then = std::move(then)](Result<Welcome> welcome) {
        if (!welcome)
            return then(welcome.error());
        const QList<RoomState> rooms = welcome->rooms;
        house.countUnread(
                session, rooms,
                [then, welcome = std::move(welcome.value())](QList<RoomState> counted) mutable {
                    welcome.rooms = std::move(counted);
                    then(Answer(std::move(welcome)));
                });
    };
}

void login(const Call &call, Then then)
{
    LoginRequest request{.name = call.arguments.text("name"_L1),
                         .resume = call.arguments.text("resume"_L1),
                         .invite = call.arguments.text("invite"_L1)};
    if (call.arguments.has("password"_L1))
        request.password = call.arguments.text("password"_L1);
    call.house.login(call.session, request, call.now, welcomeTo(call, std::move(then)));
}

Reply logout(const Call &)
{
    return Answer(Goodbye{});
}

Reply help(const Call &call)
{
    const QString asked = call.arguments.text("verb"_L1);
    const QString verb = (asked.startsWith(u'/') ? asked.sliced(1) : asked).toLower();
    const Command::Stage unusable = call.house.isLoggedIn(call.session) ? Command::Stage::LoggedOut
                                                                        : Command::Stage::LoggedIn;
    HelpShown shown;
    for (const Command &command : call.commands) {
        if (!command.isKnownTo(call.request.form))
            continue;
        if (verb.isEmpty() ? command.stage != unusable : verb == QLatin1StringView(command.verb))
            shown.rows.append(helpRow(command));
    }
    if (shown.rows.isEmpty())
        return Error{.code = ErrorCode::UnknownVerb, .subject = asked};
    return Answer(shown);
}

Reply ping(const Call &)
{
    return Answer(Pong{});
}

Reply mode(const Call &call)
{
    const QString mode = call.arguments.text("mode"_L1);
    if (mode != "chat"_L1 && mode != "verbs"_L1)
        return badRequest(u"the mode is \"chat\" or \"verbs\""_s);
    return Answer(ModeChosen{mode == "chat"_L1});
}

Reply charset(const Call &call)
{
    QString charset = call.arguments.text("charset"_L1).toLower();
    if (charset == "utf8"_L1)
        charset = u"utf-8"_s;
    else if (charset == "gb18030"_L1 || charset == "gb2312"_L1) // the session's gbk has both
        charset = u"gbk"_s;
    if (charset != "utf-8"_L1 && charset != "gbk"_L1)
        return badRequest(u"the charset is \"utf-8\" or \"gbk\""_s);
    return Answer(CharsetChosen{charset});
}

} // namespace teahouse::server
