#pragma once

#include "server/app/commandline.h"

#include <QString>
#include <QStringList>

namespace teahouse::server {

/// What a command has come to, line by line: on standard output when it is done, on standard error
/// otherwise.
struct Outcome
{
    ExitCode code = ExitCode::Done;
    QStringList lines = {};
    QString qr = {}; ///< is shown as a QR code on a terminal; empty: nothing is
};

/// The data folder meant by the command line, or the one of this user or service.
QString dataPath(const CommandLine &line);

// The commands about the server's files, each in a file of its own. All but restore() work on a
// running server, which does not notice.

/// Copies the database into a new file.
Outcome backUp(const CommandLine &line);

/// Puts a copy into the place of the database.
Outcome restore(const CommandLine &line);

/// Tells whether the database is whole.
Outcome check(const CommandLine &line);

/// Writes what was said in a room to a file, or to standard output.
Outcome exportRoom(const CommandLine &line);

} // namespace teahouse::server
