#include "server/store/storecheck.h"
#include "server/store/storefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include <sys/stat.h>
#include <unistd.h>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// A step that stops in its middle, as a kill would: what it did is rolled back.
const QByteArray brokenStep = "CREATE TABLE half (a INTEGER); SELECT no_such_function()";

} // namespace

/// Opening the database of a data folder: what is made, brought up to date and refused.
class TestStoreFile : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void makesAFileForItsOwnerAlone();
    void epochStays();
    void restoredRightsAreNarrowed();
    void bringsAnOlderSchemaUp();
    void bringsTheFirstSchemaUp();
    void knowsWhichConversationsWereAnswered();
    void goesOnAfterAKill_data();
    void goesOnAfterAKill();
    void backupIsWhole();
    void halfACopyIsRefused();
    void refusesANewerSchema();
    void refusesWhatIsNotOurs_data();
    void refusesWhatIsNotOurs();
    void refusesALockedFile();
    void refusesADiskWithoutSharedMemory();
    void refusesWhatLacksATable();
    void refusesAnotherSchema_data();
    void refusesAnotherSchema();
    void everySchemaSoFarIsUpgraded_data();
    void everySchemaSoFarIsUpgraded();
    void inviteCodesOfBeforeAreGoodForOne();
    void refusesAFolderThatIsNotThere();
    void refusesASecondServer();
    void refusesAnotherName();
    void restoreThatWasKilledLeavesNoOtherName();
    void refusesALogWithoutADatabase();
    void refusesOtherThingsBesideIt();
    void logThatLostItsTailMakesANewEpoch_data();
    void logThatLostItsTailMakesANewEpoch();
    void madeByRootForTheServersUser();
    void indexOfOtherRulesIsMadeAnew();

private:
    QString open(const Migrations &migrations = schemaMigrations());
    QString path(const QString &name = u"teahouse.db"_s) const { return m_folder->filePath(name); }
    qint64 number(const QByteArray &sql, const QString &name = u"teahouse.db"_s) const
    {
        return Database(path(name), Database::Mode::Read).number(sql);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStoreFile::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

/// Opens and closes the file: why it is refused, or its epoch.
QString TestStoreFile::open(const Migrations &migrations)
{
    const auto file = StoreFile::open(m_folder->path(), migrations);
    if (const auto *text = std::get_if<QString>(&file))
        return *text;
    return std::get<std::unique_ptr<StoreFile>>(file)->epoch();
}

void TestStoreFile::makesAFileForItsOwnerAlone()
{
    auto file = StoreFile::open(m_folder->path());
    QVERIFY(std::holds_alternative<std::unique_ptr<StoreFile>>(file));
    const auto ledger = std::get<std::unique_ptr<StoreFile>>(file)->takeLedger();
    Database *database = &ledger->database();
    QCOMPARE(database->number("PRAGMA synchronous"), 2); // FULL
    QCOMPARE(database->number("PRAGMA foreign_keys"), 1);
    QCOMPARE(database->number("PRAGMA secure_delete"), 1);
    database->run("CREATE TABLE something (a INTEGER)");
    const QStringList files = QDir(m_folder->path()).entryList(QDir::Files);
    QCOMPARE(files, QStringList({u"teahouse.db"_s, u"teahouse.db-shm"_s, u"teahouse.db-wal"_s}));
    for (const QString &name : files) {
        struct stat found = {};
        QCOMPARE(::stat(QFile::encodeName(path(name)).constData(), &found), 0);
        QCOMPARE(found.st_mode & 0777, 0600U);
    }
}

void TestStoreFile::epochStays()
{
    const QString epoch = open();
    QCOMPARE(epoch.size(), 16);
    QCOMPARE(open(), epoch);
    QVERIFY(QFile::remove(path()));
    QVERIFY(open() != epoch);
}

void TestStoreFile::restoredRightsAreNarrowed()
{
    open();
    QVERIFY(QFile::setPermissions(path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    open();
    QVERIFY(!(QFile::permissions(path()) & QFile::ReadOther));
}

void TestStoreFile::bringsAnOlderSchemaUp()
{
    const QString epoch = open();
    Migrations newer = schemaMigrations();
    const int first = static_cast<int>(newer.size());
    newer += {"CREATE TABLE second (a INTEGER); INSERT INTO second VALUES (5)",
              "CREATE TABLE third AS SELECT a + 1 AS a FROM second"};
    QCOMPARE(open(newer), epoch);
    QCOMPARE(number("SELECT a FROM third"), 6);
    QCOMPARE(number("PRAGMA user_version"), first + 2);
    const QString copy = u"teahouse.db.before-%1"_s.arg(first + 1);
    QCOMPARE(number("PRAGMA user_version", copy), first);
    QCOMPARE(QFile::permissions(path(copy)) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    QVERIFY(!QFile::exists(path(copy + u".part"_s)));
}

/// What the first release has left, with a room and a guest in it.
void TestStoreFile::bringsTheFirstSchemaUp()
{
    // As far as making the tables goes; what reads them knows the present schema.
    QVERIFY(open(schemaMigrations().first(1)).contains(u"no such column"_s));
    StoreFile::connect(path())->run(
            "INSERT INTO rooms VALUES (1, 'main', 0, '', 0, '', 'tea', -1, 6, 5, 9);"
            "INSERT INTO guests VALUES (7, 'ann', 'hash', 0);"
            "INSERT INTO store (epoch, digest_key, last_user, last_room, last_item, indexed,"
            " index_rules, erased) VALUES ('word', 'key', 7, 1, 0, 0, '', 0)");
    auto file = StoreFile::open(m_folder->path());
    QVERIFY(std::holds_alternative<std::unique_ptr<StoreFile>>(file));
    auto &opened = std::get<std::unique_ptr<StoreFile>>(file);
    QCOMPARE(opened->epoch(), u"word"_s);
    const StoredState state = opened->takeState();
    QVERIFY(state.rooms.at(0)
            == (RoomRecord{.id = 1, .name = u"main"_s, .topic = u"tea"_s, .first = 0, .last = 5}));
    QCOMPARE(state.guests.size(), 1);
    QCOMPARE(state.lastUser, 7U);
    QVERIFY(!state.isClaimed && state.accounts.isEmpty());
    QCOMPARE(number("PRAGMA user_version", u"teahouse.db.before-2"_s), 1);
    QCOMPARE(number("SELECT last_user FROM store", u"teahouse.db.before-2"_s), 7);
}

void TestStoreFile::knowsWhichConversationsWereAnswered()
{
    QVERIFY(open(schemaMigrations().first(3)).contains(u"no such column"_s));
    StoreFile::connect(path())->run(
            "INSERT INTO rooms (id, name, user_a, name_a, user_b, name_b, topic, retention, first,"
            " last, last_time) VALUES (1, '', 7, 'ann', 8, 'bob', '', -1, 1, 1, 9),"
            " (2, '', 7, 'ann', 9, 'cat', '', -1, 1, 2, 9), (3, '', 8, 'bob', 9, 'cat', '', 30, 5,"
            " 5, 9), (4, 'main', 0, '', 0, '', '', -1, 1, 0, 0);"
            "INSERT INTO items VALUES (1, 1, 1, 0, 7, 'ann', 9, 'hi', 0, 0, 0, 0, '', '', NULL),"
            " (2, 2, 1, 0, 7, 'ann', 9, 'hi', 0, 0, 0, 0, '', '', NULL),"
            " (3, 2, 2, 0, 9, 'cat', 9, 'yes', 0, 0, 0, 0, '', '', NULL),"
            " (4, 3, 5, 0, 8, 'bob', 9, 'hi', 0, 0, 0, 0, '', '', NULL);"
            "INSERT INTO store (epoch, digest_key, last_user, last_room, last_item, indexed,"
            " index_rules, erased) VALUES ('word', 'key', 9, 4, 4, 0, '', 0)");
    auto file = StoreFile::open(m_folder->path());
    QVERIFY(std::holds_alternative<std::unique_ptr<StoreFile>>(file));
    const StoredState state = std::get<std::unique_ptr<StoreFile>>(file)->takeState();
    QList<bool> answered;
    for (const RoomRecord &room : state.rooms)
        answered.append(room.isAnswered);
    // Of the third one nobody knows what was said first.
    QCOMPARE(answered, QList<bool>({false, true, true, false}));
}

void TestStoreFile::goesOnAfterAKill_data()
{
    QTest::addColumn<int>("done");
    QTest::newRow("in the first step") << 0;
    QTest::newRow("in the second step") << 1;
    QTest::newRow("in the third step") << 2;
}

void TestStoreFile::goesOnAfterAKill()
{
    QFETCH(const int, done);
    open();
    const Migrations before = schemaMigrations();
    const QList<QByteArray> steps = {"CREATE TABLE a (x INTEGER)", "CREATE TABLE b (x INTEGER)",
                                     "CREATE TABLE c (x INTEGER)"};
    Migrations killed = before + steps.first(done);
    killed.append(brokenStep);
    QVERIFY(open(killed).contains(u"no_such_function"_s));
    QCOMPARE(number("PRAGMA user_version"), before.size() + done);
    QCOMPARE(number("SELECT count(*) FROM sqlite_master WHERE name = 'half'"), 0);

    // A copy that was not finished lies about, too.
    QFile part(path(u"teahouse.db.before-%1.part"_s.arg(before.size() + done + 1)));
    QVERIFY(part.open(QIODevice::WriteOnly) && part.write("half a copy") > 0);
    part.close();
    QCOMPARE(open(before + steps).size(), 16);
    QCOMPARE(number("SELECT count(*) FROM sqlite_master WHERE name IN ('a', 'b', 'c')"), 3);
    QVERIFY(!part.exists());
}

void TestStoreFile::backupIsWhole()
{
    open();
    // A copy of another time stands under the name; what has been written last is in the log.
    QFile old(path(u"copy"_s));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") > 0);
    old.close();
    const auto database = StoreFile::connect(path());
    database->run("UPDATE store SET last_item = 77");
    backUp(*database, path(u"copy"_s));
    QCOMPARE(number("SELECT last_item FROM store", u"copy"_s), 77);
    QVERIFY(!QFile::exists(path(u"copy-wal"_s)));
}

void TestStoreFile::halfACopyIsRefused()
{
    open();
    const auto database = StoreFile::connect(path());
    Database other(path(u"copy"_s), Database::Mode::Write);
    other.run("BEGIN EXCLUSIVE");
    QVERIFY_THROWS_EXCEPTION(DatabaseError, copyDatabase(*database, path(u"copy"_s)));
}

void TestStoreFile::refusesANewerSchema()
{
    open();
    Migrations newer = schemaMigrations();
    newer.append("CREATE TABLE a (x INTEGER)");
    open(newer);
    const QString text = open();
    QVERIFY2(text.contains(u"written by a newer teahoused"_s), qPrintable(text));
    QVERIFY(text.contains(u"teahoused restore FILE"_s));
    QCOMPARE(number("PRAGMA user_version"), newer.size());
}

void TestStoreFile::refusesWhatIsNotOurs_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    QTest::newRow("text") << QByteArray(5000, 'x') << u"teahoused restore FILE"_s;
    QTest::newRow("a damaged database") << QByteArray() << u"teahoused restore FILE"_s;
    QTest::newRow("another program's") << QByteArray("sql") << u"another program"_s;
}

void TestStoreFile::refusesWhatIsNotOurs()
{
    QFETCH(QByteArray, content);
    QFile file(path());
    if (content.isEmpty()) {
        open();
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(100));
        file.write(QByteArray(3900, 'x'));
    } else if (content == "sql") {
        Database(path(), Database::Mode::Write).run("CREATE TABLE theirs (a INTEGER)");
    } else {
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    file.close();
    QVERIFY(file.open(QIODevice::ReadOnly));
    content = file.readAll();
    file.close();

    const QString text = open();
    QFETCH(const QString, says);
    QVERIFY2(text.contains(says), qPrintable(text));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

void TestStoreFile::refusesALockedFile()
{
    open();
    Database other(path(), Database::Mode::Write);
    other.run("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    const QString text = open();
    QVERIFY2(text.contains(u"locked by another program"_s), qPrintable(text));
}

/// As on a network drive.
void TestStoreFile::refusesADiskWithoutSharedMemory()
{
    sqlite3_vfs *usual = sqlite3_vfs_find(nullptr);
    sqlite3_vfs_register(sqlite3_vfs_find("unix-dotfile"), 1);
    const QString text = open();
    sqlite3_vfs_register(usual, 1);
    QVERIFY2(text.contains(u"on a local disk with --data DIR"_s), qPrintable(text));
}

void TestStoreFile::refusesWhatLacksATable()
{
    open();
    StoreFile::connect(path())->run("DROP TABLE mentions");
    const QString text = open();
    QVERIFY2(text.contains(u"teahoused restore FILE"_s), qPrintable(text));
}

void TestStoreFile::refusesAnotherSchema_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *sql, const char *says) {
        QTest::newRow(says) << QByteArray(sql) << QString::fromLatin1(says);
    };
    row("CREATE TRIGGER t AFTER INSERT ON items BEGIN DELETE FROM accounts; END",
        "it has the trigger \"t\"");
    row("CREATE VIEW v AS SELECT 1", "it has the view \"v\"");
    row("CREATE TABLE more (a)", "it has the table \"more\"");
    row("CREATE INDEX more ON items (text)", "it has the index \"more\"");
    row("ALTER TABLE guests ADD COLUMN more REFERENCES rooms (id) ON DELETE CASCADE",
        "its table \"guests\" is not as teahoused made it");
    row("DROP INDEX items_by_number", "it lacks the index \"items_by_number\"");
    row("PRAGMA user_version = -1", "its schema number is -1");
    row("PRAGMA user_version = 2", "which teahoused did not make");
}

void TestStoreFile::refusesAnotherSchema()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const QString, says);
    open();
    Database(path(), Database::Mode::Write).run(sql);
    const QString text = open();
    QVERIFY2(text.contains(says) && text.contains(path()), qPrintable(text));
    QVERIFY2(text.contains(u"teahoused restore FILE"_s), qPrintable(text));
    QVERIFY(!QFile::exists(path(u"teahouse.db.before-3"_s)));
}

void TestStoreFile::everySchemaSoFarIsUpgraded_data()
{
    QTest::addColumn<int>("version");
    for (int version = 1; version < schemaMigrations().size(); ++version)
        QTest::addRow("%d", version) << version;
}

/// Files as each version has left them, with something said in them.
void TestStoreFile::everySchemaSoFarIsUpgraded()
{
    QFETCH(const int, version);
    {
        Database old(path(), Database::Mode::Write);
        old.run("PRAGMA journal_mode = WAL");
        migrate(old, schemaMigrations().first(version));
        old.run("PRAGMA application_id = 1415930216; "
                "INSERT INTO store (epoch, digest_key, last_user, last_room, last_item, indexed,"
                " index_rules, erased) VALUES ('word', x'0102', 7, 1, 2, 0, '', 0);"
                "INSERT INTO rooms (id, name, user_a, name_a, user_b, name_b, topic, retention,"
                " first, last, last_time) VALUES (1, 'main', 0, '', 0, '', 'tea', -1, 1, 2, 9);"
                "INSERT INTO items (id, room, seq, kind, sender, speaker, time, text, flags,"
                " reply_to, target, newest_edit, name, role) VALUES"
                " (1, 1, 1, 0, 7, 'ann', 8, 'one', 0, 0, 0, 0, '', ''),"
                " (2, 1, 2, 0, 7, 'ann', 9, 'two', 0, 0, 0, 0, '', '')");
    }
    QCOMPARE(open(), u"word"_s);
    QCOMPARE(number("PRAGMA user_version"), schemaMigrations().size());
    QCOMPARE(number("SELECT count(*) FROM items"), 2);
    QCOMPARE(number("PRAGMA user_version", u"teahouse.db.before-%1"_s.arg(version + 1)), version);
    Database upgraded(path(), Database::Mode::Read);
    QVERIFY(checkStore(upgraded).isFine());
}

/// And for no room: the schema that knew no more was the sixth.
void TestStoreFile::inviteCodesOfBeforeAreGoodForOne()
{
    open(schemaMigrations().first(6));
    Database(path(), Database::Mode::Write)
            .run("INSERT INTO invites (code_hash, maker, until)"
                 " VALUES (zeroblob(32), 'ann', 1700000000000)");
    QVERIFY(!open().contains(u' ')); // the epoch, and no complaint
    QCOMPARE(number("SELECT count(*) FROM invites WHERE until = 1700000000000"), 1);
    QCOMPARE(number("SELECT uses FROM invites"), 1);
    QCOMPARE(number("SELECT room FROM invites"), 0);
    Database upgraded(path(), Database::Mode::Read);
    QVERIFY(checkStore(upgraded).isFine());
}

void TestStoreFile::refusesAFolderThatIsNotThere()
{
    const auto file = StoreFile::open(path(u"nowhere"_s));
    QVERIFY(std::get<QString>(file).contains(u"--data DIR"_s));
}

/// Also when the lock beside it was removed.
void TestStoreFile::refusesASecondServer()
{
    const auto first = StoreFile::open(m_folder->path());
    QVERIFY(std::holds_alternative<std::unique_ptr<StoreFile>>(first));
    const QString text = open();
    QVERIFY2(text.contains(u"in use by the server with process id %1"_s.arg(
                     QCoreApplication::applicationPid())),
             qPrintable(text));
    Database reader(path(), Database::Mode::Read); // a backup, say
    QCOMPARE(reader.number("SELECT count(*) FROM store"), 1);
}

void TestStoreFile::refusesAnotherName()
{
    const QString epoch = open();
    QCOMPARE(::link(qPrintable(path()), qPrintable(path(u"other"_s))), 0);
    const QString text = open();
    QVERIFY2(text.contains(u"hard link"_s) && text.contains(path()), qPrintable(text));
    QVERIFY(QFile::remove(path(u"other"_s)));
    QCOMPARE(open(), epoch);
    QVERIFY(QFile::rename(path(), path(u"other"_s)) && QFile::link(path(u"other"_s), path()));
    QVERIFY(open().contains(u"cannot be opened"_s));
}

void TestStoreFile::restoreThatWasKilledLeavesNoOtherName()
{
    const QString epoch = open();
    const QString kept = path(u"teahouse.db.before-restore-1"_s);
    QCOMPARE(::link(qPrintable(path()), qPrintable(kept)), 0);
    QCOMPARE(open(), epoch);
    QVERIFY(!QFile::exists(kept));
}

void TestStoreFile::refusesALogWithoutADatabase()
{
    open();
    QFile log(path(u"teahouse.db-wal"_s));
    QVERIFY(QFile::remove(path()) && log.open(QIODevice::WriteOnly) && log.write("said") > 0);
    log.close();
    const QString text = open();
    QVERIFY2(text.contains(u"Put the database back"_s), qPrintable(text));
    QVERIFY(!QFile::exists(path()));
}

void TestStoreFile::refusesOtherThingsBesideIt()
{
    const QString epoch = open();
    QFile precious(path(u"precious"_s));
    QVERIFY(precious.open(QIODevice::WriteOnly) && precious.write("precious") > 0);
    precious.close();
    for (const char *end : {"-wal", "-shm", "-journal"}) {
        const QString name = path() + QLatin1StringView(end);
        QCOMPARE(::mkfifo(qPrintable(name), 0600), 0);
        QVERIFY(open().contains(name));
        QVERIFY(QFile::remove(name) && QFile::link(precious.fileName(), name));
        QVERIFY(open().contains(name));
        QVERIFY(QFile::remove(name));
        QCOMPARE(::link(qPrintable(precious.fileName()), qPrintable(name)), 0);
        QVERIFY(open().contains(name));
        QVERIFY(QFile::remove(name));
        QCOMPARE(open(), epoch);
    }
    QCOMPARE(precious.size(), 8);
}

void TestStoreFile::logThatLostItsTailMakesANewEpoch_data()
{
    QTest::addColumn<int>("damaged"); // a frame, from 0; -1: the header, -2: none
    QTest::addColumn<int>("keeps");   // so many bytes of the log; -1: all
    QTest::addColumn<bool>("isNew");
    QTest::newRow("killed") << -2 << -1 << false;
    QTest::newRow("the first") << 0 << -1 << true;
    QTest::newRow("in the middle") << 2 << -1 << true;
    QTest::newRow("the last") << 3 << -1 << true;
    QTest::newRow("the header") << -1 << -1 << true;
    QTest::newRow("killed while it wrote") << -2 << 32 + 3 * (24 + 4096) + 500 << false;
}

/// Four transactions of one page each.
void TestStoreFile::logThatLostItsTailMakesANewEpoch()
{
    QFETCH(const int, damaged);
    QFETCH(const int, keeps);
    QFETCH(const bool, isNew);
    const QString epoch = open();
    const QTemporaryDir copy;
    {
        const auto writer = StoreFile::connect(path());
        for (int i = 1; i <= 4; ++i)
            writer->run("UPDATE store SET generation = " + QByteArray::number(i));
        for (const QString &name : {u"teahouse.db"_s, u"teahouse.db-wal"_s})
            QVERIFY(QFile::copy(path(name), copy.filePath(name)));
    }
    QFile log(copy.filePath(u"teahouse.db-wal"_s));
    QVERIFY(log.open(QIODevice::ReadWrite));
    QCOMPARE(log.size(), 32 + 4 * (24 + 4096));
    if (damaged > -2) {
        QVERIFY(log.seek(damaged < 0 ? 5 : 32 + damaged * (24 + 4096) + 100));
        log.write("!");
    }
    if (keeps > 0)
        QVERIFY(log.resize(keeps));
    log.close();
    const auto file = StoreFile::open(copy.path());
    QVERIFY(std::holds_alternative<std::unique_ptr<StoreFile>>(file));
    const QString now = std::get<std::unique_ptr<StoreFile>>(file)->epoch();
    QCOMPARE(now != epoch, isNew);
    QCOMPARE(Database(copy.filePath(u"teahouse.db"_s), Database::Mode::Read)
                     .number("SELECT epoch = '" + now.toUtf8() + "' FROM store"),
             1);
}

void TestStoreFile::madeByRootForTheServersUser()
{
    if (::geteuid() != 0)
        QSKIP("only root makes files for others");
    constexpr uid_t user = 12345;
    QCOMPARE(::chown(qPrintable(m_folder->path()), user, user), 0);
    const auto file = StoreFile::open(m_folder->path());
    QVERIFY(std::holds_alternative<std::unique_ptr<StoreFile>>(file));
    for (const char16_t *name : {u"teahouse.db", u"teahouse.db-wal", u"teahouse.db-shm"}) {
        struct stat found = {};
        QCOMPARE(::stat(qPrintable(path(QString::fromUtf16(name))), &found), 0);
        QCOMPARE(found.st_uid, user);
        QCOMPARE(found.st_gid, gid_t(user));
        QCOMPARE(found.st_mode & 0777, 0600U);
    }
}

void TestStoreFile::indexOfOtherRulesIsMadeAnew()
{
    open();
    StoreFile::connect(path())->run("UPDATE store SET index_rules = 'old', indexed = 5;"
                                    "INSERT INTO words (rowid, text) VALUES (1, 'tea')");
    open();
    QCOMPARE(number("SELECT indexed FROM store"), 0);
    QCOMPARE(number("SELECT count(*) FROM words WHERE words MATCH 'tea'"), 0);
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestStoreFile)
#include "tst_storefile.moc"
