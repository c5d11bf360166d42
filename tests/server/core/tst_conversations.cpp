#include "server/core/conversations.h"

#include <QTest>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

/// The table of private conversations.
class TestConversations : public QObject
{
    Q_OBJECT

private slots:
    void twoPeopleHaveOne()
    {
        Conversations table;
        table.begin(between(1, ann, bob), home, 0);
        QCOMPARE(table.find(ann, bob), 1u);
        QCOMPARE(table.find(bob, ann), 1u);
        QCOMPARE(table.find(ann, cat), 0u);
        QCOMPARE(table.of(bob), QList<RoomId>{1});
        table.remove(between(1, ann, bob));
        QCOMPARE(table.find(ann, bob), 0u);
        QCOMPARE(table.count(), 0);
        QVERIFY(table.of(bob).isEmpty());
        QCOMPARE(table.firstToGiveWay(), 0u);
    }

    void whatNobodyAnswersCountsForADay()
    {
        Conversations table;
        table.begin(between(1, ann, bob), home, 1000);
        table.begin(between(2, ann, cat), home, 2000);
        QCOMPARE(table.unansweredBy(ann), 2);
        QCOMPARE(table.unansweredFrom(home), 2);
        QCOMPARE(table.unansweredBy(bob), 0);
        table.expire(1000 + Conversations::freshFor - 1);
        QCOMPARE(table.unansweredBy(ann), 2);
        table.expire(1000 + Conversations::freshFor);
        QCOMPARE(table.unansweredBy(ann), 1);
        QCOMPARE(table.unansweredFrom(home), 1);
        RoomRecord answered = between(2, ann, cat);
        answered.isAnswered = true;
        table.update(answered);
        QCOMPARE(table.unansweredBy(ann), 0);
        QCOMPARE(table.begunBy(ann), 2);
    }

    void whatGivesWay()
    {
        Conversations table;
        table.begin(between(1, cat, ann), home, 0);
        table.begin(between(2, ann, bob), far, 0);
        table.begin(between(3, bob, cat), far, 0);
        QCOMPARE(table.firstToGiveWay(), 2u); // the oldest of the share that has most
        RoomRecord answered = between(2, ann, bob);
        answered.isAnswered = true;
        table.update(answered);
        QCOMPARE(table.firstToGiveWay(), 1u);
        answered.isEnded = {true, false};
        table.update(answered);
        QCOMPARE(table.firstToGiveWay(), 1u);
        answered.isEnded = {true, true}; // both do not need it
        table.update(answered);
        QCOMPARE(table.firstToGiveWay(), 2u);
        answered.isEnded = {true, false};
        table.update(answered);
        QCOMPARE(table.firstToGiveWay(), 1u);
    }

    void answeredOnesDoNot()
    {
        Conversations table;
        RoomRecord answered = between(1, ann, bob);
        answered.isAnswered = true;
        table.add(answered);
        QCOMPARE(table.firstToGiveWay(), 0u);
        QCOMPARE(table.begunBy(ann), 1);
        table.add(between(2, ann, cat)); // of an earlier run: nobody knows from where
        QCOMPARE(table.firstToGiveWay(), 2u);
        QCOMPARE(table.unansweredBy(ann), 0);
    }

private:
    static RoomRecord between(RoomId id, UserId one, UserId other)
    {
        return {.id = id, .pair = {Partner{one, u"one"_s}, Partner{other, u"other"_s}}};
    }

    static constexpr UserId ann = 11;
    static constexpr UserId bob = 12;
    static constexpr UserId cat = 13;
    const LimitShare home{{0, 1}, 0};
    const LimitShare far{{0, 2}, 0};
};

QTEST_GUILESS_MAIN(TestConversations)
#include "tst_conversations.moc"
