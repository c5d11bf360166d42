#include "server/app/controldoor.h"
#include "server/store/database.h"
#include "server/store/storeaccess.h"
#include "tests/server/app/program.h"

#include <QFile>
#include <QLocalSocket>
#include <QTest>

#include <sys/stat.h>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// `teahoused user`, beside a running server and without.
class TestUserCommand : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void whileTheServerIsStopped();
    void whileTheServerRuns();
    void mistakes_data();
    void mistakes();
    void onlyTheOwnerReachesTheSocket();
    void nonsenseOnTheSocketHarmsNobody();
    void theFirstStartPrintsACode();
    void aLeapOfTheClockIsHeldUntilItIsConfirmed();

private:
    struct Said
    {
        int code = -1;
        QString output;
        QString errors;
    };

    Said call(const QStringList &words, const QByteArray &input = {}) const;
    Said user(const QStringList &words, const QByteArray &input = {}) const
    {
        return call(QStringList{QStringLiteral("user")} + words, input);
    }
    std::unique_ptr<Program> start() const;
    QString data() const { return m_folder->filePath(u"data"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

TestUserCommand::Said TestUserCommand::call(const QStringList &words, const QByteArray &input) const
{
    QProcess process;
    process.start(QStringLiteral(TEAHOUSED), words + QStringList{u"--data"_s, data()});
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished())
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

std::unique_ptr<Program> TestUserCommand::start() const
{
    auto server = std::make_unique<Program>(
            QStringList{u"--data"_s, data(), u"--listen"_s, u"tea:127.0.0.1:0"_s});
    if (!QTest::qWaitFor([&] { return server->isReady(); }, 20'000))
        QTest::qFail("the server did not start", __FILE__, __LINE__);
    return server;
}

void TestUserCommand::whileTheServerIsStopped()
{
    QVERIFY(user({u"list"_s}).output.contains(u"There are no accounts."_s));
    const Said added = user({u"add"_s, u"ann"_s}, "correct horse\n");
    QCOMPARE(added.code, 0);
    QCOMPARE(added.output, u"The account ann was made.\n"_s);
    QCOMPARE(user({u"add"_s, u"Ann"_s}, "correct horse\n").code, 1);
    QCOMPARE(user({u"role"_s, u"ann"_s, u"admin"_s}).code, 0);
    QVERIFY(user({u"list"_s}).output.startsWith(u"ann (admin): registered "_s));
    const Said last = user({u"remove"_s, u"ann"_s, u"--erase"_s});
    QCOMPARE(last.code, 1);
    QVERIFY(last.errors.contains(u"the last administrator"_s));
    QCOMPARE(user({u"add"_s, u"bob"_s}, "correct horse").code, 0);
    QCOMPARE(user({u"role"_s, u"bob"_s, u"admin"_s}).code, 0);
    QCOMPARE(user({u"remove"_s, u"ann"_s, u"--erase"_s}).code, 0);
    QVERIFY(!user({u"list"_s}).output.contains(u"ann"_s));
    QCOMPARE(user({u"add"_s, u"ann"_s}, "correct horse\n").code, 1); // nobody's for ever
}

void TestUserCommand::whileTheServerRuns()
{
    const auto server = start();
    QCOMPARE(user({u"add"_s, u"ann"_s}, "correct horse\n").code, 0);
    QCOMPARE(user({u"passwd"_s, u"ann"_s}, "battery staple\n").code, 0);
    QCOMPARE(user({u"passwd"_s, u"zoe"_s}, "battery staple\n").code, 1);
    QVERIFY(user({u"list"_s}).output.contains(u"ann: registered"_s));
    server->signal(SIGTERM);
    QTRY_VERIFY(server->hasEnded());
    QVERIFY(user({u"list"_s}).output.contains(u"ann: registered"_s)); // it is on disk
    QVERIFY(!server->errors().contains(u"staple"_s));                 // and not in the log
}

/// The last run has believed a time of long ago: this clock is far ahead of it.
void TestUserCommand::aLeapOfTheClockIsHeldUntilItIsConfirmed()
{
    QVERIFY(call({u"clock"_s}).errors.contains(u"No server runs on "_s));
    QCOMPARE(user({u"add"_s, u"ann"_s}, "correct horse\n").code, 0);
    Database(storePath(data()), Database::Mode::Write)
            .run("UPDATE store SET clock = 1000000000000");
    const auto server = start();
    QTRY_VERIFY(server->errors().contains(u"nothing expires"_s));
    const Said held = call({u"clock"_s});
    QCOMPARE(held.code, 0);
    QVERIFY2(held.output.contains(u"2001-09-"_s) && held.output.contains(u"clock confirm"_s),
             qPrintable(held.output));
    QVERIFY(call({u"clock"_s, u"confirm"_s}).output.contains(u"is believed."_s));
    QVERIFY(call({u"clock"_s}).output.contains(u"is believed."_s));
    QTRY_VERIFY(server->errors().contains(u"the clock is believed"_s));
}

void TestUserCommand::mistakes_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("nothing") << QStringList();
    QTest::newRow("unknown") << QStringList{u"rename"_s, u"ann"_s};
    QTest::newRow("no name") << QStringList{u"add"_s};
    QTest::newRow("an empty name") << QStringList{u"add"_s, QString()};
    QTest::newRow("no role") << QStringList{u"role"_s, u"ann"_s};
    QTest::newRow("too much") << QStringList{u"list"_s, u"ann"_s};
    QTest::newRow("a stray option") << QStringList{u"add"_s, u"ann"_s, u"--erase"_s};
    QTest::newRow("no password") << QStringList{u"add"_s, u"ann"_s};
}

void TestUserCommand::mistakes()
{
    QFETCH(const QStringList, words);
    const Said said = user(words);
    QCOMPARE(said.code, 2);
    QVERIFY(said.errors.startsWith(u"teahoused: "_s));
}

void TestUserCommand::onlyTheOwnerReachesTheSocket()
{
    const auto server = start();
    struct stat found = {};
    QCOMPARE(::stat(QFile::encodeName(ControlDoor::path(data())).constData(), &found), 0);
    QVERIFY(S_ISSOCK(found.st_mode));
    QCOMPARE(found.st_mode & 077, 0U);
}

void TestUserCommand::nonsenseOnTheSocketHarmsNobody()
{
    const auto server = start();
    for (const QByteArray &line :
         {QByteArray("nonsense\n"), QByteArray("{}\n"), QByteArray("\n"),
          QByteArray(R"({"do":["add"],"name":7})") + '\n', QByteArray(200'000, 'x')}) {
        QLocalSocket socket;
        socket.connectToServer(ControlDoor::path(data()));
        QVERIFY(socket.waitForConnected());
        socket.write(line);
        QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
    }
    QCOMPARE(user({u"list"_s}).code, 0);
}

void TestUserCommand::theFirstStartPrintsACode()
{
    QString code;
    {
        const auto server = start();
        const QStringList claims = server->lines().filter(u"claim "_s);
        QCOMPARE(claims.size(), 1);
        code = claims.first();
        QVERIFY(server->lines().indexOf(code) < server->lines().indexOf(u"ready"_s));
        server->signal(SIGTERM);
        QTRY_VERIFY(server->hasEnded());
    }
    QCOMPARE(user({u"add"_s, u"ann"_s}, "correct horse\n").code, 0);
    {
        const auto server = start();
        QVERIFY(server->lines().filter(u"claim "_s).value(0) != code); // made anew
    }
    QCOMPARE(user({u"role"_s, u"ann"_s, u"admin"_s}).code, 0);
    const auto server = start();
    QVERIFY(server->lines().filter(u"claim "_s).isEmpty());
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestUserCommand)
#include "tst_usercommand.moc"
