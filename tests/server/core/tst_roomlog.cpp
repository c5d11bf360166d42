#include "server/core/roomlog.h"

#include "shared/limits.h"

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
    void forget(RoomId) override { }

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
        log = std::make_unique<RoomLog>(7, *store, [this](const RoomLog::Delivery &delivery) {
            delivered += u"%1:%2"_s.arg(delivery.item.seq).arg(delivery.item.text);
        });
    }

    void deliversOnceItIsStored()
    {
        append(u"a"_s);
        QCOMPARE(store->requests.at(0).room, RoomId(7));
        QVERIFY(delivered.isEmpty());
        QVERIFY(!log->idle());
        store->appends.at(0)(Appended{1, 10, 1});
        QCOMPARE(delivered, QStringList{u"1:a"_s});
        QCOMPARE(acknowledged, QStringList{u"1"_s});
        QVERIFY(log->idle());
        QCOMPARE(log->last(), 1u);
        QCOMPARE(log->first(), 1u);
    }

    void anErrorReachesOnlyTheSender()
    {
        append(u"a"_s);
        store->appends.at(0)(Error{.code = ErrorCode::StoreFull});
        QVERIFY(delivered.isEmpty());
        QCOMPARE(acknowledged, QStringList{u"store-full"_s});
        QCOMPARE(log->last(), 0u);
    }

    void aRetryIsNotDeliveredAgain()
    {
        append(u"a"_s);
        store->appends.at(0)(Appended{1, 10, 1});
        append(u"a"_s);
        store->appends.at(1)(Appended{1, 10, 1, true});
        QCOMPARE(delivered, QStringList{u"1:a"_s});
        QCOMPARE(acknowledged, (QStringList{u"1"_s, u"1"_s}));
    }

    void answersOutOfOrderAreDeliveredInOrder()
    {
        append(u"a"_s);
        append(u"b"_s);
        append(u"c"_s);
        store->appends.at(2)(Appended{3, 10, 1});
        store->appends.at(1)(Appended{2, 10, 1});
        QVERIFY(delivered.isEmpty());
        store->appends.at(0)(Appended{1, 10, 1});
        QCOMPARE(delivered, (QStringList{u"1:a"_s, u"2:b"_s, u"3:c"_s}));
        QCOMPARE(acknowledged, (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    }

    void aHoleIsFetchedFromTheStore()
    {
        append(u"c"_s);
        store->appends.at(0)(Appended{3, 10, 1});
        QVERIFY(delivered.isEmpty());
        QCOMPARE(store->pagesAsked.size(), size_t(1));
        QCOMPARE(store->pagesAsked.at(0).after, 0u);
        QVERIFY(store->pagesAsked.at(0).forwards);
        QCOMPARE(store->pagesAsked.at(0).room, RoomId(7));
        store->pages.at(0)(LogPage{{stored(1, u"a"_s), stored(2, u"b"_s), stored(3, u"c"_s)}});
        QCOMPARE(delivered, (QStringList{u"1:a"_s, u"2:b"_s, u"3:c"_s}));
        QCOMPARE(acknowledged, QStringList{u"3"_s});
    }

    void whatIsGoneIsNotWaitedFor()
    {
        append(u"e"_s);
        store->appends.at(0)(Appended{5, 10, 4});
        store->pages.at(0)(LogPage{{stored(4, u"d"_s), stored(5, u"e"_s)}});
        QCOMPARE(delivered, (QStringList{u"4:d"_s, u"5:e"_s}));
        append(u"i"_s);
        store->appends.at(1)(Appended{9, 10, 9});
        store->pages.at(1)(LogPage{});
        QCOMPARE(delivered.last(), u"9:i"_s);
    }

    void aHoleThatCouldNotBeReadIsAskedForAgain()
    {
        append(u"b"_s);
        store->appends.at(0)(Appended{2, 10, 1});
        store->pages.at(0)(Error{.code = ErrorCode::StoreUnavailable});
        QVERIFY(delivered.isEmpty());
        log->retry();
        store->pages.at(1)(LogPage{{stored(1, u"a"_s), stored(2, u"b"_s)}});
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

    std::unique_ptr<HandStore> store;
    std::unique_ptr<RoomLog> log;
    QStringList delivered;
    QStringList acknowledged;
};

QTEST_GUILESS_MAIN(TestRoomLog)
#include "tst_roomlog.moc"
