#include "gui-client/input/slashcommand.h"

#include <QtGlobal>

#include <algorithm>
#include <array>

namespace teahouse::client {

namespace {

using Takes = SlashRow::Takes;
using Names = SlashRow::Names;

constexpr std::array rows = {
        SlashRow{SlashVerb::Me, "me", Takes::Text, Names::Nothing, &Capabilities::actions,
                 QT_TRANSLATE_NOOP("SlashCommand", "TEXT"),
                 QT_TRANSLATE_NOOP("SlashCommand", "says what you are doing")},
        SlashRow{SlashVerb::Msg, "msg", Takes::TargetOptionalText, Names::Person,
                 &Capabilities::whispers, QT_TRANSLATE_NOOP("SlashCommand", "NAME [TEXT]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "opens a private conversation")},
        SlashRow{SlashVerb::Join, "join", Takes::TargetOptionalText, Names::Room,
                 &Capabilities::rooms, QT_TRANSLATE_NOOP("SlashCommand", "ROOM [PASSWORD]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "enters a room")},
        SlashRow{SlashVerb::Create, "create", Takes::TargetOptionalText, Names::Nothing,
                 &Capabilities::rooms, QT_TRANSLATE_NOOP("SlashCommand", "ROOM [TOPIC]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "makes a new room")},
        SlashRow{SlashVerb::Leave, "leave", Takes::Nothing, Names::Nothing, &Capabilities::rooms,
                 "", QT_TRANSLATE_NOOP("SlashCommand", "leaves this room")},
        SlashRow{SlashVerb::Topic, "topic", Takes::OptionalText, Names::Nothing,
                 &Capabilities::rooms, QT_TRANSLATE_NOOP("SlashCommand", "[TEXT]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "sets the topic of this room, or shows it")},
        SlashRow{SlashVerb::Away, "away", Takes::OptionalText, Names::Nothing, &Capabilities::away,
                 QT_TRANSLATE_NOOP("SlashCommand", "[TEXT]"),
                 QT_TRANSLATE_NOOP("SlashCommand",
                                   "tells the others why you are away, or that you are back")},
        SlashRow{SlashVerb::Who, "who", Takes::Nothing, Names::Nothing, &Capabilities::users, "",
                 QT_TRANSLATE_NOOP("SlashCommand", "shows who is on the server")},
        SlashRow{SlashVerb::Ignore, "ignore", Takes::Target, Names::Person, &Capabilities::accounts,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME"),
                 QT_TRANSLATE_NOOP("SlashCommand", "hides what somebody says")},
        SlashRow{SlashVerb::Unignore, "unignore", Takes::Target, Names::Ignored,
                 &Capabilities::accounts, QT_TRANSLATE_NOOP("SlashCommand", "NAME"),
                 QT_TRANSLATE_NOOP("SlashCommand", "shows again what somebody says")},
        SlashRow{SlashVerb::Register, "register", Takes::Nothing, Names::Nothing,
                 &Capabilities::accounts, "",
                 QT_TRANSLATE_NOOP("SlashCommand", "makes your name an account with a password")},
        SlashRow{SlashVerb::Passwd, "passwd", Takes::Nothing, Names::Nothing,
                 &Capabilities::accounts, "",
                 QT_TRANSLATE_NOOP("SlashCommand", "changes your password")},
        SlashRow{SlashVerb::Claim, "claim", Takes::Nothing, Names::Nothing, &Capabilities::accounts,
                 "",
                 QT_TRANSLATE_NOOP("SlashCommand",
                                   "makes you an administrator, by the server's one-time code")},
        SlashRow{SlashVerb::Invite, "invite", Takes::Target, Names::Person, &Capabilities::rooms,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME"),
                 QT_TRANSLATE_NOOP("SlashCommand", "invites somebody to this room")},
        SlashRow{SlashVerb::Kick, "kick", Takes::TargetOptionalText, Names::Person,
                 &Capabilities::rooms, QT_TRANSLATE_NOOP("SlashCommand", "NAME [REASON]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "removes somebody from this room")},
        SlashRow{SlashVerb::Ban, "ban", Takes::TargetOptionalText, Names::Person,
                 &Capabilities::rooms,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME [server] [10m|2h|3d|forever] [REASON]"),
                 QT_TRANSLATE_NOOP("SlashCommand",
                                   "keeps somebody out of this room, or of the server")},
        SlashRow{SlashVerb::Unban, "unban", Takes::TargetOptionalText, Names::Person,
                 &Capabilities::rooms, QT_TRANSLATE_NOOP("SlashCommand", "NAME [server]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "lets somebody in again")},
        SlashRow{SlashVerb::Mute, "mute", Takes::TargetOptionalText, Names::Person,
                 &Capabilities::rooms,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME [10m|2h|3d|forever] [REASON]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "lets somebody listen only")},
        SlashRow{SlashVerb::Unmute, "unmute", Takes::Target, Names::Person, &Capabilities::rooms,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME"),
                 QT_TRANSLATE_NOOP("SlashCommand", "lets somebody speak again")},
        SlashRow{SlashVerb::Role, "role", Takes::TargetText, Names::Person, &Capabilities::rooms,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME member|moderator|owner|none"),
                 QT_TRANSLATE_NOOP("SlashCommand", "says what somebody is in this room"),
                 "member moderator owner none"},
        SlashRow{SlashVerb::Level, "level", Takes::Text, Names::Nothing, &Capabilities::rooms,
                 QT_TRANSLATE_NOOP("SlashCommand", "all|mentions|none"),
                 QT_TRANSLATE_NOOP("SlashCommand", "chooses what you are told of in this room"),
                 "all mentions none"},
        SlashRow{SlashVerb::Help, "help", Takes::Nothing, Names::Nothing, nullptr, "",
                 QT_TRANSLATE_NOOP("SlashCommand", "shows these commands")},
};

/// Takes the first word off `text`, and the blanks behind it.
QString takeWord(QString &text)
{
    const auto end = std::find_if(text.cbegin(), text.cend(), [](QChar c) { return c.isSpace(); });
    const QString word(text.cbegin(), end - text.cbegin());
    text = text.mid(word.size()).trimmed();
    return word;
}

std::variant<SlashCommand, SlashError> parseArguments(const SlashRow &row, const QString &name,
                                                      QString rest)
{
    using Kind = SlashError::Kind;
    const bool needsTarget = row.takes >= Takes::Target;
    SlashCommand command{.verb = row.verb};
    if (needsTarget)
        command.target = takeWord(rest);
    if (needsTarget && command.target.isEmpty())
        return SlashError{Kind::TargetMissing, name};
    if ((row.takes == Takes::Text || row.takes == Takes::TargetText) && rest.isEmpty())
        return SlashError{Kind::TextMissing, name};
    if (row.takes != Takes::Nothing && row.takes != Takes::Target)
        command.text = rest;
    return command;
}

} // namespace

std::span<const SlashRow> slashCommands()
{
    return rows;
}

const SlashRow *findSlash(QStringView name)
{
    const auto row = std::find_if(rows.begin(), rows.end(), [name](const SlashRow &one) {
        return name.compare(QLatin1StringView(one.name), Qt::CaseInsensitive) == 0;
    });
    return row == rows.end() ? nullptr : &*row;
}

bool isPossible(SlashVerb verb, const Capabilities &server)
{
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [verb](const SlashRow &one) { return one.verb == verb; });
    return row == rows.end() || !row->needs || server.*(row->needs); // whatever is said has no row
}

bool isSlash(QChar c)
{
    return c == u'/' || c == u'\uff0f';
}

std::variant<SlashCommand, SlashError> parseSlash(const QString &text)
{
    if (text.isEmpty() || !isSlash(text.front()))
        return SlashCommand{.text = text};
    if (text.size() > 1 && isSlash(text.at(1)))
        return SlashCommand{.text = text.mid(1)};
    QString rest = text.mid(1);
    const QString name = takeWord(rest);
    const SlashRow *row = findSlash(name);
    if (!row)
        return SlashError{SlashError::Kind::Unknown, name};
    return parseArguments(*row, name, rest);
}

QString typedFor(const QString &text, SlashVerb verb)
{
    if (verb == SlashVerb::Me)
        return QStringLiteral("/me ") + text;
    return !text.isEmpty() && isSlash(text.front()) ? u'/' + text : text;
}

bool holdsSecret(const QString &text)
{
    QString rest = text.trimmed();
    if (rest.isEmpty() || !isSlash(rest.front()))
        return false;
    rest.remove(0, 1);
    const SlashRow *row = findSlash(takeWord(rest));
    return row && !rest.isEmpty()
            && (row->verb == SlashVerb::Register || row->verb == SlashVerb::Passwd
                || row->verb == SlashVerb::Claim);
}

} // namespace teahouse::client
