#include "gui-client/link/chatsession.h"
#include "tests/gui-client/link/linkfixture.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace std::chrono_literals;
using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using test::FakeServer;
using State = ServerLink::State;
using Start = ChatSession::Start;

class TestChatSession : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void saysAndIsAcknowledged();
    void speaksPrivately();
    void sendsAgainWithTheSameCid();
    void isAcknowledgedOnceWhenTheAnswerWasLost();
    void sendsWhatWasWrittenOffline();
    void sendsNothingAgainToANewServer();
    void tellsWhichMessageFailed();
    void pipelinesSixtyFour();
    void asksForHistory();
    void tellsPositionsOnceASecond();
    void searches();
    void editsAndErases();
    void unconfirmedResolvesItself();
    void loadsAllMembers();
    void endsAtAnEmptyPageOfMembers();
    void writesToTheConversationItMeans();
    void asksAndTells();
    void tellsRefusals();
    void registersAfterTheLogin();
    void changesThePassword();
    void claims();
    void tellsWhyAnAccountWasNotChanged();
    void ignores();
    void carriesOutErrands();

private:
    void goOnline();
    void reconnect();

    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<test::FakeAlarms> m_alarms;
    std::unique_ptr<ChatSession> m_session;
    std::unique_ptr<QSignalSpy> m_loggedIn;
    std::unique_ptr<QSignalSpy> m_acknowledged;
    std::unique_ptr<QSignalSpy> m_messageFailed;
};

void TestChatSession::init()
{
    m_server = std::make_unique<FakeServer>();
    m_alarms = std::make_unique<test::FakeAlarms>();
    m_session = std::make_unique<ChatSession>(test::fixedTools(*m_alarms));
    m_loggedIn = std::make_unique<QSignalSpy>(m_session.get(), &ChatSession::loggedIn);
    m_acknowledged = std::make_unique<QSignalSpy>(m_session.get(), &ChatSession::acknowledged);
    m_messageFailed = std::make_unique<QSignalSpy>(m_session.get(), &ChatSession::messageFailed);
}

void TestChatSession::cleanup()
{
    m_loggedIn.reset();
    m_acknowledged.reset();
    m_messageFailed.reset();
    m_session.reset();
    m_server.reset();
}

void TestChatSession::goOnline()
{
    m_session->open(test::addressOf(*m_server), u"ann"_s);
    QTRY_COMPARE(m_loggedIn->size(), 1);
    QCOMPARE(m_loggedIn->takeFirst().first().value<Start>(), Start::Fresh);
}

void TestChatSession::reconnect()
{
    m_server->drop();
    QTRY_COMPARE(m_session->link().state(), State::Waiting);
    m_alarms->advance(1s);
    QTRY_COMPARE(m_loggedIn->size(), 1);
}

void TestChatSession::saysAndIsAcknowledged()
{
    goOnline();
    const QString cid = m_session->say(u"main"_s, u"茶?"_s);
    m_session->act(u"main"_s, u"pours tea"_s);
    QTRY_COMPARE(m_acknowledged->size(), 2);
    QCOMPARE(m_acknowledged->first().at(0).toString(), u"main"_s);
    QCOMPARE(m_acknowledged->first().at(1).toString(), cid);
    QCOMPARE(m_acknowledged->first().at(2).value<Said>().seq, 1u);
    const QList<Request> said = m_server->take(u"say"_s);
    QCOMPARE(said.at(0).fields.text("text"_L1), u"茶?"_s);
    QVERIFY(!said.at(0).fields.contains("style"_L1));
    QCOMPARE(said.at(1).fields.text("style"_L1), u"action"_s);
}

void TestChatSession::speaksPrivately()
{
    goOnline();
    m_server->on(u"msg"_s, [](const Request &) { return Reply(Answer(Said{u"@bob"_s, 7, 1})); });
    m_session->say(u"@bob"_s, u"psst"_s);
    QTRY_COMPARE(m_acknowledged->size(), 1);
    QCOMPARE(m_acknowledged->first().at(0).toString(), u"@bob"_s);
    QCOMPARE(m_server->take(u"msg"_s).first().fields.text("to"_L1), u"bob"_s);
}

void TestChatSession::sendsAgainWithTheSameCid()
{
    goOnline();
    m_server->on(u"say"_s, [](const Request &) { return std::nullopt; });
    const QStringList cids{m_session->say(u"main"_s, u"1"_s), m_session->say(u"main"_s, u"2"_s)};
    QTRY_COMPARE(m_server->count(u"say"_s), 2);
    m_server->take(u"say"_s);
    m_server->acceptAgain(u"say"_s);
    reconnect();
    QCOMPARE(m_loggedIn->first().first().value<Start>(), Start::Resumed);
    QTRY_COMPARE(m_acknowledged->size(), 2);
    const QList<Request> again = m_server->take(u"say"_s);
    QCOMPARE(again.at(0).fields.text("cid"_L1), cids.at(0));
    QCOMPARE(again.at(1).fields.text("cid"_L1), cids.at(1));
    QVERIFY(m_messageFailed->isEmpty());
}

void TestChatSession::isAcknowledgedOnceWhenTheAnswerWasLost()
{
    goOnline();
    QString stored;
    m_server->on(u"say"_s, [&](const Request &request) -> std::optional<Reply> {
        const QString cid = request.fields.text("cid"_L1);
        if (stored.isEmpty()) {
            stored = cid;
            m_server->add(u"ann"_s, request.fields.text("text"_L1));
            return std::nullopt;
        }
        return stored == cid ? Reply(Answer(Said{{}, 1, 5})) : Reply(Error{});
    });
    m_session->say(u"main"_s, u"once"_s);
    QTRY_COMPARE(m_server->count(u"say"_s), 1);
    m_server->take(u"say"_s);
    reconnect();
    QTRY_COMPARE(m_acknowledged->size(), 1);
    QCOMPARE(m_acknowledged->first().at(2).value<Said>().seq, 1u);
}

void TestChatSession::sendsWhatWasWrittenOffline()
{
    goOnline();
    m_server->drop();
    QTRY_COMPARE(m_session->link().state(), State::Waiting);
    m_session->say(u"main"_s, u"later"_s);
    m_alarms->advance(1s);
    QTRY_COMPARE(m_acknowledged->size(), 1);
    QCOMPARE(m_server->take(u"say"_s).size(), 1);
}

void TestChatSession::sendsNothingAgainToANewServer()
{
    goOnline();
    m_server->on(u"say"_s, [](const Request &) { return std::nullopt; });
    const QString cid = m_session->say(u"main"_s, u"old"_s);
    QTRY_COMPARE(m_server->count(u"say"_s), 1);
    m_server->take(u"say"_s);
    m_server->acceptAgain(u"say"_s);
    m_server->setEpoch(u"second"_s);
    reconnect();
    QCOMPARE(m_loggedIn->first().first().value<Start>(), Start::Restarted);
    m_session->say(u"main"_s, u"new"_s);
    QTRY_COMPARE(m_acknowledged->size(), 1);
    QCOMPARE(m_server->take(u"say"_s).first().fields.text("text"_L1), u"new"_s);
    m_session->retry(cid);
    QTRY_COMPARE(m_acknowledged->size(), 2);
    QCOMPARE(m_acknowledged->last().at(1).toString(), cid);
}

void TestChatSession::tellsWhichMessageFailed()
{
    goOnline();
    m_server->refuse(u"say"_s, ErrorCode::StoreUnavailable);
    const QString cid = m_session->say(u"main"_s, u"x"_s);
    QTRY_COMPARE(m_messageFailed->size(), 1);
    QCOMPARE(m_messageFailed->first().at(1).toString(), cid);
    QCOMPARE(m_messageFailed->first().at(2).value<Error>().code, ErrorCode::StoreUnavailable);
    m_server->acceptAgain(u"say"_s);
    m_session->retry(cid);
    QTRY_COMPARE(m_acknowledged->size(), 1);
    QCOMPARE(m_acknowledged->first().at(1).toString(), cid);
}

void TestChatSession::pipelinesSixtyFour()
{
    goOnline();
    m_server->on(u"say"_s, [](const Request &) { return std::nullopt; });
    for (int i = 0; i < 100; ++i)
        m_session->say(u"main"_s, QString::number(i));
    m_session->setAway(u"tea"_s);
    QTRY_COMPARE(m_server->count(u"away"_s), 1);
    m_server->take(u"away"_s);
    QCOMPARE(m_server->take(u"say"_s).size(), 64);
    m_server->acceptAgain(u"say"_s);
    reconnect();
    QTRY_COMPARE(m_acknowledged->size(), 100);
    const QList<Request> said = m_server->take(u"say"_s);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(said.at(i).fields.text("text"_L1), QString::number(i));
}

void TestChatSession::asksForHistory()
{
    for (int i = 0; i < 250; ++i)
        m_server->add(u"bob"_s, QString::number(i));
    goOnline();
    QSignalSpy pages(m_session.get(), &ChatSession::historyReceived);
    m_session->loadPage(u"main"_s, ChatSession::Page::Newest, 0);
    m_session->loadPage(u"main"_s, ChatSession::Page::Before, 151);
    m_session->loadPage(u"main"_s, ChatSession::Page::After, 10);
    QTRY_COMPARE(pages.size(), 3);
    const auto page = [&](int i) { return pages.at(i).at(1).value<HistoryPage>(); };
    QCOMPARE(page(0).items.first().seq, 151u);
    QVERIFY(page(0).backwards && page(0).more);
    QCOMPARE(page(1).items.first().seq, 51u);
    QCOMPARE(page(2).items.first().seq, 11u);
    QCOMPARE(page(2).items.size(), 200);
    QVERIFY(!page(2).backwards && page(2).more);
    QCOMPARE(pages.at(1).at(2).toULongLong(), 151u);
    QCOMPARE(pages.at(2).at(2).toULongLong(), 10u);

    QSignalSpy failed(m_session.get(), &ChatSession::historyFailed);
    m_server->refuse(u"history"_s, ErrorCode::NotMember);
    m_session->loadPage(u"main"_s, ChatSession::Page::Newest, 0);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(1).value<ChatSession::Page>(), ChatSession::Page::Newest);
}

void TestChatSession::tellsPositionsOnceASecond()
{
    goOnline();
    m_session->markRead(u"main"_s, 3);
    m_session->markRead(u"main"_s, 5);
    m_session->markRead(u"main"_s, 4);
    m_session->markRead(u"tea"_s, 1);
    QTRY_COMPARE(m_server->count(u"read"_s), 1);
    QCOMPARE(m_server->take(u"read"_s).first().fields.number("seq"_L1), 3u);
    m_alarms->advance(1s);
    QTRY_COMPARE(m_server->count(u"read"_s), 2);
    QCOMPARE(m_server->take(u"read"_s).first().fields.number("seq"_L1), 5u);
    m_alarms->advance(5s);
    // What was read offline is told after the next login, and what was read last at the end.
    m_server->drop();
    QTRY_COMPARE(m_session->link().state(), State::Waiting);
    m_session->markRead(u"main"_s, 9);
    reconnect();
    QTRY_COMPARE(m_server->position(), 9u);
    m_session->markRead(u"main"_s, 10);
    m_session->flushRead();
    QTRY_COMPARE(m_server->position(), 10u);
}

void TestChatSession::searches()
{
    m_server->add(u"bob"_s, u"green tea"_s);
    goOnline();
    QSignalSpy found(m_session.get(), &ChatSession::searchAnswered);
    QSignalSpy failed(m_session.get(), &ChatSession::searchFailed);
    m_session->search(7, {{"text"_L1, u"tea"_s}, {"limit"_L1, 50}});
    QTRY_COMPARE(found.size(), 1);
    QCOMPARE(found.at(0).at(0).toULongLong(), 7u);
    QCOMPARE(found.at(0).at(1).value<SearchPage>().found.first().item.seq, 1u);
    m_server->refuse(u"search"_s, ErrorCode::StoreUnavailable);
    m_session->search(8, {{"text"_L1, u"tea"_s}});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(1).value<Error>().code, ErrorCode::StoreUnavailable);
    m_server->drop();
    QTRY_COMPARE(m_session->link().state(), State::Waiting);
    m_session->search(9, {{"text"_L1, u"tea"_s}});
    QCOMPARE(failed.size(), 2);
    QCOMPARE(failed.at(1).at(1).value<Error>().code, ErrorCode::Closing);
}

void TestChatSession::editsAndErases()
{
    m_server->add(u"ann"_s, u"gren tea"_s);
    goOnline();
    QSignalSpy events(m_session.get(), &ChatSession::eventReceived);
    QSignalSpy failed(m_session.get(), &ChatSession::editFailed);
    QSignalSpy refused(m_session.get(), &ChatSession::requestFailed);
    m_session->edit(u"main"_s, 1, u"green tea"_s);
    m_session->erase(u"main"_s, 1);
    QTRY_COMPARE(events.size(), 2);
    m_session->edit(u"main"_s, 99, u"not to be lost"_s);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0), QVariantList({u"main"_s, quint64(99), u"not to be lost"_s}));
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.at(0).at(1).value<Error>().code, ErrorCode::NoSuchMessage);
}

void TestChatSession::unconfirmedResolvesItself()
{
    goOnline();
    m_server->refuse(u"say"_s, ErrorCode::Unconfirmed);
    const QString cid = m_session->say(u"main"_s, u"perhaps"_s);
    QTRY_COMPARE(m_messageFailed->size(), 1);
    QCOMPARE(m_session->unsent().size(), 1);
    Item item = FakeServer::message(1, u"ann"_s, u"perhaps"_s);
    m_server->send(ItemAdded{item, cid}, Side::Own);
    QTRY_COMPARE(m_session->unsent().size(), 0);
    // What stays open is asked for again under the same cid.
    const QString other = m_session->say(u"main"_s, u"perhaps not"_s);
    QTRY_COMPARE(m_messageFailed->size(), 2);
    m_server->take(u"say"_s);
    m_server->acceptAgain(u"say"_s);
    m_server->drop();
    QTRY_COMPARE(m_session->link().state(), State::Waiting);
    reconnect();
    QTRY_COMPARE(m_server->count(u"say"_s), 1);
    QCOMPARE(m_server->take(u"say"_s).first().fields.text("cid"_L1), other);
}

void TestChatSession::loadsAllMembers()
{
    goOnline();
    m_server->on(u"look"_s, [](const Request &request) {
        const bool second = request.fields.text("after"_L1) == "bob"_L1;
        return Reply(Answer(PersonList{u"main"_s,
                                       {{second ? u"carl"_s : u"bob"_s, {}, u"tea"_s, true}},
                                       !second,
                                       second ? QString() : u"bob"_s}));
    });
    QSignalSpy members(m_session.get(), &ChatSession::membersReceived);
    m_session->loadMembers(u"main"_s);
    QTRY_COMPARE(members.size(), 2);
    QCOMPARE(members.at(1).at(1).value<PersonList>().people.first().name, u"carl"_s);
}

void TestChatSession::endsAtAnEmptyPageOfMembers()
{
    goOnline();
    m_server->on(u"look"_s, [](const Request &request) {
        const QString after = request.fields.text("after"_L1);
        return Reply(Answer(PersonList{u"main"_s, {}, true, after + u'x'}));
    });
    QSignalSpy members(m_session.get(), &ChatSession::membersReceived);
    m_session->loadMembers(u"main"_s);
    QTRY_COMPARE(members.size(), 1);
    m_session->listUsers(); // answered after all that was asked before
    QTRY_COMPARE(m_server->count(u"who"_s), 1);
    QCOMPARE(m_server->count(u"look"_s), 1);
}

/// The name may be another guest's by now; the conversation is the same.
void TestChatSession::writesToTheConversationItMeans()
{
    goOnline();
    m_session->say(u"@bob"_s, u"begins"_s);
    QTRY_COMPARE(m_server->count(u"msg"_s), 1);
    RoomState room;
    room.room = u"@Bob"_s;
    QSignalSpy events(m_session.get(), &ChatSession::eventReceived);
    m_server->send(RoomChanged{room});
    const auto isTold = [&events](const RoomChanged &what) {
        return std::any_of(events.cbegin(), events.cend(), [&what](const QVariantList &one) {
            return one.first().value<Event>() == Event(what);
        });
    };
    QTRY_VERIFY(isTold({room}));
    m_session->say(u"@bob"_s, u"goes on"_s);
    QTRY_COMPARE(m_server->count(u"say"_s), 1);
    QCOMPARE(m_server->take(u"say"_s).first().fields.text("room"_L1), u"@bob"_s);
    m_server->send(RoomChanged{room, true});
    QTRY_VERIFY(isTold({room, true}));
    m_session->say(u"@bob"_s, u"begins anew"_s);
    QTRY_COMPARE(m_server->count(u"msg"_s), 2);
}

void TestChatSession::asksAndTells()
{
    goOnline();
    QSignalSpy joined(m_session.get(), &ChatSession::roomJoined);
    QSignalSpy left(m_session.get(), &ChatSession::roomLeft);
    m_session->join(u"garden"_s);
    m_session->create(u"attic"_s, u"dust"_s);
    m_session->setTopic(u"attic"_s, u"more dust"_s);
    m_session->markRead(u"main"_s, 3);
    m_session->leave(u"garden"_s);
    m_session->leave(u"@bob"_s);
    QTRY_COMPARE(left.size(), 2);
    QCOMPARE(joined.size(), 2);
    QCOMPARE(joined.first().first().value<RoomState>().room, u"garden"_s);
    QCOMPARE(m_server->takeVerbs(),
             QStringList({u"join"_s, u"create"_s, u"topic"_s, u"read"_s, u"leave"_s, u"leave"_s}));
}

void TestChatSession::tellsRefusals()
{
    goOnline();
    QSignalSpy failed(m_session.get(), &ChatSession::requestFailed);
    m_server->refuse(u"join"_s, ErrorCode::NoSuchRoom);
    m_session->join(u"nowhere"_s);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().at(0).toString(), u"join"_s);
    const auto error = failed.first().at(1).value<Error>();
    QCOMPARE(error.code, ErrorCode::NoSuchRoom);
    QCOMPARE(error.subject, u"nowhere"_s);
}

void TestChatSession::registersAfterTheLogin()
{
    goOnline();
    QSignalSpy user(m_session.get(), &ChatSession::userChanged);
    QSignalSpy changed(m_session.get(), &ChatSession::accountChanged);
    m_session->registerName(u"jasmine tea"_s, u"code"_s);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toString(), u"register"_s);
    QCOMPARE(user.size(), 1);
    QVERIFY(user.first().first().value<UserInfo>().registered);
    QCOMPARE(test::argumentsOf(m_server->take(u"register"_s).first()),
             QJsonObject({{"password"_L1, u"jasmine tea"_s}, {"invite"_L1, u"code"_s}}));

    m_server->take(u"login"_s);
    reconnect();
    QCOMPARE(m_loggedIn->first().first().value<Start>(), Start::Resumed);
    QCOMPARE(m_server->take(u"login"_s).first().fields.text("password"_L1), u"jasmine tea"_s);
}

void TestChatSession::changesThePassword()
{
    goOnline();
    QSignalSpy changed(m_session.get(), &ChatSession::accountChanged);
    m_session->changePassword(u"old secret"_s, u"new secret"_s);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(test::argumentsOf(m_server->take(u"passwd"_s).first()),
             QJsonObject({{"old"_L1, u"old secret"_s}, {"password"_L1, u"new secret"_s}}));
    m_server->take(u"login"_s);
    reconnect();
    QCOMPARE(m_server->take(u"login"_s).first().fields.text("password"_L1), u"new secret"_s);
}

void TestChatSession::claims()
{
    goOnline();
    QSignalSpy user(m_session.get(), &ChatSession::userChanged);
    m_session->claim(u"one-time"_s);
    QTRY_COMPARE(user.size(), 1);
    QCOMPARE(user.first().first().value<UserInfo>().role, u"admin"_s);
    QCOMPARE(m_server->take(u"claim"_s).first().fields.text("code"_L1), u"one-time"_s);
}

void TestChatSession::tellsWhyAnAccountWasNotChanged()
{
    goOnline();
    QSignalSpy refused(m_session.get(), &ChatSession::accountRefused);
    QSignalSpy failed(m_session.get(), &ChatSession::requestFailed);
    m_server->refuse(u"passwd"_s, ErrorCode::WrongPassword);
    m_session->changePassword(u"old secret"_s, u"new secret"_s);
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(refused.first().at(0).toString(), u"passwd"_s);
    QCOMPARE(refused.takeFirst().at(1).value<Error>().code, ErrorCode::WrongPassword);

    m_server->on(u"claim"_s, [](const Request &) { return std::nullopt; });
    m_session->claim(u"one-time"_s);
    QTRY_COMPARE(m_server->count(u"claim"_s), 1);
    reconnect();
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.takeFirst().at(1).value<Error>().code, ErrorCode::Closing);
    QVERIFY(failed.isEmpty()); // whoever asked is told, and nobody else

    m_session->link().stop();
    m_session->link().logout();
    QTRY_COMPARE(m_session->link().state(), State::Idle);
    m_session->registerName(u"jasmine tea"_s, {});
    QCOMPARE(refused.takeFirst().at(1).value<Error>().code, ErrorCode::Closing);
}

void TestChatSession::ignores()
{
    goOnline();
    QSignalSpy ignored(m_session.get(), &ChatSession::ignoredChanged);
    QSignalSpy failed(m_session.get(), &ChatSession::requestFailed);
    m_session->ignore(u"bob"_s);
    m_session->ignore(u"carl"_s);
    m_session->unignore(u"bob"_s);
    QTRY_COMPARE(ignored.size(), 3);
    QCOMPARE(ignored.at(1).first().toStringList(), QStringList({u"bob"_s, u"carl"_s}));
    QCOMPARE(ignored.at(2).first().toStringList(), QStringList(u"carl"_s));
    reconnect();
    QCOMPARE(m_loggedIn->first().at(2).value<Welcome>().ignored, QStringList(u"carl"_s));
    m_server->refuse(u"ignore"_s, ErrorCode::NoSuchUser);
    m_session->ignore(u"nobody"_s);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().at(1).value<Error>().subject, u"nobody"_s);
}

void TestChatSession::carriesOutErrands()
{
    QSignalSpy done(m_session.get(), &ChatSession::carriedOut);
    QSignalSpy failed(m_session.get(), &ChatSession::notCarriedOut);
    QSignalSpy joined(m_session.get(), &ChatSession::roomJoined);
    m_session->carryOut(1, u"kick"_s, {});
    QCOMPARE(failed.size(), 1); // there is no connection
    QCOMPARE(failed.takeFirst().at(1).value<Error>().code, ErrorCode::Closing);
    goOnline();
    m_session->carryOut(2, u"kick"_s, {{u"room"_s, u"tea"_s}, {u"name"_s, u"bob"_s}});
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(done.takeFirst().first().toULongLong(), 2);
    QCOMPARE(m_server->take(u"kick"_s).first().fields.text("name"_L1), u"bob"_s);
    m_session->carryOut(3, u"join"_s, {{u"room"_s, u"tea"_s}, {u"key"_s, u"x"_s}});
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(joined.size(), 1);
    m_server->refuse(u"ban"_s, ErrorCode::NotAllowed);
    m_session->carryOut(4, u"ban"_s, {});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().at(1).value<Error>().code, ErrorCode::NotAllowed);
}

QTEST_GUILESS_MAIN(TestChatSession)
#include "tst_chatsession.moc"
