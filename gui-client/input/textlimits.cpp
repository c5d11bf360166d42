#include "gui-client/input/textlimits.h"

#include "gui-client/input/sanctionwords.h"
#include "gui-client/input/slashcommand.h"
#include "shared/limits.h"
#include "shared/names.h"
#include "shared/text.h"

namespace teahouse::client {

namespace {

/// Names are normalized before they are counted.
Excess nameExcess(const QString &name)
{
    const int over = codePoints(normalizedName(name)) - limits::name;
    return over > 0 ? Excess{Excess::Kind::Name, over, limits::name} : Excess{};
}

Excess textExcess(const SlashCommand &command)
{
    switch (command.verb) {
    case SlashVerb::Say:
    case SlashVerb::Me:
    case SlashVerb::Msg:
        return messageExcess(command.text);
    case SlashVerb::Create:
    case SlashVerb::Topic:
        return excessOf(command.text, limits::topic);
    case SlashVerb::Away:
        return excessOf(command.text, limits::awayText);
    case SlashVerb::Join:
        return excessOf(command.text, limits::roomKey);
    case SlashVerb::Kick:
        return excessOf(command.text, limits::reason);
    case SlashVerb::Ban:
    case SlashVerb::Mute:
        return excessOf(parseSanction(command.text).reason, limits::reason);
    default:
        return {};
    }
}

} // namespace

Excess excessOf(QStringView text, int characters)
{
    const int over = codePoints(text) - characters;
    return over > 0 ? Excess{Excess::Kind::Characters, over, characters} : Excess{};
}

Excess messageExcess(QStringView text)
{
    if (const Excess characters = excessOf(text, limits::messageText))
        return characters;
    const auto over = static_cast<int>(text.count(u'\n')) + 1 - limits::messageLines;
    return over > 0 ? Excess{Excess::Kind::Lines, over, limits::messageLines} : Excess{};
}

Excess commandExcess(const SlashCommand &command)
{
    // Bans and their end may be about an address.
    const bool isName = command.verb != SlashVerb::Ban && command.verb != SlashVerb::Unban;
    const Excess name = isName ? nameExcess(command.target) : Excess{};
    return name ? name : textExcess(command);
}

Excess typedExcess(const QString &text)
{
    const auto parsed = parseSlash(text);
    const auto *command = std::get_if<SlashCommand>(&parsed);
    return command ? commandExcess(*command) : messageExcess(text);
}

} // namespace teahouse::client
