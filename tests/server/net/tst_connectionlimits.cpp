#include "tests/server/net/line.h"

#include <QTest>

#include <sys/ioctl.h>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What a connection may take: of the outbox, of the time, of the others' patience.
class TestConnectionLimits : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_rig = std::make_unique<Rig>(); }

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

    void framesThatAskForNothing_data()
    {
        QTest::addColumn<int>("more");
        QTest::newRow("limit - 1") << -1;
        QTest::newRow("limit") << 0;
        QTest::newRow("limit + 1") << 1;
    }

    /// They are counted like all others: then nothing is read for a while, and nothing is lost.
    void framesThatAskForNothing()
    {
        QFETCH(int, more);
        Rig rig(true);
        Line ann(rig);
        ann.ask("login ann\n"); // one
        ann.ask(QByteArray("#\n").repeated(limits::frameBurst - 2 + more));
        QCOMPARE(ann.ask("ping\n"), more < 1 ? "pong\n" : "");
        QCOMPARE(ann.ask("ping\n"), more < 0 ? "pong\n" : "");
        rig.advance(std::chrono::milliseconds(2 * 1000 / limits::framesPerSecond));
        QCOMPARE(ann.hear().count("pong"), more < 0 ? 0 : more + 1);
        QVERIFY(ann.over.isEmpty());
    }

    /// Bytes without an end are counted too: the rest stays with the kernel.
    void bytesAreCounted()
    {
        Rig rig(true);
        Line ann(rig);
        ann.ask("login ann\n");
        const QByteArray block(32 * 1024, 'x');
        const int blocks = limits::inputBurst / 32;
        for (int i = 0; i < blocks; ++i)
            ann.ask(block);
        QCOMPARE(unread(ann), 0);
        ann.ask(block);
        QCOMPARE(unread(ann), block.size());
        rig.advance(1s);
        ann.hear();
        QCOMPARE(unread(ann), 0);
        QVERIFY(ann.over.isEmpty());
    }

    void withoutFloodControlNothingIsCounted()
    {
        Line ann(*m_rig);
        ann.ask("login ann\n");
        ann.pair.say(QByteArray("#\n").repeated(3 * limits::frameBurst) + "ping\n");
        QByteArray heard;
        QTRY_COMPARE(heard += ann.hear(), "pong\n");
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

    /// Whoever sends without end is read once a round, and the others are answered meanwhile.
    void oneThatSendsWithoutEnd()
    {
        constexpr int rounds = 50;
        Line hog(*m_rig);
        Line ann(*m_rig);
        ann.ask("login ann\n");
        const QByteArray much(1 << 20, '\n'); // requests, as many as there can be
        int answers = 0;
        QByteArray heard;
        for (int i = 0; i < rounds; ++i) {
            hog.pair.say(much);
            const int before = unread(hog);
            ann.pair.say("ping\n");
            QCoreApplication::processEvents();
            QCoreApplication::processEvents();
            QVERIFY(before - unread(hog) <= 2 * 64 * 1024);
            (void)hog.pair.hear();
            heard += ann.pair.hear();
        }
        answers = int(heard.count("pong"));
        QVERIFY2(answers >= rounds - 2, qPrintable(QString::number(answers)));
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
    static int unread(const Line &line)
    {
        int bytes = 0;
        ::ioctl(line.pair.near(), FIONREAD, &bytes);
        return bytes;
    }

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

QTEST_GUILESS_MAIN(TestConnectionLimits)
#include "tst_connectionlimits.moc"
