#include "server/app/server.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

class TestServer : public QObject
{
    Q_OBJECT

private slots:
    void stopsWithoutDoors();
    void choosesPorts();
    void addressInUse();
    void addressOfAnotherMachine();
    void failureOpensNothing();
    void tellsEveryoneThatItStops();
    void whatWasSaidBeforeTheEndIsHeard();
    void settingsReachTheLayers();
    void silentPeersDoNotKeepItRunning();
    void saysWhyNothingIsAnnounced();
};

namespace {

const ListenSpec tea{u"tea"_s, u"127.0.0.1"_s, 0};

/// A person at the tea door.
class Person
{
public:
    explicit Person(const Server &server, const QByteArray &name)
    {
        m_socket.connectToHost(u"127.0.0.1"_s, server.listening().first().port);
        say("login " + name);
    }

    void say(const QByteArray &line) { m_socket.write(line + "\r\n"); }
    bool hasHeard(const QByteArray &text)
    {
        m_heard += m_socket.readAll();
        return m_heard.contains(text);
    }
    bool isGone() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }

private:
    QTcpSocket m_socket;
    QByteArray m_heard;
};

} // namespace

void TestServer::stopsWithoutDoors()
{
    Server server({}, {u"1"_s});
    QSignalSpy stopped(&server, &Server::stopped);
    QCOMPARE(server.start({}), std::nullopt);
    server.stop();
    server.stop();
    QCOMPARE(stopped.size(), 0);
    QTRY_COMPARE(stopped.size(), 1);
}

void TestServer::choosesPorts()
{
    Server server({}, {u"1"_s});
    QVERIFY(!server.start({tea, {u"wx"_s, {}, 0}}));
    const QList<ListenSpec> doors = server.listening();
    QCOMPARE(doors.size(), 2);
    QCOMPARE(doors.at(0).dialect, u"tea"_s);
    QCOMPARE(doors.at(0).host, u"127.0.0.1"_s);
    QVERIFY(doors.at(0).port > 0);
    QCOMPARE(doors.at(1).dialect, u"wx"_s);
    QCOMPARE(doors.at(1).host, QString());
    QVERIFY(doors.at(1).port > 0 && doors.at(1).port != doors.at(0).port);
}

void TestServer::addressInUse()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    Server server({}, {u"1"_s});
    const auto failure = server.start({{u"tea"_s, u"127.0.0.1"_s, other.serverPort()}});
    QVERIFY(failure);
    QCOMPARE(failure->code, ExitCode::AddressInUse);
    const QString address = u"tea 127.0.0.1:%1"_s.arg(other.serverPort());
    QVERIFY2(failure->text.contains(address), qPrintable(failure->text));
    QVERIFY2(failure->text.contains(u"in use") && failure->text.contains(u"--listen"),
             qPrintable(failure->text));
}

void TestServer::addressOfAnotherMachine()
{
    Server server({}, {u"1"_s});
    // Documentation addresses (RFC 5737) belong to no machine.
    const auto failure = server.start({{u"tea"_s, u"192.0.2.1"_s, 0}});
    QVERIFY(failure);
    QCOMPARE(failure->code, ExitCode::Failure);
    QVERIFY2(failure->text.contains(u"192.0.2.1"), qPrintable(failure->text));
}

void TestServer::failureOpensNothing()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    QTcpServer free;
    QVERIFY(free.listen(QHostAddress::LocalHost));
    const quint16 port = free.serverPort();
    free.close();
    Server server({}, {u"1"_s});
    QVERIFY(server.start(
            {{u"tea"_s, u"127.0.0.1"_s, port}, {u"tea"_s, u"127.0.0.1"_s, other.serverPort()}}));
    QVERIFY(server.listening().isEmpty());
    QVERIFY(free.listen(QHostAddress::LocalHost, port));
}

void TestServer::tellsEveryoneThatItStops()
{
    Server server({}, {u"1"_s});
    QVERIFY(!server.start({tea}));
    Person ann(server, "ann");
    Person bob(server, "bob");
    bob.say("look");
    QTRY_VERIFY(bob.hasHeard("ann\r\n") && bob.hasHeard("bob\r\n"));
    QCOMPARE(server.connections(), 2);

    QSignalSpy stopped(&server, &Server::stopped);
    server.stop(u"Back in five minutes."_s);
    QTRY_COMPARE(stopped.size(), 1);
    QTRY_VERIFY(ann.isGone() && bob.isGone());
    QVERIFY(ann.hasHeard("Back in five minutes.\r\n"));
    QVERIFY(bob.hasHeard("Back in five minutes.\r\n"));
    QVERIFY(server.listening().isEmpty());
    QCOMPARE(server.connections(), 0);
}

void TestServer::whatWasSaidBeforeTheEndIsHeard()
{
    Server server({}, {u"1"_s});
    QVERIFY(!server.start({tea}));
    Person ann(server, "ann");
    Person bob(server, "bob");
    bob.say("look");
    QTRY_VERIFY(bob.hasHeard("ann\r\n"));
    ann.say("say hello");
    ann.say("logout");
    QTRY_VERIFY(bob.hasHeard("ann: hello\r\nann has left the room.\r\n"));
}

void TestServer::settingsReachTheLayers()
{
    Settings settings;
    settings.serverName = u"茶馆"_s;
    settings.exempt = {};
    settings.connectionsPerAddress = 2;
    Server server(settings, {u"1"_s});
    QVERIFY(!server.start({tea}));
    Person ann(server, "ann");
    Person bob(server, "bob");
    Person eve(server, "eve");
    QTRY_VERIFY(ann.hasHeard("Welcome to 茶馆\r\n") && bob.hasHeard("Welcome to 茶馆\r\n"));
    QTRY_VERIFY(eve.isGone());
    QVERIFY(eve.hasHeard("The server is full"));
}

void TestServer::silentPeersDoNotKeepItRunning()
{
    Server server({}, {u"1"_s});
    QVERIFY(!server.start({tea}));
    QTcpSocket silent;
    silent.connectToHost(u"127.0.0.1"_s, server.listening().first().port);
    QTRY_COMPARE(server.connections(), 1);
    QSignalSpy stopped(&server, &Server::stopped);
    server.stop();
    QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, 5000);
}

/// A door that is no front door is not announced.
void TestServer::saysWhyNothingIsAnnounced()
{
    Settings settings;
    settings.announce = true;
    Server server(settings, {u"1"_s});
    QTest::ignoreMessage(
            QtWarningMsg,
            QRegularExpression(u"nothing is announced.*no door front.*--listen front:"_s));
    QVERIFY(!server.start({tea}));
    QCOMPARE(server.listening().size(), 1);
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestServer)
#include "tst_server.moc"
