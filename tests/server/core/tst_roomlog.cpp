#include "server/core/roomlog.h"

#include "shared/limits.h"
#include "tests/support/manualexecutor.h"

#include <QTest>

#include <vector>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

/// A store whose answers come when, and in the order, the test says.
class HandStore : public Store
{
public:
    QString epoch() const override { return u"epoch"_s; }
    StoredState takeState() override { return {}; }
    void setNews(StoreNews) override { }
    void append(AppendRequest request, std::function<void(Result<Appended>)> then) override
    {
        requests.push_back(request);
        appends.push_back(std::move(then));
    }
    void page(PageRequest request, std::function<void(Result<LogPage>)> then) override
    {
        pagesAsked.push_back(request);
        pages.push_back(std::move(then));
    }
    void search(SearchRequest, std::function<void(Result<FoundPage>)>) override { }
    void putRoom(RoomRecord, std::function<void(Result<Done>)>) override { }
    void put(QList<Change>, std::function<void(Result<Done>)>) override { }
    void audit(AuditRequest, std::function<void(Result<AuditPage>)>) override { }
    void forget(RoomId) override { }
    void putGuest(GuestRecord) override { }
    void forgetGuest(UserId) override { }
    void putRead(UserId, RoomId, quint64) override { }
    void unread(UnreadFor, QList<UnreadRange>, std::function<void(Result<QList<Unread>>)>) override
    {
    }
    void tick() override { }
    void afterAnswers(std::function<void()> then) override { executor.post(std::move(then)); }

    ManualExecutor executor;
    std::vector<AppendRequest> requests;
    std::vector<std::function<void(Result<Appended>)>> appends;
    std::vector<PageRequest> pagesAsked;
    std::vector<std::function<void(Result<LogPage>)>> pages;
};

Item message(const QString &text)
{
    Item item;
    item.text = text;
    return item;
}

Item stored(quint64 seq, const QString &text)
{
    Item item = message(text);
    item.seq = seq;
    return item;
}

} // namespace

class TestRoomLog : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        store = std::make_unique<HandStore>();
        delivered.clear();
        acknowledged.clear();
        pieces = 0;
        const auto deliver = [this](std::span<const RoomLog::Delivery> deliveries) {
            ++pieces;
            for (const RoomLog::Delivery &delivery : deliveries)
                delivered += u"%1:%2"_s.arg(delivery.item.seq).arg(delivery.item.text);
        };
        log = std::make_unique<RoomLog>(7, *store, deliver);
    }

    void deliversOnceItIsStored()
    {
        append(u"a"_s);
        QCOMPARE(store->requests.at(0).room, RoomId(7));
        QVERIFY(delivered.isEmpty());
        QVERIFY(!log->idle());
        answer(0, Appended{1, 10, 1});
        QCOMPARE(delivered, QStringList{u"1:a"_s});
        QCOMPARE(acknowledged, QStringList{u"1"_s});
        QVERIFY(log->idle());
        QCOMPARE(log->last(), 1u);
        QCOMPARE(log->first(), 1u);
    }

    void anErrorReachesOnlyTheSender()
    {
        append(u"a"_s);
        answer(0, Error{.code = ErrorCode::StoreFull});
        QVERIFY(delivered.isEmpty());
        QCOMPARE(acknowledged, QStringList{u"store-full"_s});
        QCOMPARE(log->last(), 0u);
    }

    void aRetryIsNotDeliveredAgain()
    {
        append(u"a"_s);
        answer(0, Appended{1, 10, 1});
        append(u"a"_s);
        answer(1, Appended{1, 10, 1, true});
        QCOMPARE(delivered, QStringList{u"1:a"_s});
        QCOMPARE(acknowledged, (QStringList{u"1"_s, u"1"_s}));
    }

    void aRetryIsAnsweredBehindTheDelivery()
    {
        append(u"a"_s);
        append(u"a"_s);
        store->appends.at(0)(Appended{1, 10, 1});
        store->appends.at(1)(Appended{1, 10, 1, true});
        QCOMPARE(delivered, QStringList{u"1:a"_s});
        QCOMPARE(acknowledged, (QStringList{u"1"_s, u"1"_s}));
        store->executor.run();
        QCOMPARE(acknowledged.size(), 2);
    }

    void answersOutOfOrderAreDeliveredInOrder()
    {
        append(u"a"_s);
        append(u"b"_s);
        append(u"c"_s);
        answer(2, Appended{3, 10, 1});
        answer(1, Appended{2, 10, 1});
        QVERIFY(delivered.isEmpty());
        answer(0, Appended{1, 10, 1});
        QCOMPARE(delivered, (QStringList{u"1:a"_s, u"2:b"_s, u"3:c"_s}));
        QCOMPARE(acknowledged, (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    }

    void whatIsAnsweredTogetherIsDeliveredTogether()
    {
        for (const auto &text : {u"a"_s, u"b"_s, u"c"_s})
            append(text);
        store->appends.at(0)(Appended{1, 10, 1});
        store->appends.at(2)(Appended{3, 10, 1});
        store->appends.at(1)(Appended{2, 10, 1});
        QVERIFY(delivered.isEmpty());
        QVERIFY(!log->idle());
        QCOMPARE(log->last(), 0u);
        QCOMPARE(store->executor.waiting(), 1);
        store->executor.run();
        QCOMPARE(delivered, (QStringList{u"1:a"_s, u"2:b"_s, u"3:c"_s}));
        QCOMPARE(acknowledged, (QStringList{u"1"_s, u"2"_s, u"3"_s}));
        QCOMPARE(pieces, 1);
        QVERIFY(log->idle());
    }

    void aPageComesBehindWhatItHolds()
    {
        append(u"a"_s);
        log->page({}, [this](const Result<LogPage> &) { delivered += u"page"_s; });
        store->appends.at(0)(Appended{1, 10, 1});
        store->pages.at(0)(LogPage{{stored(1, u"a"_s)}});
        QCOMPARE(delivered, (QStringList{u"1:a"_s, u"page"_s}));
        store->executor.run();
        QCOMPARE(delivered.size(), 2);
    }

    void nothingComesFromALogThatIsGone()
    {
        append(u"a"_s);
        store->appends.at(0)(Appended{1, 10, 1});
        log.reset();
        store->executor.run();
        QVERIFY(delivered.isEmpty());
    }

    void aHoleIsFetchedFromTheStore()
    {
        append(u"c"_s);
        answer(0, Appended{3, 10, 1});
        QVERIFY(delivered.isEmpty());
        QCOMPARE(store->pagesAsked.size(), size_t(1));
        QCOMPARE(store->pagesAsked.at(0).after, 0u);
        QVERIFY(store->pagesAsked.at(0).forwards);
        QCOMPARE(store->pagesAsked.at(0).room, RoomId(7));
        answerPage(0, LogPage{{stored(1, u"a"_s), stored(2, u"b"_s), stored(3, u"c"_s)}});
        QCOMPARE(delivered, (QStringList{u"1:a"_s, u"2:b"_s, u"3:c"_s}));
        QCOMPARE(acknowledged, QStringList{u"3"_s});
    }

    void aHoleThatIsFilledMeanwhile()
    {
        append(u"a"_s);
        append(u"b"_s);
        answer(1, Appended{2, 10, 1});
        QCOMPARE(store->pagesAsked.size(), size_t(1));
        answer(0, Appended{1, 10, 1});
        QCOMPARE(delivered, (QStringList{u"1:a"_s, u"2:b"_s}));
        answerPage(0, LogPage{{stored(1, u"a"_s), stored(2, u"b"_s)}});
        append(u"c"_s);
        answer(2, Appended{3, 10, 1});
        QCOMPARE(delivered, (QStringList{u"1:a"_s, u"2:b"_s, u"3:c"_s}));
    }

    void whatIsGoneIsNotWaitedFor()
    {
        append(u"e"_s);
        answer(0, Appended{5, 10, 4});
        answerPage(0, LogPage{{stored(4, u"d"_s), stored(5, u"e"_s)}, false, 4});
        QCOMPARE(delivered, (QStringList{u"4:d"_s, u"5:e"_s}));
        append(u"i"_s);
        answer(1, Appended{9, 10, 9});
        answerPage(1, LogPage{{}, false, 9});
        QCOMPARE(delivered.last(), u"9:i"_s);
    }

    void anEmptyPageIsNoProofThatNumbersAreGone()
    {
        append(u"b"_s);
        answer(0, Appended{2, 10, 1});
        answerPage(0, LogPage{});
        QVERIFY(delivered.isEmpty());
        log->retry();
        answerPage(1, LogPage{{stored(1, u"a"_s), stored(2, u"b"_s)}, false, 1});
        QCOMPARE(delivered, (QStringList{u"1:a"_s, u"2:b"_s}));
    }

    void itIsNotIdleWhileSomebodyIsAnswered()
    {
        std::optional<bool> idle;
        log->append({message(u"a"_s)}, [&](const Result<Appended> &) { idle = log->idle(); });
        answer(0, Appended{1, 10, 1});
        QCOMPARE(idle, false);
        QVERIFY(log->idle());
        log->append({message(u"b"_s)}, [&](const Result<Appended> &) { idle = log->idle(); });
        answer(1, Error{.code = ErrorCode::StoreFull});
        QCOMPARE(idle, false);
        QVERIFY(log->idle());
    }

    void aHoleThatCouldNotBeReadIsAskedForAgain()
    {
        append(u"b"_s);
        answer(0, Appended{2, 10, 1});
        answerPage(0, Error{.code = ErrorCode::StoreUnavailable});
        QVERIFY(delivered.isEmpty());
        log->retry();
        answerPage(1, LogPage{{stored(1, u"a"_s), stored(2, u"b"_s)}});
        QCOMPARE(delivered, (QStringList{u"1:a"_s, u"2:b"_s}));
        log->retry();
        QCOMPARE(store->pagesAsked.size(), size_t(2));
    }

private:
    void append(const QString &text)
    {
        log->append({message(text), 1}, [this](const Result<Appended> &result) {
            acknowledged += result ? QString::number(result->seq)
                                   : QString(errorName(result.error().code));
        });
    }

    /// The store answers, and nothing else is answered then.
    void answer(size_t append, const Result<Appended> &result)
    {
        store->appends.at(append)(result);
        store->executor.run();
    }
    void answerPage(size_t page, const Result<LogPage> &result)
    {
        store->pages.at(page)(result);
        store->executor.run();
    }

    std::unique_ptr<HandStore> store;
    std::unique_ptr<RoomLog> log;
    int pieces = 0; ///< in which things were delivered
    QStringList delivered;
    QStringList acknowledged;
};

QTEST_GUILESS_MAIN(TestRoomLog)
#include "tst_roomlog.moc"
