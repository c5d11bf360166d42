#include "server/app/server.h"
#include "tests/e2e/people.h"
#include "tests/support/silentproxy.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace std::chrono_literals;
using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using test::isOnline, test::lines, test::LinePerson, test::say, test::startClient;

/// Server, clients and people on lines in one process, over real sockets; the client's time stands
/// still until it is moved.
class TestConversation : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void everybodySeesEachOther();
    void comesBackOverADeadPath();
    void startsAnewWithANewServer();
    void givesTheNameFreeOnClose();

private:
    void startServer(quint16 port);

    std::unique_ptr<server::Server> m_server;
    quint16 m_port = 0;
};

void TestConversation::startServer(quint16 port)
{
    server::Settings settings;
    settings.flood = false;
    settings.perAddress = false;
    m_server = std::make_unique<server::Server>(settings, server::Server::About{u"test"_s});
    const auto failure = m_server->start({{u"tea"_s, u"127.0.0.1"_s, port}});
    QVERIFY2(!failure, failure ? qPrintable(failure->text) : "");
    m_port = m_server->listening().constFirst().port;
}

void TestConversation::init()
{
    startServer(0);
}

void TestConversation::cleanup()
{
    m_server.reset();
}

void TestConversation::everybodySeesEachOther()
{
    LinePerson bob(m_port);
    bob.type(u"login bob"_s);
    const auto ann = startClient(u"ann"_s, m_port);
    const auto carl = startClient(u"carl"_s, m_port);
    QTRY_VERIFY(isOnline(*ann) && isOnline(*carl));
    QTRY_COMPARE(ann->app->model()->people(u"main"_s)->rowCount(), 3);

    QStringList expected;
    say(*ann, u"hello 茶馆 🍵"_s);
    expected.append(u"ann: hello 茶馆 🍵"_s);
    QTRY_COMPARE(lines(*carl), expected);
    bob.type(u"say 你好, ann 👋"_s);
    expected.append(u"bob: 你好, ann 👋"_s);
    QTRY_COMPARE(lines(*ann), expected);
    say(*carl, u"three of us"_s);
    expected.append(u"carl: three of us"_s);
    QTRY_COMPARE(lines(*ann), expected);
    QTRY_COMPARE(lines(*carl), expected);
    QTRY_VERIFY(bob.heard().contains(expected.last()));
    QCOMPARE(bob.heard().filter(QRegularExpression(u"^(ann|bob|carl): "_s)), expected);
}

void TestConversation::comesBackOverADeadPath()
{
    test::SilentProxy proxy(m_port);
    LinePerson bob(m_port);
    bob.type(u"login bob"_s);
    const auto ann = startClient(u"ann"_s, proxy.port());
    QTRY_VERIFY(isOnline(*ann));
    QTRY_VERIFY(bob.heard().contains(u"ann has entered the room."_s));
    bob.type(u"say 1"_s);
    QTRY_COMPARE(lines(*ann), QStringList(u"bob: 1"_s));
    proxy.cut();
    bob.type(u"say 2"_s);
    say(*ann, u"into the void"_s);
    for (int i = 3; i <= 250; ++i)
        bob.type(u"say %1"_s.arg(i));
    QTRY_VERIFY(bob.heard().contains(u"bob: 250"_s));
    QVERIFY(isOnline(*ann)); // nobody has told her

    ann->alarms.advance(45s);
    QCOMPARE(ann->app->session().link().state(), ServerLink::State::Waiting);
    ann->alarms.advance(2s);
    QTRY_VERIFY(isOnline(*ann));
    bob.type(u"say last"_s);
    QTRY_VERIFY(bob.heard().contains(u"ann: into the void"_s));
    QTRY_COMPARE(lines(*ann).size(), 252);
    QTRY_COMPARE(lines(*ann), bob.heard().filter(QRegularExpression(u"^(ann|bob): "_s)));
    QCOMPARE(lines(*ann).count(u"ann: into the void"_s), 1);
    QCOMPARE(bob.heard().filter(u"ann has"_s), QStringList(u"ann has entered the room."_s));
    QTRY_COMPARE(ann->app->model()->people(u"main"_s)->rowCount(), 2);
}

void TestConversation::startsAnewWithANewServer()
{
    const auto ann = startClient(u"ann"_s, m_port);
    QTRY_VERIFY(isOnline(*ann));
    say(*ann, u"before"_s);
    QTRY_COMPARE(lines(*ann), QStringList(u"ann: before"_s));
    QSignalSpy stopped(m_server.get(), &server::Server::stopped);
    m_server->stop();
    QTRY_COMPARE(stopped.size(), 1);
    QTRY_COMPARE(ann->app->session().link().state(), ServerLink::State::Waiting);
    say(*ann, u"in between"_s);
    const quint16 port = m_port;
    m_server.reset();
    startServer(port);
    LinePerson bob(m_port);
    bob.type(u"login bob"_s);
    bob.type(u"say after"_s);
    QTRY_VERIFY(bob.heard().contains(u"bob: after"_s));

    ann->alarms.advance(2s);
    QTRY_VERIFY(isOnline(*ann));
    QTRY_COMPARE(lines(*ann), QStringList(u"bob: after"_s));
    QVERIFY(!bob.heard().contains(u"ann: in between"_s));
    // What was not sent stands there, failed, for the person to decide.
    const TranscriptModel *transcript = ann->app->model()->transcript(u"main"_s);
    QStringList failed;
    for (int i = 0; i < transcript->rowCount(); ++i) {
        const QModelIndex index = transcript->index(i, 0);
        if (index.data(TranscriptModel::StateRole).toInt() == static_cast<int>(RowState::Failed))
            failed.append(index.data(TranscriptModel::CidRole).toString());
    }
    QCOMPARE(failed.size(), 1);
    emit ann->app->chatWindow()->retryRequested(u"main"_s, failed.first());
    QTRY_VERIFY(bob.heard().contains(u"ann: in between"_s));
    QTRY_COMPARE(lines(*ann), QStringList({u"bob: after"_s, u"ann: in between"_s}));
}

void TestConversation::givesTheNameFreeOnClose()
{
    LinePerson bob(m_port);
    bob.type(u"login bob"_s);
    const auto ann = startClient(u"ann"_s, m_port);
    QTRY_VERIFY(isOnline(*ann));
    say(*ann, u"bye"_s);
    QSignalSpy finished(ann->app.get(), &ClientApp::finished);
    QTest::mouseClick(ann->app->chatWindow()->roomView()->closeButton(), Qt::LeftButton);
    QTRY_COMPARE(finished.size(), 1);
    QTRY_COMPARE(bob.heard().filter(u"ann"_s),
                 QStringList({u"ann has entered the room."_s, u"ann: bye"_s,
                              u"ann has left the room."_s}));
    const auto again = startClient(u"ann"_s, m_port);
    QTRY_VERIFY(isOnline(*again));
}

QTEST_MAIN(TestConversation)
#include "tst_conversation.moc"
