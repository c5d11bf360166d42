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
    void fileCommands();
    void exportOptions();
    void invitations();
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
    QCOMPARE(line.listeners, QList<ListenSpec>({{u"front"_s, {}, 5005}}));
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

void TestCommandLine::fileCommands()
{
    using Action = CommandLine::Action;
    CommandLine line = parsed(u"backup /srv/copy --data /srv/tea"_s);
    QCOMPARE(line.action, Action::Backup);
    QCOMPARE(line.argument, u"/srv/copy"_s);
    QCOMPARE(line.folder, u"/srv/tea"_s);
    line = parsed(u"restore copy"_s);
    QCOMPARE(line.action, Action::Restore);
    QVERIFY(!line.force);
    QVERIFY(parsed(u"restore --force copy"_s).force);
    QCOMPARE(parsed(u"check"_s).action, Action::Check);
    QCOMPARE(parsed(u"backup --help"_s).action, Action::Help);
}

void TestCommandLine::exportOptions()
{
    CommandLine line = parsed(u"export @ann,bob"_s);
    QCOMPARE(line.action, CommandLine::Action::Export);
    QCOMPARE(line.argument, u"@ann,bob"_s);
    QCOMPARE(line.format, ExportFormat::Text);
    QVERIFY(line.output.isEmpty() && line.since.isNull() && line.until.isNull());
    line = parsed(u"export main --format html --output page --since 2026-01-02 --until "
                  "2026-12-31"_s);
    QCOMPARE(line.format, ExportFormat::Html);
    QCOMPARE(line.output, u"page"_s);
    QCOMPARE(line.since, QDate(2026, 1, 2));
    QCOMPARE(line.until, QDate(2026, 12, 31));
    QCOMPARE(parsed(u"export main --format json"_s).format, ExportFormat::Json);
}

void TestCommandLine::invitations()
{
    const CommandLine link = parsed(u"link --pin --keys"_s);
    QCOMPARE(link.action, CommandLine::Action::Link);
    QCOMPARE(link.argument, QString());
    QVERIFY(link.pin && link.keys);
    const CommandLine once = parsed(u"invite-code garden"_s);
    QCOMPARE(once.argument, u"garden"_s);
    QCOMPARE(once.uses, 1);
    QCOMPARE(once.days, 7);
    const CommandLine often = parsed(u"invite-code --uses 1000 --days 365"_s);
    QCOMPARE(often.uses, 1000);
    QCOMPARE(often.days, 365);
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
    row("walk",
        {u"\"walk\""_s,
         u"run, backup, restore, check, export, user, clock, link, invite-code, "
         "invite-codes, invite-code-end and version"_s});
    row("link --uses 2", {u"\"link\" takes no --uses"_s});
    row("link --data none", {u"--data DIR"_s});
    row("invite-code --uses 1001", {u"--uses is a number from 1 to 1000"_s});
    row("invite-code --days 0", {u"--days is a number from 1 to 365"_s});
    row("invite-code-end", {u"teahoused invite-code-end CODE"_s});
    row("user list --keys", {u"\"user\" takes no --keys"_s});
    row("clock set", {u"teahoused clock confirm"_s});
    row("clock confirm now", {u"teahoused clock confirm"_s});
    row("clock --data none", {u"--data DIR"_s});
    row("clock --force", {u"\"clock\" takes no --force"_s});
    row("run fast", {u"\"fast\""_s, u"\"run\""_s});
    row("--dance", {u"dance"_s, u"--help"_s});
    row("--data", {u"--data"_s, u"--help"_s});
    row("--data=", {u"--data"_s, u"\"none\""_s});
    row("--listen", {u"--listen"_s, u"--help"_s});
    row("--listen tea:5005", {u"tea:5005"_s, u"DIALECT:HOST:PORT"_s});
    row("--listen chai+tls::5006", {u"the dialects are front"_s});
    row("--set tls.key=/a.key", {u"tls.certificate"_s, u"set both"_s});
    row("--set tls.certificate=/a.crt", {u"tls.key"_s, u"set both"_s});
    row("--set front.patience=49", {u"from 50 to 5000"_s});
    row("--set limits.flood", {u"SECTION.KEY=VALUE"_s});
    row("--set limits.flod=off", {u"\"limits.flood\""_s});
    row("--set limits.sessions=0", {u"1 to 1000000"_s});
    row("--name=", {u"server.name"_s, u"1 to 64"_s});
    row("--log-level loud", {u"\"loud\""_s, u"debug, info, warning, critical"_s});
    row("--config file", {u"config"_s});
    row("backup", {u"teahoused backup FILE"_s});
    row("restore", {u"teahoused restore FILE"_s});
    row("export", {u"teahoused export ROOM"_s});
    row("check file", {u"\"file\""_s, u"\"check\""_s});
    row("backup a b", {u"\"b\""_s, u"\"backup FILE\""_s});
    row("backup --data none a", {u"--data DIR"_s});
    row("backup --listen tea::5005 a", {u"\"backup\" takes no --listen"_s});
    row("check --name x", {u"\"check\" takes no --name"_s});
    row("run --force", {u"\"run\" takes no --force"_s});
    row("backup --force a", {u"takes no --force"_s});
    row("export main --format pdf", {u"\"pdf\""_s, u"text, html, json"_s});
    row("export main --output=", {u"--output"_s});
    row("export main --since yesterday", {u"\"yesterday\""_s, u"--since"_s, u"2026-12-31"_s});
    row("export main --until 2026-02-30", {u"--until"_s});
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
    for (const char *word :
         {"--data",      "--name",    "--listen",     "--set",       "--log-level",
          "--help",      "--version", "limits.flood", "backup FILE", "restore FILE",
          "export ROOM", "@ANN,BOB",  "--force",      "--format",    "--output",
          "--since",     "--until",   "front",        "+tls",        "tls.certificate"})
        QVERIFY2(help.contains(QLatin1StringView(word)), word);
    QVERIFY(!help.contains("--config"_L1));
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestCommandLine)
#include "tst_commandline.moc"
