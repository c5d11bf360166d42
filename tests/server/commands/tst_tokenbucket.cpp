#include "server/commands/tokenbucket.h"

#include <QTest>

using teahouse::server::TokenBucket;

class TestTokenBucket : public QObject
{
    Q_OBJECT

private slots:
    void letsTheBurstThroughThenSoManyASecond()
    {
        TokenBucket bucket(20, 5);
        for (int i = 0; i < 20; ++i)
            QVERIFY(bucket.take(1000));
        QVERIFY(!bucket.take(1000));
        QCOMPARE(bucket.wait(1000), 200);
        QVERIFY(!bucket.take(1199));
        QCOMPARE(bucket.wait(1199), 1);
        QVERIFY(bucket.take(1200));
        QVERIFY(!bucket.take(1200));
    }

    void fillsUpToTheBurstAndNoFurther()
    {
        TokenBucket bucket(2, 1);
        QVERIFY(bucket.take(0));
        QVERIFY(bucket.take(1'000'000));
        QVERIFY(bucket.take(1'000'000));
        QVERIFY(!bucket.take(1'000'000));
    }
};

QTEST_GUILESS_MAIN(TestTokenBucket)
#include "tst_tokenbucket.moc"
