#include "server/net/strangers.h"

#include <QTest>

using namespace teahouse::server;

namespace {

LimitShare share(quint64 address)
{
    return {{0, address}, 0};
}

} // namespace

class TestStrangers : public QObject
{
    Q_OBJECT

private slots:
    void nobodyIsThere()
    {
        const Strangers strangers;
        QVERIFY(!strangers.oldest());
        QVERIFY(!strangers.giveWay(share(1), 1'000'000));
    }

    void theLargestShareLosesItsOldest()
    {
        Strangers strangers;
        strangers.add(1, share(7), 100); // waits longest, and alone
        for (quint64 i = 2; i < 6; ++i)
            strangers.add(i, share(8), 100 + qint64(i));
        QCOMPARE(strangers.oldest(), 100);
        QCOMPARE(strangers.giveWay(share(9), 1000), 2U);
        strangers.remove(2);
        QCOMPARE(strangers.giveWay(share(9), 1000), 3U);
        strangers.remove(3);
        strangers.remove(4);
        // Now all have one.
        QCOMPARE(strangers.giveWay(share(9), 1000), 1U);
        strangers.remove(1);
        QCOMPARE(strangers.giveWay(share(9), 1000), 5U);
        strangers.remove(5);
        strangers.remove(5);
        QCOMPARE(strangers.size(), 0);
        QVERIFY(!strangers.giveWay(share(9), 1000));
    }

    void nobodyGivesWayAtOnce_data()
    {
        QTest::addColumn<qint64>("since");
        QTest::addColumn<bool>("gives");
        QTest::newRow("limit - 1") << qint64(99) << false;
        QTest::newRow("limit") << qint64(100) << true;
        QTest::newRow("limit + 1") << qint64(101) << true;
    }

    void nobodyGivesWayAtOnce()
    {
        QFETCH(qint64, since);
        QFETCH(bool, gives);
        Strangers strangers;
        strangers.add(1, share(7), 100);
        QCOMPARE(strangers.giveWay(share(9), since).has_value(), gives);
    }

    /// A newcomer takes no place from a share that has fewer.
    void manyOfOneAddressKeepNobodyOut()
    {
        Strangers strangers;
        strangers.add(1, share(7), 100);
        strangers.add(2, share(8), 500);
        strangers.add(3, share(8), 500);
        QVERIFY(!strangers.giveWay(share(8), 400)); // its own have just come
        QCOMPARE(strangers.giveWay(share(8), 500), 2U);
        strangers.remove(3);
        QVERIFY(!strangers.giveWay(share(8), 400));
        QCOMPARE(strangers.giveWay(share(8), 600), 2U);
        QCOMPARE(strangers.giveWay(share(9), 600), 1U);
    }

    /// Of two sessions that share with nobody, each is a share.
    void exemptOnes()
    {
        Strangers strangers;
        strangers.add(1, {{0, 7}, 1}, 100);
        strangers.add(2, {{0, 7}, 2}, 100);
        strangers.add(3, share(8), 200);
        strangers.add(4, share(8), 200);
        QCOMPARE(strangers.giveWay({{0, 7}, 5}, 1000), 3U);
    }
};

QTEST_GUILESS_MAIN(TestStrangers)
#include "tst_strangers.moc"
