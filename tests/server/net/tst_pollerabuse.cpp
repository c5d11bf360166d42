#include "tests/server/net/ear.h"
#include "tests/server/net/tcppair.h"
#include "tests/server/net/testedreadyset.h"

#include <QAbstractEventDispatcher>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <sys/resource.h>

#include <memory>

using namespace teahouse::server;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A descriptor that is watched from the start; notes what it is told.
class Watcher : public PollHandler
{
public:
    Watcher(Poller &poller, int descriptor, PollEvents interest) : m_watch(poller, *this)
    {
        if (!m_watch.watch(descriptor, interest))
            qFatal("cannot watch");
    }

    void onReady(PollEvents events) override
    {
        told |= events;
        if (once)
            m_watch.unwatch();
    }
    void onRoundEnd() override { }
    void unwatch() { m_watch.unwatch(); }

    PollEvents told;
    bool once = true;

private:
    Poller::Watch m_watch;
};

/// Everything in it is ready, always.
class AlwaysReady : public ReadySet
{
public:
    void start(std::function<void()> tell) override
    {
        m_timer.callOnTimeout(tell);
        m_timer.start(0);
    }
    bool add(int, PollEvents, Key key) override
    {
        m_ready.push_back({key, PollEvent::Readable});
        return true;
    }
    void change(int, PollEvents, Key) override { }
    void remove(int) override { }
    std::span<const Ready> take() override { return m_ready; }

private:
    QTimer m_timer;
    std::vector<Ready> m_ready;
};

/// Runs a loop of its own for a while; returns how often that loop has turned.
int nestedLoop()
{
    int turns = 0;
    QEventLoop loop;
    QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, &loop,
                     [&] { ++turns; });
    QTimer::singleShot(50ms, &loop, &QEventLoop::quit);
    loop.exec();
    return turns;
}

QByteArray left(int descriptor)
{
    std::array<char, 100> buffer;
    const ssize_t count = ::recv(descriptor, buffer.data(), buffer.size(), 0);
    return count < 0 ? QByteArray() : QByteArray(buffer.data(), count);
}

} // namespace

class TestPollerAbuse : public QObject
{
    Q_OBJECT

private slots:
    void nestedLoop_data()
    {
        QTest::addColumn<QString>("where");
        QTest::newRow("when ready") << u"ready"_s;
        QTest::newRow("at the end of the round") << u"end"_s;
        QTest::newRow("in a task") << u"task"_s;
    }

    /// Nobody else is told of anything inside, the loop does not spin although much is ready, and
    /// all is made good afterwards.
    void nestedLoop()
    {
        QFETCH(QString, where);
        Poller poller(testedReadySet());
        Ear one(poller);
        Ear other(poller);
        QStringList done;
        int turns = 0;
        const auto nest = [&] {
            done << u"begin"_s;
            other.pair.say("x");
            other.watch.mark();
            poller.post([&] { done << u"task"_s; });
            QTimer::singleShot(0, &poller, [&] { poller.post([&] { done << u"late"_s; }); });
            turns = ::nestedLoop();
            done << u"end"_s;
        };
        one.atReady = [&] {
            one.read();
            if (where == u"ready")
                nest();
            else if (where == u"end")
                one.watch.mark();
            else
                poller.post(nest);
        };
        one.atEnd = nest;
        other.atReady = [&] {
            other.read();
            done << u"other"_s;
        };
        one.pair.say("x");
        QTRY_VERIFY(done.contains(u"other"_s) && other.ends == 1);
        QCOMPARE(done.first(4).join(u' '), u"begin end task late"_s);
        QCOMPARE(done.size(), 5);
        QVERIFY2(turns < 30, qPrintable(QString::number(turns)));
        QCOMPARE(one.ready, 1);
    }

    /// In the nested loop somebody goes who was ready in the same round.
    void destroyedInANestedLoop()
    {
        Poller poller(testedReadySet());
        std::array<std::unique_ptr<Ear>, 2> ears;
        int told = 0;
        for (size_t i = 0; i < 2; ++i) {
            ears[i] = std::make_unique<Ear>(poller);
            ears[i]->pair.say("x");
            ears[i]->atReady = [&, i] {
                ++told;
                QTimer::singleShot(0, &poller, [&, i] { ears[1 - i].reset(); });
                ::nestedLoop();
                ears[i]->read();
            };
        }
        QTRY_COMPARE(told, 1);
        turn();
        QCOMPARE(told, 1);
    }

    /// A slot whose handler goes at the end of the round, with another in its place at once.
    void replacedAtTheEnd()
    {
        Poller poller(testedReadySet());
        auto old = std::make_unique<Ear>(poller);
        std::unique_ptr<Ear> young;
        Ear first(poller);
        first.atEnd = [&] {
            if (!old)
                return;
            old.reset();
            young = std::make_unique<Ear>(poller);
            young->watch.mark();
        };
        first.watch.mark();
        old->watch.mark();
        turn();
        QVERIFY(young && young->ends >= 1);
        QCOMPARE(first.ends, 1);
    }

    /// Interest that is lost within a round is lost at once.
    void interestChangedInARound()
    {
        Poller poller(testedReadySet());
        std::array<std::unique_ptr<Ear>, 2> ears;
        int told = 0;
        for (size_t i = 0; i < 2; ++i) {
            ears[i] = std::make_unique<Ear>(poller);
            ears[i]->pair.say("x");
            ears[i]->atReady = [&, i] {
                ++told;
                ears[1 - i]->watch.setInterest({});
                ears[i]->read();
            };
        }
        QTRY_COMPARE(told, 1);
        turn();
        QCOMPARE(told, 1);
        // What was not read is told when it is wanted again.
        for (const auto &ear : ears)
            ear->watch.setInterest(PollEvent::Readable);
        QTRY_COMPARE(told, 2);
    }

    void closedDescriptorIsNotWatched()
    {
        Poller poller(testedReadySet());
        Ear ear(poller);
        const int number = ear.pair.near();
        ear.watch.unwatch();
        ear.pair.closeNear();
        QVERIFY(!ear.watch.watch(number, PollEvent::Readable));
        ear.watch.mark();
        turn();
        QCOMPARE(ear.ends, 1);
    }

    void ends_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<PollEvents>("interest");
        QTest::addColumn<PollEvents>("expected");
        const PollEvents none;
        const PollEvents in = PollEvent::Readable;
        const PollEvents out = PollEvent::Writable;
        const PollEvents gone = PollEvent::HungUp;
        QTest::newRow("half-closed") << u"shutdown"_s << in << in;
        QTest::newRow("closed") << u"close"_s << in << in;
        QTest::newRow("closed, we have ended, too") << u"both"_s << in << (in | gone);
        QTest::newRow("the same, not listening") << u"both"_s << none << gone;
        QTest::newRow("reset") << u"reset"_s << in << (in | gone);
        QTest::newRow("reset, not listening") << u"reset"_s << none << gone;
        QTest::newRow("reset, waiting to write") << u"reset"_s << out << (out | gone);
        QTest::newRow("reset with data left") << u"data reset"_s << in << (in | gone);
        QTest::newRow("closed with data left") << u"data close"_s << in << in;
        QTest::newRow("closed on what we wrote") << u"write close"_s << in << (in | gone);
    }

    void ends()
    {
        QFETCH(QString, how);
        QFETCH(PollEvents, interest);
        QFETCH(PollEvents, expected);
        Poller poller(testedReadySet());
        TcpPair pair;
        if (how.startsWith(u"data"))
            ::send(pair.far, "last", 4, MSG_NOSIGNAL);
        if (how.startsWith(u"write"))
            ::send(pair.near, "never read", 10, MSG_NOSIGNAL);
        if (how == u"both")
            ::shutdown(pair.near, SHUT_WR);
        if (how == u"shutdown")
            ::shutdown(pair.far, SHUT_WR);
        else if (how.endsWith(u"reset"))
            TcpPair::reset(pair.far);
        else
            TcpPair::close(pair.far);
        Watcher watcher(poller, pair.near, interest);
        QTRY_VERIFY(watcher.told);
        QCOMPARE(PollEvents(watcher.told & (interest | PollEvent::HungUp)), watcher.told);
        QVERIFY2((watcher.told & PollEvent::HungUp) == (expected & PollEvent::HungUp)
                         || (watcher.told & expected & PollEvent::HungUp),
                 qPrintable(QString::number(watcher.told.toInt(), 16)));
        QCOMPARE(watcher.told & interest, expected & interest);
        if (how.startsWith(u"data"))
            QCOMPARE(left(pair.near), "last");
    }

    /// The same for one that has been watched for a while.
    void endsLater()
    {
        Poller poller(testedReadySet());
        TcpPair pair;
        Watcher watcher(poller, pair.near, {});
        turn();
        QVERIFY(!watcher.told);
        TcpPair::reset(pair.far);
        QTRY_VERIFY(watcher.told & PollEvent::HungUp);
    }

    void connectRefused()
    {
        TcpPair other;
        sockaddr_in address = {};
        socklen_t size = sizeof address;
        auto *bytes = reinterpret_cast<sockaddr *>(&address);
        ::getsockname(other.far, bytes, &size); // a port where nobody listens
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        ::connect(descriptor, bytes, size);
        {
            Poller poller(testedReadySet());
            Watcher watcher(poller, descriptor, PollEvent::Writable);
            QTRY_VERIFY(watcher.told & PollEvent::HungUp);
        }
        ::close(descriptor);
    }

    /// Each end takes its own handler away and now and then another's.
    void thousandsEndAtOnce()
    {
        rlimit limit = {};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        ::setrlimit(RLIMIT_NOFILE, (limit.rlim_cur = limit.rlim_max, &limit));
        const size_t count = std::min<size_t>(4000, limit.rlim_max / 2 - 50);
        Poller poller(testedReadySet());
        std::vector<std::unique_ptr<Ear>> ears(count);
        size_t alive = count;
        for (size_t i = 0; i < count; ++i) {
            ears[i] = std::make_unique<Ear>(poller);
            ears[i]->atReady = [&, i] {
                ears[i]->watch.mark();
                ears[i]->watch.unwatch();
                poller.post([&, i] { alive -= std::exchange(ears[i], nullptr) ? 1 : 0; });
                const size_t other = (i * 7919) % count;
                if (other != i)
                    alive -= std::exchange(ears[other], nullptr) ? 1 : 0;
            };
        }
        for (const auto &ear : ears)
            ear->pair.closeFar();
        QTRY_COMPARE(alive, size_t(0));
    }

    /// Timers, queued calls, tasks and round ends all go on beside ten sources without end.
    void nothingStarves()
    {
        Poller poller(std::make_unique<AlwaysReady>());
        std::vector<std::unique_ptr<Ear>> ears;
        for (int i = 0; i < 10; ++i)
            ears.push_back(std::make_unique<Ear>(poller));
        int timeouts = 0;
        int calls = 0;
        int tasks = 0;
        int ends = 0;
        QTimer timer;
        timer.callOnTimeout([&] { ++timeouts; });
        timer.start(1);
        std::function<void()> again = [&] {
            ++calls;
            poller.post([&] { ++tasks; });
            ears[0]->watch.mark();
            QMetaObject::invokeMethod(
                    &poller, [&] { again(); }, Qt::QueuedConnection);
        };
        again();
        ears[0]->atEnd = [&] { ++ends; };
        QTRY_VERIFY(timeouts > 20 && calls > 20 && tasks > 20 && ends > 20);
        QVERIFY(ears[9]->ready > 20);
        again = [] {};
        turn();
    }

    /// All of many that are ready without end have their turn.
    void everyoneHasATurn()
    {
        Poller poller(testedReadySet());
        std::vector<std::unique_ptr<Ear>> ears;
        for (int i = 0; i < 450; ++i) {
            ears.push_back(std::make_unique<Ear>(poller));
            ears.back()->pair.say("x"); // never read
        }
        QTRY_VERIFY(ears[0]->ready >= 5);
        for (const auto &ear : ears)
            QVERIFY(ear->ready >= 3);
    }
};

QTEST_GUILESS_MAIN(TestPollerAbuse)
#include "tst_pollerabuse.moc"
