#include "server/store/backup.h"
#include "server/store/storeaccess.h"
#include "server/store/storefile.h"
#include "tests/server/store/storemaker.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// Copies of a database, and their way back.
class TestBackup : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void copiesWhileSomebodyWrites();
    void isForItsOwnerAlone();
    void leavesNothingBesides();
    void takesAwayWhatAKilledRunLeft();
    void overwritesNothing();
    void refusesDamagedOnes();
    void refusesOtherFiles_data();
    void refusesOtherFiles();
    void fullDiskIsTold();
    void noSuchFolder();
    void restores();
    void restoreByRootIsForTheServersUser();
    void restoreHasItsOwnEpoch();
    void restoreKeepsWhatStoodThere();
    void restoreTakesTheLogAlong();
    void restoreOverADamagedOne();
    void restoreRefusesADamagedCopy();
    void restoreWaitsForNoReader();
    void restoreMakesAWrongIndexAnew();

private:
    QString folder() const { return m_folder->filePath(u"data"_s); }
    QString database() const { return storePath(folder()); }
    QString copy() const { return m_folder->filePath(u"copy"_s); }
    void fill(int count) const;
    void mustBackUp() const;
    /// What the restored database holds; a failed test otherwise.
    StoreFindings mustRestore();

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_kept;
};

namespace {

QString textOf(const std::variant<StoreFindings, QString> &result)
{
    const auto *text = std::get_if<QString>(&result);
    return text ? *text : QString();
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void damage(const QString &path)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(4096);
    file.write(QByteArray(int(file.size()) - 4096, '\xA5'));
}

StoreFindings look(const QString &path)
{
    auto opened = openForReading(path);
    return checkStore(*std::get<std::unique_ptr<Database>>(opened));
}

void change(const QString &path, const QByteArray &sql)
{
    Database(path, Database::Mode::Write).run(sql);
}

} // namespace

void TestBackup::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkdir(folder()));
    m_kept.clear();
}

void TestBackup::fill(int count) const
{
    StoreMaker maker(folder());
    maker.put({.id = 1, .name = u"main"_s});
    for (int i = 0; i < count; ++i)
        maker.say(1, u"ann"_s, u"tea %1"_s.arg(i));
    maker.tick();
}

void TestBackup::mustBackUp() const
{
    QCOMPARE(textOf(backUpStore(database(), copy())), QString());
}

StoreFindings TestBackup::mustRestore()
{
    auto result = restoreStore(copy(), database(), &m_kept);
    if (const auto *problem = std::get_if<QString>(&result)) {
        QTest::qFail(qPrintable(*problem), __FILE__, __LINE__);
        return {};
    }
    return std::get<StoreFindings>(result);
}

void TestBackup::copiesWhileSomebodyWrites()
{
    fill(3);
    StoreMaker maker(folder());
    maker.say(1, u"ann"_s, u"in the log beside the file"_s);
    Database writer(database(), Database::Mode::Write);
    writer.run("BEGIN IMMEDIATE; DELETE FROM items");
    const auto result = backUpStore(database(), copy());
    writer.rollBack();
    QCOMPARE(textOf(result), QString());
    QCOMPARE(std::get<StoreFindings>(result).holds.items, 4);
    QCOMPARE(look(copy()).holds.items, 4);
    QVERIFY(maker.say(1, u"ann"_s, u"and on"_s) == 5);
}

void TestBackup::isForItsOwnerAlone()
{
    fill(1);
    mustBackUp();
    QCOMPARE(QFile::permissions(copy()) & ~QFile::Permissions(0xF00),
             QFile::ReadOwner | QFile::WriteOwner);
}

void TestBackup::leavesNothingBesides()
{
    fill(1);
    mustBackUp();
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"copy"_s});
}

void TestBackup::takesAwayWhatAKilledRunLeft()
{
    fill(1);
    QFile half(copy() + u".part"_s);
    QVERIFY(half.open(QIODevice::WriteOnly));
    half.write(QByteArray(100000, 'x'));
    half.close();
    mustBackUp();
    QVERIFY(!half.exists());
    QVERIFY(look(copy()).isFine());
}

void TestBackup::overwritesNothing()
{
    fill(1);
    QFile other(copy());
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write("mine");
    other.close();
    QVERIFY(textOf(backUpStore(database(), copy())).contains(u"exists already"_s));
    QCOMPARE(bytesOf(copy()), QByteArray("mine"));
    other.remove();
    QVERIFY(QFile::link(u"/nowhere/at/all"_s, copy()));
    QVERIFY(textOf(backUpStore(database(), copy())).contains(u"exists already"_s));
}

void TestBackup::refusesDamagedOnes()
{
    fill(3);
    change(database(), "UPDATE rooms SET last = 2 WHERE id = 1");
    const QString text = textOf(backUpStore(database(), copy()));
    QVERIFY2(text.contains(u"is damaged: "_s), qPrintable(text));
    QVERIFY(text.contains(u"restore"_s));
    QVERIFY(QDir(m_folder->path()).entryList(QDir::Files).isEmpty());
}

void TestBackup::refusesOtherFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    QTest::newRow("no database") << QByteArray(5000, 'x') << u"is damaged or not a database"_s;
    QTest::newRow("empty") << QByteArray() << u"is not a database of teahoused"_s;
}

void TestBackup::refusesOtherFiles()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, said);
    QFile file(database());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QVERIFY(textOf(backUpStore(database(), copy())).contains(said));
    QVERIFY(!QFile::exists(copy()));
    const QString restored = textOf(restoreStore(database(), copy(), &m_kept));
    QVERIFY2(restored.contains(said), qPrintable(restored));
    QCOMPARE(bytesOf(database()), content);
}

void TestBackup::fullDiskIsTold()
{
    fill(50);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small = {16 * 1024, before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const QString text = textOf(backUpStore(database(), copy()));
    const QString restored = textOf(restoreStore(database(), copy(), &m_kept));
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY2(text.contains(u"no room on the disk"_s), qPrintable(text));
    QVERIFY2(restored.contains(u"no room on the disk"_s), qPrintable(restored));
    QVERIFY(QDir(m_folder->path()).entryList(QDir::Files).isEmpty());
}

void TestBackup::noSuchFolder()
{
    fill(1);
    QVERIFY(textOf(backUpStore(database(), m_folder->filePath(u"not/there"_s)))
                    .contains(u"cannot be used"_s));
    QVERIFY(textOf(backUpStore(m_folder->filePath(u"not/there"_s), copy()))
                    .contains(u"There is no file"_s));
}

void TestBackup::restores()
{
    fill(5);
    mustBackUp();
    QVERIFY(QDir(folder()).removeRecursively());
    QVERIFY(QDir().mkdir(folder()));
    QCOMPARE(mustRestore().holds.items, 5);
    QCOMPARE(m_kept, QString());
    QCOMPARE(QDir(folder()).entryList(QDir::Files), QStringList{u"teahouse.db"_s});
    QVERIFY(look(database()).isFine());
    StoreMaker maker(folder());
    QCOMPARE(maker.say(1, u"ann"_s, u"goes on"_s), 6U);
}

void TestBackup::restoreByRootIsForTheServersUser()
{
    constexpr uid_t someone = 12345;
    if (::chown(QFile::encodeName(folder()).constData(), someone, someone) != 0)
        QSKIP("only root can try this");
    fill(1);
    mustBackUp();
    mustRestore();
    QCOMPARE(QFileInfo(database()).ownerId(), someone);
    QCOMPARE(QFileInfo(copy()).ownerId(), ::geteuid());
}

void TestBackup::restoreHasItsOwnEpoch()
{
    fill(1);
    mustBackUp();
    const QString before = look(database()).holds.epoch;
    const QString told = mustRestore().holds.epoch;
    QVERIFY(told != before);
    QCOMPARE(look(database()).holds.epoch, told);
    QCOMPARE(look(copy()).holds.epoch, before);
    QVERIFY(mustRestore().holds.epoch != told);
}

void TestBackup::restoreKeepsWhatStoodThere()
{
    fill(2);
    mustBackUp();
    StoreMaker(folder()).say(1, u"ann"_s, u"later"_s);
    mustRestore();
    QCOMPARE(look(m_kept).holds.items, 3);
    QCOMPARE(look(database()).holds.items, 2);
    const QString first = m_kept;
    mustRestore();
    QVERIFY(m_kept != first);
    QCOMPARE(look(m_kept).holds.items, 2);
}

void TestBackup::restoreTakesTheLogAlong()
{
    fill(2);
    mustBackUp();
    {
        // As a server leaves it that was killed: the newest items are only in the log.
        StoreMaker maker(folder());
        maker.say(1, u"ann"_s, u"in the log"_s);
        QVERIFY(QFile::copy(database(), m_folder->filePath(u"main"_s)));
        QVERIFY(QFile::copy(database() + u"-wal"_s, m_folder->filePath(u"log"_s)));
    }
    QVERIFY(QFile::remove(database()));
    QVERIFY(QFile::rename(m_folder->filePath(u"main"_s), database()));
    QVERIFY(QFile::rename(m_folder->filePath(u"log"_s), database() + u"-wal"_s));
    mustRestore();
    QCOMPARE(look(m_kept).holds.items, 3);
    QCOMPARE(look(database()).holds.items, 2);
    QVERIFY(look(database()).isFine());
}

void TestBackup::restoreOverADamagedOne()
{
    fill(50);
    mustBackUp();
    damage(database());
    QFile log(database() + u"-wal"_s);
    QVERIFY(log.open(QIODevice::WriteOnly));
    log.write("what nobody can say");
    log.close();
    const QByteArray before = bytesOf(database());
    mustRestore();
    QVERIFY(look(database()).isFine());
    QVERIFY(!log.exists());
    QCOMPARE(bytesOf(m_kept), before);
}

void TestBackup::restoreRefusesADamagedCopy()
{
    fill(50);
    mustBackUp();
    const QByteArray before = bytesOf(database());
    change(copy(), "DELETE FROM items WHERE seq = 7");
    QVERIFY(textOf(restoreStore(copy(), database(), &m_kept)).contains(u"number 7 is missing"_s));
    damage(copy());
    QVERIFY(textOf(restoreStore(copy(), database(), &m_kept)).contains(u"is damaged"_s));
    QCOMPARE(bytesOf(database()), before);
    QVERIFY(QDir(folder()).entryList({u"*.part"_s}, QDir::Files).isEmpty());
}

/// Somebody who reads on does not see the new file, and does no harm.
void TestBackup::restoreWaitsForNoReader()
{
    fill(2);
    mustBackUp();
    Database reader(database(), Database::Mode::Read);
    QCOMPARE(reader.number("SELECT count(*) FROM items"), 2);
    mustRestore();
    QCOMPARE(reader.number("SELECT count(*) FROM items"), 2);
    QVERIFY(look(database()).isFine());
}

void TestBackup::restoreMakesAWrongIndexAnew()
{
    fill(2);
    change(database(), "INSERT INTO words (words) VALUES ('delete-all')");
    QCOMPARE(look(database()).index, IndexState::Wrong);
    mustBackUp();
    mustRestore();
    QCOMPARE(look(database()).index, IndexState::Old);
    StoreMaker(folder()).tick();
    QCOMPARE(look(database()).index, IndexState::Fine);
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestBackup)
#include "tst_backup.moc"
