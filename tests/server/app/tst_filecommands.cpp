#include "tests/server/app/program.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// backup, restore, check and export, as people call them, beside a running server and without.
class TestFileCommands : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void checkTellsWhatItHasLookedAt();
    void checkOfADamagedOne();
    void checkWithoutADatabase();
    void backupWhileMessagesFlow();
    void backupOverwritesNothing();
    void restoreAndGoOn();
    void restoreOfARunningServer();
    void restoreNeedsForce();
    void aKilledRestoreLeavesTheOneOrTheOther();
    void aServerRefusesWhatIsDamaged();
    void exportsText();
    void exportsHtml();
    void exportsJson();
    void exportsDays();
    void exportsPrivateConversations();
    void exportsToAFile();
    void exportOfAnUnknownRoom();
    void exportToAFullDevice();

private:
    struct Said
    {
        int code = -1;
        QString output;
        QString errors;
    };

    /// Runs the program to its end.
    Said call(const QStringList &arguments) const;
    QString data() const { return m_folder->filePath(u"data"_s); }
    QString file(const QString &name) const { return m_folder->filePath(name); }
    std::unique_ptr<Program> start() const;
    /// Sends native requests and waits for as many answers.
    QList<QJsonObject> ask(Program &server, const QList<QByteArray> &requests) const;
    /// A server that has run, with messages of ann's.
    void fill(const QList<QByteArray> &requests) const;
    static QByteArray say(const QByteArray &text, const QByteArray &more = {});

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QByteArray logInAnn = R"({"do":"login","name":"ann"})";

void stop(Program &server)
{
    server.signal(SIGTERM);
    QTRY_VERIFY(server.hasEnded());
    QCOMPARE(server.exitCode(), 0);
}

} // namespace

void TestFileCommands::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

TestFileCommands::Said TestFileCommands::call(const QStringList &arguments) const
{
    Program program(arguments + QStringList{u"--data"_s, data()});
    if (!QTest::qWaitFor([&] { return program.hasEnded(); }, 20000))
        return {};
    return {program.exitCode(), program.lines().join(u'\n'), program.errors()};
}

std::unique_ptr<Program> TestFileCommands::start() const
{
    auto server = std::make_unique<Program>(QStringList{u"--data"_s, data(), u"--listen"_s,
                                                        u"tea:127.0.0.1:0"_s, u"--set"_s,
                                                        u"limits.flood=off"_s});
    if (!QTest::qWaitFor([&] { return server->isReady() || server->hasEnded(); }, 20000))
        qFatal("the server does not start");
    return server;
}

QByteArray TestFileCommands::say(const QByteArray &text, const QByteArray &more)
{
    static int cid = 0;
    return R"({"do":"say","room":"main","cid":"c)" + QByteArray::number(++cid) + R"(","text":")"
            + text + '"' + more + '}';
}

QList<QJsonObject> TestFileCommands::ask(Program &server, const QList<QByteArray> &requests) const
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, server.port());
    for (const QByteArray &request : requests)
        socket.write(request + '\n');
    QList<QJsonObject> answers;
    const bool all = QTest::qWaitFor(
            [&] {
                while (socket.canReadLine()) {
                    const auto line = QJsonDocument::fromJson(socket.readLine()).object();
                    if (line.contains("ok"_L1))
                        answers.append(line);
                }
                return answers.size() == requests.size();
            },
            20000);
    if (!all)
        QTest::qFail("not all requests were answered", __FILE__, __LINE__);
    return answers;
}

void TestFileCommands::fill(const QList<QByteArray> &requests) const
{
    const auto server = start();
    const QList<QJsonObject> answers = ask(*server, QList<QByteArray>{logInAnn} + requests);
    for (const QJsonObject &answer : answers)
        QVERIFY2(answer["ok"_L1].toBool(), QJsonDocument(answer).toJson());
    stop(*server);
}

void TestFileCommands::checkTellsWhatItHasLookedAt()
{
    const auto server = start();
    ask(*server, {logInAnn, say("one"), say("two")});
    for (int i = 0; i < 2; ++i) {
        const Said said = call({u"check"_s});
        QCOMPARE(said.code, 0);
        QVERIFY2(said.output.contains(u"items: 2"_s), qPrintable(said.output));
        QVERIFY(said.output.contains(u"Numbers are dense"_s));
        QVERIFY(said.output.contains(u"The search index agrees"_s));
        if (i == 0)
            stop(*server);
    }
}

void TestFileCommands::checkOfADamagedOne()
{
    fill({say("one")});
    QFile database(data() + u"/teahouse.db"_s);
    QVERIFY(database.open(QIODevice::ReadWrite));
    database.seek(4096);
    database.write(QByteArray(int(database.size()) - 4096, '\xA5'));
    database.close();
    const Said said = call({u"check"_s});
    QCOMPARE(said.code, 1);
    QVERIFY2(said.errors.contains(u"teahoused restore FILE"_s), qPrintable(said.errors));
}

void TestFileCommands::checkWithoutADatabase()
{
    const Said said = call({u"check"_s});
    QCOMPARE(said.code, 1);
    QVERIFY2(said.errors.contains(u"--data DIR"_s), qPrintable(said.errors));
    QVERIFY(!QFile::exists(data()));
}

void TestFileCommands::backupWhileMessagesFlow()
{
    const auto server = start();
    QList<QByteArray> requests{logInAnn};
    for (int i = 0; i < 300; ++i)
        requests.append(say("tea " + QByteArray::number(i)));
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, server->port());
    QVERIFY(socket.waitForConnected());
    int answered = 0;
    int refused = 0;
    qsizetype next = 0;
    QByteArray read;
    const auto talk = [&] {
        for (int i = 0; i < 5 && next < requests.size(); ++i)
            socket.write(requests.at(next++) + '\n');
        while (socket.canReadLine()) {
            const QJsonObject line = QJsonDocument::fromJson(socket.readLine()).object();
            answered += line.contains("ok"_L1);
            refused += line.contains("ok"_L1) && !line["ok"_L1].toBool();
        }
        return answered == requests.size();
    };
    QVERIFY(QTest::qWaitFor([&] { return talk() || answered > 20; }));
    Program backup({u"backup"_s, file(u"copy"_s), u"--data"_s, data()});
    QVERIFY(QTest::qWaitFor(
            [&] {
                talk();
                return backup.hasEnded();
            },
            20000));
    QVERIFY2(backup.exitCode() == 0, qPrintable(backup.errors()));
    QVERIFY2(backup.lines().first().contains(u"rooms: 1"_s), qPrintable(backup.lines().first()));
    QVERIFY(QTest::qWaitFor(talk, 20000));
    QCOMPARE(refused, 0);
    stop(*server);
    QVERIFY(QDir(data()).removeRecursively());
    QCOMPARE(call({u"restore"_s, file(u"copy"_s)}).code, 0);
    QCOMPARE(call({u"check"_s}).code, 0);
}

void TestFileCommands::backupOverwritesNothing()
{
    fill({say("one")});
    QCOMPARE(call({u"backup"_s, file(u"copy"_s)}).code, 0);
    const Said said = call({u"backup"_s, file(u"copy"_s)});
    QCOMPARE(said.code, 1);
    QVERIFY2(said.errors.contains(u"exists already"_s), qPrintable(said.errors));
}

void TestFileCommands::restoreAndGoOn()
{
    fill({say("one"), say("two")});
    QCOMPARE(call({u"backup"_s, file(u"copy"_s)}).code, 0);
    const QByteArray hello = R"({"do":"hello"})";
    auto server = start();
    const QString before =
            ask(*server, {hello, logInAnn, say("lost")}).first()["epoch"_L1].toString();
    stop(*server);
    const Said said = call({u"restore"_s, file(u"copy"_s), u"--force"_s});
    QVERIFY2(said.code == 0, qPrintable(said.errors));
    QVERIFY(said.output.contains(u"teahouse.db.before-restore-1"_s));
    server = start();
    const QList<QJsonObject> answers = ask(
            *server, {hello, logInAnn, say("three"), R"({"do":"history","room":"main"})"});
    QVERIFY(answers.at(0)["epoch"_L1].toString() != before);
    QVERIFY(said.output.contains(answers.at(0)["epoch"_L1].toString()));
    QCOMPARE(answers.at(2)["seq"_L1].toInt(), 3);
    stop(*server);
}

void TestFileCommands::restoreOfARunningServer()
{
    const auto server = start();
    ask(*server, {logInAnn, say("one")});
    QCOMPARE(call({u"backup"_s, file(u"copy"_s)}).code, 0);
    const Said said = call({u"restore"_s, file(u"copy"_s), u"--force"_s});
    QCOMPARE(said.code, 1);
    QVERIFY2(said.errors.contains(u"process id %1"_s.arg(server->pid())), qPrintable(said.errors));
    QCOMPARE(ask(*server, {logInAnn, say("two")}).last()["seq"_L1].toInt(), 2);
}

void TestFileCommands::restoreNeedsForce()
{
    fill({say("one")});
    QCOMPARE(call({u"backup"_s, file(u"copy"_s)}).code, 0);
    const Said said = call({u"restore"_s, file(u"copy"_s)});
    QCOMPARE(said.code, 1);
    QVERIFY2(said.errors.contains(u"--force"_s), qPrintable(said.errors));
    QCOMPARE(call({u"restore"_s, file(u"nothing"_s), u"--force"_s}).code, 1);
    QCOMPARE(call({u"check"_s}).code, 0);
}

void TestFileCommands::aKilledRestoreLeavesTheOneOrTheOther()
{
    fill({say("one"), say("two")});
    QCOMPARE(call({u"backup"_s, file(u"copy"_s)}).code, 0);
    for (int i = 0; i < 12; ++i) {
        Program restore({u"restore"_s, file(u"copy"_s), u"--force"_s, u"--data"_s, data()});
        QTest::qWait(4 * i);
        restore.signal(SIGKILL);
        QTRY_VERIFY(restore.hasEnded());
        const Said said = call({u"check"_s});
        QVERIFY2(said.code == 0, qPrintable(said.errors));
        QVERIFY(said.output.contains(u"items: 2"_s));
    }
    QCOMPARE(call({u"restore"_s, file(u"copy"_s), u"--force"_s}).code, 0);
}

void TestFileCommands::aServerRefusesWhatIsDamaged()
{
    fill({say("one")});
    QCOMPARE(call({u"backup"_s, file(u"copy"_s)}).code, 0);
    QFile database(data() + u"/teahouse.db"_s);
    QVERIFY(database.open(QIODevice::ReadWrite));
    database.write(QByteArray(4096, '\xA5'));
    database.seek(0);
    const QByteArray damaged = database.readAll();
    database.close();
    const auto server = start();
    QTRY_VERIFY(server->hasEnded());
    QCOMPARE(server->exitCode(), 1);
    QVERIFY2(server->errors().contains(u"teahoused restore FILE"_s), qPrintable(server->errors()));
    QVERIFY(database.open(QIODevice::ReadOnly));
    QCOMPARE(database.readAll(), damaged);
    database.close();
    QCOMPARE(call({u"restore"_s, file(u"copy"_s), u"--force"_s}).code, 0);
    QCOMPARE(call({u"check"_s}).code, 0);
}

void TestFileCommands::exportsText()
{
    fill({say("one\\ntwo"), say("waves", R"(,"style":"action")"), say("gone"),
          R"({"do":"delete","room":"main","seq":3})",
          R"({"do":"topic","room":"main","text":"t"})"});
    const Said said = call({u"export"_s, u"MAIN"_s});
    QCOMPARE(said.code, 0);
    const QStringList lines = said.output.split(u'\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY(QRegularExpression(u"^\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\] ann: one$"_s)
                    .match(lines.at(0))
                    .hasMatch());
    QVERIFY(lines.at(1).endsWith(u"] ann: two"_s));
    QVERIFY(lines.at(2).endsWith(u"] * ann waves"_s));
    QVERIFY(lines.at(3).endsWith(u"] -- ann has set the topic: t"_s));
}

void TestFileCommands::exportsHtml()
{
    fill({R"({"do":"topic","room":"main","text":"<i>"})",
          say("<script>alert('x')</script> & <img src=x onerror=y> \\\"quoted\\\"")});
    const Said said = call({u"export"_s, u"main"_s, u"--format"_s, u"html"_s});
    QCOMPARE(said.code, 0);
    QVERIFY(said.output.startsWith(u"<!DOCTYPE html>"_s));
    QVERIFY(said.output.endsWith(u"</html>"_s));
    for (const char16_t *never : {u"<script", u"<img", u"<i>", u"http://", u"https://"})
        QVERIFY2(!said.output.contains(QStringView(never)), qPrintable(said.output));
    QVERIFY(said.output.contains(u"&lt;script&gt;alert('x')&lt;/script&gt; &amp; &lt;img"_s));
    QVERIFY(said.output.contains(u"&quot;quoted&quot;"_s));
}

void TestFileCommands::exportsJson()
{
    fill({say("one"), R"({"do":"edit","room":"main","seq":1,"text":"two"})"});
    const Said said = call({u"export"_s, u"main"_s, u"--format"_s, u"json"_s});
    QCOMPARE(said.code, 0);
    const QStringList lines = said.output.split(u'\n');
    QCOMPARE(lines.size(), 2);
    const QJsonObject first = QJsonDocument::fromJson(lines.at(0).toUtf8()).object();
    QCOMPARE(first["text"_L1].toString(), u"two"_s);
    QCOMPARE(first["edited"_L1].toBool(), true);
    QCOMPARE(first["room"_L1].toString(), u"main"_s);
    const QJsonObject second = QJsonDocument::fromJson(lines.at(1).toUtf8()).object();
    QCOMPARE(second["kind"_L1].toString(), u"edited"_s);
    QCOMPARE(second["seq"_L1].toInt(), 2);
}

void TestFileCommands::exportsDays()
{
    fill({say("one")});
    const auto lines = [&](const QString &option, int days) {
        const QString day = QDate::currentDate().addDays(days).toString(Qt::ISODate);
        return call({u"export"_s, u"main"_s, option, day}).output.count(u"one"_s);
    };
    QCOMPARE(lines(u"--since"_s, -2), 1);
    QCOMPARE(lines(u"--since"_s, 2), 0);
    QCOMPARE(lines(u"--until"_s, 2), 1);
    QCOMPARE(lines(u"--until"_s, -2), 0);
}

void TestFileCommands::exportsPrivateConversations()
{
    const auto server = start();
    QTcpSocket bob;
    bob.connectToHost(u"127.0.0.1"_s, server->port());
    bob.write(R"({"do":"login","name":"bob"})"
              "\n");
    QTRY_VERIFY(bob.bytesAvailable() > 100);
    ask(*server, {logInAnn, R"({"do":"msg","to":"bob","text":"for you alone","cid":"p"})"});
    QVERIFY(!call({u"export"_s, u"main"_s}).output.contains(u"for you alone"_s));
    const Said said = call({u"export"_s, u"@Bob,ann"_s});
    QVERIFY2(said.code == 0, qPrintable(said.errors));
    QVERIFY2(said.output.endsWith(u"] ann: for you alone"_s), qPrintable(said.output));
}

void TestFileCommands::exportsToAFile()
{
    fill({say("one")});
    const QStringList arguments = {u"export"_s, u"main"_s, u"--output"_s, file(u"out"_s)};
    const Said said = call(arguments);
    QCOMPARE(said.code, 0);
    QCOMPARE(said.output, QString());
    QFile out(file(u"out"_s));
    QCOMPARE(out.permissions() & ~QFile::Permissions(0xF00), QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(out.open(QIODevice::ReadOnly));
    QVERIFY(out.readAll().endsWith("] ann: one\n"));
    const Said again = call(arguments);
    QCOMPARE(again.code, 1);
    QVERIFY2(again.errors.contains(u"exists already"_s), qPrintable(again.errors));
}

void TestFileCommands::exportOfAnUnknownRoom()
{
    fill({R"({"do":"create","room":"secret"})"});
    for (const QString &name : {u"cellar"_s, u"@ann,secret"_s}) {
        const Said said = call({u"export"_s, name});
        QCOMPARE(said.code, 1);
        QVERIFY2(said.errors.contains(u"There is no room called \"%1\""_s.arg(name)),
                 qPrintable(said.errors));
        QVERIFY(name.contains(u"secret"_s) || !said.errors.contains(u"secret"_s));
        QCOMPARE(said.output, QString());
    }
}

void TestFileCommands::exportToAFullDevice()
{
    if (!QFile::exists(u"/dev/full"_s))
        QSKIP("there is no /dev/full here");
    fill({say("one")});
    QProcess shell;
    shell.start(u"sh"_s,
                {u"-c"_s, u"exec \"$0\" export main --data \"$1\" >/dev/full"_s,
                 QStringLiteral(TEAHOUSED), data()});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 1);
    QVERIFY(shell.readAllStandardError().contains("Standard output cannot be written"));
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestFileCommands)
#include "tst_filecommands.moc"
