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
        SlashRow{SlashVerb::Join, "join", Takes::Target, QT_TRANSLATE_NOOP("SlashCommand", "ROOM"),
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
    if (row.takes == Takes::Text && rest.isEmpty())
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

std::variant<SlashCommand, SlashError> parseSlash(const QString &text)
{
    if (text.isEmpty() || !isSlash(text.front()))
        return SlashCommand{.text = text};
    if (text.size() > 1 && isSlash(text.at(1)))
        return SlashCommand{.text = text.mid(1)};
    QString rest = text.mid(1);
    const QString name = takeWord(rest);
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const SlashRow &one) {
        return name.compare(QLatin1StringView(one.name), Qt::CaseInsensitive) == 0;
    });
    if (row == rows.end())
        return SlashError{SlashError::Kind::Unknown, name};
    return parseArguments(*row, name, rest);
}

} // namespace teahouse::client
