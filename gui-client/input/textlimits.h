#pragma once

#include <QStringView>

namespace teahouse::client {

struct SlashCommand;

/// What of a text goes beyond what a server takes.
struct Excess
{
    enum class Kind {
        None,
        Characters, ///< of what is said, or of a topic, a reason and so on
        Lines,      ///< of a message
        Name,       ///< characters of the name of a room or a person
    };
    Kind kind = Kind::None;
    int by = 0;    ///< so many too many
    int limit = 0; ///< so many there may be

    explicit operator bool() const { return kind != Kind::None; }
    bool operator==(const Excess &) const = default;
};

/// Of a text that may have so many code points.
Excess excessOf(QStringView text, int characters);

/// Of a message.
Excess messageExcess(QStringView text);

/// Of what a command sends: each verb has limits of its own.
Excess commandExcess(const SlashCommand &command);

/// Of what stands in the message box, be it a message or a command; of what is no command as a
/// message.
Excess typedExcess(const QString &text);

} // namespace teahouse::client
