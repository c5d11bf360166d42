#include "server/core/quota.h"
#include "server/core/sharerate.h"

#include <QTest>

using namespace teahouse::server;

/// Who holds how much, how much is a fair part, and how fast it may be taken.
class TestQuota : public QObject
{
    Q_OBJECT

private slots:
    void whoHasMostGivesWayFirst()
    {
        Quota<QString> quota;
        QCOMPARE(quota.firstToGiveWay(), 0u);
        quota.take(ann, 1);
        quota.take(bob, 2);
        QCOMPARE(quota.firstToGiveWay(), 1u); // equally many: the oldest
        quota.take(bob, 3);
        QCOMPARE(quota.firstToGiveWay(), 2u);
        QCOMPARE(quota.count(bob), 2);
        quota.giveBack(2);
        quota.giveBack(2);
        QCOMPARE(quota.count(bob), 1);
        QCOMPARE(quota.firstToGiveWay(), 1u);
        quota.giveBack(1);
        quota.giveBack(3);
        QCOMPARE(quota.firstToGiveWay(), 0u);
        QCOMPARE(quota.total(), 0);
    }

    void aThingHasOneHolder()
    {
        Quota<QString> quota;
        quota.take(ann, 7);
        quota.take(bob, 7);
        QCOMPARE(quota.count(ann), 0);
        QCOMPARE(quota.holder(7), bob);
        QCOMPARE(quota.total(), 1);
    }

    void theLessIsLeftTheLessIsAPart()
    {
        constexpr PartRule rule{.divisor = 10, .least = 2, .most = 50};
        QCOMPARE(fairPart(10'000, rule), 50);
        QCOMPARE(fairPart(300, rule), 30);
        QCOMPARE(fairPart(19, rule), 2);
        QCOMPARE(fairPart(0, rule), 2);
        QCOMPARE(fairPart(-5, rule), 2);
    }

    /// However many take as much as they may, there is something for the next one.
    void somethingIsLeft()
    {
        constexpr PartRule rule{.divisor = 200, .least = 3, .most = 50};
        int left = 10'000;
        for (int holder = 0; holder < 600; ++holder) {
            for (int held = 0; held < fairPart(left, rule); ++held)
                --left;
        }
        QVERIFY(left > 0);
    }

    void aRateGivesBackInTime()
    {
        ShareRate rate({.burst = 2, .every = 100});
        QCOMPARE(rate.take(here, 1000), 0);
        QCOMPARE(rate.take(here, 1000), 0);
        QCOMPARE(rate.take(here, 1000), 100);
        QCOMPARE(rate.take(there, 1000), 0); // nobody else's business
        QCOMPARE(rate.take(here, 1099), 1);
        QCOMPARE(rate.take(here, 1100), 0);
        QCOMPARE(rate.take(here, 1100), 100);
        rate.giveBack(here);
        QCOMPARE(rate.take(here, 1100), 0);
        QCOMPARE(rate.take(here, 5000), 0);
        QCOMPARE(rate.take(here, 5000), 0);
        QCOMPARE(rate.take(here, 5000), 100);
    }

    void aRateForgetsWhoHasEverythingBack()
    {
        ShareRate rate({.burst = 1, .every = 10});
        for (quint64 i = 1; i <= 100'000; ++i)
            QCOMPARE(rate.take({{0, i}, 0}, static_cast<qint64>(i)), 0);
        QVERIFY(rate.remembered() < 3000);
    }

private:
    const QString ann = QStringLiteral("ann");
    const QString bob = QStringLiteral("bob");
    const LimitShare here{{0, 1}, 0};
    const LimitShare there{{0, 1}, 9};
};

QTEST_GUILESS_MAIN(TestQuota)
#include "tst_quota.moc"
