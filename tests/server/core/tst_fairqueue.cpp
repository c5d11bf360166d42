#include "server/core/fairqueue.h"

#include <QTest>

namespace teahouse::server {

namespace {

using Line = FairQueue::Line;
using Place = FairQueue::Place;

constexpr FairQueue::Bounds bounds{12, 3};

LimitShare share(quint64 number)
{
    return {.counted = {0, number}};
}

QList<quint64> order(FairQueue &queue)
{
    QList<quint64> tickets;
    while (const auto next = queue.takeNext())
        tickets.append(*next);
    return tickets;
}

} // namespace

/// Whose turn it is.
class TestFairQueue : public QObject
{
    Q_OBJECT

private slots:
    void sharesTakeTurns();
    void exemptConnectionsAreSharesOfTheirOwn();
    void aShareHasSoManyPlaces_data();
    void aShareHasSoManyPlaces();
    void theFullestShareGivesWay();
    void anEqualShareDoesNotGiveWay();
    void strangersGiveWayToTheKnown();
    void theKnownGoFirstButNotAlways();
    void theShellComesFirstAndAlways();
    void placesAreGivenBack();
};

void TestFairQueue::sharesTakeTurns()
{
    FairQueue queue(bounds);
    for (const quint64 ticket : {1, 2, 3})
        QCOMPARE(queue.add(Line::Strangers, share(1), ticket).place, Place::Given);
    for (const quint64 ticket : {4, 5})
        QCOMPARE(queue.add(Line::Strangers, share(2), ticket).place, Place::Given);
    QCOMPARE(queue.add(Line::Strangers, share(3), 6).place, Place::Given);
    QCOMPARE(queue.shares(Line::Strangers), 3);
    QCOMPARE(order(queue), QList<quint64>({1, 4, 6, 2, 5, 3}));
    QCOMPARE(queue.size(), 0);
}

void TestFairQueue::exemptConnectionsAreSharesOfTheirOwn()
{
    FairQueue queue(bounds);
    const LimitShare one{.counted = {0, 1}, .session = 7};
    const LimitShare other{.counted = {0, 1}, .session = 8};
    queue.add(Line::Strangers, one, 1);
    queue.add(Line::Strangers, one, 2);
    queue.add(Line::Strangers, other, 3);
    QCOMPARE(order(queue), QList<quint64>({1, 3, 2}));
}

void TestFairQueue::aShareHasSoManyPlaces_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<bool>("isIn");
    QTest::newRow("limit - 1") << 1 << true;
    QTest::newRow("limit") << 2 << true;
    QTest::newRow("limit + 1") << 3 << false;
}

void TestFairQueue::aShareHasSoManyPlaces()
{
    QFETCH(const int, before);
    FairQueue queue(bounds);
    for (int i = 1; i <= before; ++i)
        queue.add(Line::Strangers, share(1), static_cast<quint64>(i));
    const Place place = queue.add(Line::Strangers, share(1), 9).place;
    QTEST(place == Place::Given, "isIn");
    if (place != Place::Given)
        QCOMPARE(place, Place::NoneForShare);
    // Someone known at the same address has places of their own.
    QCOMPARE(queue.add(Line::Known, share(1), 10).place, Place::Given);
}

/// Four addresses that take all they can do not keep a fifth out.
void TestFairQueue::theFullestShareGivesWay()
{
    FairQueue queue(bounds);
    quint64 ticket = 0;
    for (quint64 of = 1; of <= 4; ++of)
        for (int i = 0; i < 3; ++i)
            queue.add(Line::Strangers, share(of), ++ticket);
    QCOMPARE(queue.size(), bounds.all);
    const FairQueue::Added added = queue.add(Line::Strangers, share(5), 20);
    QCOMPARE(added.place, Place::Given);
    QVERIFY(added.ousted != 0 && added.ousted % 3 == 0); // the newest of a share
    QCOMPARE(queue.size(), bounds.all);
    const QList<quint64> turns = order(queue);
    QVERIFY(turns.indexOf(20) <= 4);
    QVERIFY(!turns.contains(added.ousted));
}

void TestFairQueue::anEqualShareDoesNotGiveWay()
{
    FairQueue queue(bounds);
    for (quint64 of = 1; of <= quint64(bounds.all); ++of)
        queue.add(Line::Strangers, share(of), of);
    QCOMPARE(queue.add(Line::Strangers, share(99), 99).place, Place::NoneAtAll);
    QCOMPARE(queue.size(), bounds.all);
}

void TestFairQueue::strangersGiveWayToTheKnown()
{
    FairQueue queue(bounds);
    for (quint64 of = 1; of <= quint64(bounds.all); ++of)
        queue.add(Line::Strangers, share(of), of);
    const FairQueue::Added added = queue.add(Line::Known, share(99), 99);
    QCOMPARE(added.place, Place::Given);
    QVERIFY(added.ousted != 0);
    QCOMPARE(order(queue).first(), 99U);
    // Not the other way round.
    for (quint64 of = 1; of <= quint64(bounds.all); ++of)
        queue.add(Line::Known, share(of), of);
    QCOMPARE(queue.add(Line::Strangers, share(99), 99).place, Place::NoneAtAll);
}

/// Or those with accounts of their own could keep all newcomers out.
void TestFairQueue::theKnownGoFirstButNotAlways()
{
    FairQueue queue(bounds);
    for (quint64 of = 1; of <= 6; ++of)
        queue.add(Line::Known, share(of), of);
    for (quint64 of = 7; of <= 9; ++of)
        queue.add(Line::Strangers, share(of), of);
    QCOMPARE(order(queue), QList<quint64>({1, 2, 3, 7, 4, 5, 6, 8, 9}));
}

void TestFairQueue::theShellComesFirstAndAlways()
{
    FairQueue queue(bounds);
    for (quint64 of = 1; of <= quint64(bounds.all); ++of)
        queue.add(Line::Known, share(of), of);
    for (quint64 ticket = 100; ticket < 120; ++ticket)
        QCOMPARE(queue.add(Line::Shell, {}, ticket).place, Place::Given);
    QCOMPARE(queue.takeNext(), std::optional<quint64>(100));
    // Its places are nobody else's.
    QCOMPARE(queue.size(), bounds.all + 19);
}

void TestFairQueue::placesAreGivenBack()
{
    FairQueue queue(bounds);
    for (const quint64 ticket : {1, 2, 3})
        queue.add(Line::Strangers, share(1), ticket);
    queue.add(Line::Strangers, share(2), 4);
    queue.remove(2);
    queue.remove(4);
    queue.remove(99);
    QCOMPARE(queue.size(), 2);
    QCOMPARE(queue.shares(Line::Strangers), 1);
    QCOMPARE(queue.add(Line::Strangers, share(1), 5).place, Place::Given);
    QCOMPARE(order(queue), QList<quint64>({1, 3, 5}));
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestFairQueue)
#include "tst_fairqueue.moc"
