#include "server/commands/handlers.h"

#include "shared/limits.h"
#include "shared/wire/valuecodec.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView wholeServer("server");

House::DoneThen doneTo(Then then)
{
    return [then = std::move(then)](const Result<Done> &done) {
        then(done ? Reply(Answer(*done)) : Reply(done.error()));
    };
}

House::RoomThen roomTo(Then then)
{
    return [then = std::move(then)](const Result<RoomState> &room) {
        then(room ? Reply(Answer(RoomJoined{*room})) : Reply(room.error()));
    };
}

Error badRequest(const QString &why)
{
    return {.code = ErrorCode::BadRequest, .subject = why};
}

/// The room that is meant; nothing: the whole server. A line means the room that it is in.
std::optional<QString> placeOf(const Call &call)
{
    if (call.request.form == Form::Line || call.arguments.has("room"_L1))
        return call.arguments.text("room"_L1);
    return std::nullopt;
}

/// The first word of a text, which keeps the others.
QString takeWord(QString &text)
{
    const QString word = text.section(u' ', 0, 0, QString::SectionSkipEmpty);
    text = text.section(u' ', 1, -1, QString::SectionSkipEmpty);
    return word;
}

/// `10m`, `2h`, `3d` in ms, `forever` as 0; nothing for another word.
std::optional<qint64> duration(const QString &word)
{
    if (word == "forever"_L1)
        return 0;
    constexpr int digitsAtMost = 6;
    const QString digits = word.chopped(std::min<qsizetype>(1, word.size()));
    bool isNumber = false;
    const qint64 number = digits.toLongLong(&isNumber);
    if (!isNumber || number <= 0 || digits.size() > digitsAtMost)
        return std::nullopt;
    constexpr qint64 minute = 60'000;
    if (word.endsWith(u'm'))
        return number * minute;
    if (word.endsWith(u'h'))
        return number * 60 * minute;
    if (word.endsWith(u'd'))
        return number * 24 * 60 * minute;
    return std::nullopt;
}

/// A line's terms are `[server] [10m|2h|3d|forever] [REASON]`.
Measure measure(const Call &call)
{
    Measure measure{.room = placeOf(call),
                    .name = call.arguments.text("name"_L1),
                    .reason = call.arguments.text("reason"_L1),
                    .until = static_cast<qint64>(call.arguments.number("until"_L1))};
    QString terms = call.arguments.text("terms"_L1);
    QString behind = terms;
    if (takeWord(behind) == wholeServer) {
        measure.room.reset();
        terms = behind;
    }
    behind = terms;
    if (const auto length = duration(takeWord(behind))) {
        measure.until = *length == 0 ? 0 : call.now + *length;
        terms = behind;
    }
    if (call.arguments.has("terms"_L1))
        measure.reason = terms;
    return measure;
}

/// Whether a line that means the whole server may: the dispatcher looked at the room that it is in.
std::optional<Error> refusal(const Call &call, const std::optional<QString> &place)
{
    if (place || call.request.form == Form::Object)
        return std::nullopt;
    const auto standing = call.house.standing(call.session, std::nullopt);
    if (standing && isAllowed(call.request.verb, standing->place, standing->rank))
        return std::nullopt;
    return Error{.code = ErrorCode::NotAllowed, .other = u"it takes an administrator"_s};
}

void impose(const Call &call, SanctionKind kind, Then then)
{
    const Measure asked = measure(call);
    if (const auto refused = refusal(call, asked.room))
        return then(*refused);
    call.house.impose(call.session, kind, asked, call.now,
                      [then = std::move(then)](const Result<Imposed> &imposed) {
                          then(imposed ? Reply(Answer(*imposed)) : Reply(imposed.error()));
                      });
}

void lift(const Call &call, SanctionKind kind, Then then)
{
    const Measure asked = measure(call);
    if (const auto refused = refusal(call, asked.room))
        return then(*refused);
    call.house.lift(call.session, kind, asked, call.now, doneTo(std::move(then)));
}

std::optional<bool> onOrOff(const QString &word)
{
    if (word == "on"_L1)
        return true;
    if (word == "off"_L1)
        return false;
    return std::nullopt;
}

Result<RoomRules> rulesFromLine(const QString &field, const QString &value)
{
    RoomRules rules;
    if (field == "key"_L1) {
        rules.key = value;
    } else if (field == "owner"_L1) {
        rules.owner = value;
    } else if (field == "retention"_L1) {
        bool isNumber = false;
        const int days = value == "forever"_L1 ? keepForever : value.toInt(&isNumber);
        if (!isNumber && days != keepForever)
            return badRequest(u"\"retention\" is a number of days, or \"forever\""_s);
        rules.retention = days;
    } else if (field == "private"_L1 || field == "read_only"_L1) {
        const auto isOn = onOrOff(value);
        if (!isOn)
            return badRequest(u"\"%1\" is on or off"_s.arg(field));
        (field == "private"_L1 ? rules.isClosed : rules.isReadOnly) = isOn;
    } else {
        return badRequest(
                u"say private, key, read_only, retention or owner, and how it is to be"_s);
    }
    return rules;
}

RoomRules rulesFromObject(const Arguments &arguments)
{
    RoomRules rules;
    if (arguments.has("private"_L1))
        rules.isClosed = arguments.flag("private"_L1);
    if (arguments.has("read_only"_L1))
        rules.isReadOnly = arguments.flag("read_only"_L1);
    if (arguments.has("key"_L1))
        rules.key = arguments.text("key"_L1);
    if (arguments.has("retention"_L1))
        // What is beyond is refused, whatever it is.
        rules.retention = static_cast<int>(std::clamp<qint64>(
                arguments.integer("retention"_L1), keepForever - 1, limits::retentionDays + 1));
    rules.owner = arguments.text("owner"_L1);
    return rules;
}

int pageLimit(const Call &call)
{
    const quint64 asked = call.arguments.number(call.request.form == Form::Line ? "count"_L1
                                                                                : "limit"_L1);
    const int customary = call.request.form == Form::Line ? limits::lastLines : limits::page;
    return asked == 0 ? customary : static_cast<int>(std::min<quint64>(asked, limits::page));
}

} // namespace

void kick(const Call &call, Then then)
{
    call.house.kick(call.session, measure(call), call.now, doneTo(std::move(then)));
}

void ban(const Call &call, Then then)
{
    impose(call, SanctionKind::Ban, std::move(then));
}

void unban(const Call &call, Then then)
{
    lift(call, SanctionKind::Ban, std::move(then));
}

void mute(const Call &call, Then then)
{
    impose(call, SanctionKind::Mute, std::move(then));
}

void unmute(const Call &call, Then then)
{
    lift(call, SanctionKind::Mute, std::move(then));
}

Reply bans(const Call &call)
{
    const auto place = measure(call).room;
    if (const auto refused = refusal(call, place))
        return *refused;
    const int limit = call.request.form == Form::Line ? limits::page : pageLimit(call);
    const Result<SanctionList> list = call.house.sanctions(
            call.session, place, {call.arguments.text("after"_L1), limit}, call.now);
    return list ? Reply(Answer(*list)) : Reply(list.error());
}

void role(const Call &call, Then then)
{
    const QString word = call.arguments.text("role"_L1);
    const bool isNone = word.isEmpty() || word == "none"_L1;
    const RoomRole role = isNone ? RoomRole::None : wire::toRole(word);
    if (!isNone && role == RoomRole::None)
        return then(badRequest(u"a role is member, moderator, owner or none"_s));
    call.house.giveRole(call.session, measure(call), role, call.now, doneTo(std::move(then)));
}

void invite(const Call &call, Then then)
{
    call.house.invite(call.session, measure(call), call.now, doneTo(std::move(then)));
}

void roomSet(const Call &call, Then then)
{
    const Result<RoomRules> rules = call.request.form == Form::Line
            ? rulesFromLine(call.arguments.text("field"_L1), call.arguments.text("value"_L1))
            : Result<RoomRules>(rulesFromObject(call.arguments));
    if (!rules)
        return then(rules.error());
    call.house.setRules(call.session, call.arguments.text("room"_L1), *rules, call.now,
                        roomTo(std::move(then)));
}

void audit(const Call &call, Then then)
{
    std::optional<QString> place = placeOf(call);
    // In `main`, where only administrators see any of it, a line shows everything.
    const auto standing = call.house.standing(call.session, place);
    if (call.request.form == Form::Line && standing && standing->place.kind == PlaceKind::Main)
        place.reset();
    call.house.audit(call.session, place, call.arguments.number("before"_L1), pageLimit(call),
                     [then = std::move(then)](const Result<AuditPage> &page) {
                         then(page ? Reply(Answer(*page)) : Reply(page.error()));
                     });
}

void level(const Call &call, Then then)
{
    const QString word = call.arguments.text("level"_L1);
    const auto level = wire::toLevel(word);
    if (!level)
        return then(badRequest(u"the level is all, mentions or none"_s));
    call.house.setLevel(call.session, call.arguments.text("room"_L1), *level,
                        doneTo(std::move(then)));
}

} // namespace teahouse::server
