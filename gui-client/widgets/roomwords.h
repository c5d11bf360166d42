#pragma once

#include "gui-client/models/chatmodel.h"
#include "gui-client/models/permissions.h"
#include "shared/error.h"

#include <QDateTime>
#include <QString>

namespace teahouse::client {

/// The words for what rooms and people in them are, and for what may be done about them.
namespace roomwords {

QString role(RoomRole role);        ///< one word; empty for none
QString role(const Person &person); ///< an administrator is that first

/// "invitation only, password, read-only", from RoomDirectoryModel's marks.
QString marks(int marks);

/// Why something is not offered; has no names in it and so is plain wherever it is shown.
QString barrier(Barrier barrier);

/// That one may not speak: by whom, until when and why.
QString silence(const Silence &silence);

/// Why the user is no longer in `room`, which is still shown: a sentence or two.
QString closure(const Closure &closure, const QString &room);

/// What the server tells by a notice of a known kind; its own text for the others. `role`: what one
/// is in its room now.
QString notice(const Notice &notice, RoomRole role);

/// A time of today, a date and a time otherwise; empty for an invalid one.
QString moment(const QDateTime &time);

/// A refusal of what was asked about a room or somebody in it. Plain text.
QString refusal(const QString &verb, const Error &error, const QString &serverText);

/// `done`, and what a ban or a mute means besides the name, where it was one. Plain text.
QString withAddress(const QString &done, const Answer &answer);

/// What was done, from the verb of an entry of the audit log.
QString deed(const QString &verb);

/// `text` for a menu or a button, where & would underline the next letter.
QString unmarked(QString text);

} // namespace roomwords
} // namespace teahouse::client
