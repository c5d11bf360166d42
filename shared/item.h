#pragma once

#include <QString>

namespace teahouse {

/// What a numbered item of a room is.
enum class ItemKind {
    Message,
    Edited,  ///< message `target` has the new text `text`
    Deleted, ///< message `target` is gone
    Topic,   ///< the room's topic became `text`
    Role,    ///< `name` has become `role`
    Gone,    ///< the items seq..to were erased or have expired
};

/// One numbered item of a room. Whoever has all items up to a number has missed nothing.
struct Item
{
    QString room;    ///< as the reader calls it; a private conversation is `@OTHER`
    quint64 seq = 0; ///< dense in its room: 1, 2, 3 ...
    ItemKind kind = ItemKind::Message;
    QString from;    ///< the speaker's name at the time
    qint64 time = 0; ///< milliseconds since 1970 UTC; goes back where the clock was set back
    QString text;
    bool action = false; ///< said with `me`
    bool edited = false; ///< the text is not the first one
    quint64 replyTo = 0; ///< the message answered; 0: none
    quint64 target = 0;  ///< Edited, Deleted: the message meant
    quint64 to = 0;      ///< Gone: the last number of the range
    QString name;        ///< Role: whose
    QString role;        ///< Role: which

    bool operator==(const Item &) const = default;
};

} // namespace teahouse
