#include "server/store/database.h"

#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

namespace teahouse::server {

class TestDatabase : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readingGoesOnAfterAnInterrupt();
    void snapshotEndsWithTheObject();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("test.db")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDatabase::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    Database writer(path(), Database::Mode::Write);
    writer.run(
            "PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1), (2)");
}

/// As a search does it: one statement finds rows, another reads each.
void TestDatabase::readingGoesOnAfterAnInterrupt()
{
    Database database(path(), Database::Mode::Read);
    Statement all(database, "SELECT n FROM t");
    Statement one(database, "SELECT n FROM t WHERE n = ?");
    bool isInterrupted = false;
    try {
        const Snapshot snapshot(database);
        QVERIFY(all.with().next());
        database.interrupt();
        one.with(2).next();
    } catch (const DatabaseError &error) {
        isInterrupted = error.isInterrupted();
    }
    QVERIFY(isInterrupted);
    QVERIFY(!database.isInTransaction());
    const Snapshot snapshot(database);
    QVERIFY(one.with(2).next());
}

void TestDatabase::snapshotEndsWithTheObject()
{
    Database writer(path(), Database::Mode::Write);
    Database database(path(), Database::Mode::Read);
    Statement all(database, "SELECT n FROM t");
    Statement sum(database, "SELECT sum(n) FROM t");
    {
        const Snapshot snapshot(database);
        QVERIFY(all.with().next());
        writer.run("INSERT INTO t VALUES (3)");
        QVERIFY(sum.with().next());
        QCOMPARE(sum.integer(0), 3);
    }
    QVERIFY(sum.with().next());
    QCOMPARE(sum.integer(0), 6);
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestDatabase)
#include "tst_database.moc"
