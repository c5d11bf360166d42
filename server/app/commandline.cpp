#include "server/app/commandline.h"

#include <QCommandLineParser>

#include <algorithm>
#include <optional>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 frontPort = 5005;

const QStringList &logLevels()
{
    static const QStringList names = {u"debug"_s, u"info"_s, u"warning"_s, u"critical"_s};
    return names;
}

/// A word that the program does, with what it takes besides --data.
struct CommandRow
{
    QLatin1StringView name;
    CommandLine::Action action;
    QLatin1StringView argument; ///< empty: none; in brackets: may be left out
    QStringList options;

    bool isOptional() const { return argument.startsWith(u'['); }
};

const QList<CommandRow> &commands()
{
    using Action = CommandLine::Action;
    static const QList<CommandRow> rows = {
            {"run"_L1, Action::Run, {}, {u"name"_s, u"listen"_s, u"set"_s, u"log-level"_s}},
            {"backup"_L1, Action::Backup, "FILE"_L1, {}},
            {"restore"_L1, Action::Restore, "FILE"_L1, {u"force"_s}},
            {"check"_L1, Action::Check, {}, {}},
            {"export"_L1,
             Action::Export,
             "ROOM"_L1,
             {u"format"_s, u"output"_s, u"since"_s, u"until"_s}},
            {"user"_L1, Action::User, "add|passwd|role|list|remove"_L1, {u"erase"_s}},
            {"clock"_L1, Action::Clock, {}, {}},
            {"link"_L1, Action::Link, "[ROOM]"_L1, {u"keys"_s, u"pin"_s}},
            {"invite-code"_L1, Action::InviteCode, "[ROOM]"_L1, {u"uses"_s, u"days"_s}},
            {"invite-codes"_L1, Action::InviteCodes, {}, {}},
            {"invite-code-end"_L1, Action::InviteCodeEnd, "CODE"_L1, {}},
            {"version"_L1, Action::Version, {}, {u"name"_s, u"listen"_s, u"set"_s, u"log-level"_s}},
    };
    return rows;
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(u"Teahouse, a chat server for people who share a network."_s);
    parser.addPositionalArgument(
            u"command"_s,
            u"run (when none is given): serve until SIGTERM or SIGINT\n"
            "backup FILE: copy everything into a new file, while a server runs, too\n"
            "restore FILE: put such a copy into the place of the database; the server is stopped\n"
            "check: look whether the database is whole, while a server runs, too\n"
            "export ROOM: write what was said in a room; @ANN,BOB is the private conversation of "
            "ann and bob\n"
            "user add NAME, user passwd NAME: make an account, or give it another password, which "
            "is read from standard input\n"
            "user role NAME admin|none: who is an administrator\n"
            "user list: who is registered\n"
            "user remove NAME: remove an account; all of these while a server runs, too\n"
            "clock: whether the running server believes the clock, by which messages and bans "
            "expire; clock confirm: it is right\n"
            "link [ROOM]: a link to the running server, or to one of its rooms\n"
            "invite-code [ROOM]: make a code that lets people in, and opens the room; its link\n"
            "invite-codes: which codes are valid\n"
            "invite-code-end CODE: take one back, named whole or by its label\n"
            "version: say which version this is"_s,
            u"[run|backup FILE|restore FILE|check|export ROOM|user ...|clock|link [ROOM]|"
            "invite-code [ROOM]|invite-codes|invite-code-end CODE|version]"_s);
    parser.addOptions({
            {u"data"_s,
             u"Where the server's files are; \"none\" makes no file. Without it: $STATE_DIRECTORY, "
             "or teahoused in $XDG_DATA_HOME or ~/.local/share."_s,
             u"DIR|none"_s},
            {u"name"_s, u"The server's name, the same as --set server.name=NAME."_s, u"NAME"_s},
            {u"listen"_s,
             u"Open a door; may be repeated, and replaces the default, front::5005, where the first "
             "bytes tell what is spoken, TLS too. The dialects are %1; with +tls behind it one is "
             "encrypted from the first byte. An empty HOST is all addresses, IPv6 stands in "
             "brackets, port 0 lets the system choose."_s.arg(
                     DialectRegistry::names().join(", "_L1)),
             u"DIALECT[+tls]:HOST:PORT"_s},
            {u"set"_s, u"Change a setting; may be repeated."_s, u"SECTION.KEY=VALUE"_s},
            {u"log-level"_s, u"What is logged at least: %1."_s.arg(logLevels().join(", "_L1)),
             u"LEVEL"_s},
            {u"force"_s, u"restore: although there is a database, which is kept beside it."_s},
            {u"erase"_s, u"user remove: and delete all that it has said."_s},
            {u"keys"_s, u"link: tell the fingerprints of the server's key and certificate, too."_s},
            {u"pin"_s, u"link: name the key in it, although an authority vouches for it."_s},
            {u"uses"_s,
             u"invite-code: how many people it lets in, 1 to %1; 1 when not given."_s.arg(
                     limits::inviteUses),
             u"N"_s},
            {u"days"_s,
             u"invite-code: how long it is valid, 1 to %1; %2 when not given."_s
                     .arg(limits::inviteDays)
                     .arg(limits::inviteDaysCustom),
             u"N"_s},
            {u"format"_s, u"export: text (when not given), html, or json, one item a line."_s,
             u"FORMAT"_s},
            {u"output"_s, u"export: into a new file instead of standard output."_s, u"FILE"_s},
            {u"since"_s, u"export: from this day on."_s, u"YYYY-MM-DD"_s},
            {u"until"_s, u"export: up to and with this day."_s, u"YYYY-MM-DD"_s},
            {{u"h"_s, u"help"_s}, u"Show this and end."_s},
            {{u"v"_s, u"version"_s}, u"Say which version this is and end."_s},
    });
}

QString commandNames()
{
    QStringList names;
    for (const CommandRow &row : commands())
        names.append(row.name);
    const QString last = names.takeLast();
    return names.join(", "_L1) + u" and "_s + last;
}

/// The first option given that the command does not take.
std::optional<QString> strayOption(const QCommandLineParser &parser, const CommandRow &row)
{
    const QStringList common = {u"data"_s, u"help"_s, u"h"_s, u"version"_s, u"v"_s};
    const QStringList given = parser.optionNames();
    for (const QString &option : given) {
        if (!common.contains(option) && !row.options.contains(option))
            return option;
    }
    return std::nullopt;
}

/// What stands behind `user`.
std::optional<QString> readUser(const QCommandLineParser &parser, const QStringList &words,
                                CommandLine &line)
{
    static const QMap<QString, QString> usages = {{u"add"_s, u"NAME"_s},
                                                  {u"passwd"_s, u"NAME"_s},
                                                  {u"role"_s, u"NAME admin|none"_s},
                                                  {u"list"_s, {}},
                                                  {u"remove"_s, u"NAME [--erase]"_s}};
    if (parser.isSet(u"help"_s)) {
        line.action = CommandLine::Action::Help;
        return std::nullopt;
    }
    if (!usages.contains(words.value(0)))
        return u"\"user\" needs to know more: write \"teahoused user add|passwd|role|list|remove "
               "...\"."_s;
    const QString usage = usages.value(words.first());
    const qsizetype wanted = usage.isEmpty() ? 1 : words.first() == "role"_L1 ? 3 : 2;
    if (words.size() != wanted || words.contains(QString()))
        return u"Write \"teahoused user %1\"."_s.arg(
                QString(words.first() + u' ' + usage).trimmed());
    line.erase = parser.isSet(u"erase"_s);
    if (line.erase && words.first() != "remove"_L1)
        return u"\"user %1\" takes no --erase."_s.arg(words.first());
    for (const QString &option :
         {u"name"_s, u"listen"_s, u"force"_s, u"format"_s, u"output"_s, u"since"_s, u"until"_s,
          u"keys"_s, u"pin"_s, u"uses"_s, u"days"_s}) {
        if (parser.isSet(option))
            return u"\"user\" takes no --%1. \"teahoused --help\" tells what belongs together."_s
                    .arg(option);
    }
    line.words = words;
    return std::nullopt;
}

/// What stands behind `clock`.
std::optional<QString> readClock(const QCommandLineParser &parser, const QStringList &words,
                                 const CommandRow &row, CommandLine &line)
{
    if (parser.isSet(u"help"_s))
        line.action = CommandLine::Action::Help;
    else if (words.size() > 1 || (!words.isEmpty() && words.first() != "confirm"_L1))
        return u"Write \"teahoused clock\" or \"teahoused clock confirm\"."_s;
    else if (const auto stray = strayOption(parser, row))
        return u"\"clock\" takes no --%1. \"teahoused --help\" tells what belongs together."_s.arg(
                *stray);
    line.words = words;
    return std::nullopt;
}

std::optional<QString> readCommand(const QCommandLineParser &parser, CommandLine &line)
{
    const QStringList words = parser.positionalArguments();
    const QString name = words.value(0, u"run"_s);
    const auto &rows = commands();
    const auto row = std::find_if(rows.begin(), rows.end(),
                                  [&](const CommandRow &known) { return known.name == name; });
    if (row == rows.end())
        return u"There is no command \"%1\": the commands are %2."_s.arg(name, commandNames());
    line.action = row->action;
    if (line.action == CommandLine::Action::User)
        return readUser(parser, words.mid(1), line);
    if (line.action == CommandLine::Action::Clock)
        return readClock(parser, words.mid(1), *row, line);
    const qsizetype wanted = row->argument.isEmpty() ? 1 : 2;
    if (words.size() > wanted)
        return u"\"%1\" is one word too many: write \"%2\"; a name with blanks stands in quotes."_s
                .arg(words.at(wanted), QString(row->name + u' ' + row->argument).trimmed());
    if (parser.isSet(u"help"_s))
        line.action = CommandLine::Action::Help;
    else if (parser.isSet(u"version"_s))
        line.action = CommandLine::Action::Version;
    else if (const auto stray = strayOption(parser, *row))
        return u"\"%1\" takes no --%2. \"teahoused --help\" tells what belongs together."_s.arg(
                row->name, *stray);
    else if (wanted == 2 && words.value(1).isEmpty() && !row->isOptional())
        return u"\"%1\" needs to know more: write \"teahoused %1 %2\"."_s.arg(row->name,
                                                                              row->argument);
    line.argument = words.value(1);
    return std::nullopt;
}

bool isAboutFiles(CommandLine::Action action)
{
    using Action = CommandLine::Action;
    return action == Action::Backup || action == Action::Restore || action == Action::Check
            || action == Action::Export || action == Action::User || action == Action::Clock
            || action == Action::Link || action == Action::InviteCode
            || action == Action::InviteCodes || action == Action::InviteCodeEnd;
}

std::optional<QString> readData(const QCommandLineParser &parser, CommandLine &line)
{
    if (!parser.isSet(u"data"_s))
        return std::nullopt;
    line.folder = parser.value(u"data"_s);
    if (line.folder.isEmpty())
        return u"--data needs a folder, or \"none\"."_s;
    line.data = CommandLine::Data::Folder;
    if (line.folder == "none"_L1) {
        line.data = CommandLine::Data::None;
        line.folder.clear();
    }
    if (line.data == CommandLine::Data::None && isAboutFiles(line.action))
        return u"With --data none there are no files. Name the data folder with --data DIR."_s;
    return std::nullopt;
}

std::optional<QString> readDay(const QCommandLineParser &parser, const QString &option, QDate &day)
{
    if (!parser.isSet(option))
        return std::nullopt;
    const QString text = parser.value(option);
    day = QDate::fromString(text, u"yyyy-MM-dd"_s);
    if (!day.isValid())
        return u"\"%1\" is no day for --%2: write it as 2026-12-31."_s.arg(text, option);
    return std::nullopt;
}

std::optional<QString> readExport(const QCommandLineParser &parser, CommandLine &line)
{
    static const QStringList formats = {u"text"_s, u"html"_s, u"json"_s};
    line.force = parser.isSet(u"force"_s);
    if (parser.isSet(u"format"_s)) {
        const QString name = parser.value(u"format"_s);
        const qsizetype format = formats.indexOf(name);
        if (format < 0)
            return u"There is no format \"%1\": the formats are %2."_s.arg(name,
                                                                           formats.join(", "_L1));
        line.format = static_cast<ExportFormat>(format);
    }
    line.output = parser.value(u"output"_s);
    if (parser.isSet(u"output"_s) && line.output.isEmpty())
        return u"--output needs a file. Without it, standard output is written to."_s;
    if (auto problem = readDay(parser, u"since"_s, line.since))
        return problem;
    return readDay(parser, u"until"_s, line.until);
}

std::optional<QString> readNumber(const QCommandLineParser &parser, const QString &option, int most,
                                  int &number)
{
    if (!parser.isSet(option))
        return std::nullopt;
    bool isNumber = false;
    number = parser.value(option).toInt(&isNumber);
    if (!isNumber || number < 1 || number > most)
        return u"--%1 is a number from 1 to %2."_s.arg(option).arg(most);
    return std::nullopt;
}

std::optional<QString> readInvitation(const QCommandLineParser &parser, CommandLine &line)
{
    line.keys = parser.isSet(u"keys"_s);
    line.pin = parser.isSet(u"pin"_s);
    if (auto problem = readNumber(parser, u"uses"_s, limits::inviteUses, line.uses))
        return problem;
    return readNumber(parser, u"days"_s, limits::inviteDays, line.days);
}

std::optional<QString> readListeners(const QCommandLineParser &parser, CommandLine &line)
{
    const QStringList texts = parser.values(u"listen"_s);
    for (const QString &text : texts) {
        const auto spec = parseListenSpec(text);
        if (const auto *error = std::get_if<UsageError>(&spec))
            return error->text;
        line.listeners.append(std::get<ListenSpec>(spec));
    }
    if (texts.isEmpty())
        line.listeners.append({u"front"_s, {}, frontPort});
    return std::nullopt;
}

std::optional<QString> readSettings(const QCommandLineParser &parser, CommandLine &line)
{
    const QStringList assignments = parser.values(u"set"_s);
    for (const QString &assignment : assignments) {
        if (auto problem = assign(line.settings, assignment))
            return problem;
    }
    if (line.settings.tlsCertificate.isEmpty() != line.settings.tlsKey.isEmpty())
        return u"tls.certificate and tls.key belong together: set both, or neither, and the server "
               "makes a key of its own."_s;
    if (parser.isSet(u"name"_s))
        return assign(line.settings, u"server.name"_s, parser.value(u"name"_s));
    return std::nullopt;
}

std::optional<QString> readLogLevel(const QCommandLineParser &parser, CommandLine &line)
{
    if (!parser.isSet(u"log-level"_s))
        return std::nullopt;
    const QString name = parser.value(u"log-level"_s);
    const qsizetype level = logLevels().indexOf(name);
    if (level < 0)
        return u"There is no log level \"%1\": the levels are %2."_s.arg(name,
                                                                         logLevels().join(", "_L1));
    line.logLevel = static_cast<LogLevel>(level);
    return std::nullopt;
}

} // namespace

std::variant<CommandLine, UsageError> parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        return UsageError{parser.errorText() + u" \"teahoused --help\" lists the options."_s};
    CommandLine line;
    for (const auto read : {readCommand, readData, readListeners, readSettings, readLogLevel,
                            readExport, readInvitation}) {
        if (const auto problem = read(parser, line))
            return UsageError{*problem};
    }
    return line;
}

QString commandLineHelp()
{
    QCommandLineParser parser;
    addOptions(parser);
    return parser.helpText() + u"\nSettings:\n"_s + settingsHelp();
}

} // namespace teahouse::server
