#include "server/app/selfsigned.h"
#include "shared/fingerprint.h"
#include "tests/server/app/program.h"

#include <QDir>
#include <QFileInfo>
#include <QSslCertificate>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// The program as people start it.
class TestTeahoused : public QObject
{
    Q_OBJECT

private slots:
    void runsUntilTheSignal_data();
    void runsUntilTheSignal();
    void secondSignalEndsAtOnce();
    void outlivesAHangUp();
    void tellsItsFingerprint();
    void readsTheCertificateAgain();
    void usageErrors();
    void addressInUse();
    void secondServerOnAFolder();
    void withoutDataNoFileIsMade();
    void settingsBoundWhatIsNotKept();
    void helpAndVersion();
    void tooFewDescriptors_data();
    void tooFewDescriptors();
    void closedStreams();
    void fullStreams();
};

namespace {

const QStringList onLoopback = {u"--data"_s, u"none"_s, u"--listen"_s, u"tea:127.0.0.1:0"_s};

} // namespace

namespace {

/// A run by the shell, which sets what it is to begin with; has ended unless it says that it is
/// ready.
struct ShellRun
{
    explicit ShellRun(const QString &before, const QString &after = {})
    {
        process.start(u"/bin/sh"_s,
                      {u"-c"_s, u"%1 exec \"$0\" \"$@\" %2"_s.arg(before, after),
                       QStringLiteral(TEAHOUSED), u"--data"_s, folder.filePath(u"data"_s),
                       u"--listen"_s, u"tea:127.0.0.1:0"_s});
    }
    ~ShellRun()
    {
        process.kill();
        process.waitForFinished();
    }

    QString errors()
    {
        said += process.readAllStandardError();
        return QString::fromUtf8(said);
    }

    QTemporaryDir folder;
    QProcess process;
    QByteArray said;
};

} // namespace

void TestTeahoused::tooFewDescriptors_data()
{
    QTest::addColumn<int>("descriptors");
    QTest::addColumn<bool>("enough");
    QTest::newRow("not even for the loop") << 10 << false;
    QTest::newRow("nobody could come in") << 16 << false;
    QTest::newRow("limit - 1") << 65 << false;
    QTest::newRow("limit") << 66 << true;
}

void TestTeahoused::tooFewDescriptors()
{
    QFETCH(int, descriptors);
    QFETCH(bool, enough);
    ShellRun run(u"ulimit -n %1;"_s.arg(descriptors));
    if (enough) {
        QTRY_VERIFY2(run.errors().contains(u"room for 1 of"_s), qPrintable(run.errors()));
        return;
    }
    QTRY_COMPARE(run.process.state(), QProcess::NotRunning);
    QCOMPARE(run.process.exitCode(), 1);
    QVERIFY2(run.errors().contains(u"ulimit -n"_s), qPrintable(run.errors()));
}

/// No file of the server takes the numbers of the standard streams.
void TestTeahoused::closedStreams()
{
    ShellRun run({}, u"<&- >&-"_s);
    QTRY_VERIFY2(run.errors().contains(u"sessions"_s), qPrintable(run.errors()));
    const QString descriptors = u"/proc/%1/fd/"_s.arg(run.process.processId());
    if (!QFile::exists(descriptors))
        QSKIP("there is no /proc here");
    QCOMPARE(QFile::symLinkTarget(descriptors + u'0'), u"/dev/null"_s);
    QCOMPARE(QFile::symLinkTarget(descriptors + u'1'), u"/dev/null"_s);
}

void TestTeahoused::fullStreams()
{
    if (!QFile::exists(u"/dev/full"_s))
        QSKIP("there is no /dev/full here");
    ShellRun server({}, u">/dev/full"_s);
    QTRY_VERIFY2(server.errors().contains(u"the doors are open: listening tea"_s),
                 qPrintable(server.errors()));
    QVERIFY(!server.errors().contains(u"claim"_s));
    ShellRun version({}, u"--version >/dev/full"_s);
    QTRY_COMPARE(version.process.state(), QProcess::NotRunning);
    QCOMPARE(version.process.exitCode(), 1);
}

void TestTeahoused::runsUntilTheSignal_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestTeahoused::runsUntilTheSignal()
{
    QFETCH(const int, number);
    Program program(onLoopback);
    QTRY_VERIFY(program.isReady());
    QCOMPARE(program.lines().size(), 3);
    QVERIFY(program.lines().at(1).startsWith(u"claim "_s)); // nobody has claimed it yet
    QCOMPARE(program.lines().at(2), u"ready"_s);
    const QStringList words = program.lines().first().split(u' ');
    QCOMPARE(words.mid(0, 3), QStringList({u"listening"_s, u"tea"_s, u"127.0.0.1"_s}));
    const quint16 port = words.value(3).toUShort();
    QVERIFY(port > 0);

    QTcpSocket peer;
    peer.connectToHost(u"127.0.0.1"_s, port);
    QTRY_VERIFY(peer.canReadLine());
    QCOMPARE(peer.readLine(), QByteArray("Welcome to Teahouse\r\n"));

    program.signal(number);
    QTRY_VERIFY(program.hasEnded());
    QCOMPARE(program.exitCode(), 0);
    QVERIFY(peer.readAll().contains("The server is stopping."));
    QVERIFY2(program.errors().contains(u"in memory only"), qPrintable(program.errors()));
}

void TestTeahoused::secondSignalEndsAtOnce()
{
    Program program(onLoopback);
    QTRY_VERIFY(program.isReady());
    // A peer that never ends the connection from its side is waited for.
    const int peer = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(program.lines().first().section(u' ', 3).toUShort());
    QCOMPARE(::connect(peer, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    program.signal(SIGTERM);
    QByteArray heard;
    char byte = 0;
    while (::recv(peer, &byte, 1, 0) == 1)
        heard += byte;
    QVERIFY2(heard.contains("The server is stopping."), heard.constData());
    QVERIFY(!program.hasEnded());
    program.signal(SIGTERM);
    QTRY_VERIFY(program.hasEnded());
    QCOMPARE(program.exitCode(), 1);
    ::close(peer);
}

void TestTeahoused::outlivesAHangUp()
{
    Program program(onLoopback);
    QTRY_VERIFY(program.isReady());
    program.signal(SIGHUP);
    QTRY_VERIFY(program.errors().contains(u"SIGHUP"));
    program.signal(SIGTERM);
    QTRY_VERIFY(program.hasEnded());
    QCOMPARE(program.exitCode(), 0);
}

/// The key stays, and is told before the server says that it is ready.
void TestTeahoused::tellsItsFingerprint()
{
    QTemporaryDir folder;
    const QStringList arguments = {u"--data"_s, folder.path(), u"--listen"_s,
                                   u"front:127.0.0.1:0"_s};
    QString first;
    for (int run = 0; run < 2; ++run) {
        Program program(arguments);
        QTRY_VERIFY(program.isReady());
        const QStringList found = program.lines().filter(u"fingerprint sha256:"_s);
        QCOMPARE(found.size(), 1);
        QVERIFY(Fingerprint::parse(found.first().section(u' ', 1)));
        QCOMPARE(program.lines().last(), u"ready"_s);
        QVERIFY(first.isEmpty() || first == found.first());
        first = found.first();
    }
}

/// A certificate is read again without anybody being dropped, and a bad one is not taken.
void TestTeahoused::readsTheCertificateAgain()
{
    QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    };
    constexpr qint64 now = 1'800'000'000'000;
    const QByteArray key = makeKey();
    write(u"a.key"_s, key);
    write(u"a.crt"_s, makeCertificate(key, now));
    Program program({u"--data"_s, u"none"_s, u"--listen"_s, u"front:127.0.0.1:0"_s, u"--set"_s,
                     u"tls.key="_s + folder.filePath(u"a.key"_s), u"--set"_s,
                     u"tls.certificate="_s + folder.filePath(u"a.crt"_s)});
    QTRY_VERIFY(program.isReady());
    QSslSocket before;
    before.setPeerVerifyMode(QSslSocket::VerifyNone);
    before.connectToHostEncrypted(u"127.0.0.1"_s, program.port());
    QTRY_VERIFY(before.isEncrypted());

    const QByteArray other = makeKey();
    write(u"a.key"_s, other);
    program.signal(SIGHUP);
    QTRY_VERIFY2(program.errors().contains(u"belong together"), qPrintable(program.errors()));
    QVERIFY(program.errors().contains(u"stays as it was"_s));
    write(u"a.crt"_s, makeCertificate(other, now));
    program.signal(SIGHUP);
    QTRY_VERIFY2(program.errors().contains(u"is another one"), qPrintable(program.errors()));

    QSslSocket after;
    after.setPeerVerifyMode(QSslSocket::VerifyNone);
    after.connectToHostEncrypted(u"127.0.0.1"_s, program.port());
    QTRY_VERIFY(after.isEncrypted());
    QVERIFY(after.peerCertificate() != before.peerCertificate());
    before.write("login ann\r\nsay still here\r\n");
    QByteArray heard;
    QTRY_VERIFY((heard += before.readAll()).contains("ann: still here"));
}

void TestTeahoused::usageErrors()
{
    Program program({u"--listen"_s, u"tea:5005"_s});
    QTRY_VERIFY(program.hasEnded());
    QCOMPARE(program.exitCode(), 2);
    QVERIFY(program.lines().isEmpty());
    QVERIFY(program.errors().startsWith(u"teahoused: Cannot listen on \"tea:5005\""));
}

void TestTeahoused::addressInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Program program(
            {u"--data"_s, u"none"_s, u"--listen"_s, u"tea:127.0.0.1:%1"_s.arg(other.serverPort())});
    QTRY_VERIFY(program.hasEnded());
    QCOMPARE(program.exitCode(), 3);
    QVERIFY(program.errors().contains(u"in use"));
}

void TestTeahoused::secondServerOnAFolder()
{
    const QTemporaryDir scratch;
    const QStringList arguments = {u"--data"_s, scratch.filePath(u"data"_s), u"--listen"_s,
                                   u"tea:127.0.0.1:0"_s};
    Program first(arguments);
    QTRY_VERIFY(first.isReady());
    Program second(arguments);
    QTRY_VERIFY(second.hasEnded());
    QCOMPARE(second.exitCode(), 1);
    QVERIFY2(second.errors().contains(u"process id %1"_s.arg(first.pid())),
             qPrintable(second.errors()));
    // A server that was killed leaves no lock behind.
    first.signal(SIGKILL);
    QTRY_VERIFY(first.hasEnded());
    Program third(arguments);
    QTRY_VERIFY(third.isReady());
}

void TestTeahoused::withoutDataNoFileIsMade()
{
    Program none(onLoopback);
    QTRY_VERIFY(none.isReady());
    QVERIFY(QDir(none.home()).isEmpty());
    Program usual({u"--listen"_s, u"tea:127.0.0.1:0"_s});
    QTRY_VERIFY(usual.isReady());
    QVERIFY(QFileInfo::exists(usual.home() + u"/.local/share/teahoused/lock"_s));
}

/// With a data folder, too, where a room without history is in memory only.
void TestTeahoused::settingsBoundWhatIsNotKept()
{
    const QTemporaryDir folder;
    Program program({u"--data"_s, folder.path(), u"--listen"_s, u"tea:127.0.0.1:0"_s, u"--set"_s,
                     u"rooms.retention=off"_s, u"--set"_s, u"memory.items_per_room=2"_s});
    QTRY_VERIFY(program.isReady());
    QTcpSocket peer;
    peer.connectToHost(u"127.0.0.1"_s, program.port());
    peer.write(R"({"do":"login","id":"1","name":"ann"})"
               "\n");
    for (const QByteArray text : {"one", "two", "three"})
        peer.write(R"({"do":"say","id":"2","room":"main","cid":")" + text + R"(","text":")" + text
                   + "\"}\n");
    peer.write(R"({"do":"history","id":"3","room":"main"})"
               "\n");
    QByteArray page;
    const auto isAnswered = [&] {
        while (!page.contains(R"("re":"3")") && peer.canReadLine())
            page = peer.readLine();
        return page.contains(R"("re":"3")");
    };
    QTRY_VERIFY(isAnswered());
    QVERIFY2(!page.contains("one") && page.contains("two") && page.contains("three"), page);
}

void TestTeahoused::helpAndVersion()
{
    Program version({u"version"_s});
    QTRY_VERIFY(version.hasEnded());
    QCOMPARE(version.exitCode(), 0);
    QCOMPARE(version.lines(), QStringList{u"teahoused "_s + QStringLiteral(TEAHOUSE_VERSION)});
    Program help({u"--help"_s});
    QTRY_VERIFY(help.hasEnded());
    QCOMPARE(help.exitCode(), 0);
    QVERIFY(help.lines().first().startsWith(u"Usage: "));
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestTeahoused)
#include "tst_teahoused.moc"
