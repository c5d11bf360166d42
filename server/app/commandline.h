#pragma once

#include "server/app/listenspec.h"
#include "server/app/settings.h"

#include <QDate>
#include <QList>
#include <QString>
#include <QStringList>

#include <variant>

namespace teahouse::server {

/// With what the program ends.
enum class ExitCode {
    Done = 0,
    Failure = 1,
    Usage = 2, ///< a mistake on the command line or in a setting
    AddressInUse = 3,
};

enum class LogLevel { Debug, Info, Warning, Critical };

/// How `export` writes.
enum class ExportFormat { Text, Html, Json };

/// What the program was asked to do.
struct CommandLine
{
    enum class Action {
        Run,
        Backup,
        Restore,
        Check,
        Export,
        User,
        Clock,
        Link,
        InviteCode,
        InviteCodes,
        InviteCodeEnd,
        Help,
        Version
    };
    enum class Data {
        Default, ///< the folder of this user, or of the service
        Folder,
        None, ///< no file is made
    };

    Action action = Action::Run;
    Data data = Data::Default;
    QString folder; ///< Data::Folder
    QList<ListenSpec> listeners;
    Settings settings;
    LogLevel logLevel = LogLevel::Info;

    QString argument = {}; ///< Backup and Restore: the file; Export, Link and InviteCode: the room;
                           ///< InviteCodeEnd: the code or its label
    QStringList words = {}; ///< User: what is to be done, and to whom; Clock: `confirm`, or nothing
    bool erase = false;     ///< User: what a removed account has said, too
    bool keys = false;      ///< Link: tell the server's key, too
    bool pin = false;       ///< Link: name the key whoever vouches for it
    int uses = 1;           ///< InviteCode: how many people it is good for
    int days = limits::inviteDaysCustom; ///< InviteCode: how long it is valid
    bool force = false;                  ///< Restore: in place of what is there

    ExportFormat format = ExportFormat::Text;
    QString output = {}; ///< Export: the file; empty: standard output
    QDate since = {};    ///< Export: from this day on
    QDate until = {};    ///< Export: up to this day, which is in it
};

/// Reads the arguments of the program, its own name first.
std::variant<CommandLine, UsageError> parseCommandLine(const QStringList &arguments);

/// How to call the program, and all settings there are.
QString commandLineHelp();

} // namespace teahouse::server
