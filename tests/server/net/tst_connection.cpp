#include "server/net/connection.h"
#include "server/net/plaintransport.h"
#include "tests/server/net/rig.h"
#include "tests/server/net/socketpair.h"
#include "tests/server/net/testdialect.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// One connection over a socket pair, whose far end the test holds; plays the owner.
class Line : private ConnectionOwner
{
public:
    explicit Line(Rig &rig, TestDialect::Manners manners = {})
        : m_rig(rig), context{rig.poller, rig.deadlines,        rig.house, rig.dispatcher,
                              *this,      std::span(m_scratch), 0,         1 << 30}
    {
        connection = std::make_unique<Connection>(context,
                                                  std::make_unique<PlainTransport>(pair.takeNear()),
                                                  std::make_unique<TestDialect>(manners));
        connection->start();
    }

    /// All that has arrived by the time that the loop has nothing to do.
    QByteArray hear()
    {
        QByteArray all;
        for (int quiet = 0; quiet < 3; ++quiet) {
            turn();
            const QByteArray more = pair.hear();
            all += more;
            quiet = more.isEmpty() ? quiet : 0;
        }
        return all;
    }

    QByteArray ask(const QByteArray &lines)
    {
        pair.say(lines);
        return hear();
    }

    /// Whether the server has ended its side, or all.
    bool hasEnded()
    {
        char byte = 0;
        turn();
        return ::recv(pair.far(), &byte, 1, MSG_PEEK) == 0;
    }

    SocketPair pair;
    QStringList over;
    int logins = 0;
    int full = 0;
    int wordsOver = 0;

private:
    void onLoggedIn(Connection &) override { ++logins; }
    void onLastWords(LastWords::Parts parts) override
    {
        m_words = std::make_unique<LastWords>(m_rig.poller, m_rig.deadlines, std::move(parts),
                                              m_scratch);
        m_words->start([this] { ++wordsOver; });
    }
    void onOutboxesFull() override { ++full; }
    void onOver(Connection &, QLatin1StringView reason) override { over << reason; }

    Rig &m_rig;
    std::array<char, 64 * 1024> m_scratch;

public:
    ConnectionContext context;

private:
    std::unique_ptr<LastWords> m_words;

public:
    std::unique_ptr<Connection> connection;
};

QByteArray block(qsizetype size)
{
    return QByteArray(size, 'x');
}

} // namespace

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
        QCOMPARE(ann.hear(), "hello\nwelcome\nann: one\nsay done\nann: two\nsay done\nlook done\n");
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

    void floodIsSlowedDown()
    {
        Rig rig(true);
        Line ann(rig);
        ann.ask("login ann\n");
        QByteArray lines;
        for (int i = 0; i < limits::messageBurst + 2; ++i)
            lines += "say x\n";
        QCOMPARE(ann.ask(lines).count("done"), limits::messageBurst);
        rig.advance(199ms);
        QCOMPARE(ann.hear(), "");
        rig.advance(1ms);
        QCOMPARE(ann.hear(), "ann: x\nsay done\n");
        rig.advance(200ms);
        QCOMPARE(ann.ask("ping\n"), "ann: x\nsay done\npong\n");
    }

    /// The line that is held back is carried out, and the session ends in spite of the flood.
    void floodAndGone()
    {
        Rig rig(true);
        Line ann(rig);
        ann.ask("login ann\n");
        QByteArray lines;
        for (int i = 0; i < limits::messageBurst + 20; ++i)
            lines += "say x\n";
        ann.ask(lines);
        ann.pair.closeFar();
        turn();
        QVERIFY(ann.over.isEmpty());
        QTRY_COMPARE((rig.advance(200ms), ann.over), QStringList{u"reset"_s});
    }

    void softLimit_data()
    {
        QTest::addColumn<qsizetype>("waiting");
        QTest::addColumn<bool>("reads");
        QTest::newRow("limit - 1") << limits::outboxSoft - 1 << true;
        QTest::newRow("limit") << limits::outboxSoft << true;
        QTest::newRow("limit + 1") << limits::outboxSoft + 1 << false;
    }

    /// While the outbox holds more, the session's own input is not read.
    void softLimit()
    {
        QFETCH(qsizetype, waiting);
        QFETCH(bool, reads);
        Line ann(*m_rig);
        ann.ask("login ann\n");
        fill(ann);
        ann.connection->write(block(waiting - ann.connection->waiting()));
        turn();
        QCOMPARE(ann.connection->waiting(), waiting);
        ann.pair.say("login ann\n");
        turn();
        QCOMPARE(ann.connection->waiting() > waiting, reads);
        QVERIFY(ann.hear().endsWith("error already-logged-in\n"));
    }

    void hardLimit_data()
    {
        QTest::addColumn<qsizetype>("waiting");
        QTest::addColumn<bool>("loggedIn");
        QTest::addColumn<bool>("stays");
        QTest::newRow("limit - 1") << limits::outboxHard - 1 << true << true;
        QTest::newRow("limit") << limits::outboxHard << true << true;
        QTest::newRow("limit + 1") << limits::outboxHard + 1 << true << false;
        const qsizetype before = limits::outputBeforeLogin;
        QTest::newRow("before login, limit - 1") << before - 1 << false << true;
        QTest::newRow("before login, limit") << before << false << true;
        QTest::newRow("before login, limit + 1") << before + 1 << false << false;
    }

    void hardLimit()
    {
        QFETCH(qsizetype, waiting);
        QFETCH(bool, loggedIn);
        QFETCH(bool, stays);
        Line ann(*m_rig);
        ann.ask(loggedIn ? "login ann\n" : "ping\n");
        fill(ann);
        ann.connection->write(block(waiting - ann.connection->waiting()));
        turn();
        QCOMPARE(ann.over.isEmpty(), stays);
        if (stays)
            return;
        QCOMPARE(ann.over, QStringList{u"slow-reader"_s});
        // Who reads now still learns why, and where the line begins.
        QVERIFY(ann.hear().endsWith("\nclosing slow-reader\n"));
        QVERIFY(ann.hasEnded());
    }

    void slowReaderIsNotWaitedFor()
    {
        Line ann(*m_rig);
        ann.ask("login ann\n");
        ann.pair.shrink();
        ann.connection->write(block(3 * limits::outboxHard));
        QTRY_COMPARE(ann.over, QStringList{u"slow-reader"_s});
        m_rig->advance(999ms);
        QCOMPARE(ann.wordsOver, 0);
        m_rig->advance(1ms);
        QCOMPARE(ann.wordsOver, 1);
    }

    /// However much comes at once, a peer that reads is not slow.
    void muchInOneRound()
    {
        Line ann(*m_rig);
        ann.ask("login ann\n");
        ann.pair.shrink();
        const qsizetype much = limits::outboxSoft * 7;
        for (int i = 0; i < 10; ++i) {
            ann.connection->write(block(much));
            QCOMPARE(ann.hear().size(), much);
        }
    }

    void outboxesTogether()
    {
        Line ann(*m_rig);
        ann.ask("login ann\n");
        fill(ann);
        ann.context.outboxLimit = limits::outboxSoft;
        ann.connection->write(block(limits::outboxSoft - ann.context.outboxTotal));
        turn();
        QCOMPARE(ann.full, 0);
        ann.connection->write("x");
        turn();
        QCOMPARE(ann.full, 1);
    }

    /// Many requests in one read: the others have their turn in between.
    void manyRequestsAtOnce()
    {
        Line ann(*m_rig);
        ann.ask("login ann\n");
        QByteArray lines;
        for (int i = 0; i < 5000; ++i)
            lines += "ping\n";
        QByteArray heard;
        ann.pair.say(lines);
        QTRY_COMPARE((m_rig->deadlines.fire(), heard += ann.hear()).size(), lines.size());
    }

    void answersWaitForRoom()
    {
        Line ann(*m_rig);
        ann.ask("login ann\n");
        ann.pair.shrink();
        QByteArray lines;
        for (int i = 0; i < 4000; ++i)
            lines += "say " + block(40) + '\n';
        ::shutdown((ann.pair.say(lines.first(45 * 1000)), ann.pair.far()), SHUT_WR);
        QByteArray heard;
        QTRY_VERIFY((m_rig->deadlines.fire(), heard += ann.hear()).count("done") == 1000
                    && !ann.over.isEmpty());
        QCOMPARE(ann.over, QStringList{u"ended"_s});
    }

private:
    /// Makes the kernel refuse, with a line begun and not ended.
    static void fill(Line &line)
    {
        line.pair.shrink();
        const QByteArray some = block(4095) + '\n';
        while (line.connection->waiting() == 0) {
            line.connection->write(some);
            turn();
        }
    }

    std::unique_ptr<Rig> m_rig;
};

QTEST_GUILESS_MAIN(TestConnection)
#include "tst_connection.moc"
