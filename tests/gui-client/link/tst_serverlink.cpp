#include "gui-client/link/serverlink.h"
#include "shared/limits.h"
#include "tests/gui-client/link/linkfixture.h"

#include <QNetworkInterface>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace std::chrono_literals;
using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using test::FakeServer;
using State = ServerLink::State;
using Kind = LinkFailure::Kind;

class TestServerLink : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void logsIn();
    void readsEverySplit();
    void saysNothingPersonalFirst();
    void tellsRefusals_data();
    void tellsRefusals();
    void noticesOtherServers_data();
    void noticesOtherServers();
    void refusesAnotherProtocol();
    void noticesNobodyListening();
    void noticesUnknownHost();
    void givesUpOnASilentServer();
    void closesAtTheLimitWithoutALineEnd();
    void endsOnRubbishLater();
    void answersPings();
    void noticesADeadPath();
    void matchesRepliesWithRequests();
    void endsRequestsWithTheConnection();
    void comesBackAndResumes();
    void logsInWithAPassword();
    void registers();
    void comesBackByThePassword();
    void comesBackByAPasswordGivenLater();
    void doesNotComeBackWithAWrongPassword();
    void waitsAsLongAsItIsTold();
    void sendsNoPasswordInPlainText();
    void sendsNoPasswordToOtherServers();
    void dropsASecretThatIsRefused();
    void backsOff();
    void reconnectsNow();
    void stops();
    void doesNotComeBack_data();
    void doesNotComeBack();
    void comesBackAfterAShutdown();
    void saysWhyBeforeTheEnd();
    void logsOut();
    void logsOutOfASilentServer();
    void takesAFloodInSlices();

private:
    void goOnline();
    LinkFailure failure();

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<test::FakeAlarms> m_alarms;
    std::unique_ptr<ServerLink> m_link;
    std::unique_ptr<QSignalSpy> m_failed;
    std::unique_ptr<QSignalSpy> m_events;
};

void TestServerLink::init()
{
    m_server = std::make_unique<FakeServer>();
    m_alarms = std::make_unique<test::FakeAlarms>();
    m_link = std::make_unique<ServerLink>(test::fixedTools(*m_alarms));
    m_failed = std::make_unique<QSignalSpy>(m_link.get(), &ServerLink::failed);
    m_events = std::make_unique<QSignalSpy>(m_link.get(), &ServerLink::eventReceived);
}

void TestServerLink::cleanup()
{
    m_failed.reset();
    m_events.reset();
    m_link.reset();
    m_server.reset();
}

void TestServerLink::goOnline()
{
    m_link->open(test::addressOf(*m_server), u"ann"_s);
    QTRY_COMPARE(m_link->state(), State::Online);
}

LinkFailure TestServerLink::failure()
{
    if (m_failed->isEmpty())
        m_failed->wait();
    return m_failed->isEmpty() ? LinkFailure{.text = u"no failure"_s}
                               : m_failed->takeFirst().first().value<LinkFailure>();
}

void TestServerLink::logsIn()
{
    QSignalSpy loggedIn(m_link.get(), &ServerLink::loggedIn);
    goOnline();
    QCOMPARE(loggedIn.size(), 1);
    QCOMPARE(loggedIn.first().at(0).value<Greeting>().server, u"Fake"_s);
    const auto welcome = loggedIn.first().at(1).value<Welcome>();
    QCOMPARE(welcome.user.name, u"ann"_s);
    QCOMPARE(welcome.rooms.size(), 1);
    QCOMPARE(welcome.rooms.first().room, u"main"_s);
    QVERIFY(m_failed->isEmpty());
}

void TestServerLink::readsEverySplit()
{
    m_server->setDribbling();
    goOnline();
    m_server->say(u"bob"_s, u"hello 茶 🍵"_s);
    QTRY_COMPARE(m_events->size(), 1);
    const Event event = m_events->first().first().value<Event>();
    QCOMPARE(std::get<ItemAdded>(event).item.text, u"hello 茶 🍵"_s);
}

void TestServerLink::saysNothingPersonalFirst()
{
    m_server->on(u"hello"_s, [](const Request &) { return std::nullopt; });
    m_link->open(test::addressOf(*m_server), u"ann"_s);
    QSignalSpy requested(m_server.get(), &FakeServer::requested);
    QVERIFY(requested.wait());
    const QList<Request> hello = m_server->take(u"hello"_s);
    QCOMPARE(hello.size(), 1);
    QStringList names;
    for (qsizetype i = 0; i < hello.first().fields.count(); ++i)
        names.append(QString::fromUtf8(hello.first().fields.name(i)));
    QCOMPARE(names, QStringList({u"client"_s, u"do"_s, u"id"_s, u"lang"_s, u"protocol"_s}));
    QVERIFY(m_server->take(u"login"_s).isEmpty());
}

void TestServerLink::tellsRefusals_data()
{
    QTest::addColumn<ErrorCode>("code");
    for (const ErrorCode code :
         {ErrorCode::NameEmpty, ErrorCode::NameTaken, ErrorCode::NameInvalid,
          ErrorCode::WrongPassword, ErrorCode::PasswordRequired, ErrorCode::TlsRequired,
          ErrorCode::Banned, ErrorCode::SlowDown, ErrorCode::ServerFull, ErrorCode::Internal})
        QTest::newRow(errorName(code).data()) << code;
}

void TestServerLink::tellsRefusals()
{
    QFETCH(ErrorCode, code);
    m_server->refuse(u"login"_s, code);
    m_link->open(test::addressOf(*m_server), u"ann"_s);
    const LinkFailure told = failure();
    QCOMPARE(told.kind, Kind::ServerError);
    QCOMPARE(told.error.code, code);
    QCOMPARE(told.text, sentence({.code = code}));
    QCOMPARE(m_link->state(), State::Idle);
    m_alarms->advance(10min);
    QCOMPARE(m_link->state(), State::Idle);
}

void TestServerLink::noticesOtherServers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n");
    QTest::newRow("the original tea party")
            << QByteArray("Welcome to TestChat\r\nPlease log in\nUse \"login <nick>\"\r\n");
    QTest::newRow("SSH") << QByteArray(
            "SSH-2.0-OpenSSH_9\r\nInvalid SSH identification string.\r\n");
    QTest::newRow("bytes without a line end") << QByteArray(8192, '\x16');
    QTest::newRow("NUL bytes") << QByteArray(8192, '\0');
}

void TestServerLink::noticesOtherServers()
{
    QFETCH(QByteArray, bytes);
    m_server->setGreeting(bytes);
    m_server->on(u"hello"_s, [](const Request &) { return std::nullopt; });
    m_link->open(test::addressOf(*m_server), u"ann"_s);
    QCOMPARE(failure().kind, Kind::NotTeahouse);
}

void TestServerLink::refusesAnotherProtocol()
{
    m_server->on(u"hello"_s, [](const Request &) {
        return Reply(Answer(Greeting{u"Fake"_s, u"9"_s, 2, u"e"_s, {}}));
    });
    m_link->open(test::addressOf(*m_server), u"ann"_s);
    QCOMPARE(failure().kind, Kind::ProtocolMismatch);
    m_server->refuse(u"hello"_s, ErrorCode::ProtocolMismatch);
    m_link->open(test::addressOf(*m_server), u"ann"_s);
    QCOMPARE(failure().kind, Kind::ProtocolMismatch);
}

void TestServerLink::noticesNobodyListening()
{
    m_server->stopListening();
    m_link->open(test::addressOf(*m_server), u"ann"_s);
    QCOMPARE(failure().kind, Kind::Refused);
}

void TestServerLink::noticesUnknownHost()
{
    m_link->open({u"no-such-host.invalid"_s, 5005}, u"ann"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_failed->size(), 1, 30000);
    QCOMPARE(failure().kind, Kind::HostNotFound);
}

void TestServerLink::givesUpOnASilentServer()
{
    m_server->setMute();
    m_link->open(test::addressOf(*m_server), u"ann"_s);
    QTRY_COMPARE(m_link->state(), State::LoggingIn);
    m_alarms->advance(19s);
    QVERIFY(m_failed->isEmpty());
    m_alarms->advance(1s);
    QCOMPARE(failure().kind, Kind::TimedOut);
}

void TestServerLink::closesAtTheLimitWithoutALineEnd()
{
    goOnline();
    QByteArray line = "{\"ev\":\"notice\",\"text\":\"\"";
    line += QByteArray(limits::reply - line.size() - 1, ' ') + '}';
    m_server->sendBytes(line + '\n');
    QTRY_COMPARE(m_events->size(), 1);
    m_server->sendBytes(line + "  "); // one of them might still be the `\r` of a line end
    QCOMPARE(failure().kind, Kind::TooLong);
    QCOMPARE(m_link->state(), State::Idle);
}

void TestServerLink::endsOnRubbishLater()
{
    goOnline();
    m_server->sendBytes("[1]\n");
    QCOMPARE(failure().kind, Kind::ProtocolMismatch);
}

void TestServerLink::answersPings()
{
    goOnline();
    m_server->send(Ping{});
    QTRY_COMPARE(m_server->count(u"ping"_s), 1);
    m_server->take(u"ping"_s);
    m_server->sendBytes("{\"ev\":\"from the future\"}\n{\"re\":\"999\",\"ok\":true}\n{}\n");
    m_server->send(Ping{});
    QTRY_COMPARE(m_server->count(u"ping"_s), 1);
    m_server->take(u"ping"_s);
    QVERIFY(m_events->isEmpty());
}

void TestServerLink::noticesADeadPath()
{
    QSignalSpy lost(m_link.get(), &ServerLink::lost);
    goOnline();
    m_server->on(u"ping"_s, [](const Request &) { return std::nullopt; });
    m_alarms->advance(30s);
    QTRY_COMPARE(m_server->count(u"ping"_s), 1);
    m_server->take(u"ping"_s);
    QCOMPARE(m_link->state(), State::Online);
    m_alarms->advance(15s);
    QCOMPARE(lost.size(), 1);
    QCOMPARE(lost.first().first().value<LinkFailure>().kind, Kind::TimedOut);
    QCOMPARE(m_link->state(), State::Waiting);
}

void TestServerLink::matchesRepliesWithRequests()
{
    goOnline();
    m_server->refuse(u"topic"_s, ErrorCode::NotAllowed);
    QStringList ended;
    auto gone = std::make_unique<QObject>();
    m_link->request(
            nativeRequest(u"history"_s, {{"room"_L1, u"main"_s}}),
            [&](const Outcome &outcome) {
                ended += outcome.as<HistoryPage>() ? u"page"_s : u"other"_s;
            },
            this);
    m_link->request(
            nativeRequest(u"join"_s), [&](const Outcome &) { ended += u"dead"_s; }, gone.get());
    m_link->request(
            nativeRequest(u"topic"_s),
            [&](const Outcome &outcome) {
                ended += outcome.kind == Outcome::Kind::Refused
                        ? QString(errorName(outcome.error.code))
                        : u"other"_s;
            },
            this);
    gone.reset();
    QTRY_COMPARE(ended, QStringList({u"page"_s, u"not-allowed"_s}));
}

void TestServerLink::endsRequestsWithTheConnection()
{
    QList<Outcome::Kind> ended;
    const auto note = [&](const Outcome &outcome) { ended.append(outcome.kind); };
    m_link->request(nativeRequest(u"who"_s), note, this);
    QCOMPARE(ended, QList{Outcome::Kind::Lost});
    goOnline();
    m_server->on(u"who"_s, [](const Request &) { return std::nullopt; });
    m_link->request(nativeRequest(u"who"_s), note, this);
    m_link->request(nativeRequest(u"who"_s), note, this);
    QTRY_COMPARE(m_server->count(u"who"_s), 2);
    m_server->take(u"who"_s);
    m_server->drop();
    QTRY_COMPARE(ended.size(), 3);
    QCOMPARE(ended.last(), Outcome::Kind::Lost);
}

void TestServerLink::comesBackAndResumes()
{
    goOnline();
    QVERIFY(!m_server->take(u"login"_s).first().fields.contains("resume"_L1));
    m_server->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_alarms->advance(1s);
    QTRY_COMPARE(m_link->state(), State::Online);
    const QList<Request> logins = m_server->take(u"login"_s);
    QCOMPARE(logins.first().fields.text("resume"_L1), u"secret of ann"_s);
    QCOMPARE(m_server->connections(), 2);
}

void TestServerLink::logsInWithAPassword()
{
    m_server->setFeatures({u"guests"_s, u"register"_s});
    Credentials as(u"ann"_s);
    as.password = u"Oolong 茶 42"_s;
    m_link->open(test::addressOf(*m_server), as);
    QTRY_COMPARE(m_link->state(), State::Online);
    QCOMPARE(m_link->greeting().features, QStringList({u"guests"_s, u"register"_s}));
    const QList<Request> login = m_server->take(u"login"_s);
    QCOMPARE(login.size(), 1);
    QCOMPARE(test::argumentsOf(login.first()),
             QJsonObject({{"name"_L1, u"ann"_s}, {"password"_L1, as.password}}));
}

void TestServerLink::registers()
{
    Credentials as(u"ann"_s);
    as.password = u"jasmine tea"_s;
    as.invite = u"code"_s;
    as.isNew = true;
    m_server->on(u"register"_s,
                 [](const Request &) { return Reply(Error{.code = ErrorCode::InviteRequired}); });
    m_link->open(test::addressOf(*m_server), as);
    QCOMPARE(failure().error.code, ErrorCode::InviteRequired);
    QVERIFY(m_server->take(u"login"_s).isEmpty());
    m_server->take(u"register"_s);
    m_server->acceptAgain(u"register"_s);

    QSignalSpy loggedIn(m_link.get(), &ServerLink::loggedIn);
    m_link->open(test::addressOf(*m_server), as);
    QTRY_COMPARE(loggedIn.size(), 1);
    QVERIFY(loggedIn.first().at(1).value<Welcome>().user.registered);
    const QList<Request> asked = m_server->take(u"register"_s);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(test::argumentsOf(asked.first()),
             QJsonObject({{"name"_L1, u"ann"_s},
                          {"password"_L1, as.password},
                          {"invite"_L1, u"code"_s}}));

    // Once it is there, it is not registered again.
    m_server->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_alarms->advance(1s);
    QTRY_COMPARE(loggedIn.size(), 2);
    QVERIFY(m_server->take(u"register"_s).isEmpty());
    QCOMPARE(m_server->take(u"login"_s).first().fields.text("password"_L1), as.password);
}

void TestServerLink::comesBackByThePassword()
{
    Credentials as(u"ann"_s);
    as.password = u"jasmine tea"_s;
    m_link->open(test::addressOf(*m_server), as);
    QTRY_COMPARE(m_link->state(), State::Online);
    m_server->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_server->take(u"login"_s);
    m_alarms->advance(1s);
    QTRY_COMPARE(m_link->state(), State::Online);
    QCOMPARE(test::argumentsOf(m_server->take(u"login"_s).first()),
             QJsonObject({{"name"_L1, u"ann"_s}, {"password"_L1, as.password}}));

    // Logging out forgets it: coming back is no longer possible.
    QSignalSpy out(m_link.get(), &ServerLink::loggedOut);
    m_link->logout();
    QTRY_COMPARE(out.size(), 1);
    m_link->reconnectNow();
    QCOMPARE(m_link->state(), State::Idle);
}

void TestServerLink::comesBackByAPasswordGivenLater()
{
    goOnline();
    m_link->keepPassword(u"given later"_s);
    m_server->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_server->take(u"login"_s);
    m_alarms->advance(1s);
    QTRY_COMPARE(m_link->state(), State::Online);
    QCOMPARE(test::argumentsOf(m_server->take(u"login"_s).first()),
             QJsonObject({{"name"_L1, u"ann"_s}, {"password"_L1, u"given later"_s}}));
}

void TestServerLink::doesNotComeBackWithAWrongPassword()
{
    Credentials as(u"ann"_s);
    as.password = u"jasmine tea"_s;
    m_link->open(test::addressOf(*m_server), as);
    QTRY_COMPARE(m_link->state(), State::Online);
    m_server->refuse(u"login"_s, ErrorCode::WrongPassword);
    m_server->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_server->take(u"login"_s);
    m_alarms->advance(1s);
    QCOMPARE(failure().error.code, ErrorCode::WrongPassword);
    QCOMPARE(m_link->state(), State::Idle);
    QCOMPARE(m_server->count(u"login"_s), 1); // and not as a guest either
}

void TestServerLink::waitsAsLongAsItIsTold()
{
    goOnline();
    m_server->on(u"login"_s, [](const Request &) {
        return Reply(Error{.code = ErrorCode::SlowDown, .retryMs = 30'000});
    });
    m_server->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    QSignalSpy waiting(m_link.get(), &ServerLink::reconnecting);
    m_link->reconnectNow();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    QCOMPARE(waiting.first().first().toInt(), 30);
}

void TestServerLink::sendsNoPasswordInPlainText()
{
    // Another address of this computer stands for another computer.
    const auto all = QNetworkInterface::allAddresses();
    const auto far = std::find_if(all.cbegin(), all.cend(), [](const QHostAddress &each) {
        return each.protocol() == QAbstractSocket::IPv4Protocol && !each.isLoopback();
    });
    if (far == all.cend())
        QSKIP("there is no network interface besides the loopback");
    m_server->moveTo(*far);
    const ServerAddress address{far->toString(), m_server->port()};
    const Acquaintance agreed{.mayBePlain = true}; // to what is not secret
    Credentials as(u"ann"_s);
    as.password = u"jasmine tea"_s;
    m_link->open(address, as, ChatProtocol::Teahouse, agreed);
    QCOMPARE(failure().kind, Kind::PlainText);
    QVERIFY(m_server->take(u"login"_s).isEmpty());
    QCOMPARE(m_server->take(u"hello"_s).size(), 1);

    as.overPlainText = true; // the person was asked
    m_link->open(address, as, ChatProtocol::Teahouse, agreed);
    QTRY_COMPARE(m_link->state(), State::Online);
    QVERIFY(m_link->isPasswordSafe());

    as = Credentials(u"ann"_s); // a guest has nothing to hide
    m_link->open(address, as, ChatProtocol::Teahouse, agreed);
    QTRY_COMPARE(m_link->state(), State::Online);
    QVERIFY(!m_link->isPasswordSafe());
    m_link->allowPlainText();
    QVERIFY(m_link->isPasswordSafe());
}

void TestServerLink::sendsNoPasswordToOtherServers()
{
    m_server->setGreeting("Connect Success");
    Credentials as(u"ann"_s);
    as.password = u"jasmine tea"_s;
    m_link->open(test::addressOf(*m_server), as, ChatProtocol::Automatic);
    QCOMPARE(failure().kind, Kind::NoAccounts);
}

void TestServerLink::dropsASecretThatIsRefused()
{
    goOnline();
    m_server->take(u"login"_s);
    m_server->on(u"login"_s, [](const Request &request) {
        return request.fields.contains("resume"_L1)
                ? Reply(Error{.code = ErrorCode::WrongPassword})
                : Reply(Answer(Welcome{{u"ann"_s, false, {}}, u"new"_s, {}}));
    });
    m_server->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_alarms->advance(1s);
    QTRY_COMPARE(m_link->state(), State::Online);
    QCOMPARE(m_server->take(u"login"_s).size(), 2);
    QVERIFY(m_failed->isEmpty());
}

void TestServerLink::backsOff()
{
    QSignalSpy reconnecting(m_link.get(), &ServerLink::reconnecting);
    goOnline();
    m_server->stopListening();
    m_server->drop();
    for (const int seconds : {1, 2, 4, 8, 16, 30, 30}) {
        QTRY_COMPARE(m_link->state(), State::Waiting);
        QCOMPARE(reconnecting.takeFirst().first().toInt(), seconds);
        for (int left = seconds - 1; left > 0; --left) {
            m_alarms->advance(1s);
            QCOMPARE(reconnecting.takeFirst().first().toInt(), left);
        }
        m_alarms->advance(1s);
        QCOMPARE(m_link->state(), State::Connecting);
    }
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_server->listenAgain();
    m_alarms->advance(30s);
    QTRY_COMPARE(m_link->state(), State::Online);
    reconnecting.clear();
    m_server->drop();
    QTRY_COMPARE(reconnecting.size(), 1);
    QCOMPARE(reconnecting.first().first().toInt(), 1);
}

void TestServerLink::reconnectsNow()
{
    goOnline();
    m_link->reconnectNow(); // nothing to do
    m_server->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_link->reconnectNow();
    QTRY_COMPARE(m_link->state(), State::Online);
    QCOMPARE(m_server->connections(), 2);
}

void TestServerLink::stops()
{
    goOnline();
    m_server->drop();
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_link->stop();
    QCOMPARE(m_link->state(), State::Idle);
    m_alarms->advance(1h);
    QCOMPARE(m_link->state(), State::Idle);
    m_link->reconnectNow();
    QTRY_COMPARE(m_link->state(), State::Online);
}

void TestServerLink::doesNotComeBack_data()
{
    QTest::addColumn<ClosingCode>("code");
    for (const ClosingCode code : {ClosingCode::Kicked, ClosingCode::Banned, ClosingCode::Replaced,
                                   ClosingCode::PasswordChanged, ClosingCode::ProtocolMismatch})
        QTest::newRow(closingName(code).data()) << code;
}

void TestServerLink::doesNotComeBack()
{
    QFETCH(ClosingCode, code);
    goOnline();
    const Closing closing{code, u"because"_s, u"spam"_s, 5000, u"ann"_s};
    m_server->send(closing);
    m_server->hangUp();
    const LinkFailure told = failure();
    QCOMPARE(told.kind, Kind::Closing);
    QCOMPARE(told.closing, closing);
    m_alarms->advance(1h);
    m_link->reconnectNow();
    QCOMPARE(m_link->state(), State::Idle);
}

void TestServerLink::comesBackAfterAShutdown()
{
    goOnline();
    m_server->send(Closing{ClosingCode::Shutdown, {}});
    QTRY_COMPARE(m_link->state(), State::Waiting);
    m_alarms->advance(1s);
    QTRY_COMPARE(m_link->state(), State::Online);
    m_server->sendBytes("{\"ev\":\"closing\",\"code\":\"shutdown\",\"retry\":false}\n");
    QCOMPARE(failure().closing.code, ClosingCode::Shutdown);
    QCOMPARE(m_link->state(), State::Idle);
}

void TestServerLink::saysWhyBeforeTheEnd()
{
    m_server->setGreeting({});
    m_server->on(u"hello"_s, [this](const Request &) -> std::optional<Reply> {
        m_server->send(Closing{ClosingCode::ServerFull, u"full"_s});
        m_server->hangUp();
        return std::nullopt;
    });
    m_link->open(test::addressOf(*m_server), u"ann"_s);
    const LinkFailure told = failure();
    QCOMPARE(told.kind, Kind::Closing);
    QCOMPARE(told.closing.code, ClosingCode::ServerFull);
}

void TestServerLink::logsOut()
{
    QSignalSpy loggedOut(m_link.get(), &ServerLink::loggedOut);
    goOnline();
    m_link->request(nativeRequest(u"say"_s, {{"text"_L1, u"bye"_s}}), {}, this);
    m_link->logout();
    QCOMPARE(m_link->state(), State::LoggingOut);
    QTRY_COMPARE(loggedOut.size(), 1);
    QCOMPARE(m_server->takeVerbs(), QStringList({u"say"_s, u"logout"_s}));
    QCOMPARE(m_link->state(), State::Idle);
    QVERIFY(m_failed->isEmpty());
}

void TestServerLink::logsOutOfASilentServer()
{
    QSignalSpy loggedOut(m_link.get(), &ServerLink::loggedOut);
    goOnline();
    m_server->setMute();
    m_link->logout();
    m_alarms->advance(1999ms);
    QCOMPARE(loggedOut.size(), 0);
    m_alarms->advance(1ms);
    QCOMPARE(loggedOut.size(), 1);
    QCOMPARE(m_link->state(), State::Idle);
}

void TestServerLink::takesAFloodInSlices()
{
    goOnline();
    constexpr int count = 5000;
    int most = 0;
    int before = 0;
    QTimer turns;
    connect(&turns, &QTimer::timeout, this, [&] {
        most = std::max(most, static_cast<int>(m_events->size()) - before);
        before = static_cast<int>(m_events->size());
    });
    turns.start(0);
    for (int i = 1; i <= count; ++i)
        m_server->send(
                ItemAdded{FakeServer::message(static_cast<quint64>(i), u"bob"_s, u"x"_s), {}});
    m_server->send(Closing{ClosingCode::Kicked, {}});
    m_server->hangUp();
    QTRY_COMPARE(m_events->size(), count);
    QCOMPARE(failure().closing.code, ClosingCode::Kicked);
    QVERIFY2(most < 1000, qPrintable(QString::number(most)));
}

QTEST_GUILESS_MAIN(TestServerLink)
#include "tst_serverlink.moc"
