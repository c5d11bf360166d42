#include "gui-client/link/chatsession.h"
#include "tests/gui-client/link/linkfixture.h"
#include "tests/support/fakeoriginal.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using test::FakeOriginal;

namespace {

/// A session, and what it has told.
struct Visitor
{
    Visitor()
    {
        QObject::connect(&session, &ChatSession::loggedIn, &session,
                         [this](ChatSession::Start, const Greeting &, const Welcome &welcome) {
                             room = welcome.rooms.constFirst();
                             name = welcome.user.name;
                         });
        QObject::connect(&session, &ChatSession::eventReceived, &session,
                         [this](const Event &event) { heard(event); });
        QObject::connect(&session, &ChatSession::acknowledged, &session,
                         [this](const QString &, const QString &cid, const Said &said) {
                             events.append(u"sent %1 as %2"_s.arg(cid).arg(said.seq));
                         });
        QObject::connect(
                &session, &ChatSession::messageFailed, &session,
                [this](const QString &, const QString &cid) { events.append(u"failed "_s + cid); });
        QObject::connect(&session, &ChatSession::membersReceived, &session,
                         [this](const QString &, const PersonList &list) {
                             people.clear();
                             for (const Person &person : list.people)
                                 people.append(person.name);
                         });
        QObject::connect(&session.link(), &ServerLink::failed, &session,
                         [this](const LinkFailure &why) { failure = why; });
    }

    void heard(const Event &event)
    {
        if (const auto *item = std::get_if<ItemAdded>(&event))
            events.append(u"%1 %2: %3"_s.arg(item->item.seq).arg(item->item.from, item->item.text));
        else if (const auto *entered = std::get_if<Entered>(&event))
            events.append(u"came "_s + entered->name);
        else if (const auto *left = std::get_if<Left>(&event))
            events.append(u"went "_s + left->name);
        else if (const auto *notice = std::get_if<Notice>(&event))
            events.append(u"notice "_s + notice->text);
    }

    void open(const FakeOriginal &server, const QString &as, ChatProtocol protocol)
    {
        session.open({u"127.0.0.1"_s, server.port()}, as, protocol);
    }
    ServerLink::State state() { return session.link().state(); }
    bool isOnline() { return state() == ServerLink::State::Online; }
    QString say(const QString &text) { return session.say(room.room, text); }
    QStringList take() { return std::exchange(events, {}); }

    test::FakeAlarms alarms;
    ChatSession session{test::fixedTools(alarms)};
    RoomState room;
    QString name;
    QStringList events;
    QStringList people;
    std::optional<LinkFailure> failure;
};

} // namespace

/// The client's session with servers that are not ours.
class TestOriginals : public QObject
{
    Q_OBJECT

private slots:
    void logsInToTea_data();
    void logsInToTea();
    void asksTeaNothingPersonalFirst();
    void logsInToWx();
    void logsInToGuest();
    void logsInToRelay();
    void logsInToLine();
    void logsInToNul();
    void saysWhenANameIsTaken_data();
    void saysWhenANameIsTaken();
    void needsANameWhereThereAreNames();
    void saysWhenNothingIsSaid();
    void saysWhenALineServerEchoesTheQuestion();
    void sendsLinesOneByOne();
    void neverSendsAgainByItself();
    void sendsLaterWhatWasNeverSent();
    void failsWhatTheServerPassedOver();
    void comesBackToATakenName();
    void logsOut();
    void givesUpOnAnEndlessLine();
};

void TestOriginals::logsInToTea_data()
{
    QTest::addColumn<ChatProtocol>("protocol");
    QTest::addColumn<bool>("dribbling");
    QTest::newRow("told") << ChatProtocol::Tea << false;
    QTest::newRow("found out") << ChatProtocol::Automatic << false;
    QTest::newRow("told, byte by byte") << ChatProtocol::Tea << true;
    QTest::newRow("found out, byte by byte") << ChatProtocol::Automatic << true;
}

void TestOriginals::logsInToTea()
{
    QFETCH(const ChatProtocol, protocol);
    QFETCH(const bool, dribbling);
    FakeOriginal server(ChatProtocol::Tea);
    server.addName(u"bob"_s);
    if (dribbling)
        server.setDribbling();
    Visitor ann;
    ann.open(server, u"ann"_s, protocol);
    QTRY_VERIFY(ann.isOnline());
    QCOMPARE(ann.session.link().protocol(), ChatProtocol::Tea);
    QCOMPARE(server.connections(), 1); // found out on one and the same connection
    QCOMPARE(ann.room.room, u"Old Tea"_s);
    QCOMPARE(ann.name, u"ann"_s);
    const QByteArray received = server.takeReceived();
    QVERIFY(received.endsWith("login ann\r\nlook\r\n"));
    QCOMPARE(received.contains("\"do\":\"hello\""), protocol == ChatProtocol::Automatic);

    ann.session.loadMembers(ann.room.room); // shares the answer to the login's question
    QTRY_VERIFY(ann.session.link().state() == ServerLink::State::Online);
    ann.session.say(ann.room.room, u"hello"_s);
    QTRY_COMPARE(ann.events, QStringList(u"sent cid1 as 1"_s));
    ann.events.clear();
    QCOMPARE(ann.people, QStringList({u"bob"_s, u"ann"_s}));
    QCOMPARE(server.takeReceived(), QByteArray("say hello\r\n"));
    server.sendBytes("bob: hi ann\r\ncarl has entered the room.\r\nbob has left the room.\r\n"
                     "Tea is ready\r\n");
    const QStringList expected{u"2 bob: hi ann"_s, u"came carl"_s, u"went bob"_s,
                               u"notice Tea is ready"_s};
    QTRY_COMPARE(ann.events, expected);
}

void TestOriginals::asksTeaNothingPersonalFirst()
{
    FakeOriginal server(ChatProtocol::Tea);
    server.setSwallowing(true);
    Visitor ann;
    ann.open(server, u"ann"_s, ChatProtocol::Automatic);
    QTRY_VERIFY(server.received().endsWith('\n'));
    QVERIFY(server.received().contains("\"do\":\"hello\""));
    QVERIFY(!server.received().contains("ann"));
}

void TestOriginals::logsInToWx()
{
    FakeOriginal server(ChatProtocol::Wx);
    server.addName(u"bob"_s);
    Visitor ann;
    ann.open(server, u"ann"_s, ChatProtocol::Automatic);
    QTRY_VERIFY(ann.isOnline());
    QCOMPARE(ann.session.link().protocol(), ChatProtocol::Wx);
    QCOMPARE(ann.room.room, u"127.0.0.1:%1"_s.arg(server.port()));
    ann.session.loadMembers(ann.room.room);
    ann.say(u"茶"_s);
    QTRY_COMPARE(ann.events, QStringList(u"sent cid1 as 1"_s));
    ann.events.clear();
    QCOMPARE(ann.people, QStringList({u"bob"_s, u"ann"_s}));
    server.sendBytes("bob: hi\n");
    QTRY_COMPARE(ann.events, QStringList(u"2 bob: hi"_s));
    ann.events.clear();
    QCOMPARE(server.takeReceived(), QByteArray("login ann\nlook\nsay 茶\n"));
}

void TestOriginals::logsInToGuest()
{
    FakeOriginal server(ChatProtocol::Guest);
    Visitor ann;
    ann.open(server, {}, ChatProtocol::Automatic);
    QTRY_VERIFY(ann.isOnline());
    QCOMPARE(ann.session.link().protocol(), ChatProtocol::Guest);
    QTRY_COMPARE(ann.events, QStringList(u"notice You're connected to the Python chatserver"_s));
    ann.events.clear();
    Visitor bob;
    bob.open(server, {}, ChatProtocol::Guest);
    QTRY_VERIFY(bob.isOnline());
    QTRY_COMPARE(ann.events, QStringList(u"came "_s + bob.name));
    ann.events.clear();
    bob.take();
    ann.say(u"hello"_s);
    QTRY_COMPARE(ann.events, QStringList(u"sent cid1 as 1"_s)); // nothing comes back: written
    ann.events.clear();
    QTRY_COMPARE(bob.events, QStringList(u"1 %1: hello"_s.arg(ann.name)));
    bob.events.clear();
    bob.session.link().logout();
    QTRY_COMPARE(ann.events, QStringList(u"went "_s + bob.name));
    ann.events.clear();
}

void TestOriginals::logsInToRelay()
{
    FakeOriginal server(ChatProtocol::Relay);
    Visitor ann;
    ann.open(server, {}, ChatProtocol::Relay);
    QTRY_VERIFY(ann.isOnline());
    QTRY_COMPARE(server.clients(), 1);
    Visitor bob;
    bob.open(server, {}, ChatProtocol::Relay);
    QTRY_COMPARE(ann.events, QStringList(u"came "_s + bob.name));
    ann.events.clear();
    bob.say(u"hello"_s);
    QTRY_COMPARE(ann.events, QStringList(u"1 %1: hello"_s.arg(bob.name)));
    ann.events.clear();
    QTRY_COMPARE(bob.events, QStringList(u"sent cid1 as 1"_s));
    bob.events.clear();
    bob.session.link().logout();
    QTRY_COMPARE(ann.events, QStringList(u"went "_s + bob.name)); // without a line end
    ann.events.clear();
}

void TestOriginals::logsInToLine()
{
    FakeOriginal server(ChatProtocol::Line);
    Visitor ann;
    ann.open(server, {}, ChatProtocol::Line);
    QTRY_VERIFY(ann.isOnline());
    QCOMPARE(ann.room.room, u"Old Lines"_s);
    ann.say(u"hello"_s);
    server.sendBytes("from somebody\r\n");
    const QStringList expected{u"1 : from somebody"_s, u"sent cid1 as 2"_s};
    QTRY_COMPARE(ann.events, expected);
    ann.events.clear();
}

void TestOriginals::logsInToNul()
{
    FakeOriginal server(ChatProtocol::Nul);
    Visitor ann;
    ann.open(server, {}, ChatProtocol::Nul);
    QTRY_VERIFY(ann.isOnline());
    Visitor bob;
    bob.open(server, {}, ChatProtocol::Nul);
    QTRY_COMPARE(server.clients(), 2);
    ann.say(u"two\nlines"_s);
    QTRY_COMPARE(ann.events, QStringList(u"sent cid1 as 1"_s));
    ann.events.clear();
    const QStringList heard{u"1 %1: two"_s.arg(ann.name), u"2 %1: lines"_s.arg(ann.name)};
    QTRY_COMPARE(bob.events, heard);
    bob.events.clear();
    // The same words of somebody else are not our own.
    server.setSwallowing(true);
    ann.say(u"same"_s);
    server.sendBytes(QByteArray("('10.0.0.1', 5): same\0", 22));
    QTRY_COMPARE(ann.events, QStringList(u"2 10.0.0.1:5: same"_s));
    ann.events.clear();
}

void TestOriginals::saysWhenANameIsTaken_data()
{
    QTest::addColumn<ChatProtocol>("kind");
    QTest::newRow("tea") << ChatProtocol::Tea;
    QTest::newRow("wx") << ChatProtocol::Wx;
}

void TestOriginals::saysWhenANameIsTaken()
{
    QFETCH(const ChatProtocol, kind);
    FakeOriginal server(kind);
    server.addName(u"ann"_s);
    Visitor ann;
    ann.open(server, u"ann"_s, ChatProtocol::Automatic);
    QTRY_VERIFY(ann.failure);
    QCOMPARE(ann.failure->kind, LinkFailure::Kind::ServerError);
    QCOMPARE(ann.failure->error.code, ErrorCode::NameTaken);
    QCOMPARE(ann.state(), ServerLink::State::Idle);
}

void TestOriginals::needsANameWhereThereAreNames()
{
    for (const auto kind : {ChatProtocol::Tea, ChatProtocol::Wx}) {
        FakeOriginal server(kind);
        Visitor nobody;
        nobody.open(server, {}, ChatProtocol::Automatic);
        QTRY_VERIFY(nobody.failure);
        QCOMPARE(nobody.failure->error.code, ErrorCode::NameEmpty);
    }
}

void TestOriginals::saysWhenNothingIsSaid()
{
    FakeOriginal server(ChatProtocol::Relay);
    Visitor ann;
    ann.open(server, u"ann"_s, ChatProtocol::Automatic);
    QTRY_COMPARE(ann.state(), ServerLink::State::LoggingIn);
    ann.alarms.advance(999ms);
    QVERIFY(!ann.failure);
    ann.alarms.advance(1ms);
    QVERIFY(ann.failure);
    QCOMPARE(ann.failure->kind, LinkFailure::Kind::Silent);
    QVERIFY(server.takeReceived().isEmpty());
}

void TestOriginals::saysWhenALineServerEchoesTheQuestion()
{
    FakeOriginal server(ChatProtocol::Line);
    Visitor ann;
    ann.open(server, u"ann"_s, ChatProtocol::Automatic);
    QTRY_VERIFY(ann.failure);
    QCOMPARE(ann.failure->kind, LinkFailure::Kind::NotTeahouse);
}

void TestOriginals::sendsLinesOneByOne()
{
    FakeOriginal server(ChatProtocol::Tea);
    Visitor ann;
    ann.open(server, u"ann"_s, ChatProtocol::Tea);
    QTRY_VERIFY(ann.isOnline());
    server.takeReceived();
    ann.say(u" one\n\ntwo "_s);
    ann.say(u"three"_s);
    const QStringList expected{u"sent cid1 as 1"_s, u"sent cid2 as 2"_s};
    QTRY_COMPARE(ann.events, expected);
    QCOMPARE(server.takeReceived(), QByteArray("say  one\r\nsay two \r\nsay three\r\n"));
}

void TestOriginals::neverSendsAgainByItself()
{
    FakeOriginal server(ChatProtocol::Tea);
    Visitor ann;
    ann.open(server, u"ann"_s, ChatProtocol::Tea);
    QTRY_VERIFY(ann.isOnline());
    server.setSwallowing(true);
    server.takeReceived();
    const QString cid = ann.say(u"lost?"_s);
    QTRY_COMPARE(server.received(), QByteArray("say lost?\r\n"));
    server.takeReceived();
    server.stop();
    QTRY_COMPARE(ann.state(), ServerLink::State::Waiting);
    QCOMPARE(ann.take(), QStringList(u"failed "_s + cid));
    server.listenAgain();
    server.setSwallowing(false);
    ann.alarms.advance(1s);
    QTRY_VERIFY(ann.isOnline());
    QCOMPARE(server.takeReceived(), QByteArray("login ann\r\nlook\r\n"));
    ann.session.retry(cid); // only when the person wants it
    QTRY_COMPARE(ann.events, QStringList(u"sent %1 as 1"_s.arg(cid)));
    ann.events.clear();
}

void TestOriginals::sendsLaterWhatWasNeverSent()
{
    FakeOriginal server(ChatProtocol::Relay);
    Visitor ann;
    ann.open(server, {}, ChatProtocol::Relay);
    QTRY_VERIFY(ann.isOnline());
    QTRY_COMPARE(server.clients(), 1);
    server.stop();
    QTRY_COMPARE(ann.state(), ServerLink::State::Waiting);
    ann.say(u"meanwhile"_s);
    server.listenAgain();
    ann.alarms.advance(1s);
    QTRY_COMPARE(server.received(), QByteArray("meanwhile\n"));
    server.takeReceived();
    QTRY_COMPARE(ann.events, QStringList(u"sent cid1 as 1"_s));
    ann.events.clear();
}

void TestOriginals::failsWhatTheServerPassedOver()
{
    FakeOriginal server(ChatProtocol::Tea);
    Visitor ann;
    ann.open(server, u"ann"_s, ChatProtocol::Tea);
    QTRY_VERIFY(ann.isOnline());
    ann.alarms.advance(1s); // the list that the login asked for has ended
    server.setSwallowing(true);
    ann.say(u"one"_s);
    ann.say(u"two"_s);
    server.sendBytes("You are too fast\r\nann: two\r\n");
    const QStringList expected{u"notice You are too fast"_s, u"failed cid1"_s, u"sent cid2 as 1"_s};
    QTRY_COMPARE(ann.events, expected);
}

void TestOriginals::comesBackToATakenName()
{
    FakeOriginal server(ChatProtocol::Wx);
    Visitor ann;
    ann.open(server, u"ann"_s, ChatProtocol::Automatic);
    QTRY_VERIFY(ann.isOnline());
    server.stop();
    QTRY_COMPARE(ann.state(), ServerLink::State::Waiting);
    server.addName(u"ann"_s); // what is left of the old connection
    server.listenAgain();
    ann.alarms.advance(1s);
    QTRY_COMPARE(server.connections(), 2);
    QTRY_COMPARE(ann.state(), ServerLink::State::Waiting);
    QVERIFY(!ann.failure);
}

void TestOriginals::logsOut()
{
    for (const auto kind : {ChatProtocol::Tea, ChatProtocol::Wx, ChatProtocol::Guest,
                            ChatProtocol::Relay, ChatProtocol::Line, ChatProtocol::Nul}) {
        FakeOriginal server(kind);
        Visitor ann;
        ann.open(server, u"ann"_s, kind);
        QTRY_VERIFY(ann.isOnline());
        QTRY_COMPARE(server.clients(), 1);
        QSignalSpy out(&ann.session.link(), &ServerLink::loggedOut);
        server.takeReceived();
        ann.say(u"bye"_s);
        ann.session.link().logout();
        QTRY_COMPARE(out.size(), 1);
        QTRY_COMPARE(server.clients(), 0);
        QVERIFY(server.takeReceived().contains("bye"));
    }
}

void TestOriginals::givesUpOnAnEndlessLine()
{
    FakeOriginal server(ChatProtocol::Guest);
    Visitor ann;
    ann.open(server, {}, ChatProtocol::Automatic);
    QTRY_VERIFY(ann.isOnline());
    server.sendBytes(QByteArray(100'000, 'x'));
    QTRY_VERIFY(ann.failure);
    QCOMPARE(ann.failure->kind, LinkFailure::Kind::TooLong);
}

QTEST_GUILESS_MAIN(TestOriginals)
#include "tst_originals.moc"
