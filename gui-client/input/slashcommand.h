#pragma once

#include "shared/chatprotocol.h"

#include <QString>

#include <span>
#include <variant>

namespace teahouse::client {

/// What can be done from the message box besides saying something.
enum class SlashVerb {
    Say,
    Me,
    Msg,
    Join,
    Create,
    Leave,
    Topic,
    Away,
    Who,
    Ignore,
    Unignore,
    Register,
    Passwd,
    Claim,
    Invite,
    Kick,
    Ban,
    Unban,
    Mute,
    Unmute,
    Role,
    Level,
    Help,
};

/// What was typed into the message box, understood.
struct SlashCommand
{
    SlashVerb verb = SlashVerb::Say;
    QString target = {}; ///< a user or a room, where the verb takes one
    QString text = {};

    bool operator==(const SlashCommand &) const = default;
};

/// Why it was not understood.
struct SlashError
{
    enum class Kind {
        Unknown,       ///< there is no such command
        TargetMissing, ///< it needs a user or a room
        TextMissing,   ///< it needs a text
    };
    Kind kind = Kind::Unknown;
    QString command = {}; ///< as typed, without the slash

    bool operator==(const SlashError &) const = default;
};

/// One row of the command table, from which parsing, help and completion are made.
struct SlashRow
{
    enum class Takes { Nothing, OptionalText, Text, Target, TargetOptionalText, TargetText };
    enum class Names { Nothing, Person, Ignored, Room };

    SlashVerb verb;
    const char *name; ///< without the slash
    Takes takes;
    Names names;               ///< what the target is the name of
    bool Capabilities::*needs; ///< what the server has to be able to do; null: nothing
    const char *usage;         ///< the arguments; English, context "SlashCommand"
    const char *help;          ///< what it does; English, context "SlashCommand"
    const char *words = "";    ///< what the text may be, with blanks between; empty: anything
};

/// The command table, in the order help shows it.
std::span<const SlashRow> slashCommands();

/// The row of a command as it is typed, without the slash; null when there is none.
const SlashRow *findSlash(QStringView name);

/// Whether a server can do it.
bool isPossible(SlashVerb verb, const Capabilities &server);

/// Whether a command begins with it: `/`, or the full-width one of East Asian keyboards.
bool isSlash(QChar c);

/// Understands a text of the message box:
///
///     TEXT    = "//" REST          says "/" REST
///             | "/" COMMAND        a command of the table
///             | REST               is said as it stands
///     COMMAND = NAME [BLANKS ARGUMENTS]
///
/// The full-width slash serves as well. Names are found in upper and lower
/// case alike. An unknown command is an error and never said.
std::variant<SlashCommand, SlashError> parseSlash(const QString &text);

/// What is typed to say a text, or to do it (SlashVerb::Me): parseSlash() the other way round.
QString typedFor(const QString &text, SlashVerb verb);

/// Whether what is being typed is a command with a secret behind it: that belongs into no draft, no
/// history and no message.
bool holdsSecret(const QString &text);

} // namespace teahouse::client
