#include "server/store/searcher.h"
#include "tests/server/store/sqliterig.h"

#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// How much a search looks at, beside a store that has something to find.
class TestSearcher : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void findsWordsThatGoOn();
    void searchesInSoManyRooms_data();
    void searchesInSoManyRooms();
    void siftsWhatHasMostItems_data();
    void siftsWhatHasMostItems();
    void asksForTheRoomAfterAll();
    void looksAtSoManyItems();

private:
    void say(RoomId room, const QString &text, int times = 1);
    void putTwoRooms();
    void settle();
    void pretend(qint64 items, qint64 ofAll);
    FoundPage find(const SearchRequest &request);

    std::unique_ptr<QTemporaryDir> m_folder;
    ManualExecutor m_executor;
    std::unique_ptr<SqliteStore> m_store;
};

void TestSearcher::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = openStore(m_folder->path(), m_executor, [] { return qint64(1'700'000'000'000); });
}

void TestSearcher::cleanup()
{
    m_store.reset();
    m_executor.run();
}

void TestSearcher::say(RoomId room, const QString &text, int times)
{
    Item item;
    item.from = u"ann"_s;
    item.text = text;
    for (int i = 0; i < times; ++i)
        m_store->append({room, 1, {}, item}, {});
}

void TestSearcher::putTwoRooms()
{
    for (const RoomId id : {RoomId(1), RoomId(2)})
        m_store->putRoom({.id = id, .name = u"room%1"_s.arg(id)}, {});
}

/// The first room has so many items.
void TestSearcher::pretend(qint64 items, qint64 ofAll)
{
    Database database(m_folder->filePath(u"teahouse.db"_s), Database::Mode::Write);
    database.run("UPDATE rooms SET last = " + QByteArray::number(items) + " WHERE id = 1");
    const QByteArray last = QByteArray::number(ofAll - 1);
    database.run("UPDATE store SET last_item = " + last + ", indexed = " + last);
}

/// Waits until all is written and in the index.
void TestSearcher::settle()
{
    const QString path = m_folder->filePath(u"teahouse.db"_s);
    const auto behind = [&path] {
        return Database(path, Database::Mode::Read).number("SELECT last_item - indexed FROM store");
    };
    do {
        m_store->tick();
        do {
            waitALittle();
            m_executor.run();
        } while (!m_store->isIdle());
    } while (behind() > 0);
}

FoundPage TestSearcher::find(const SearchRequest &request)
{
    Database database(m_folder->filePath(u"teahouse.db"_s), Database::Mode::Read);
    return *Searcher(database).find(request);
}

/// Words that go on are named to the index, or where they are too many, asked for as a beginning.
void TestSearcher::findsWordsThatGoOn()
{
    putTwoRooms();
    for (int i = 0; i <= Vocabulary::mostWords; ++i)
        say(1, u"many%1 few%2"_s.arg(i).arg(i % 3));
    settle();
    SearchRequest request{.rooms = {1}, .text = u"few"_s, .limit = 4};
    const FoundPage few = find(request);
    QCOMPARE(few.found.size(), 4);
    QVERIFY(few.more);
    QCOMPARE(few.found.first().item.seq, quint64(Vocabulary::mostWords + 1));
    request.text = u"many"_s;
    request.limit = limits::page;
    QCOMPARE(find(request).found.size(), Vocabulary::mostWords + 1);
    request.text = u"few1 many1"_s;
    QCOMPARE(find(request).found.size(), 6); // 1, 10, 13, 16, 19 and 100
}

void TestSearcher::searchesInSoManyRooms_data()
{
    QTest::addColumn<int>("rooms");
    const auto limit = int(Searcher::roomsInQuery);
    QTest::newRow("limit - 1") << limit - 1;
    QTest::newRow("limit") << limit;
    QTest::newRow("limit + 1") << limit + 1;
}

/// Whether the index is asked for the rooms or what it finds is sifted.
void TestSearcher::searchesInSoManyRooms()
{
    QFETCH(const int, rooms);
    SearchRequest request{.text = u"tea"_s, .limit = limits::page};
    for (int i = 0; i <= rooms; ++i) {
        const auto id = RoomId(i + 1);
        m_store->putRoom({.id = id, .name = u"room%1"_s.arg(id)}, {});
        if (i != rooms)
            request.rooms.append(id);
    }
    const auto last = RoomId(rooms);
    const RoomId foreign = last + 1;
    for (const RoomId id : {RoomId(1), foreign, last, foreign})
        say(id, u"tea"_s);
    settle();
    const FoundPage page = find(request);
    QVERIFY(!page.more);
    QCOMPARE(page.found.size(), 2);
    QCOMPARE(page.found.at(0).room, last);
    QCOMPARE(page.found.at(1).room, RoomId(1));
}

void TestSearcher::siftsWhatHasMostItems_data()
{
    QTest::addColumn<qint64>("items");
    QTest::addColumn<bool>("isSifted");
    QTest::newRow("seven in eight") << qint64(700'000) << false;
    QTest::newRow("more") << qint64(700'001) << true;
}

/// Of a room that has most of all items the index is not asked for those in it, so that what others
/// have said is looked at, too.
void TestSearcher::siftsWhatHasMostItems()
{
    QFETCH(const qint64, items);
    QFETCH(const bool, isSifted);
    putTwoRooms();
    say(2, u"tea"_s, limits::searchLook);
    say(1, u"tea"_s);
    settle();
    pretend(items, 800'000);
    const FoundPage page = find({.rooms = {1}, .text = u"tea"_s, .limit = limits::page});
    QCOMPARE(page.found.size(), 1);
    QCOMPARE(page.found.at(0).room, RoomId(1));
    QCOMPARE(page.more, isSifted);
}

/// Where that finds nothing, for all that was looked at was said elsewhere.
void TestSearcher::asksForTheRoomAfterAll()
{
    putTwoRooms();
    say(1, u"tea"_s);
    say(2, u"tea"_s, limits::searchLook);
    settle();
    pretend(790'000, 800'000);
    const FoundPage page = find({.rooms = {1}, .text = u"tea"_s, .limit = limits::page});
    QCOMPARE(page.found.size(), 1);
    QCOMPARE(page.found.at(0).room, RoomId(1));
    QVERIFY(!page.more);
}

/// The index finds each of these by its pairs of characters, and none is what is looked for.
void TestSearcher::looksAtSoManyItems()
{
    const QString sought = u"\u559D\u676F\u8336"_s;
    const QString similar = u"\u559D\u676F \u676F\u8336"_s;
    m_store->putRoom({.id = 1, .name = u"tea"_s}, {});
    say(1, sought);
    say(1, similar, limits::searchLook - 1);
    settle();
    SearchRequest request{.rooms = {1}, .text = sought, .limit = 1};
    QCOMPARE(find(request).found.size(), 1);

    say(1, similar);
    settle();
    const FoundPage page = find(request);
    QCOMPARE(page.found.size(), 0);
    QVERIFY(page.more);
    request.before = page.next;
    QCOMPARE(find(request).found.size(), 1);
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestSearcher)
#include "tst_searcher.moc"
