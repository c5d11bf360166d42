#include "server/store/cidtable.h"

#include "server/store/storefile.h"
#include "shared/limits.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <random>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 week = std::chrono::milliseconds(limits::cidValid).count();
constexpr qint64 start = 1'700'000'000'000;

QString cid(int i)
{
    return u"c%1"_s.arg(i);
}

} // namespace

class TestCidTable : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_table.reset(); }

    void knowsWhatWasPut();
    void tooOldIsNew();
    void laterIsNotOverwritten();
    void forgottenIsNotSortedIn();
    void smallTableStaysSmall();
    void isAsItWasWhateverHappens();

private:
    void reopen();
    void put(int i, quint64 seq, qint64 time = start) { m_table->put(key(i), {seq, time}); }
    void commit();
    void rollBack();
    void sortAll();
    quint64 seqOf(int i, qint64 now = start);
    qint64 count(const char *table);
    static CidTable::Key key(int i) { return {RoomId(1 + i % 3), UserId(1 + i % 7), cid(i)}; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<CidTable> m_table;
};

void TestCidTable::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto file = StoreFile::open(m_folder->path());
    QVERIFY(std::holds_alternative<std::unique_ptr<StoreFile>>(file));
    reopen();
}

/// As another run of the server does.
void TestCidTable::reopen()
{
    m_table.reset();
    m_database = StoreFile::connect(m_folder->filePath(u"teahouse.db"_s));
    m_database->run("PRAGMA synchronous = OFF");
    m_table = std::make_unique<CidTable>(*m_database);
    m_table->reload();
    m_database->run("BEGIN IMMEDIATE");
}

void TestCidTable::commit()
{
    m_table->finish();
    m_database->run("COMMIT; BEGIN IMMEDIATE");
}

void TestCidTable::rollBack()
{
    m_database->run("ROLLBACK");
    m_table->reload();
    m_database->run("BEGIN IMMEDIATE");
}

void TestCidTable::sortAll()
{
    m_table->beginSorting();
    while (m_table->sortSome(100)) {
    }
}

/// The number that the cid stands for; 0: nothing.
quint64 TestCidTable::seqOf(int i, qint64 now)
{
    const auto said = m_table->find(key(i), now);
    return said ? said->seq : 0;
}

qint64 TestCidTable::count(const char *table)
{
    return m_database->number(QByteArray("SELECT count(*) FROM ") + table);
}

void TestCidTable::knowsWhatWasPut()
{
    put(1, 10);
    put(2, 20);
    const auto allIsKnown = [&] { return seqOf(1) == 10 && seqOf(2) == 20 && seqOf(3) == 0; };
    QVERIFY(allIsKnown());
    QVERIFY(!m_table->find({key(1).room, key(1).sender + 1, key(1).cid}, start));
    QVERIFY(!m_table->find({key(1).room + 1, key(1).sender, key(1).cid}, start));
    commit();
    QCOMPARE(count("new_cids"), 2);
    sortAll();
    QCOMPARE(count("new_cids"), 0);
    QCOMPARE(count("cids"), 2);
    QVERIFY(allIsKnown());
    commit();
    reopen();
    QVERIFY(allIsKnown());
}

void TestCidTable::tooOldIsNew()
{
    put(1, 10);
    for (const bool isSorted : {false, true}) {
        QCOMPARE(seqOf(1, start + week - 1), 10U);
        QCOMPARE(seqOf(1, start + week), 0U);
        if (!isSorted)
            sortAll();
    }
    put(1, 30, start + week);
    QCOMPARE(seqOf(1, start + week), 30U);
    sortAll();
    QCOMPARE(seqOf(1, start + week), 30U);
}

/// What a run that was killed has left in the small table is sorted in once more.
void TestCidTable::laterIsNotOverwritten()
{
    put(1, 10);
    commit();
    m_database->run("INSERT INTO cids SELECT room, sender, cid, 99, time FROM new_cids");
    sortAll();
    QCOMPARE(seqOf(1), 99U);
}

void TestCidTable::forgottenIsNotSortedIn()
{
    for (int i = 0; i < 9; ++i)
        put(i, 10);
    m_table->forgetNewOf(2);
    for (const bool isSorted : {false, true}) {
        for (int i = 0; i < 9; ++i)
            QCOMPARE(seqOf(i), key(i).room == 2 ? 0U : 10U);
        if (!isSorted)
            sortAll();
    }
}

void TestCidTable::smallTableStaysSmall()
{
    constexpr int messages = 60'000;
    qint64 most = 0;
    for (int i = 0; i < messages; ++i) {
        if (i == 10'000) { // of a server that is years old
            m_database->run("UPDATE new_cids SET id = id + 1000000000; COMMIT");
            reopen();
        }
        put(i, 1 + i);
        if (i % 50 == 49)
            commit();
        if (i % 1000 == 999)
            most = std::max(most, count("new_cids"));
    }
    QVERIFY2(most < messages / 3, qPrintable(QString::number(most)));
    for (int i = 0; i < messages; ++i)
        QCOMPARE(seqOf(i), quint64(1 + i));
}

/// Against a plain map, with transactions that fail and runs that are killed in between.
void TestCidTable::isAsItWasWhateverHappens()
{
    std::minstd_rand random(5);
    const auto below = [&random](int n) {
        return static_cast<int>(random() % static_cast<unsigned>(n));
    };
    std::map<int, quint64> expected;
    std::map<int, quint64> pending;
    for (quint64 seq = 1; seq < 40'000; ++seq) {
        const int i = below(30'000);
        put(i, seq);
        pending[i] = seq;
        if (below(100) != 0)
            continue;
        switch (below(8)) {
        case 0:
            rollBack();
            break;
        case 1:
            m_table->finish();
            rollBack();
            break;
        case 2:
            reopen(); // what was not committed is lost
            break;
        case 3:
            m_table->beginSorting();
            m_table->sortSome(300);
            [[fallthrough]];
        default:
            commit();
            for (const auto &[key, value] : pending)
                expected[key] = value;
        }
        pending.clear();
    }
    commit();
    for (const auto &[key, value] : pending)
        expected[key] = value;
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 30'000; ++i)
            QCOMPARE(seqOf(i), expected.contains(i) ? expected.at(i) : 0U);
        sortAll();
    }
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestCidTable)
#include "tst_cidtable.moc"
