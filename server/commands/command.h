#pragma once

#include "server/commands/arguments.h"
#include "server/core/house.h"

#include "shared/reply.h"

#include <functional>
#include <span>
#include <variant>

namespace teahouse::server {

struct Command;

/// What the commands tell of the server itself.
struct ServerInfo
{
    QString name;
    QString version;
};

/// One request on its way through its command's handler.
struct Call
{
    House &house;
    const ServerInfo &server;
    std::span<const Command> commands; ///< the whole table, for `help`
    SessionId session;
    const Request &request;
    const Arguments &arguments;
    qint64 now; ///< ms since 1970 UTC
};

/// Gives its answer later, or at once, exactly one time.
using Then = std::function<void(Reply)>;

/// Reads the arguments, makes one core call, returns what came of it.
using Handler = Reply (*)(const Call &call);
/// The same for calls that the store answers.
using LaterHandler = void (*)(const Call &call, Then then);

/// One command: everything about it that is not its doing.
struct Command
{
    /// When it may be given.
    enum class Stage { Anytime, LoggedOut, LoggedIn };
    /// How it stands to the commands before and behind it, see RequestQueue.
    enum class Order {
        Alone,     ///< waits for all earlier ones, and is waited for
        Pipelined, ///< may be under way with others of its kind
        Free,      ///< waits for nobody
    };
    /// What the flood control counts it as.
    enum class Rate { Query, Message };

    const char *verb;
    std::variant<Handler, LaterHandler> handler;
    std::vector<Parameter> parameters = {};
    const char *help = "";
    Stage stage = Stage::LoggedIn;
    Order order = Order::Alone;
    Rate rate = Rate::Query;
    /// The forms of requests that know it.
    Parameter::Where where = Parameter::Where::Everywhere;
    const char *reply = ""; ///< the fields of a native reply, for the documentation
    /// What it may be refused with, besides what the dispatcher looks at for every command.
    std::vector<ErrorCode> errors = {};

    bool isKnownTo(Form form) const;
    /// How it is written on a line: `say TEXT`.
    QString usage() const;
};

/// All commands of all doors. The one list: dispatcher, help and the documentation read it.
std::vector<Command> allCommands();

} // namespace teahouse::server
