#include "tests/server/net/doorstep.h"

#include <QAbstractEventDispatcher>
#include <QTimer>

#include <sys/resource.h>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int perAddress = limits::strangersPerAddress;
constexpr quint32 home = 0x7f000102;
constexpr quint32 elsewhere = 0x7f000103;

/// Loopback is an address like any other.
AddressLimits::Settings nobodyExempt()
{
    AddressLimits::Settings settings = AddressLimits::defaults();
    settings.exempt.clear();
    return settings;
}

/// While it is there, this process gets no more descriptors.
class NoDescriptors
{
public:
    NoDescriptors()
    {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        const int next = ::dup(0);
        ::close(next);
        const rlimit full = {rlim_t(next), m_before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &full);
    }
    ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &m_before); }
    Q_DISABLE_COPY_MOVE(NoDescriptors)

private:
    rlimit m_before = {};
};

/// How often the event loop turns in that time.
int turnsIn(std::chrono::milliseconds time)
{
    int turns = 0;
    QObject context;
    QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake,
                     &context, [&] { ++turns; });
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
    return turns;
}

} // namespace

/// How many are let in, and who waits for what: not for being refused.
class TestGateLimits : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_at = std::make_unique<Doorstep>(); }
    void cleanup() { m_at.reset(); }

    void sessions_data() { around(); }
    void sessions()
    {
        QFETCH(int, more);
        m_at->open({.sessions = 20});
        m_at->call(20 + more, home);
        QTRY_COMPARE(m_at->greeted() + m_at->refused(), 20 + more);
        QCOMPARE(m_at->greeted(), 20 + std::min(more, 0));
        QCOMPARE(m_at->gate->connections(), 20 + std::min(more, 0));
    }

    void connectionsOfAnAddress_data() { around(); }
    void connectionsOfAnAddress()
    {
        QFETCH(int, more);
        m_at->open({.addresses = nobodyExempt()});
        const int calls = limits::connectionsPerAddress + more;
        for (int i = 0; i < calls; ++i) {
            m_at->call(home).say("login user" + QByteArray::number(i) + '\n');
            QTRY_VERIFY(m_at->greeted() + m_at->refused() == i + 1);
            QTRY_COMPARE(m_at->gate->strangers(), 0);
        }
        QCOMPARE(m_at->refused(), std::max(more, 0));
        QVERIFY(m_at->getsIn(m_at->call(elsewhere)));
        if (more < 0)
            return;
        // The place is free again with the end of the session.
        m_at->callers.front()->leave();
        QTRY_COMPARE(m_at->gate->connections(), limits::connectionsPerAddress);
        QVERIFY(m_at->getsIn(m_at->call(home)));
    }

    void strangersOfAll_data() { around(); }
    void strangersOfAll()
    {
        QFETCH(int, more);
        m_at->open({.strangers = 10});
        m_at->call(10 + more, home);
        expectGreeted(10 + std::min(more, 0));
        QCOMPARE(m_at->gate->strangers(), m_at->greeted());
        QCOMPARE(m_at->refused(), 0);
    }

    /// The listeners wait until somebody logs in or leaves, and then for no more than that.
    void strangersOfAllWait()
    {
        m_at->open({.strangers = 3});
        m_at->call(6, home);
        expectGreeted(3);
        m_at->callers[0]->say("login ann\n");
        expectGreeted(4);
        m_at->callers[1]->leave();
        QTRY_COMPARE(m_at->gate->connections(), 4);
        QCOMPARE(m_at->gate->strangers(), 3);
        m_at->callers[2]->vanish();
        QTRY_COMPARE(m_at->gate->ended().value("reset"_L1), 1u);
        QTRY_VERIFY(m_at->callers[5]->heard() == "hello\n");
        QCOMPARE(m_at->gate->strangers(), 3);
    }

    void silentOnesGiveWay_data()
    {
        QTest::addColumn<int>("later");
        QTest::addColumn<bool>("comesIn");
        QTest::newRow("limit - 1") << -1 << false;
        QTest::newRow("limit") << 0 << true;
        QTest::newRow("limit + 1") << 1 << true;
    }

    /// When all places are taken, the one who has been silent longest gives way.
    void silentOnesGiveWay()
    {
        QFETCH(int, later);
        QFETCH(bool, comesIn);
        m_at->open({.strangers = 3});
        m_at->call(3, home);
        expectGreeted(3);
        m_at->call(elsewhere);
        m_at->settle();
        QCOMPARE(m_at->greeted(), 3);
        m_at->rig.advance(std::chrono::milliseconds(limits::strangerStays)
                          + std::chrono::milliseconds(later));
        expectGreeted(comesIn ? 4 : 3);
        QCOMPARE(m_at->callers[0]->heard().contains("closing server-full\n"), comesIn);
        QCOMPARE(m_at->gate->strangers(), 3);
        QCOMPARE(m_at->gate->ended().value("server-full"_L1), comesIn ? 1U : 0U);
        QCOMPARE(m_at->gate->connections(), 3);
    }

    /// However many addresses are silent: whoever has fewer connections comes in, and those of the
    /// one with most go first.
    void theOneWithMostGivesWay()
    {
        constexpr quint32 third = 0x7f000104;
        m_at->open({.strangers = 6, .addresses = nobodyExempt()});
        m_at->call(elsewhere); // waits longest
        m_at->rig.advance(1ms);
        m_at->call(5, home);
        expectGreeted(6);
        m_at->rig.advance(limits::strangerStays);
        QVERIFY(m_at->getsIn(m_at->call(third)));
        QVERIFY(m_at->getsIn(m_at->call(third)));
        QTRY_VERIFY(m_at->callers[1]->hasEnded() && m_at->callers[2]->hasEnded());
        QVERIFY(!m_at->callers[0]->hasEnded());
        // Of the one with most, a further one takes the place of its own.
        m_at->rig.advance(limits::strangerStays);
        m_at->call(2, home);
        QTRY_VERIFY(m_at->callers[3]->hasEnded() && m_at->callers[4]->hasEnded());
        QVERIFY(!m_at->callers[0]->hasEnded());
    }

    /// Also when all sessions are taken; those who have logged in stay.
    void strangersGiveWayWhenTheServerIsFull()
    {
        m_at->open({.sessions = 3, .strangers = 3});
        m_at->call(3, home);
        expectGreeted(3);
        m_at->callers[0]->say("login ann\n");
        QTRY_VERIFY(m_at->callers[0]->heard().contains("welcome"));
        m_at->call(elsewhere);
        QTRY_COMPARE(m_at->refused(), 1); // nobody has had the time to log in
        m_at->rig.advance(limits::strangerStays);
        QVERIFY(m_at->getsIn(m_at->call(elsewhere)));
        QTRY_VERIFY(m_at->callers[1]->hasEnded());
        QVERIFY(!m_at->callers[0]->hasEnded());
    }

    /// One listener's strangers make the other wait, too.
    void strangersAtTwoDoors()
    {
        m_at->open({.strangers = 3});
        const Listener &other = m_at->gate->listen({}, 0, m_at->maker());
        m_at->call(2, home);
        expectGreeted(2);
        m_at->port = other.serverPort();
        m_at->call(2, home);
        expectGreeted(3);
        QCOMPARE(m_at->gate->strangers(), 3);
    }

    /// Nobody is a stranger where no name is asked for.
    void namelessAreNoStrangers()
    {
        m_at = std::make_unique<Doorstep>(TestDialect::Manners{.room = u"main"_s});
        m_at->open({.strangers = 1, .addresses = nobodyExempt()});
        m_at->call(limits::connectionsPerAddress, home);
        expectGreeted(limits::connectionsPerAddress);
        QCOMPARE(m_at->gate->strangers(), 0);
    }

    void withoutLimit()
    {
        AddressLimits::Settings addresses = nobodyExempt();
        addresses.protection = AddressLimits::Protection::Off;
        m_at->open({.strangers = std::numeric_limits<int>::max(), .addresses = addresses});
        m_at->call(200, home);
        expectGreeted(200);
        QCOMPARE(m_at->gate->strangers(), 200);
    }

    void strangersOfAnAddress_data() { around(); }
    void strangersOfAnAddress()
    {
        QFETCH(int, more);
        m_at->open({.addresses = nobodyExempt()});
        m_at->call(perAddress + more, home);
        expectGreeted(perAddress + std::min(more, 0));
        QCOMPARE(m_at->gate->connections(), m_at->greeted());
        QCOMPARE(m_at->gate->strangers(), perAddress + more);
        QVERIFY(m_at->getsIn(m_at->call(elsewhere)));
        QCOMPARE(m_at->refused(), 0);
    }

    /// Whoever waits is let in, in order, when one of the address logs in or leaves, and what has
    /// been said meanwhile is not lost.
    void strangersOfAnAddressWait()
    {
        m_at->open({.addresses = nobodyExempt()});
        m_at->call(perAddress + 4, home);
        m_at->callers[perAddress]->say("login next\n");
        expectGreeted(perAddress);
        m_at->callers[1]->say("login bob\n");
        // Next logs in at once, and so makes room for one more.
        expectGreeted(perAddress + 2);
        QVERIFY(m_at->callers[perAddress]->heard().contains("welcome\n"));
        m_at->callers[2]->leave();
        expectGreeted(perAddress + 3);
        m_at->callers[3]->vanish();
        QTRY_COMPARE(m_at->gate->ended().value("reset"_L1), 1u);
        QTRY_VERIFY(m_at->callers.back()->heard() == "hello\n");
        QCOMPARE(m_at->gate->strangers(), perAddress);
    }

    /// The wait ends with the others' login deadline at the latest.
    void silentStrangersDoNotLockOut()
    {
        m_at->open({.addresses = nobodyExempt()});
        m_at->call(perAddress + 1, home);
        expectGreeted(perAddress);
        m_at->rig.advance(30s);
        QTRY_COMPARE(m_at->callers.back()->heard(), "hello\n");
    }

    void whoeverWaitsCanLeave()
    {
        m_at->open({.addresses = nobodyExempt()});
        m_at->call(perAddress + 3, home);
        expectGreeted(perAddress);
        m_at->callers[perAddress]->leave();
        m_at->callers[perAddress + 1]->vanish();
        m_at->callers[0]->leave();
        QTRY_COMPARE(m_at->callers.back()->heard(), "hello\n");
        QTRY_COMPARE(m_at->gate->strangers(), perAddress);
        QCOMPARE(m_at->gate->connections(), perAddress);
    }

    void othersCanBeExempt()
    {
        AddressLimits::Settings addresses = nobodyExempt();
        addresses.exempt = {{QHostAddress(elsewhere), 32}};
        m_at->open({.addresses = addresses});
        m_at->call(perAddress + 2, home);
        expectGreeted(perAddress);
        m_at->call(50, elsewhere);
        expectGreeted(perAddress + 50);
        // It holds for those who wait as soon as it is set.
        addresses.protection = AddressLimits::Protection::Off;
        m_at->gate->setSettings({.addresses = addresses});
        expectGreeted(perAddress + 52);
    }

    void descriptorsRunOut_data()
    {
        QTest::addColumn<bool>("warm");
        QTest::newRow("before anybody was accepted") << false;
        QTest::newRow("after somebody was accepted") << true;
    }

    /// The kernel refuses descriptors: the loop does not spin for that, those who are in go on, and
    /// when there are descriptors again all are accepted, not one a second.
    void descriptorsRunOut()
    {
        QFETCH(bool, warm);
        rehearse();
        m_at->open({});
        if (warm) {
            m_at->call().say("login ann\n");
            QTRY_COMPARE(m_at->callers[0]->heard(), "hello\nwelcome\n");
        }
        m_at->call(10, home);
        {
            const NoDescriptors none;
            QTest::qWait(1);
            QVERIFY2(turnsIn(100ms) < 20, "spins");
            QCOMPARE(m_at->greeted(), warm ? 1 : 0);
            if (warm) {
                m_at->callers[0]->say("ping\n");
                QTRY_VERIFY(m_at->callers[0]->heard().endsWith("pong\n"));
            }
        }
        m_at->rig.advance(1s);
        m_at->call(10, home);
        QTRY_COMPARE(m_at->greeted(), warm ? 21 : 20);
    }

    void stopsWhileSomebodyWaits()
    {
        m_at->open({.addresses = nobodyExempt()});
        m_at->call(perAddress + 1, home);
        expectGreeted(perAddress);
        int done = 0;
        m_at->gate->closeAll({ClosingCode::Shutdown, {}}, [&] { ++done; });
        QTRY_COMPARE(m_at->callers.back()->heard(), "closing shutdown\n");
        m_at->callers.clear();
        QTRY_COMPARE(done, 1);
    }

private:
    static void around()
    {
        QTest::addColumn<int>("more");
        QTest::newRow("limit - 1") << -1;
        QTest::newRow("limit") << 0;
        QTest::newRow("limit + 1") << 1;
    }

    /// UndefinedBehaviorSanitizer wants a descriptor whenever it meets a new class.
    static void rehearse()
    {
        Doorstep other;
        other.open({});
        QVERIFY(other.getsIn(other.call()));
        other.callers[0]->say("login ann\nping\n");
        QTRY_VERIFY(other.callers[0]->heard().endsWith("pong\n"));
        turnsIn(1ms);
    }

    void expectGreeted(int count)
    {
        QTRY_COMPARE(m_at->greeted(), count);
        m_at->settle();
        QCOMPARE(m_at->greeted(), count);
    }

    std::unique_ptr<Doorstep> m_at;
};

QTEST_GUILESS_MAIN(TestGateLimits)
#include "tst_gatelimits.moc"
