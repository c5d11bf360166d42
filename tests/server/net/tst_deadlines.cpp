#include "server/net/deadlines.h"
#include "tests/server/net/fakeclock.h"

#include <QTest>

#include <memory>

using namespace teahouse::server;
using namespace std::chrono_literals;

namespace {

/// Writes down when it was told.
struct Waiter : DeadlineHandler
{
    Waiter(Deadlines &deadlines, int name, QList<int> &told)
        : deadline(deadlines, *this), m_name(name), m_told(told)
    {
    }

    void onDeadline() override
    {
        m_told.append(m_name);
        if (then)
            then();
    }

    Deadline deadline;
    std::function<void()> then;

private:
    int m_name;
    QList<int> &m_told;
};

} // namespace

class TestDeadlines : public QObject
{
    Q_OBJECT

private slots:
    void inOrderAndNotBefore()
    {
        std::vector<std::unique_ptr<Waiter>> waiters;
        const QList<int> times = {50, 10, 40, 20, 60, 30, 70, 15};
        for (const int time : times) {
            waiters.push_back(std::make_unique<Waiter>(m_deadlines, time, m_told));
            waiters.back()->deadline.startAt(m_clock.steady() + time);
        }
        m_clock.advance(9ms);
        m_deadlines.fire();
        QCOMPARE(m_told, QList<int>());
        m_clock.advance(1ms);
        m_deadlines.fire();
        QCOMPARE(m_told, QList<int>{10});
        waiters[2]->deadline.stop();
        m_clock.advance(1s);
        m_deadlines.fire();
        QCOMPARE(m_told, (QList<int>{10, 15, 20, 30, 50, 60, 70}));
    }

    void theLastStartCounts()
    {
        Waiter waiter(m_deadlines, 1, m_told);
        waiter.deadline.startAt(m_clock.steady() + 10);
        waiter.deadline.startAt(m_clock.steady() + 20);
        m_clock.advance(10ms);
        m_deadlines.fire();
        QVERIFY(m_told.isEmpty());
        waiter.deadline.startAt(m_clock.steady() + 1);
        m_clock.advance(1ms);
        m_deadlines.fire();
        QCOMPARE(m_told, QList<int>{1});
        QVERIFY(!waiter.deadline.isActive());
    }

    void handlersMayGoAndStartAgain()
    {
        auto first = std::make_unique<Waiter>(m_deadlines, 1, m_told);
        auto second = std::make_unique<Waiter>(m_deadlines, 2, m_told);
        Waiter third(m_deadlines, 3, m_told);
        first->deadline.startAt(m_clock.steady());
        second->deadline.startAt(m_clock.steady() + 1);
        third.deadline.startAt(m_clock.steady() + 2);
        first->then = [&] { second.reset(); };
        third.then = [&] { third.deadline.startAt(m_clock.steady()); };
        m_clock.advance(5ms);
        m_deadlines.fire();
        QVERIFY(third.deadline.isActive()); // again, but not without end
        QCOMPARE(m_told.first(2), (QList<int>{1, 3}));
        QVERIFY(m_told.size() <= 4);
    }

    void theTimerFires()
    {
        const SystemClock clock;
        Deadlines deadlines(clock);
        Waiter waiter(deadlines, 1, m_told);
        waiter.deadline.startAt(clock.steady() + 1);
        QTRY_COMPARE(m_told, QList<int>{1});
    }

    void manyComeInOrder()
    {
        std::vector<std::unique_ptr<Waiter>> waiters;
        for (int i = 0; i < 1000; ++i) {
            const int time = (i * 7919) % 1000;
            waiters.push_back(std::make_unique<Waiter>(m_deadlines, time, m_told));
            waiters.back()->deadline.startAt(m_clock.steady() + time);
        }
        for (int i = 0; i < 1000; i += 3)
            waiters[size_t(i)].reset();
        m_clock.advance(1s);
        m_deadlines.fire();
        QCOMPARE(m_told.size(), 666);
        QVERIFY(std::is_sorted(m_told.begin(), m_told.end()));
    }

    void cleanup() { m_told.clear(); }

private:
    FakeClock m_clock;
    Deadlines m_deadlines{m_clock};
    QList<int> m_told;
};

QTEST_GUILESS_MAIN(TestDeadlines)
#include "tst_deadlines.moc"
