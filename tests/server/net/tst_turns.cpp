#include "server/net/turns.h"

#include <QTest>

using namespace teahouse::server;

namespace {

constexpr auto fresh = Turns::Kind::Fresh;
constexpr auto greedy = Turns::Kind::Greedy;

/// Takes all of the next turn; who had it.
std::optional<quint32> takeAll(Turns &turns)
{
    Turn turn;
    const auto who = turns.next(turn);
    if (who)
        turns.used({});
    return who;
}

} // namespace

class TestTurns : public QObject
{
    Q_OBJECT

private slots:
    void oneAloneMayTakeTheWholeRound()
    {
        Turns turns;
        turns.add(7, greedy);
        Turn turn;
        QCOMPARE(turns.next(turn), 7U);
        QCOMPARE(turn.frames, Turns::framesInRound);
        QCOMPARE(turn.bytes, Turns::mostBytes);
        turns.used({0, turn.bytes});
        turns.add(7, greedy);
        QVERIFY(!turns.next(turn));
        QVERIFY(!turns.isEmpty());
        turns.startRound();
        QCOMPARE(turns.next(turn), 7U);
        QVERIFY(turns.isEmpty());
    }

    void whatIsNotTakenIsLeftForOthers()
    {
        Turns turns;
        Turn turn;
        for (quint32 i = 0; i < 10; ++i) {
            turns.add(i, fresh);
            QCOMPARE(turns.next(turn), i);
            QCOMPARE(turn.frames, Turns::framesInRound - int(i));
            --turn.frames;
            turns.used(turn);
        }
    }

    /// However many wait: a round has its bounds, everybody a turn, and nobody two before all
    /// others have had one.
    void manyGreedyOnes()
    {
        constexpr quint32 crowd = 1000;
        Turns turns;
        for (quint32 i = 0; i < crowd; ++i)
            turns.add(i, greedy);
        quint32 expected = 0;
        while (expected < crowd) {
            turns.startRound();
            int inRound = 0;
            while (const auto who = takeAll(turns)) {
                QCOMPARE(*who, expected++ % crowd);
                turns.add(*who, greedy);
                ++inRound;
            }
            QVERIFY(inRound > 0 && inRound <= Turns::framesInRound / Turns::leastFrames);
        }
    }

    /// Somebody who says a word now and then waits for none of them, and they are not starved.
    void oneFreshAmongGreedyOnes()
    {
        Turns turns;
        for (quint32 i = 0; i < 1000; ++i)
            turns.add(i, greedy);
        while (takeAll(turns)) {
        }
        turns.add(5000, fresh);
        QCOMPARE(takeAll(turns), 5000U);
        turns.startRound();
        for (quint32 i = 6000; i < 7000; ++i)
            turns.add(i, fresh);
        int ofTheGreedy = 0;
        while (const auto who = takeAll(turns))
            ofTheGreedy += *who < 1000 ? 1 : 0;
        QVERIFY(ofTheGreedy > 0);
    }

    /// Those who shake hands have a budget of their own, of what they say that it has cost.
    void newcomersAreNobodysBurden()
    {
        constexpr int cost = Turns::framesInRound / 4;
        Turns turns;
        for (quint32 i = 0; i < 400; ++i)
            turns.add(i, Turns::Kind::Newcomer);
        turns.add(1000, greedy);
        turns.add(2000, fresh);
        QVERIFY(!turns.isEmpty());
        QCOMPARE(takeAll(turns), 2000U);
        QCOMPARE(takeAll(turns), 1000U);
        Turn turn;
        int inRound = 0;
        while (turns.next(turn)) {
            ++inRound;
            turns.used({turn.frames - cost, turn.bytes});
        }
        QCOMPARE(inRound, 4);
        turns.startRound();
        QCOMPARE(turns.next(turn), 4U);
    }

    void bytesEndARoundToo()
    {
        Turns turns;
        qsizetype taken = 0;
        for (quint32 i = 0; i < 1000; ++i)
            turns.add(i, greedy);
        Turn turn;
        while (turns.next(turn)) {
            QVERIFY(turn.bytes >= Turns::leastBytes);
            taken += turn.bytes;
            turns.used({turn.frames, 0});
        }
        QCOMPARE(taken, Turns::bytesInRound);
    }
};

QTEST_GUILESS_MAIN(TestTurns)
#include "tst_turns.moc"
