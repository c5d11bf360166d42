#include "server/core/shareallowance.h"

#include <QTest>

namespace teahouse::server {

namespace {

constexpr qint64 start = 1'000'000;
constexpr ShareAllowance::Rate rate{3, 2000};

LimitShare share(quint64 number)
{
    return {.counted = {0, number}};
}

} // namespace

/// How often a share may have something.
class TestShareAllowance : public QObject
{
    Q_OBJECT

private slots:
    void aBurstAndThenARate();
    void waitingIsToldTruthfully();
    void sharesAreCountedApart();
    void whatIsGivenBackDoesNotCount();
    void memoryIsBounded();

private:
    static void take(ShareAllowance &allowance, int times, qint64 now = start)
    {
        for (int i = 0; i < times; ++i)
            allowance.take(share(1), now);
    }
};

void TestShareAllowance::aBurstAndThenARate()
{
    ShareAllowance allowance(rate);
    take(allowance, rate.burst - 1);
    QCOMPARE(allowance.wait(share(1), start), 0);
    take(allowance, 1);
    QCOMPARE(allowance.wait(share(1), start), rate.every);
    take(allowance, 1, start + rate.every);
    QCOMPARE(allowance.wait(share(1), start + rate.every), rate.every);
    // After a rest the whole burst is there again, and no more.
    const qint64 rested = start + 1000 * rate.every;
    take(allowance, rate.burst, rested);
    QCOMPARE(allowance.wait(share(1), rested), rate.every);
}

void TestShareAllowance::waitingIsToldTruthfully()
{
    ShareAllowance allowance(rate);
    take(allowance, rate.burst);
    const qint64 wait = allowance.wait(share(1), start + 500);
    QCOMPARE(wait, rate.every - 500);
    QCOMPARE(allowance.wait(share(1), start + 500 + wait - 1), 1);
    QCOMPARE(allowance.wait(share(1), start + 500 + wait), 0);
}

void TestShareAllowance::sharesAreCountedApart()
{
    ShareAllowance allowance(rate);
    take(allowance, 100);
    QCOMPARE(allowance.wait(share(2), start), 0);
    QCOMPARE(allowance.wait({.counted = {0, 1}, .session = 5}, start), 0);
}

void TestShareAllowance::whatIsGivenBackDoesNotCount()
{
    ShareAllowance allowance(rate);
    take(allowance, rate.burst);
    allowance.giveBack(share(1));
    allowance.giveBack(share(2)); // has had nothing
    QCOMPARE(allowance.wait(share(1), start), 0);
}

void TestShareAllowance::memoryIsBounded()
{
    ShareAllowance allowance(rate);
    for (int i = 0; i < rate.burst; ++i)
        allowance.take(share(1), start);
    for (qsizetype i = 2; i < 3 * ShareAllowance::mostShares; ++i)
        allowance.take(share(static_cast<quint64>(i)), start);
    QVERIFY(allowance.remembered() <= ShareAllowance::mostShares);
    // Whoever lacks most is forgotten last.
    QVERIFY(allowance.wait(share(1), start) > 0);
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestShareAllowance)
#include "tst_shareallowance.moc"
