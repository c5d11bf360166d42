#include "gui-client/input/slashcommand.h"

#include <QtGlobal>

#include <algorithm>
#include <array>

namespace teahouse::client {

namespace {

using Takes = SlashRow::Takes;

constexpr std::array rows = {
        SlashRow{SlashVerb::Me, "me", Takes::Text, QT_TRANSLATE_NOOP("SlashCommand", "TEXT"),
                 QT_TRANSLATE_NOOP("SlashCommand", "says what you are doing")},
        SlashRow{SlashVerb::Msg, "msg", Takes::TargetOptionalText,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME [TEXT]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "opens a private conversation")},
        SlashRow{SlashVerb::Join, "join", Takes::TargetOptionalText,
                 QT_TRANSLATE_NOOP("SlashCommand", "ROOM [PASSWORD]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "enters a room")},
        SlashRow{SlashVerb::Create, "create", Takes::TargetOptionalText,
                 QT_TRANSLATE_NOOP("SlashCommand", "ROOM [TOPIC]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "makes a new room")},
        SlashRow{SlashVerb::Leave, "leave", Takes::Nothing, "",
                 QT_TRANSLATE_NOOP("SlashCommand", "leaves this room")},
        SlashRow{SlashVerb::Topic, "topic", Takes::OptionalText,
                 QT_TRANSLATE_NOOP("SlashCommand", "[TEXT]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "sets the topic of this room, or shows it")},
        SlashRow{SlashVerb::Away, "away", Takes::OptionalText,
                 QT_TRANSLATE_NOOP("SlashCommand", "[TEXT]"),
                 QT_TRANSLATE_NOOP("SlashCommand",
                                   "tells the others why you are away, or that you are back")},
        SlashRow{SlashVerb::Who, "who", Takes::Nothing, "",
                 QT_TRANSLATE_NOOP("SlashCommand", "shows who is on the server")},
        SlashRow{SlashVerb::Ignore, "ignore", Takes::Target,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME"),
                 QT_TRANSLATE_NOOP("SlashCommand", "hides what somebody says")},
        SlashRow{SlashVerb::Unignore, "unignore", Takes::Target,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME"),
                 QT_TRANSLATE_NOOP("SlashCommand", "shows again what somebody says")},
        SlashRow{SlashVerb::Register, "register", Takes::Nothing, "",
                 QT_TRANSLATE_NOOP("SlashCommand", "makes your name an account with a password")},
        SlashRow{SlashVerb::Passwd, "passwd", Takes::Nothing, "",
                 QT_TRANSLATE_NOOP("SlashCommand", "changes your password")},
        SlashRow{SlashVerb::Claim, "claim", Takes::Nothing, "",
                 QT_TRANSLATE_NOOP("SlashCommand",
                                   "makes you an administrator, by the server's one-time code")},
        SlashRow{SlashVerb::Invite, "invite", Takes::Target,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME"),
                 QT_TRANSLATE_NOOP("SlashCommand", "invites somebody to this room")},
        SlashRow{SlashVerb::Kick, "kick", Takes::TargetOptionalText,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME [REASON]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "removes somebody from this room")},
        SlashRow{SlashVerb::Ban, "ban", Takes::TargetOptionalText,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME [server] [10m|2h|3d|forever] [REASON]"),
                 QT_TRANSLATE_NOOP("SlashCommand",
                                   "keeps somebody out of this room, or of the server")},
        SlashRow{SlashVerb::Unban, "unban", Takes::TargetOptionalText,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME [server]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "lets somebody in again")},
        SlashRow{SlashVerb::Mute, "mute", Takes::TargetOptionalText,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME [10m|2h|3d|forever] [REASON]"),
                 QT_TRANSLATE_NOOP("SlashCommand", "lets somebody listen only")},
        SlashRow{SlashVerb::Unmute, "unmute", Takes::Target,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME"),
                 QT_TRANSLATE_NOOP("SlashCommand", "lets somebody speak again")},
        SlashRow{SlashVerb::Role, "role", Takes::TargetText,
                 QT_TRANSLATE_NOOP("SlashCommand", "NAME member|moderator|owner|none"),
                 QT_TRANSLATE_NOOP("SlashCommand", "says what somebody is in this room")},
        SlashRow{SlashVerb::Level, "level", Takes::Text,
                 QT_TRANSLATE_NOOP("SlashCommand", "all|mentions|none"),
                 QT_TRANSLATE_NOOP("SlashCommand", "chooses what you are told of in this room")},
        SlashRow{SlashVerb::Help, "help", Takes::Nothing, "",
                 QT_TRANSLATE_NOOP("SlashCommand", "shows these commands")},
};

bool isSlash(QChar c)
{
    return c == u'/' || c == u'\uff0f';
}

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

const SlashRow *findRow(const QString &name)
{
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const SlashRow &one) {
        return name.compare(QLatin1StringView(one.name), Qt::CaseInsensitive) == 0;
    });
    return row == rows.end() ? nullptr : &*row;
}

} // namespace

std::span<const SlashRow> slashCommands()
{
    return rows;
}

std::variant<SlashCommand, SlashError> parseSlash(const QString &text)
{
    if (text.isEmpty() || !isSlash(text.front()))
        return SlashCommand{.text = text};
    if (text.size() > 1 && isSlash(text.at(1)))
        return SlashCommand{.text = text.mid(1)};
    QString rest = text.mid(1);
    const QString name = takeWord(rest);
    const SlashRow *row = findRow(name);
    if (!row)
        return SlashError{SlashError::Kind::Unknown, name};
    return parseArguments(*row, name, rest);
}

bool holdsSecret(const QString &text)
{
    QString rest = text.trimmed();
    if (rest.isEmpty() || !isSlash(rest.front()))
        return false;
    rest.remove(0, 1);
    const SlashRow *row = findRow(takeWord(rest));
    return row && !rest.isEmpty()
            && (row->verb == SlashVerb::Register || row->verb == SlashVerb::Passwd
                || row->verb == SlashVerb::Claim);
}

} // namespace teahouse::client
