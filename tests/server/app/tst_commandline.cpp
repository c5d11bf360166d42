#include "server/app/commandline.h"

#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

class TestCommandLine : public QObject
{
    Q_OBJECT

private slots:
    void withoutArguments();
    void actions_data();
    void actions();
    void data();
    void listeners();
    void settings();
    void nameIsASetting();
    void logLevels();
    void refused_data();
    void refused();
    void helpListsWhatExists();
};

namespace {

std::variant<CommandLine, UsageError> parse(const QString &words)
{
    return parseCommandLine(QStringList{u"teahoused"_s} + words.split(u' ', Qt::SkipEmptyParts));
}

CommandLine parsed(const QString &words)
{
    const auto result = parse(words);
    if (const auto *error = std::get_if<UsageError>(&result))
        qFatal("%s", qPrintable(error->text));
    return std::get<CommandLine>(result);
}

} // namespace

void TestCommandLine::withoutArguments()
{
    const CommandLine line = parsed({});
    QCOMPARE(line.action, CommandLine::Action::Run);
    QCOMPARE(line.data, CommandLine::Data::Default);
    QCOMPARE(line.listeners, QList<ListenSpec>({{u"tea"_s, {}, 5005}}));
    QCOMPARE(line.logLevel, LogLevel::Info);
    QCOMPARE(line.settings.serverName, u"Teahouse"_s);
}

void TestCommandLine::actions_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<CommandLine::Action>("action");
    QTest::newRow("run") << u"run"_s << CommandLine::Action::Run;
    QTest::newRow("version") << u"version"_s << CommandLine::Action::Version;
    QTest::newRow("--version") << u"--version"_s << CommandLine::Action::Version;
    QTest::newRow("--help") << u"--help"_s << CommandLine::Action::Help;
    QTest::newRow("run --help") << u"run --help"_s << CommandLine::Action::Help;
    QTest::newRow("options first") << u"--data none run"_s << CommandLine::Action::Run;
}

void TestCommandLine::actions()
{
    QFETCH(const QString, words);
    QTEST(parsed(words).action, "action");
}

void TestCommandLine::data()
{
    QCOMPARE(parsed(u"--data none"_s).data, CommandLine::Data::None);
    QCOMPARE(parsed(u"--data /srv/tea"_s).data, CommandLine::Data::Folder);
    QCOMPARE(parsed(u"--data /srv/tea"_s).folder, u"/srv/tea"_s);
    QCOMPARE(parsed(u"--data=./none"_s).folder, u"./none"_s);
}

void TestCommandLine::listeners()
{
    QCOMPARE(parsed(u"--listen wx::6666 --listen tea:[::1]:0"_s).listeners,
             QList<ListenSpec>({{u"wx"_s, {}, 6666}, {u"tea"_s, u"::1"_s, 0}}));
}

void TestCommandLine::settings()
{
    const CommandLine line = parsed(u"--set limits.flood=off --set=rooms.announce_up_to=7 "
                                    "--set rooms.announce_up_to=8 --set limits.exempt="_s);
    QVERIFY(!line.settings.flood);
    QCOMPARE(line.settings.announceUpTo, 8);
    QVERIFY(line.settings.exempt.list.isEmpty());
}

void TestCommandLine::nameIsASetting()
{
    QCOMPARE(parsed(u"--name Tea"_s).settings.serverName, u"Tea"_s);
    QCOMPARE(parsed(u"--name Tea --set server.name=Other"_s).settings.serverName, u"Tea"_s);
}

void TestCommandLine::logLevels()
{
    QCOMPARE(parsed(u"--log-level debug"_s).logLevel, LogLevel::Debug);
    QCOMPARE(parsed(u"--log-level info"_s).logLevel, LogLevel::Info);
    QCOMPARE(parsed(u"--log-level warning"_s).logLevel, LogLevel::Warning);
    QCOMPARE(parsed(u"--log-level critical"_s).logLevel, LogLevel::Critical);
}

void TestCommandLine::refused_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("said");
    const auto row = [](const char *words, const QStringList &said) {
        QTest::newRow(words) << QString::fromLatin1(words) << said;
    };
    row("walk", {u"\"walk\""_s, u"run and version"_s});
    row("run fast", {u"\"fast\""_s, u"\"run\""_s});
    row("--dance", {u"dance"_s, u"--help"_s});
    row("--data", {u"--data"_s, u"--help"_s});
    row("--data=", {u"--data"_s, u"\"none\""_s});
    row("--listen", {u"--listen"_s, u"--help"_s});
    row("--listen tea:5005", {u"tea:5005"_s, u"DIALECT:HOST:PORT"_s});
    row("--listen tea+tls::5006", {u"no TLS yet"_s});
    row("--set limits.flood", {u"SECTION.KEY=VALUE"_s});
    row("--set limits.flod=off", {u"\"limits.flood\""_s});
    row("--set limits.sessions=0", {u"1 to 1000000"_s});
    row("--name=", {u"server.name"_s, u"1 to 64"_s});
    row("--log-level loud", {u"\"loud\""_s, u"debug, info, warning, critical"_s});
    row("--config file", {u"config"_s});
    row("check", {u"\"check\""_s});
}

void TestCommandLine::refused()
{
    QFETCH(const QString, words);
    QFETCH(const QStringList, said);
    const auto result = parse(words);
    QVERIFY(std::holds_alternative<UsageError>(result));
    const QString text = std::get<UsageError>(result).text;
    for (const QString &part : said)
        QVERIFY2(text.contains(part), qPrintable(text));
}

void TestCommandLine::helpListsWhatExists()
{
    const QString help = commandLineHelp();
    for (const char *word : {"--data", "--name", "--listen", "--set", "--log-level", "--help",
                             "--version", "limits.flood", "run|version"})
        QVERIFY2(help.contains(QLatin1StringView(word)), word);
    for (const char *word : {"--config", "tls", "backup"})
        QVERIFY2(!help.contains(QLatin1StringView(word)), word);
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestCommandLine)
#include "tst_commandline.moc"
