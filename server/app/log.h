#pragma once

#include "server/app/commandline.h"

#include <QLoggingCategory>
#include <QString>
#include <QStringView>

namespace teahouse::server {

/// What happens to the server as a whole.
Q_DECLARE_LOGGING_CATEGORY(lcApp)

/// The text with a question mark in place of all that a terminal may act on or that cannot be
/// seen: control and format characters, line ends, lone surrogates.
QString printable(QStringView text);

/// Sends all that is logged to standard error from now on: the time (RFC 3339, UTC), the level,
/// the category and the text, printable characters only. Lines have a length and a rate, see
/// LogThrottle; while nobody reads them they are dropped, and counted.
void installLog(LogLevel level);

} // namespace teahouse::server
