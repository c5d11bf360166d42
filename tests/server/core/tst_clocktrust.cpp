#include "server/core/clocktrust.h"

#include "shared/limits.h"

#include <QTest>

#include <chrono>

namespace teahouse::server {

using namespace std::chrono_literals;

namespace {

constexpr qint64 start = 1'700'000'000'000;
constexpr qint64 second = 1000;
constexpr qint64 hour = 3600 * second;
constexpr qint64 day = 24 * hour;
constexpr qint64 leap = std::chrono::milliseconds(limits::clockLeap).count();
constexpr qint64 longEnough = std::chrono::milliseconds(limits::clockSteady).count();

} // namespace

/// Which clocks are believed.
class TestClockTrust : public QObject
{
    Q_OBJECT

private slots:
    void withoutAPastItIsBelieved();
    void startsAreBelievedUpToALeap_data();
    void startsAreBelievedUpToALeap();
    void jumpWhileRunning_data();
    void jumpWhileRunning();
    void comesBack();
    void isBelievedWhenSteady();
    void anotherJumpBeginsAnew();
    void steadinessGoesOnAfterARestart();
    void isConfirmed();
    void momentsBetweenLooks();
};

void TestClockTrust::withoutAPastItIsBelieved()
{
    const ClockTrust trust({}, start, 5);
    QVERIFY(!trust.isHeld());
    QCOMPARE(trust.times().expiry(), start);
    QCOMPARE(trust.state(), (ClockState{start, 0}));
}

void TestClockTrust::startsAreBelievedUpToALeap_data()
{
    QTest::addColumn<qint64>("off");
    QTest::addColumn<bool>("isHeld");
    QTest::newRow("at once") << qint64(0) << false;
    QTest::newRow("a leap") << leap << false;
    QTest::newRow("more") << leap + 1 << true;
    QTest::newRow("400 days") << 400 * day << true;
    QTest::newRow("a leap back") << -leap << false;
    QTest::newRow("since 1970") << -start << true;
}

void TestClockTrust::startsAreBelievedUpToALeap()
{
    QFETCH(const qint64, off);
    QFETCH(const bool, isHeld);
    ClockTrust trust({start, 0}, start + off, 0);
    QCOMPARE(trust.isHeld(), isHeld);
    trust.look(start + off + second, second);
    QCOMPARE(trust.isHeld(), isHeld);
    const qint64 believed = isHeld ? start + second : start + off + second;
    QCOMPARE(trust.times().believed, believed);
    QCOMPARE(trust.times().now, start + off + second);
    QCOMPARE(trust.times().expiry(), std::min(believed, start + off + second));
    QCOMPARE(trust.times().lasting(), std::max(believed, start + off + second));
}

void TestClockTrust::jumpWhileRunning_data()
{
    QTest::addColumn<qint64>("off");
    QTest::newRow("forth") << 400 * day;
    QTest::newRow("back") << -400 * day;
}

void TestClockTrust::jumpWhileRunning()
{
    QFETCH(const qint64, off);
    ClockTrust trust({}, start, 0);
    for (qint64 passed = second; passed < 100 * second; passed += second) {
        const qint64 jumped = passed > 50 * second ? off : 0;
        trust.look(start + jumped + passed, passed);
        QCOMPARE(trust.isHeld(), jumped != 0);
        QCOMPARE(trust.times().believed, start + passed);
        QVERIFY(trust.times().expiry() <= start + passed);
        QVERIFY(trust.times().lasting() >= start + passed);
    }
}

void TestClockTrust::comesBack()
{
    ClockTrust trust({start, 0}, start + 400 * day, 0);
    trust.look(start + 400 * day + hour, hour);
    trust.look(start + 2 * hour, 2 * hour);
    QVERIFY(!trust.isHeld());
    QCOMPARE(trust.state(), (ClockState{start + 2 * hour, 0}));
}

void TestClockTrust::isBelievedWhenSteady()
{
    ClockTrust trust({start, 0}, start + 30 * day, 0); // was switched off
    trust.look(start + 30 * day + longEnough - 1, longEnough - 1);
    QVERIFY(trust.isHeld());
    trust.look(start + 30 * day + longEnough, longEnough);
    QVERIFY(!trust.isHeld());
    QCOMPARE(trust.times().expiry(), start + 30 * day + longEnough);
}

void TestClockTrust::anotherJumpBeginsAnew()
{
    ClockTrust trust({start, 0}, start + 30 * day, 0);
    trust.look(start + 30 * day + longEnough - 1, longEnough - 1);
    trust.look(start + 60 * day + longEnough, longEnough);
    QVERIFY(trust.isHeld());
    trust.look(start + 60 * day + 2 * longEnough, 2 * longEnough);
    QVERIFY(!trust.isHeld());
}

void TestClockTrust::steadinessGoesOnAfterARestart()
{
    ClockTrust before({start, 0}, start + 30 * day, 0);
    before.look(start + 30 * day + longEnough / 2, longEnough / 2);
    QCOMPARE(before.state(), (ClockState{start + longEnough / 2, longEnough / 2}));
    ClockTrust after(before.state(), start + 31 * day, 0);
    QVERIFY(after.isHeld());
    after.look(start + 31 * day + longEnough / 2, longEnough / 2);
    QVERIFY(!after.isHeld());
}

void TestClockTrust::isConfirmed()
{
    ClockTrust trust({start, 0}, start + 30 * day, 0);
    trust.confirm();
    QVERIFY(!trust.isHeld());
    QCOMPARE(trust.times().expiry(), start + 30 * day);
    trust.look(start + 30 * day + second, second);
    QVERIFY(!trust.isHeld());
}

void TestClockTrust::momentsBetweenLooks()
{
    const Times ahead(start + day, start);
    QCOMPARE(ahead.expiryAt(start + day + 5), start + 5);
    QCOMPARE(ahead.lastingAt(start + day + 5), start + day + 5);
    QCOMPARE(ahead.believedAt(start + day + 5), start + 5);
    const Times behind(start - day, start);
    QCOMPARE(behind.expiryAt(start - day + 5), start - day + 5);
    QCOMPARE(behind.lastingAt(start - day + 5), start + 5);
    QCOMPARE(Times(start).expiryAt(start + 9), start + 9);
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestClockTrust)
#include "tst_clocktrust.moc"
