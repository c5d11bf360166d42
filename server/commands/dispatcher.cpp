#include "server/commands/dispatcher.h"

namespace teahouse::server {

Dispatcher::Dispatcher(House &house, DispatcherSettings settings)
    : m_house(house), m_settings(std::move(settings)), m_commands(allCommands())
{
    for (const Command &command : m_commands)
        m_byVerb.insert(QString::fromLatin1(command.verb), &command);
}

const Command *Dispatcher::find(const Request &request) const
{
    const Command *command = m_byVerb.value(request.verb);
    return command && command->isKnownTo(request.form) ? command : nullptr;
}

void Dispatcher::dispatch(SessionId session, const Request &request, qint64 now, Then then)
{
    if (request.refusal)
        return then(*request.refusal);
    const Command *command = find(request);
    if (!command)
        return then(Error{.code = ErrorCode::UnknownVerb, .subject = request.verb});
    if (const auto refused = refusal(*command, session))
        return then(*refused);
    const Result<Arguments> arguments = Arguments::bind(command->parameters, request);
    if (!arguments)
        return then(arguments.error());
    const Call call{m_house, m_settings.server, m_commands, session, request, *arguments, now};
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

} // namespace teahouse::server
