#include "server/commands/sharedbuckets.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;

class TestSharedBuckets : public QObject
{
    Q_OBJECT

private slots:
    void onePartyHasOneBucket()
    {
        SharedBuckets buckets;
        const FloodSettings settings;
        QVERIFY(!buckets.of({}, settings, 0));
        QVERIFY(buckets.of({.account = 1}, settings, 0)->take(0));
        QVERIFY(!buckets.of({.account = 1}, settings, 0)->isFull(0));
        QVERIFY(buckets.of({.account = 2}, settings, 0)->isFull(0));
        const LimitParty here{.share = LimitShare{{0, 1}, 0}};
        const LimitParty there{.share = LimitShare{{0, 1}, 7}};
        QVERIFY(buckets.of(here, settings, 0)->take(0));
        QVERIFY(!buckets.of(here, settings, 0)->isFull(0));
        QVERIFY(buckets.of(there, settings, 0)->isFull(0));
    }

    /// Whoever has said nothing lately is forgotten.
    void memoryIsBounded()
    {
        SharedBuckets buckets;
        const FloodSettings settings;
        for (quint64 i = 1; i < 100'000; ++i) {
            const auto now = static_cast<qint64>(i);
            (void)buckets.of({.account = i}, settings, now)->take(now);
            (void)buckets.of({.share = LimitShare{{0, i}, 0}}, settings, now)->take(now);
        }
        QVERIFY(buckets.remembered() < 2'000);
    }
};

QTEST_GUILESS_MAIN(TestSharedBuckets)
#include "tst_sharedbuckets.moc"
