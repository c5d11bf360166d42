#include "server/net/descriptorlimit.h"
#include "tests/server/net/doorstep.h"

#include <QTcpSocket>

#include <fcntl.h>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void shrink(const Caller &caller)
{
    const int smallest = 1;
    ::setsockopt(caller.socket(), SOL_SOCKET, SO_RCVBUF, &smallest, sizeof smallest);
}

} // namespace

class TestGate : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_descriptors = raiseDescriptorLimit(); }
    void init() { m_at = std::make_unique<Doorstep>(); }
    void cleanup() { m_at.reset(); }

    void letsIn_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("everywhere") << QString();
        QTest::newRow("IPv4") << u"127.0.0.1"_s;
        QTest::newRow("by name") << u"localhost"_s;
    }

    void letsIn()
    {
        QFETCH(QString, host);
        m_at->open({}, host);
        Caller &ann = m_at->call();
        QTRY_COMPARE(ann.heard(), "hello\n");
        QCOMPARE(m_at->gate->strangers(), 1);
        ann.say("login ann\n");
        QTRY_COMPARE(ann.heard(), "hello\nwelcome\n");
        QCOMPARE(m_at->gate->strangers(), 0);
        QCOMPARE(m_at->gate->connections(), 1);
        ann.leave();
        QTRY_COMPARE(m_at->gate->connections(), 0);
        QCOMPARE(m_at->gate->ended().value("ended"_L1), 1u);
    }

    void bothFamiliesInOneSocket()
    {
        m_at->open({});
        QTcpSocket six;
        six.connectToHost(QHostAddress(QHostAddress::LocalHostIPv6), m_at->port);
        QTRY_COMPARE(six.bytesAvailable(), 6);
        QVERIFY(m_at->getsIn(m_at->call()));
    }

    void addressInUse()
    {
        m_at->open({});
        const Listener &second = m_at->gate->listen(u"127.0.0.1"_s, m_at->port, m_at->maker());
        QVERIFY(!second.isListening());
        QCOMPARE(second.serverError(), QAbstractSocket::AddressInUseError);
    }

    void unknownHost()
    {
        m_at->open({});
        const Listener &lost = m_at->gate->listen(u"no.such.host.invalid"_s, 0, m_at->maker());
        QVERIFY(!lost.isListening());
        QVERIFY(lost.problem().contains(u"no.such.host.invalid"_s));
    }

    void halfClosed()
    {
        m_at->open({});
        Caller &ann = m_at->call();
        ann.say("login ann\nsay x\n");
        ::shutdown(ann.socket(), SHUT_WR);
        QTRY_VERIFY(ann.hasEnded());
        QCOMPARE(ann.heard(), "hello\nwelcome\nann: x\nsay done\n");
        QTRY_COMPARE(m_at->gate->connections(), 0);
    }

    void reset()
    {
        m_at->open({});
        Caller &ann = m_at->call();
        ann.say("login ann\n");
        QTRY_COMPARE(ann.heard(), "hello\nwelcome\n");
        ann.vanish();
        QTRY_COMPARE(m_at->gate->connections(), 0);
        QCOMPARE(m_at->gate->ended().value("reset"_L1), 1u);
    }

    /// However much more it has sent: it reads the last line, and no reset takes it away.
    void refusedReadsTheLastLine()
    {
        m_at->open({});
        Caller &ann = m_at->call();
        ann.say("!\n");
        const QByteArray much(4 << 20, 'x');
        ann.say(much);
        QTRY_COMPARE(m_at->gate->connections(), 0);
        for (int i = 0; i < 20; ++i) {
            turn();
            ann.say(much);
        }
        QTRY_VERIFY(ann.hasEnded());
        QCOMPARE(ann.heard(), "hello\ngo away\n");
        QVERIFY(!ann.wasReset());
        m_at->rig.advance(2s); // nobody is waited for without end
        QTRY_VERIFY(ann.say("x") < 0);
    }

    void serverFull()
    {
        m_at->open({.sessions = 2});
        Caller &ann = m_at->call();
        Caller &bob = m_at->call();
        QTRY_COMPARE(m_at->gate->connections(), 2);
        Caller &cid = m_at->call();
        QTRY_VERIFY(cid.hasEnded());
        QCOMPARE(cid.heard(), "closing server-full\n");
        QVERIFY(!cid.wasReset());
        QCOMPARE(m_at->gate->ended().value("server-full"_L1), 1u);
        ann.leave();
        QTRY_COMPARE(m_at->gate->connections(), 1);
        cid.leave();
        QVERIFY(m_at->getsIn(m_at->call()));
        QCOMPARE(bob.heard(), "hello\n");
    }

    /// Beyond those who can be told that the server is full, the rest wait with the kernel.
    void veryFull()
    {
        m_at->open({.sessions = 1});
        Caller &ann = m_at->call();
        QTRY_COMPARE(m_at->gate->connections(), 1);
        for (int i = 0; i < 100; ++i)
            m_at->call();
        QTRY_COMPARE(m_at->refused(), 32);
        turn();
        QCOMPARE(m_at->refused(), 32);
        ann.leave();
        QTRY_VERIFY((m_at->rig.advance(2s), m_at->refused() + m_at->greeted()) > 100);
    }

    /// Descriptors run out in spite of all: nobody is lost who is in, and it goes on afterwards.
    void descriptorsRunOut()
    {
        m_at->open({.descriptors = 60});
        std::vector<int> others;
        while (others.empty() || others.back() < 50)
            others.push_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        Caller &ann = m_at->call();
        Caller &bob = m_at->call();
        QTRY_VERIFY(ann.hasEnded() || bob.hasEnded() || ann.wasReset() || bob.wasReset());
        for (const int other : others)
            ::close(other);
        m_at->rig.advance(1s);
        QVERIFY(m_at->getsIn(m_at->call()));
    }

    void largestOutboxesGoFirst()
    {
        m_at->open({.outboxTotal = 300'000});
        for (int i = 0; i < 3; ++i) {
            m_at->call().say("login user" + QByteArray::number(i) + '\n');
            QTRY_COMPARE(m_at->gate->connections() - m_at->gate->strangers(), i + 1);
        }
        shrink(*m_at->callers[0]);
        shrink(*m_at->callers[1]);
        const QByteArray line = "say " + QByteArray(3900, 'x') + '\n';
        for (int i = 0; m_at->gate->ended().isEmpty() && i < 10'000; ++i) {
            m_at->callers[2]->say(line);
            (void)m_at->callers[2]->heard();
            turn();
        }
        QTRY_VERIFY(m_at->gate->ended().value("slow-reader"_L1) >= 1u);
        QTRY_VERIFY(m_at->gate->waiting() <= 300'000);
        QTRY_VERIFY(
                (m_at->callers[2]->say("ping\n"), m_at->callers[2]->heard()).endsWith("pong\n"));
    }

    void thousandsCloseAtOnce()
    {
        const int count = std::min(3000, m_descriptors / 2 - 100);
        m_at->open({.sessions = count, .strangers = count});
        for (int i = 0; i < count; ++i) {
            m_at->call().say("login user" + QByteArray::number(i) + '\n');
            if (i % 500 == 0)
                turn();
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_at->gate->connections() - m_at->gate->strangers(), count,
                                  20'000);
        for (size_t i = 0; i < m_at->callers.size(); ++i) {
            if (i % 2 == 0)
                m_at->callers[i]->leave();
            else
                m_at->callers[i]->vanish();
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_at->gate->connections(), 0, 20'000);
        QCOMPARE(m_at->rig.house.sessionCount(), 0);
        QCOMPARE(m_at->gate->waiting(), 0);
    }

    void stops()
    {
        m_at->open({});
        Caller &ann = m_at->call();
        Caller &bob = m_at->call();
        ann.say("login ann\n");
        QTRY_COMPARE(ann.heard(), "hello\nwelcome\n");
        QTRY_COMPARE(bob.heard(), "hello\n");
        ann.say("say x\n");
        int done = 0;
        m_at->gate->closeAll({ClosingCode::Shutdown, {}}, [&] { ++done; });
        QTRY_VERIFY(ann.hasEnded() && bob.hasEnded());
        QVERIFY(ann.heard().endsWith("closing shutdown\n"));
        QCOMPARE(bob.heard(), "hello\nclosing shutdown\n");
        QCOMPARE(done, 0);
        ann.leave();
        bob.leave();
        QTRY_COMPARE(done, 1);
        QCOMPARE(m_at->gate->ended().value("shutdown"_L1), 2u);
    }

    void stopsInSpiteOfASlowReader()
    {
        m_at->open({});
        Caller &ann = m_at->call();
        QTRY_COMPARE(ann.heard(), "hello\n");
        int done = 0;
        m_at->gate->closeAll({ClosingCode::Shutdown, {}}, [&] { ++done; });
        QTRY_VERIFY(ann.hasEnded());
        m_at->rig.advance(4s);
        QTRY_COMPARE(done, 1);
    }

    void stopsWhenNobodyIsThere()
    {
        m_at->open({});
        int done = 0;
        m_at->gate->closeAll({ClosingCode::Shutdown, {}}, [&] { ++done; });
        QTRY_COMPARE(done, 1);
    }

    void sessionLimits()
    {
        QCOMPARE(sessionLimit(12'000, 12'065, 1), 12'000);
        QCOMPARE(sessionLimit(12'000, 12'064, 1), 11'999);
        QCOMPARE(sessionLimit(12'000, 1024, 8), 952);
        QCOMPARE(sessionLimit(12'000, 10, 1), 1);
        for (const int doors : {1, 8, 1000}) {
            QCOMPARE(sessionLimit(12'000, neededDescriptors(doors), doors), 1);
            QCOMPARE(sessionLimit(12'000, neededDescriptors(doors) + 1, doors), 2);
        }
    }

private:
    int m_descriptors = 0;
    std::unique_ptr<Doorstep> m_at;
};

QTEST_GUILESS_MAIN(TestGate)
#include "tst_gate.moc"
