#include "gui-client/models/seqranges.h"

#include <QTest>

using namespace teahouse::client;

class TestSeqRanges : public QObject
{
    Q_OBJECT

private slots:
    void growsTogether();
    void keepsAHole();
    void removes();
    void drops();
};

void TestSeqRanges::growsTogether()
{
    SeqRanges ranges;
    QVERIFY(ranges.isEmpty());
    ranges.add(5, 6);
    ranges.add(7, 7);
    ranges.add(1, 4);
    ranges.add(3, 9);
    QCOMPARE(ranges.first(), 1u);
    QCOMPARE(ranges.last(), 9u);
    ranges.add(0, 12); // zero is no number
    QCOMPARE(ranges.last(), 9u);
}

void TestSeqRanges::keepsAHole()
{
    SeqRanges ranges;
    ranges.add(1, 3);
    ranges.add(6, 8);
    QCOMPARE(ranges.last(), 8u);
    QVERIFY(ranges.contains(3));
    QVERIFY(!ranges.contains(4));
    QVERIFY(!ranges.contains(9));
    ranges.add(4, 5);
}

void TestSeqRanges::removes()
{
    SeqRanges ranges;
    ranges.add(1, 10);
    ranges.remove(4, 6);
    QCOMPARE(ranges.holes(), (QList<std::pair<quint64, quint64>>{{4, 6}}));
    QCOMPARE(ranges.startOf(9), 7u);
    QCOMPARE(ranges.startOf(5), 0u);
    ranges.remove(3, 7);
    QCOMPARE(ranges.holes(), (QList<std::pair<quint64, quint64>>{{3, 7}}));
    ranges.remove(9, 99);
    QCOMPARE(ranges.last(), 8u);
    ranges.remove(1, 8);
    QVERIFY(ranges.isEmpty());
}

void TestSeqRanges::drops()
{
    SeqRanges ranges;
    ranges.add(1, 3);
    ranges.add(6, 8);
    ranges.dropBelow(7);
    QCOMPARE(ranges.first(), 7u);
    QVERIFY(!ranges.contains(6));
    QVERIFY(ranges.contains(8));
}

QTEST_GUILESS_MAIN(TestSeqRanges)
#include "tst_seqranges.moc"
