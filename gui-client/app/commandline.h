#pragma once

#include "shared/joinlink.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace teahouse::client {

/// What the command line asks for.
struct Options
{
    QString server;                    ///< HOST or HOST:PORT; empty: the last one
    QString name;                      ///< empty: the last one
    QString room;                      ///< to be entered after the login
    QString profile;                   ///< whose settings; empty: the usual ones
    std::optional<JoinLink> link = {}; ///< fills the form in, and no more; without a server

    /// Whether enough is given to log in without asking.
    bool isComplete() const { return !server.isEmpty() && !name.isEmpty(); }
};

/// A text to print instead of a start.
struct PrintAndExit
{
    QString text;
    int exitCode = 0; ///< 0: on standard output; 2: on standard error
};

/// Reads `arguments`, the program's name first. Needs an application object, for the translations.
std::variant<Options, PrintAndExit> parseCommandLine(const QStringList &arguments);

/// Whether the arguments ask for a text only, for which no display is needed.
bool wantsTextOnly(int argc, const char *const *argv);

} // namespace teahouse::client
