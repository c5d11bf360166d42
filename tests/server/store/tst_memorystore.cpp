#include "server/store/memorysearch.h"
#include "server/store/memorystore.h"
#include "shared/limits.h"
#include "tests/server/store/storecontract.h"

#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr RoomId busy = 1;
constexpr RoomId quiet = 2;

} // namespace

class TestMemoryStore : public StoreContract
{
    Q_OBJECT

protected:
    int auditKept() const override { return limits::memoryAudit; }
    std::unique_ptr<Store> makeStore(Executor &executor, std::function<qint64()> clock,
                                     QString epoch) override
    {
        return std::make_unique<MemoryStore>(executor, std::move(clock), std::move(epoch));
    }

private slots:
    void answersOfABatchShareOneTask();
    void keepsSoManyItemsARoom_data();
    void keepsSoManyItemsARoom();
    void keepsSoManyBytes_data();
    void keepsSoManyBytes();
    void quietRoomsOutliveABusyOne();
    void largeRoomsTakeTurns();
    void cidGoesWithItsItem();
    void afterADropNumbersGoOn();
    void emptiedStoreTakesNothing();
    void editsAreCounted();
    void searchLooksAtSoMuch_data();
    void searchLooksAtSoMuch();

private:
    void fill(MemoryStore &store, RoomId where, int count);
    LogPage pageOf(MemoryStore &store, PageRequest request);
};

void TestMemoryStore::fill(MemoryStore &store, RoomId where, int count)
{
    store.putRoom(record(where), {});
    for (int i = 0; i < count; ++i)
        store.append({where, 1, {}, message(u"twelve chars"_s)}, [](const Result<Appended> &) {});
    executor().run();
}

LogPage TestMemoryStore::pageOf(MemoryStore &store, PageRequest request)
{
    request.limit = 200;
    LogPage answer;
    store.page(request, [&](const Result<LogPage> &page) { answer = *page; });
    executor().run();
    return answer;
}

void TestMemoryStore::answersOfABatchShareOneTask()
{
    put(busy);
    int answers = 0;
    for (int i = 0; i < 10; ++i)
        store().append({busy, 1, {}, message(u"a"_s)},
                       [&](const Result<Appended> &) { ++answers; });
    QCOMPARE(executor().waiting(), 1);
    executor().run();
    QCOMPARE(answers, 10);
}

void TestMemoryStore::keepsSoManyItemsARoom_data()
{
    QTest::addColumn<int>("said");
    QTest::addColumn<quint64>("first");
    const int limit = limits::memoryItemsPerRoom;
    QTest::newRow("limit - 1") << limit - 1 << quint64(1);
    QTest::newRow("limit") << limit << quint64(1);
    QTest::newRow("limit + 1") << limit + 1 << quint64(2);
}

void TestMemoryStore::keepsSoManyItemsARoom()
{
    QFETCH(const int, said);
    MemoryStore store(executor(), clock(), u"e"_s);
    fill(store, busy, said - 1);
    quint64 toldFirst = 0;
    store.append({busy, 1, {}, message(u"last"_s)},
                 [&](const Result<Appended> &result) { toldFirst = result->first; });
    const LogPage page = pageOf(store, {.room = busy, .forwards = true});
    QTEST(page.first, "first");
    QTEST(toldFirst, "first");
    QCOMPARE(page.items.first().seq, page.first);
    const LogPage past = pageOf(store, {.room = busy, .before = page.first});
    QVERIFY(past.items.isEmpty());
    QVERIFY(!past.more);
}

void TestMemoryStore::keepsSoManyBytes_data()
{
    QTest::addColumn<int>("spare");
    QTest::addColumn<quint64>("first");
    QTest::newRow("limit - 1") << 1 << quint64(1);
    QTest::newRow("limit") << 0 << quint64(1);
    QTest::newRow("limit + 1") << -1 << quint64(2);
}

void TestMemoryStore::keepsSoManyBytes()
{
    QFETCH(const int, spare);
    MemoryStore measured(executor(), clock(), u"e"_s);
    fill(measured, busy, 10);
    QVERIFY(measured.bytes() > 10 * 12 * 2);

    MemoryStore store(executor(), clock(), u"e"_s, {.totalBytes = measured.bytes() + spare});
    fill(store, busy, 10);
    QTEST(pageOf(store, {.room = busy}).first, "first");
    QVERIFY(store.bytes() <= measured.bytes() + spare);
}

void TestMemoryStore::quietRoomsOutliveABusyOne()
{
    MemoryStore store(executor(), clock(), u"e"_s, {.totalBytes = 100'000});
    fill(store, quiet, 5);
    fill(store, busy, 5000);
    QCOMPARE(pageOf(store, {.room = quiet}).first, 1U);
    QVERIFY(pageOf(store, {.room = busy}).first > 4000U);
    QVERIFY(store.bytes() <= 100'000);
    QVERIFY(store.bytes() > 95'000);
}

void TestMemoryStore::largeRoomsTakeTurns()
{
    MemoryStore store(executor(), clock(), u"e"_s, {.totalBytes = 100'000});
    for (int i = 0; i < 1000; ++i) {
        for (RoomId id = 1; id <= 4; ++id)
            fill(store, id, 1);
    }
    for (RoomId id = 1; id <= 4; ++id) {
        const auto kept = 1001 - pageOf(store, {.room = id}).first;
        QVERIFY2(kept >= 40, qPrintable(QString::number(kept)));
    }
}

void TestMemoryStore::cidGoesWithItsItem()
{
    MemoryStore store(executor(), clock(), u"e"_s, {.itemsPerRoom = 2});
    store.putRoom(record(busy), {});
    QList<quint64> numbers;
    const auto say = [&](const QString &cid) {
        store.append({busy, 1, cid, message(u"a"_s)},
                     [&](const Result<Appended> &result) { numbers.append(result->seq); });
        executor().run();
    };
    for (const char *cid : {"x", "y", "x", "z", "x", "z"})
        say(QString::fromLatin1(cid));
    QCOMPARE(numbers, QList<quint64>({1, 2, 1, 3, 4, 3}));
}

void TestMemoryStore::afterADropNumbersGoOn()
{
    MemoryStore store(executor(), clock(), u"e"_s, {.itemsPerRoom = 3});
    fill(store, busy, 10);
    QCOMPARE(numbers(pageOf(store, {.room = busy})), u"8 9 10"_s);
    const LogPage missed = pageOf(store, {.room = busy, .after = 2, .forwards = true});
    QCOMPARE(numbers(missed), u"8 9 10"_s);
    QCOMPARE(missed.first, 8U);
    store.append({busy, 1, {}, edit(2, u"x"_s)}, [](const Result<Appended> &result) {
        QCOMPARE(result.error().code, ErrorCode::NoSuchMessage);
    });
    QCOMPARE(numbers(pageOf(store, {.room = busy})), u"8 9 10"_s);
}

void TestMemoryStore::emptiedStoreTakesNothing()
{
    MemoryStore store(executor(), clock(), u"e"_s, {.totalBytes = 1});
    store.putRoom(record(busy), {});
    quint64 seq = 0;
    for (int i = 0; i < 3; ++i) {
        store.append({busy, 1, u"c"_s, message(u"a"_s)}, [&](const Result<Appended> &result) {
            seq = result->seq;
            QCOMPARE(result->first, 0U);
        });
    }
    executor().run();
    QCOMPARE(seq, 3U);
    QCOMPARE(store.bytes(), 0);
    const LogPage page = pageOf(store, {.room = busy});
    QVERIFY(page.items.isEmpty());
    QCOMPARE(page.first, 0U);
}

void TestMemoryStore::editsAreCounted()
{
    MemoryStore store(executor(), clock(), u"e"_s);
    store.putRoom(record(busy), {});
    const auto add = [&](const Item &item) {
        store.append({busy, 1, {}, item}, [](const Result<Appended> &) {});
        executor().run();
    };
    add(message(u"short"_s));
    const qsizetype before = store.bytes();
    add(edit(1, QString(1000, u'x')));
    QVERIFY(store.bytes() > before + 4000);
    add(deletion(1));
    QVERIFY(store.bytes() < before + 2000);
    store.forget(busy);
    QCOMPARE(store.bytes(), 0);
}

void TestMemoryStore::searchLooksAtSoMuch_data()
{
    QTest::addColumn<int>("newer");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    const int items = limits::searchLook - 1;
    const QString longText(4000, u'x');
    const auto texts = int(MemorySearch::mostText / longText.size());
    QTest::newRow("items: limit") << items << u"x"_s << true;
    QTest::newRow("items: limit + 1") << items + 1 << u"x"_s << false;
    QTest::newRow("text: limit - 1") << texts - 1 << longText << true;
    QTest::newRow("text: limit") << texts << longText << false;
}

/// What is looked for is older than so many messages of this text.
void TestMemoryStore::searchLooksAtSoMuch()
{
    QFETCH(const int, newer);
    QFETCH(const QString, text);
    MemoryStore store(executor(), clock(), u"e"_s, {.itemsPerRoom = limits::searchLook + 2});
    store.putRoom(record(busy), {});
    const auto say = [&](const QString &words) { store.append({busy, 1, {}, message(words)}, {}); };
    say(u"needle"_s);
    for (int i = 0; i < newer; ++i)
        say(text);
    SearchRequest request{.rooms = {busy}, .text = u"needle"_s, .limit = 10};
    FoundPage page;
    const auto search = [&] {
        store.search(request, [&](const Result<FoundPage> &result) { page = *result; });
        executor().run();
    };
    search();
    QTEST(!page.found.isEmpty(), "found");
    if (page.found.isEmpty()) {
        QVERIFY(page.more);
        request.before = page.next;
        search();
        QCOMPARE(page.found.size(), 1);
    }
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestMemoryStore)
#include "tst_memorystore.moc"
