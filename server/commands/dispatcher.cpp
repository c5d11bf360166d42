#include "server/commands/dispatcher.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

QString whereText(PlaceKind kind)
{
    switch (kind) {
    case PlaceKind::Server:
        return u"without a room"_s;
    case PlaceKind::Main:
        return u"in the main room"_s;
    case PlaceKind::Conversation:
        return u"in a private conversation"_s;
    case PlaceKind::Open:
    case PlaceKind::Closed:
        break;
    }
    return u"in this room"_s;
}

/// Who may, for a person at a terminal; programs have the table of rights.
QString whoText(Rank needed, const Place &place)
{
    switch (needed) {
    case Rank::Owner:
        return place.kind == PlaceKind::Main ? u"it takes an administrator"_s
                                             : u"it takes an owner of the room"_s;
    case Rank::Admin:
        return u"it takes an administrator"_s;
    case Rank::Moderator:
        return place.isReadOnly ? u"it takes a moderator, the room is read-only"_s
                                : u"it takes a moderator of the room"_s;
    case Rank::Account:
        return u"it takes an account"_s;
    default:
        return u"it takes %1"_s.arg(rankName(needed));
    }
}

} // namespace

Dispatcher::Dispatcher(House &house, DispatcherSettings settings)
    : m_house(house), m_settings(std::move(settings)), m_commands(allCommands())
{
    for (const Command &command : m_commands)
        m_byVerb.insert(QString::fromLatin1(command.verb),
                        {&command, rightOf(QString::fromLatin1(command.verb))});
}

bool Dispatcher::takeMessage(SessionId session, TokenBucket &own, qint64 now)
{
    TokenBucket *shared = m_shared.of(m_house.limitParty(session), m_settings.flood, now);
    if (shared && shared->wait(now) > 0)
        return false;
    if (!own.take(now))
        return false;
    if (shared)
        shared->take(now);
    return true;
}

qint64 Dispatcher::messageWait(SessionId session, const TokenBucket &own, qint64 now)
{
    const TokenBucket *shared = m_shared.of(m_house.limitParty(session), m_settings.flood, now);
    return std::max(own.wait(now), shared ? shared->wait(now) : 0);
}

Dispatcher::Entry Dispatcher::entry(const Request &request) const
{
    const Entry entry = m_byVerb.value(request.verb);
    return entry.command && entry.command->isKnownTo(request.form) ? entry : Entry();
}

const Command *Dispatcher::find(const Request &request) const
{
    return entry(request).command;
}

void Dispatcher::dispatch(SessionId session, const Request &request, const Moment &now, Then then)
{
    m_house.setTime(now);
    if (request.refusal)
        return then(*request.refusal);
    const auto [command, right] = entry(request);
    if (!command)
        return then(
                Error{.code = ErrorCode::UnknownVerb,
                      .subject = request.form == Form::Line ? request.typedVerb : request.verb});
    if (const auto refused = refusal(*command, session))
        return then(*refused);
    const Result<Arguments> arguments = Arguments::bind(command->parameters, request);
    if (!arguments)
        return then(arguments.error());
    if (right) {
        if (const auto refused = refusal(*right, session, request.form, *arguments))
            return then(*refused);
    }
    const Call call{m_house, m_settings.server, m_commands, session, request, *arguments, now.utc};
    if (const auto *later = std::get_if<LaterHandler>(&command->handler))
        (*later)(call, std::move(then));
    else
        then(std::get<Handler>(command->handler)(call));
}

std::optional<Error> Dispatcher::refusal(const Command &command, SessionId session) const
{
    const bool loggedIn = m_house.isLoggedIn(session);
    if (command.stage == Command::Stage::LoggedIn && !loggedIn)
        return Error{.code = ErrorCode::LoginRequired};
    if (command.stage == Command::Stage::LoggedOut && loggedIn)
        return Error{.code = ErrorCode::AlreadyLoggedIn};
    return std::nullopt;
}

std::optional<Error> Dispatcher::refusal(const Right &right, SessionId session, Form form,
                                         const Arguments &arguments) const
{
    // A line means the room that its session sits in.
    const bool namesRoom = form == Form::Line || arguments.has("room"_L1);
    const QString room = arguments.text("room"_L1);
    const auto standing = m_house.standing(session, namesRoom ? std::optional(room) : std::nullopt);
    if (!standing)
        return std::nullopt; // for want of the room, which core tells
    const Rank needed = right.needed(standing->place);
    if (needed == Rank::Nobody)
        return Error{.code = ErrorCode::BadRequest,
                     .subject = u"\"%1\" is not possible %2"_s.arg(
                             QString::fromLatin1(right.verb), whereText(standing->place.kind))};
    if (standing->rank >= needed)
        return std::nullopt;
    if (standing->rank == Rank::Outsider)
        return Error{.code = ErrorCode::NotMember, .subject = room};
    return Error{.code = ErrorCode::NotAllowed,
                 .other = form == Form::Line ? whoText(needed, standing->place) : QString()};
}

} // namespace teahouse::server
