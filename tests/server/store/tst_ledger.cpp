#include "server/store/ledger.h"
#include "server/store/storefile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 start = 1'700'000'000'000;
constexpr RoomId room = 7;
constexpr UserId ann = 1;

/// Words that no other message has.
Item words(int message)
{
    Item item;
    for (int i = 0; i < 12; ++i)
        item.text += u"word%1x%2 "_s.arg(message).arg(i);
    return item;
}

} // namespace

/// The writer's tables, one transaction after the other and without a thread.
class TestLedger : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void idsOfWhatWasNeverStoredAreUsed();
    void topicIsTheItems();
    void erasedWordsAreRewrittenAfterAReopen();
    void erasedWordsAreRewrittenWhileMoreIsSaid();
    void indexIsMergedWithWhatIsRemoved();
    void wordsErasedMeanwhileWait();
    void killLeavesNoErasedText();
    void longTextsAreIndexedInSteps();
    void indexIsMergedWithWhatIsAdded();
    void mentionsAreForgottenInSteps();
    void expiredItemsAreHiddenAtOnce();

private:
    /// Closes the file, as a kill would in the middle of work, and opens it.
    void reopen();
    void commit(const std::function<void()> &change);
    void put(const RoomRecord &record);
    Result<Appended> append(ItemKind kind, const QString &text, quint64 target = 0);
    Result<Appended> say(const QString &text) { return append(ItemKind::Message, text); }
    void keepHouse()
    {
        commit([this] { m_ledger->keepHouse(m_now); });
    }
    void fillIndex();
    QByteArray inFile();
    qint64 number(const QByteArray &sql) { return m_ledger->database().number(sql); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StoreFile> m_file;
    std::unique_ptr<Ledger> m_ledger;
    qint64 m_now = start;
};

void TestLedger::init()
{
    m_ledger.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_now = start;
    reopen();
    put({.id = room, .name = u"tea"_s});
}

void TestLedger::reopen()
{
    m_ledger.reset();
    m_file.reset();
    m_file = std::get<std::unique_ptr<StoreFile>>(StoreFile::open(m_folder->path()));
    m_ledger = m_file->takeLedger();
}

void TestLedger::commit(const std::function<void()> &change)
{
    m_ledger->begin();
    change();
    m_ledger->finish();
    m_ledger->commit();
}

void TestLedger::put(const RoomRecord &record)
{
    commit([&] { m_ledger->put(record); });
}

Result<Appended> TestLedger::append(ItemKind kind, const QString &text, quint64 target)
{
    Result<Appended> result = Error{};
    AppendRequest request{room, ann, {}, {}};
    request.item.kind = kind;
    request.item.from = u"ann"_s;
    request.item.text = text;
    request.item.target = target;
    commit([&] { result = m_ledger->append(request, m_now); });
    return result;
}

void TestLedger::idsOfWhatWasNeverStoredAreUsed()
{
    put({.id = 9, .pair = {Partner{80, u"ann"_s}, Partner{81, u"bob"_s}}});
    Wishes wishes;
    wishes.forgotten.insert(50);
    commit([&] { m_ledger->carryOut(wishes); });
    reopen();
    const StoredState state = m_file->takeState();
    QCOMPARE(state.lastRoom, 50U);
    QCOMPARE(state.lastUser, 81U);
}

void TestLedger::topicIsTheItems()
{
    put({.id = 9, .name = u"milk"_s, .topic = u"cold"_s});
    QVERIFY(append(ItemKind::Topic, u"green"_s).ok());
    // It may have been put before the item, by whoever did not know of it yet.
    put({.id = room, .name = u"tea"_s, .topic = u"black"_s});
    reopen();
    const StoredState state = m_file->takeState();
    QCOMPARE(state.rooms.at(0).topic, u"green"_s);
    QCOMPARE(state.rooms.at(1).topic, u"cold"_s);
}

/// With more pages than one step rewrites, in more than one segment.
void TestLedger::fillIndex()
{
    for (int part = 0; part < 4; ++part) {
        commit([&] {
            for (int i = 0; i < 1500; ++i)
                QVERIFY(m_ledger->append({room, ann, {}, words(part * 1500 + i)}, m_now).ok());
        });
        while (number("SELECT last_item - indexed FROM store") > 0)
            keepHouse();
    }
}

void TestLedger::erasedWordsAreRewrittenAfterAReopen()
{
    fillIndex();
    QVERIFY(append(ItemKind::Deleted, {}, 1).ok());
    keepHouse();
    QCOMPARE(number("SELECT erased FROM store"), 2); // the first step is not the last one
    reopen();
    QCOMPARE(number("SELECT erased FROM store"), 2);
    m_now += 1;
    for (int i = 0; i < 200; ++i)
        keepHouse();
    QCOMPARE(number("SELECT erased FROM store"), 0);
    const QByteArray content = inFile();
    QVERIFY(!content.contains("word0x0"));
    QVERIFY(content.contains("word1x0"));
}

/// Each step adds a segment to those that are being rewritten.
void TestLedger::erasedWordsAreRewrittenWhileMoreIsSaid()
{
    QVERIFY(say(u"zzsecret"_s).ok());
    fillIndex();
    SearchIndex index(m_ledger->database());
    commit([&index] {
        index.beginRewriting(); // so that there are few segments
        while (index.mergeSome(1000)) {
        }
        index.endRewriting();
    });
    QVERIFY(append(ItemKind::Deleted, {}, 1).ok());
    const auto pages = [this] {
        return number("SELECT count(*) FROM words_data WHERE instr(block, x'7a7a736563726574')");
    };
    QVERIFY(pages() > 0);
    commit([&index] { index.beginRewriting(); });
    quint64 id = 1'000'000;
    bool isMore = true;
    int steps = 0;
    for (; isMore; ++steps) {
        commit([&] {
            index.add({++id, room, u"ann"_s, u"more"_s});
            isMore = index.mergeSome(8);
        });
    }
    QVERIFY(steps > 5);
    QCOMPARE(pages(), 0);
}

/// All that the file holds, with nothing beside it.
QByteArray TestLedger::inFile()
{
    QFile file(m_file->path());
    return m_ledger->emptyLog() && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Rooms are cleared without anything being said.
void TestLedger::indexIsMergedWithWhatIsRemoved()
{
    fillIndex();
    put({.id = room, .name = u"tea"_s, .retention = 1});
    m_now += 48 * 3600 * 1000;
    qint64 most = 0;
    int steps = 0;
    do {
        keepHouse();
        most = std::max(most, number("SELECT count(DISTINCT segid) FROM words_idx"));
    } while (number("SELECT count(*) FROM items") > 0 && ++steps < 500);
    QVERIFY(steps > 20 && steps < 500);
    QVERIFY2(most < 10, QByteArray::number(most));
}

void TestLedger::wordsErasedMeanwhileWait()
{
    fillIndex();
    QVERIFY(append(ItemKind::Deleted, {}, 1).ok());
    keepHouse();
    QVERIFY(append(ItemKind::Deleted, {}, 2).ok());
    for (int i = 0; i < 200; ++i)
        keepHouse();
    QCOMPARE(number("SELECT erased FROM store"), 1);
    m_now += 3600 * 1000;
    for (int i = 0; i < 200; ++i)
        keepHouse();
    QCOMPARE(number("SELECT erased FROM store"), 0);
}

void TestLedger::killLeavesNoErasedText()
{
    QVERIFY(say(u"hush"_s).ok());
    QVERIFY(append(ItemKind::Deleted, {}, 1).ok());
    // What stands in the files now is what a kill leaves.
    const QTemporaryDir copy;
    for (const QString &name : {u"/teahouse.db"_s, u"/teahouse.db-wal"_s})
        QVERIFY(QFile::copy(m_folder->path() + name, copy.path() + name));
    QFile log(copy.filePath(u"teahouse.db-wal"_s));
    QVERIFY(log.open(QIODevice::ReadOnly) && log.readAll().contains("hush"));
    const auto file = std::get<std::unique_ptr<StoreFile>>(StoreFile::open(copy.path()));
    QCOMPARE(log.size(), 0);
}

void TestLedger::longTextsAreIndexedInSteps()
{
    for (int i = 0; i < 20; ++i)
        QVERIFY(say(QString(4000, u'茶')).ok());
    commit([this] { m_ledger->indexSome(1000); });
    QCOMPARE(m_ledger->unindexed(), 5U);
    commit([this] { m_ledger->indexSome(1000); });
    QCOMPARE(m_ledger->unindexed(), 0U);
}

/// FTS5 does it by itself only at 16 segments (crisismerge), all of them at once.
void TestLedger::indexIsMergedWithWhatIsAdded()
{
    qint64 most = 0;
    for (int step = 0; step < 100; ++step) {
        QVERIFY(say(words(step).text).ok());
        commit([this] { m_ledger->indexSome(1000); });
        most = std::max(most, number("SELECT count(DISTINCT segid) FROM words_idx"));
    }
    QVERIFY2(most > 1 && most < 10, QByteArray::number(most));
    QCOMPARE(number("SELECT count(*) FROM words WHERE words MATCH 'word7x3'"), 1);
}

void TestLedger::mentionsAreForgottenInSteps()
{
    commit([this] {
        for (int i = 0; i < 1200; ++i)
            QVERIFY(m_ledger->append({room, ann, {}, {}, {2}}, m_now).ok());
    });
    Wishes wishes;
    wishes.forgetGuest(2);
    commit([&] { m_ledger->carryOut(wishes); });
    QCOMPARE(number("SELECT count(*) FROM mentions"), 700);
    reopen();
    for (const int left : {200, 0}) {
        keepHouse();
        QCOMPARE(number("SELECT count(*) FROM mentions"), left);
    }
    QCOMPARE(number("SELECT count(*) FROM forgotten"), 0);
}

void TestLedger::expiredItemsAreHiddenAtOnce()
{
    constexpr qint64 day = 24 * 3600 * 1000;
    put({.id = room, .name = u"tea"_s, .retention = 1});
    commit([this] {
        for (int i = 0; i < 1000; ++i)
            QVERIFY(m_ledger->append({room, ann, {}, {}}, m_now + i).ok());
    });
    m_now += 777 + day;
    keepHouse();
    QCOMPARE(number("SELECT first FROM rooms"), 778);
    for (int i = 0; i < 6; ++i)
        keepHouse();
    QCOMPARE(number("SELECT min(seq) FROM items"), 778);
    QCOMPARE(number("SELECT count(*) FROM leftovers"), 0);
    m_now += day;
    keepHouse();
    QCOMPARE(number("SELECT first FROM rooms"), 1001);
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestLedger)
#include "tst_ledger.moc"
