#include "server/app/commandline.h"

#include <QCommandLineParser>

#include <optional>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr quint16 teaPort = 5005;

const QStringList &logLevels()
{
    static const QStringList names = {u"debug"_s, u"info"_s, u"warning"_s, u"critical"_s};
    return names;
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(u"Teahouse, a chat server for people who share a network."_s);
    parser.addPositionalArgument(u"command"_s,
                                 u"run (when none is given): serve until SIGTERM or SIGINT\n"
                                 "version: say which version this is"_s,
                                 u"[run|version]"_s);
    parser.addOptions({
            {u"data"_s,
             u"Where the server's files are; \"none\" makes no file. Without it: $STATE_DIRECTORY, "
             "or teahoused in $XDG_DATA_HOME or ~/.local/share."_s,
             u"DIR|none"_s},
            {u"name"_s, u"The server's name, the same as --set server.name=NAME."_s, u"NAME"_s},
            {u"listen"_s,
             u"Open a door; may be repeated, and replaces the default, tea::5005. An empty HOST is "
             "all addresses, IPv6 stands in brackets, port 0 lets the system choose."_s,
             u"DIALECT:HOST:PORT"_s},
            {u"set"_s, u"Change a setting; may be repeated."_s, u"SECTION.KEY=VALUE"_s},
            {u"log-level"_s, u"What is logged at least: %1."_s.arg(logLevels().join(", "_L1)),
             u"LEVEL"_s},
            {{u"h"_s, u"help"_s}, u"Show this and end."_s},
            {{u"v"_s, u"version"_s}, u"Say which version this is and end."_s},
    });
}

std::optional<QString> readCommand(const QCommandLineParser &parser, CommandLine &line)
{
    const QStringList words = parser.positionalArguments();
    const QString command = words.value(0, u"run"_s);
    if (command != "run"_L1 && command != "version"_L1)
        return u"There is no command \"%1\": the commands are run and version."_s.arg(command);
    if (words.size() > 1)
        return u"\"%1\" is one word too many: \"%2\" takes options only."_s.arg(words.at(1),
                                                                                command);
    if (parser.isSet(u"help"_s))
        line.action = CommandLine::Action::Help;
    else if (parser.isSet(u"version"_s) || command == "version"_L1)
        line.action = CommandLine::Action::Version;
    return std::nullopt;
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
    return std::nullopt;
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
        line.listeners.append({u"tea"_s, {}, teaPort});
    return std::nullopt;
}

std::optional<QString> readSettings(const QCommandLineParser &parser, CommandLine &line)
{
    const QStringList assignments = parser.values(u"set"_s);
    for (const QString &assignment : assignments) {
        if (auto problem = assign(line.settings, assignment))
            return problem;
    }
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
    for (const auto read : {readCommand, readData, readListeners, readSettings, readLogLevel}) {
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
