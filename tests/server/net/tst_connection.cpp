#include "tests/server/net/line.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestConnection : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_rig = std::make_unique<Rig>(); }

    void greetsAndAnswers()
    {
        Line ann(*m_rig);
        QCOMPARE(ann.hear(), "hello\n");
        QCOMPARE(ann.ask("help\n"), "help done\n");
        QCOMPARE(ann.ask("look\n"), "error login-required\n");
        QCOMPARE(ann.ask("login ann\nsay hi\nlook\n"), "welcome\nann: hi\nsay done\nlook done\n");
        QCOMPARE(ann.logins, 1);
    }

    void othersHear()
    {
        Line ann(*m_rig);
        Line bob(*m_rig);
        ann.ask("login ann\n");
        bob.ask("login bob\n");
        QCOMPARE(ann.hear(), "+bob\n");
        bob.pair.say("say hello\n");
        QCOMPARE(ann.hear(), "bob: hello\n");
    }

    void splitAnywhere()
    {
        Line ann(*m_rig);
        ann.hear();
        QByteArray heard;
        for (const char byte : QByteArray("login ann\nping\n"))
            heard += ann.ask(QByteArray(1, byte));
        QCOMPARE(heard, "welcome\npong\n");
    }

    void halfClosed()
    {
        Line bob(*m_rig);
        bob.ask("login bob\n");
        Line ann(*m_rig);
        ann.pair.say("login ann\nsay one\nsay two\nlook\nunfinished");
        ::shutdown(ann.pair.far(), SHUT_WR);
        QCOMPARE(ann.hear(), "hello\nwelcome\nann: one\nann: two\nsay done\nsay done\nlook done\n");
        QVERIFY(ann.hasEnded());
        QCOMPARE(ann.over, QStringList{u"ended"_s});
        QCOMPARE(ann.wordsOver, 1);
        QCOMPARE(bob.hear(), "+ann\nann: one\nann: two\n-ann\n");
    }

    void reset()
    {
        Line bob(*m_rig);
        bob.ask("login bob\n");
        Line ann(*m_rig);
        turn();
        ann.pair.say("login ann\nsay one\n");
        ann.pair.closeFar(); // with the greeting unread, which resets
        QCOMPARE(bob.hear(), "+ann\nann: one\n-ann\n");
        QCOMPARE(ann.over.size(), 1);
    }

    void logout()
    {
        Line ann(*m_rig);
        QCOMPARE(ann.ask("login ann\nsay x\nlogout\nping\n"),
                 "hello\nwelcome\nann: x\nsay done\nbye\n");
        QCOMPARE(ann.over, QStringList{u"logout"_s});
        QVERIFY(!m_rig->house.isLoggedIn(ann.connection->session()));
        QVERIFY(ann.hasEnded());
        QCOMPARE(ann.wordsOver, 0); // waits for the peer's end
        ann.pair.closeFar();
        QTRY_COMPARE(ann.wordsOver, 1);
    }

    void refused()
    {
        Line ann(*m_rig);
        QCOMPARE(ann.ask("login ann\nsay x\n!\nping\n"),
                 "hello\nwelcome\nann: x\nsay done\ngo away\n");
        QVERIFY(ann.hasEnded());
        QCOMPARE(ann.over, QStringList{u"refused"_s});
        m_rig->advance(2s);
        QCOMPARE(ann.wordsOver, 1);
    }

    void answeredAndClosed()
    {
        Line ann(*m_rig);
        QCOMPARE(ann.ask("?\n?\n"), "hello\nyes\n");
        QVERIFY(ann.hasEnded());
        QCOMPARE(ann.over, QStringList{u"answered"_s});
    }

    void withoutAName()
    {
        Line ann(*m_rig);
        ann.ask("login ann\n");
        Line someone(*m_rig, {.room = u"main"_s});
        QCOMPARE(someone.logins, 1);
        QVERIFY(ann.hear().startsWith("+guest~"));
        m_rig->advance(1h); // there is no login to wait for
        QCOMPARE(someone.ask("say hi\n").count("hi"), 1);
        QVERIFY(ann.hear().endsWith(": hi\n"));
        someone.pair.closeFar();
        QTRY_COMPARE(someone.over.size(), 1);
        QVERIFY(ann.hear().startsWith("-guest~"));
    }

    void withoutANameIntoNowhere()
    {
        Line someone(*m_rig, {.room = u"nowhere"_s});
        QCOMPARE(someone.hear(), "hello\nclosing server-full\n");
        QCOMPARE(someone.over, QStringList{u"server-full"_s});
    }

    void closedByCore()
    {
        Line ann(*m_rig);
        ann.ask("login ann\n");
        ann.connection->write("before\n");
        ann.connection->close({ClosingCode::Kicked, {}});
        ann.connection->write("after\n");
        ann.connection->close({ClosingCode::Banned, {}});
        QVERIFY(!ann.hasEnded());
        QCOMPARE(ann.ask("ping\n"), "before\nclosing kicked\n");
        QVERIFY(ann.hasEnded());
        QCOMPARE(ann.over, QStringList{u"kicked"_s});
    }

    void shutDownAnswersFirst()
    {
        Line ann(*m_rig);
        ann.ask("login ann\n");
        m_rig->house.say(ann.connection->session(), {}, {.text = u"x"_s, .cid = {}}, [](auto) {});
        ann.connection->shutDown({ClosingCode::Shutdown, {}});
        QCOMPARE(ann.hear(), "ann: x\nclosing shutdown\n");
        QCOMPARE(ann.over, QStringList{u"shutdown"_s});
    }

    void pause()
    {
        Line ann(*m_rig, {.alone = true, .pause = 100ms});
        QCOMPARE(ann.ask("login ann\nping\n"), "hello\nwelcome\n");
        ann.connection->write("event\n");
        m_rig->advance(99ms);
        QCOMPARE(ann.ask("look\n"), "");
        m_rig->advance(1ms);
        QCOMPARE(ann.hear(), "event\npong\nlook done\n");
    }

    void changesItsForm()
    {
        Line ann(*m_rig);
        Line bob(*m_rig);
        bob.ask("login bob\n");
        ann.hear();
        QCOMPARE(ann.ask("{login ann\n"), "welcome\n");
        const PersonList people = m_rig->house.who({.after = {}, .limit = 10});
        QCOMPARE(people.people.last().via, u"object"_s);
        bob.ask("say x\n");
        QCOMPARE(ann.hear(), "bob: x\n");
    }

    void loginDeadline()
    {
        Line ann(*m_rig);
        Line bob(*m_rig);
        ann.hear();
        bob.ask("login bob\n");
        m_rig->advance(30s - 1ms);
        QCOMPARE(ann.ask("help\n"), "help done\n"); // restarts nothing
        m_rig->advance(1ms);
        QCOMPARE(ann.hear(), "closing timeout\n");
        QCOMPARE(ann.over, QStringList{u"timeout"_s});
        QCOMPARE(bob.ask("ping\n"), "pong\n");
    }

    /// What is spoken says how long one may take, from the start on.
    void theDialectsDeadline()
    {
        Line ann(*m_rig, {.objectDeadline = 10s});
        ann.hear();
        m_rig->advance(5s);
        ann.ask("{help\n");
        m_rig->advance(5s - 1ms);
        QCOMPARE(ann.hear(), "");
        m_rig->advance(1ms);
        QCOMPARE(ann.hear(), "closing timeout\n");
        QCOMPARE(ann.over, QStringList{u"timeout"_s});
    }

    void silence()
    {
        Line ann(*m_rig);
        ann.ask("{login ann\n");
        m_rig->advance(50s);
        ann.ask("ping\n");
        m_rig->advance(90s - 1ms);
        QCOMPARE(ann.hear(), "");
        m_rig->advance(1ms);
        QCOMPARE(ann.hear(), "ping?\n");
        m_rig->advance(60s - 1ms);
        QCOMPARE(ann.ask("ping\n"), "pong\n");
        m_rig->advance(90s);
        QCOMPARE(ann.hear(), "ping?\n");
        m_rig->advance(60s);
        QCOMPARE(ann.hear(), "closing timeout\n");
        QCOMPARE(ann.over, QStringList{u"timeout"_s});
    }

    void silenceIsForObjectsOnly()
    {
        Line ann(*m_rig);
        ann.ask("login ann\n");
        m_rig->advance(1h);
        QCOMPARE(ann.hear(), "");
    }

    void silenceWhileNotListening()
    {
        Line ann(*m_rig);
        ann.ask("{login ann\n");
        ann.pair.shrink();
        ann.connection->write(block(limits::outboxSoft + 100'000));
        turn();
        m_rig->advance(200s);
        ann.pair.say("ping\n");
        QCOMPARE(ann.hear().right(6), "xpong\n");
    }

private:
    std::unique_ptr<Rig> m_rig;
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
