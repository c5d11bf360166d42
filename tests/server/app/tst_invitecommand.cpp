#include "tests/server/app/program.h"

#include "shared/joinlink.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// `teahoused link`, `invite-code`, `invite-codes` and `invite-code-end`, beside a running server
/// and without.
class TestInviteCommand : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void linksOfARunningServer();
    void aLinkNeedsAServer();
    void aLinkNeedsADoor();
    void codesBesideAServer();
    void codesWithoutAServer();
    void aCodeSurvivesAKill();
    void whatIsUsedStaysUsedAfterAKill();
    void mistakes_data();
    void mistakes();

private:
    struct Said
    {
        int code = -1;
        QString output;
        QString errors;
    };

    Said call(const QStringList &words) const;
    std::unique_ptr<Program> start(const QStringList &more = {}) const;
    QString data() const { return m_folder->filePath(u"data"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

TestInviteCommand::Said TestInviteCommand::call(const QStringList &words) const
{
    QProcess process;
    process.start(QStringLiteral(TEAHOUSED), words + QStringList{u"--data"_s, data()});
    if (!process.waitForFinished())
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

std::unique_ptr<Program> TestInviteCommand::start(const QStringList &more) const
{
    auto server = std::make_unique<Program>(
            QStringList{u"--data"_s, data(), u"--listen"_s, u"tea:127.0.0.1:0"_s} + more);
    if (!QTest::qWaitFor([&] { return server->isReady(); }, 20'000))
        QTest::qFail("the server did not start", __FILE__, __LINE__);
    return server;
}

void TestInviteCommand::linksOfARunningServer()
{
    const auto server = start();
    const QString door = server->lines().filter(u"listening tea "_s).value(0);
    const QString port = door.section(u' ', -1);
    const Said link = call({u"link"_s, u"MAIN"_s});
    QCOMPARE(link.output, u"teahouse://127.0.0.1:%1/main\n"_s.arg(port)); // and no code in a pipe
    QCOMPARE(call({u"link"_s}).output, u"teahouse://127.0.0.1:%1\n"_s.arg(port));
    const Said unknown = call({u"link"_s, u"cellar"_s});
    QCOMPARE(unknown.code, 1);
    QVERIFY(unknown.errors.contains(u"There is no room cellar."_s));
    QCOMPARE(call({u"link"_s, u"--keys"_s}).code, 1); // it has none
}

void TestInviteCommand::aLinkNeedsAServer()
{
    const Said link = call({u"link"_s});
    QCOMPARE(link.code, 1);
    QVERIFY(link.errors.contains(u"No server runs on "_s));
}

void TestInviteCommand::aLinkNeedsADoor()
{
    Program server({u"--data"_s, data(), u"--listen"_s, u"wx:127.0.0.1:0"_s});
    QTRY_VERIFY_WITH_TIMEOUT(server.isReady(), 20'000);
    const Said link = call({u"link"_s});
    QCOMPARE(link.code, 1);
    QVERIFY(link.errors.contains(u"There is no link: no server runs with a door for it."_s));
}

void TestInviteCommand::codesBesideAServer()
{
    const auto server = start({u"--set"_s, u"server.host=chat.example.org"_s});
    const Said made = call({u"invite-code"_s, u"--uses"_s, u"3"_s});
    QCOMPARE(made.code, 0);
    const QStringList lines = made.output.split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 4);
    const auto parsed = parseJoinLink(lines.last());
    const auto *link = std::get_if<JoinLink>(&parsed);
    QVERIFY(link);
    QCOMPARE(link->host, u"chat.example.org"_s);
    QCOMPARE(lines.first(), u"code "_s + link->code);
    const Said list = call({u"invite-codes"_s});
    QVERIFY2(list.output.contains(u": 3 left, until "_s), qPrintable(list.output));
    QVERIFY(!list.output.contains(link->code));
    QCOMPARE(call({u"invite-code-end"_s, link->code}).code, 0);
    QCOMPARE(call({u"invite-code-end"_s, link->code}).code, 1);
    QCOMPARE(call({u"invite-codes"_s}).output, u"No invite codes are valid.\n"_s);
    QCOMPARE(call({u"invite-code"_s, u"cellar"_s}).code, 1);
}

void TestInviteCommand::codesWithoutAServer()
{
    const Said made = call({u"invite-code"_s, u"--days"_s, u"2"_s});
    QCOMPARE(made.code, 0);
    QVERIFY(made.output.startsWith(u"code "_s));
    QVERIFY(!made.output.contains(u"teahouse:"_s)); // no port is known
    QVERIFY(made.output.contains(u"\nThere is no link: no server runs "_s));
    QVERIFY(call({u"invite-codes"_s}).output.contains(u": 1 left, until "_s));
}

void TestInviteCommand::aCodeSurvivesAKill()
{
    {
        const auto server = start();
        QCOMPARE(call({u"invite-code"_s, u"--uses"_s, u"7"_s}).code, 0);
        server->signal(SIGKILL);
        QTRY_VERIFY(server->hasEnded());
    }
    QVERIFY(call({u"invite-codes"_s}).output.contains(u": 7 left, until "_s));
}

/// Whoever was let in has used it, however the server ends.
void TestInviteCommand::whatIsUsedStaysUsedAfterAKill()
{
    {
        const auto server = start({u"--set"_s, u"accounts.guests=off"_s});
        const QString code = call({u"invite-code"_s, u"--uses"_s, u"2"_s})
                                     .output.section(u'\n', 0, 0)
                                     .section(u' ', 1);
        QTcpSocket ann;
        ann.connectToHost(QHostAddress::LocalHost, server->port());
        ann.write("{\"do\":\"login\",\"name\":\"ann\",\"invite\":\"" + code.toLatin1() + "\"}\n");
        QByteArray heard;
        QTRY_VERIFY2((heard += ann.readAll()).contains("\"ok\":true"), heard.constData());
        server->signal(SIGKILL);
        QTRY_VERIFY(server->hasEnded());
    }
    const QString list = call({u"invite-codes"_s}).output;
    QVERIFY2(list.contains(u": 1 left, until "_s), qPrintable(list));
}

void TestInviteCommand::mistakes_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("no use") << QStringList{u"invite-code"_s, u"--uses"_s, u"0"_s};
    QTest::newRow("too many uses") << QStringList{u"invite-code"_s, u"--uses"_s, u"1001"_s};
    QTest::newRow("no number") << QStringList{u"invite-code"_s, u"--days"_s, u"week"_s};
    QTest::newRow("too many days") << QStringList{u"invite-code"_s, u"--days"_s, u"366"_s};
    QTest::newRow("two rooms") << QStringList{u"invite-code"_s, u"a"_s, u"b"_s};
    QTest::newRow("a stray option") << QStringList{u"link"_s, u"--uses"_s, u"1"_s};
    QTest::newRow("no code") << QStringList{u"invite-code-end"_s};
    QTest::newRow("too much") << QStringList{u"invite-codes"_s, u"a"_s};
}

void TestInviteCommand::mistakes()
{
    QFETCH(const QStringList, words);
    const Said said = call(words);
    QCOMPARE(said.code, 2);
    QVERIFY(said.errors.startsWith(u"teahoused: "_s));
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestInviteCommand)
#include "tst_invitecommand.moc"
