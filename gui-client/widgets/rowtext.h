#pragma once

#include "gui-client/models/transcriptrow.h"

#include <QList>
#include <QString>
#include <QTime>

namespace teahouse::client {

/// The words in which a row of a transcript is shown, copied and read aloud.
namespace rowtext {

/// `text` so that its direction of writing does not reach beyond it.
QString isolated(const QString &text);

/// `text` in the form in which it is laid out: bounded, with soft line ends.
QString displayed(const QString &text);

/// `text` with places to break a line inside words that are too long for a narrow window.
QString breakable(const QString &text);

/// The row's own words: the message, or the sentence that tells what happened.
QString body(const TranscriptRow &row);

/// "ann, bob entered" and the like.
QString presence(const QList<PresenceChange> &changes);

QString time(const QTime &time); ///< hours and minutes in the user's language
QString time(const TranscriptRow &row);
QString day(const TranscriptRow &row); ///< the day in words

/// `[date time] name: text`
QString copied(const TranscriptRow &row, const QString &text);

/// The message as it is typed into the message box.
QString typed(const TranscriptRow &row);

/// "time, author, text, state"
QString accessible(const TranscriptRow &row);

} // namespace rowtext
} // namespace teahouse::client
