#include "gui-client/link/liveness.h"
#include "tests/support/fakealarms.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace teahouse;
using namespace teahouse::client;

class TestLiveness : public QObject
{
    Q_OBJECT

private slots:
    void asksThenGivesUp();
    void staysWhileHeard();
};

void TestLiveness::asksThenGivesUp()
{
    test::FakeAlarms alarms;
    int asked = 0;
    int dead = 0;
    Liveness liveness(
            alarms.factory(), {}, [&] { ++asked; }, [&] { ++dead; });
    alarms.advance(1h);
    QCOMPARE(asked, 0);
    liveness.heard();
    alarms.advance(29s);
    QCOMPARE(asked, 0);
    alarms.advance(1s);
    QCOMPARE(asked, 1);
    alarms.advance(14s);
    QCOMPARE(dead, 0);
    alarms.advance(1s);
    QCOMPARE(dead, 1);
    alarms.advance(1h);
    QCOMPARE(dead, 1);
}

void TestLiveness::staysWhileHeard()
{
    test::FakeAlarms alarms;
    int asked = 0;
    int dead = 0;
    Liveness liveness(
            alarms.factory(), {}, [&] { ++asked; }, [&] { ++dead; });
    liveness.heard();
    for (int i = 1; i <= 10; ++i) {
        alarms.advance(44s);
        QCOMPARE(asked, i);
        liveness.heard();
    }
    QCOMPARE(dead, 0);
    liveness.stop();
    alarms.advance(1h);
    QCOMPARE(dead, 0);
}

QTEST_GUILESS_MAIN(TestLiveness)
#include "tst_liveness.moc"
