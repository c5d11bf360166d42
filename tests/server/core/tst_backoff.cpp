#include "server/core/backoff.h"

#include <QTest>

namespace teahouse::server {

namespace {

constexpr qint64 start = 1'000'000;
constexpr Digest ann{1, 1};
constexpr Digest bob{2, 2};

} // namespace

/// Who has to wait before another secret is looked at, on a clock that is moved by hand.
class TestBackoff : public QObject
{
    Q_OBJECT

private slots:
    void someTriesAreFree_data();
    void someTriesAreFree();
    void waitingDoublesUpToALimit();
    void successBeginsAnew();
    void anHourBeginsAnew_data();
    void anHourBeginsAnew();
    void othersAreCountedApart();
    void whatWasNotLookedAtDoesNotCount();
    void memoryIsBounded();
    void whoWaitsIsForgottenLast();

private:
    static void fail(LoginBackoff &backoff, int times, const Digest &guessed = ann,
                     qint64 now = start)
    {
        for (int i = 0; i < times; ++i)
            backoff.attempt(guessed, now);
    }
    /// Other people's tries, `times` each.
    static void crowd(LoginBackoff &backoff, qsizetype people, int times, qint64 now)
    {
        for (qsizetype i = 0; i < people; ++i)
            fail(backoff, times, {7, static_cast<quint64>(i)}, now);
    }
};

void TestBackoff::someTriesAreFree_data()
{
    QTest::addColumn<int>("tries");
    QTest::addColumn<qint64>("wait");
    QTest::newRow("limit - 1") << LoginBackoff::freeTries - 1 << qint64(0);
    QTest::newRow("limit") << LoginBackoff::freeTries << LoginBackoff::firstWait;
    QTest::newRow("limit + 1") << LoginBackoff::freeTries + 1 << 2 * LoginBackoff::firstWait;
}

void TestBackoff::someTriesAreFree()
{
    QFETCH(const int, tries);
    QFETCH(const qint64, wait);
    LoginBackoff backoff;
    fail(backoff, tries);
    QCOMPARE(backoff.wait(ann, start), wait);
    QCOMPARE(backoff.wait(ann, start + wait), 0);
    if (wait > 0)
        QCOMPARE(backoff.wait(ann, start + wait - 1), 1);
}

void TestBackoff::waitingDoublesUpToALimit()
{
    LoginBackoff backoff;
    fail(backoff, 100);
    QCOMPARE(backoff.wait(ann, start), LoginBackoff::longestWait);
}

void TestBackoff::successBeginsAnew()
{
    LoginBackoff backoff;
    fail(backoff, LoginBackoff::freeTries + 3);
    backoff.succeeded(ann);
    QCOMPARE(backoff.wait(ann, start), 0);
    fail(backoff, LoginBackoff::freeTries - 1);
    QCOMPARE(backoff.wait(ann, start), 0);
}

void TestBackoff::anHourBeginsAnew_data()
{
    QTest::addColumn<qint64>("later");
    QTest::addColumn<bool>("waits");
    QTest::newRow("limit - 1") << LoginBackoff::forgetAfter - 1 << true;
    QTest::newRow("limit") << LoginBackoff::forgetAfter << false;
}

void TestBackoff::anHourBeginsAnew()
{
    QFETCH(const qint64, later);
    LoginBackoff backoff;
    fail(backoff, LoginBackoff::freeTries);
    backoff.attempt(ann, start + later);
    QTEST(backoff.wait(ann, start + later) > 0, "waits");
}

void TestBackoff::othersAreCountedApart()
{
    LoginBackoff backoff;
    fail(backoff, 100);
    crowd(backoff, 1000, 100, start);
    QCOMPARE(backoff.wait(bob, start), 0);
}

void TestBackoff::whatWasNotLookedAtDoesNotCount()
{
    LoginBackoff backoff;
    for (int i = 0; i < 100; ++i) {
        backoff.attempt(ann, start);
        backoff.withdraw(ann);
    }
    QCOMPARE(backoff.wait(ann, start), 0);
    QCOMPARE(backoff.remembered(), 0);
}

void TestBackoff::memoryIsBounded()
{
    LoginBackoff backoff;
    crowd(backoff, 3 * LoginBackoff::mostEntries, 1, start);
    QVERIFY(backoff.remembered() <= LoginBackoff::mostEntries);
    // It still counts.
    fail(backoff, LoginBackoff::freeTries);
    QVERIFY(backoff.wait(ann, start) > 0);
}

/// Someone with very many addresses cannot have the tries forgotten that count against one.
void TestBackoff::whoWaitsIsForgottenLast()
{
    LoginBackoff backoff;
    fail(backoff, LoginBackoff::freeTries + 10);
    crowd(backoff, 3 * LoginBackoff::mostEntries, LoginBackoff::freeTries - 1, start + 1);
    QVERIFY(backoff.wait(ann, start + 1) > 0);
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestBackoff)
#include "tst_backoff.moc"
