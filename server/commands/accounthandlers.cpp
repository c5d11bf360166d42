#include "server/commands/handlers.h"

#include "shared/limits.h"

#include <algorithm>
#include <limits>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// Answers with what came of it.
template <typename Value>
std::function<void(Result<Value>)> answerTo(Then then)
{
    return [then = std::move(then)](const Result<Value> &result) {
        if (result)
            then(Answer(*result));
        else
            then(result.error());
    };
}

QString text(const Call &call, QLatin1StringView name)
{
    return call.arguments.text(name);
}

/// What is larger than any bound stays so.
int number(const Call &call, QLatin1StringView name)
{
    return static_cast<int>(
            std::min<quint64>(call.arguments.number(name), std::numeric_limits<int>::max()));
}

ListRange rangeOf(const Call &call)
{
    ListRange range{text(call, "after"_L1), limits::page};
    if (call.arguments.number("limit"_L1) != 0)
        range.limit = std::min(number(call, "limit"_L1), limits::page);
    return range;
}

} // namespace

void registerAccount(const Call &call, Then then)
{
    const QString name = text(call, "name"_L1);
    if (call.house.isLoggedIn(call.session) || name.isEmpty())
        return call.house.registerGuest(call.session, text(call, "password"_L1),
                                        text(call, "invite"_L1), call.now,
                                        answerTo<UserShown>(std::move(then)));
    call.house.registerNew(call.session,
                           {.name = name,
                            .password = text(call, "password"_L1),
                            .invite = text(call, "invite"_L1)},
                           call.now, welcomeTo(call, std::move(then)));
}

void passwd(const Call &call, Then then)
{
    call.house.changePassword(call.session, text(call, "old"_L1), text(call, "password"_L1),
                              answerTo<Done>(std::move(then)));
}

void claim(const Call &call, Then then)
{
    call.house.claim(call.session, text(call, "code"_L1), call.now,
                     answerTo<UserShown>(std::move(then)));
}

void inviteCode(const Call &call, Then then)
{
    NewInvite wanted{.room = text(call, "room"_L1)};
    if (call.arguments.has("uses"_L1))
        wanted.uses = number(call, "uses"_L1);
    if (call.arguments.has("days"_L1))
        wanted.days = number(call, "days"_L1);
    call.house.makeInvite(call.session, wanted, call.now, answerTo<InviteCode>(std::move(then)));
}

Reply inviteCodes(const Call &call)
{
    const Result<InviteList> list = call.house.invites(call.session, text(call, "room"_L1),
                                                       rangeOf(call));
    return list ? Reply(Answer(*list)) : Reply(list.error());
}

void inviteCodeEnd(const Call &call, Then then)
{
    call.house.endInvite(call.session, text(call, "code"_L1), call.now,
                         answerTo<Done>(std::move(then)));
}

Reply code(const Call &call)
{
    const Result<Done> taken = call.house.giveCode(call.session, text(call, "code"_L1), call.now);
    return taken ? Reply(Answer(CodeTaken{})) : Reply(taken.error());
}

Reply accounts(const Call &call)
{
    const Result<AccountList> list = call.house.accounts(call.session, rangeOf(call));
    return list ? Reply(Answer(*list)) : Reply(list.error());
}

void userRemove(const Call &call, Then then)
{
    const QString word = text(call, "erase"_L1);
    if (call.request.form == Form::Line && !word.isEmpty() && word != "erase"_L1)
        return then(Error{.code = ErrorCode::BadRequest,
                          .subject = u"behind the name stands \"erase\" or nothing"_s});
    const bool erases = !word.isEmpty() || call.arguments.flag("erase"_L1);
    call.house.removeAccount(call.session, text(call, "name"_L1),
                             erases ? Erase::Messages : Erase::Nothing, call.now,
                             answerTo<Done>(std::move(then)));
}

void userRole(const Call &call, Then then)
{
    call.house.setRole(call.session, text(call, "name"_L1), text(call, "role"_L1), call.now,
                       answerTo<Done>(std::move(then)));
}

void ignore(const Call &call, Then then)
{
    call.house.ignore(call.session, text(call, "name"_L1), answerTo<IgnoreList>(std::move(then)));
}

void unignore(const Call &call, Then then)
{
    call.house.unignore(call.session, text(call, "name"_L1), answerTo<IgnoreList>(std::move(then)));
}

} // namespace teahouse::server
