#include "server/app/datafolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

namespace teahouse::server {

using namespace Qt::StringLiterals;

class TestDataFolder : public QObject
{
    Q_OBJECT

private slots:
    void defaultPath();
    void isMadeForThisUserOnly();
    void secondOneIsToldThePid();
    void isFreeAfterwards();
    void whatStandsThereKeepsItsRights();
    void unusable_data();
    void unusable();
    void lockIsNotFollowed();
    void lockWithAnotherNameIsRefused();
    void removedLockIsMadeAgain();
    void aFolderThatIsGoneIsTold();
    void warnsOfOthers();
    void madeByRootForTheServersUser();

private:
    QTemporaryDir m_scratch;
};

namespace {

using Opened = std::variant<std::unique_ptr<DataFolder>, QString>;

bool isOpen(const Opened &opened)
{
    return std::holds_alternative<std::unique_ptr<DataFolder>>(opened);
}

constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser
        | QFile::WriteUser;

} // namespace

void TestDataFolder::defaultPath()
{
    QProcessEnvironment environment;
    QCOMPARE(DataFolder::defaultPath(environment), QDir::homePath() + u"/.local/share/teahoused"_s);
    environment.insert(u"XDG_DATA_HOME"_s, u"relative"_s);
    QCOMPARE(DataFolder::defaultPath(environment), QDir::homePath() + u"/.local/share/teahoused"_s);
    environment.insert(u"XDG_DATA_HOME"_s, u"/data"_s);
    QCOMPARE(DataFolder::defaultPath(environment), u"/data/teahoused"_s);
    environment.insert(u"STATE_DIRECTORY"_s, u"/var/lib/teahouse:/var/lib/more"_s);
    QCOMPARE(DataFolder::defaultPath(environment), u"/var/lib/teahouse"_s);
}

void TestDataFolder::isMadeForThisUserOnly()
{
    const QString path = m_scratch.filePath(u"a/b/c"_s);
    const Opened opened = DataFolder::open(path);
    QVERIFY(isOpen(opened));
    QCOMPARE(std::get<0>(opened)->path(), path);
    for (const QString &part : {u"a"_s, u"a/b"_s, u"a/b/c"_s}) {
        QCOMPARE(QFileInfo(m_scratch.filePath(part)).permissions(),
                 ownerOnly | QFile::ExeOwner | QFile::ExeUser);
    }
    QCOMPARE(QFileInfo(path + u"/lock"_s).permissions(), ownerOnly);
    QCOMPARE(QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"lock"_s});
}

void TestDataFolder::secondOneIsToldThePid()
{
    const QString path = m_scratch.filePath(u"shared"_s);
    const Opened first = DataFolder::open(path);
    QVERIFY(isOpen(first));
    const Opened second = DataFolder::open(path + u"/../shared/"_s);
    QVERIFY(!isOpen(second));
    const QString problem = std::get<QString>(second);
    QVERIFY2(problem.contains(path), qPrintable(problem));
    QVERIFY2(problem.contains(QString::number(QCoreApplication::applicationPid())),
             qPrintable(problem));
    QVERIFY2(problem.contains(u"--data"), qPrintable(problem));
}

void TestDataFolder::isFreeAfterwards()
{
    const QString path = m_scratch.filePath(u"again"_s);
    for (int i = 0; i < 2; ++i)
        QVERIFY(isOpen(DataFolder::open(path)));
}

void TestDataFolder::whatStandsThereKeepsItsRights()
{
    const QString path = m_scratch.filePath(u"open"_s);
    QVERIFY(QDir().mkdir(path));
    const auto rights = ownerOnly | QFile::ExeOwner | QFile::ExeUser | QFile::ReadGroup
            | QFile::ExeGroup;
    QVERIFY(QFile::setPermissions(path, rights));
    QVERIFY(isOpen(DataFolder::open(path)));
    QCOMPARE(QFileInfo(path).permissions(), rights);
}

void TestDataFolder::unusable_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("cause");
    // Paths that not even root can make.
    QFile file(m_scratch.filePath(u"file"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    QTest::newRow("below a file") << file.fileName() + u"/x"_s << u"Not a directory"_s;
    QTest::newRow("a file") << file.fileName() << u"Not a directory"_s;
    QTest::newRow("in /proc") << u"/proc/teahoused"_s << u"No such file or directory"_s;
}

void TestDataFolder::unusable()
{
    QFETCH(const QString, path);
    QFETCH(const QString, cause);
    const Opened opened = DataFolder::open(path);
    QVERIFY(!isOpen(opened));
    const QString problem = std::get<QString>(opened);
    QVERIFY2(problem.contains(path) && problem.contains(cause) && problem.contains(u"--data"),
             qPrintable(problem));
}

void TestDataFolder::lockIsNotFollowed()
{
    const QString path = m_scratch.filePath(u"linked"_s);
    QVERIFY(QDir().mkdir(path));
    const QString target = m_scratch.filePath(u"precious"_s);
    QVERIFY(QFile::link(target, path + u"/lock"_s));
    QVERIFY(!isOpen(DataFolder::open(path)));
    QVERIFY(!QFile::exists(target));
}

void TestDataFolder::lockWithAnotherNameIsRefused()
{
    const QString path = m_scratch.filePath(u"twice"_s);
    QVERIFY(QDir().mkdir(path));
    QFile precious(m_scratch.filePath(u"other"_s));
    QVERIFY(precious.open(QFile::WriteOnly) && precious.write("precious") > 0);
    precious.close();
    QCOMPARE(::link(qPrintable(precious.fileName()), qPrintable(path + u"/lock"_s)), 0);
    QVERIFY(!isOpen(DataFolder::open(path)));
    QCOMPARE(precious.size(), 8);
}

void TestDataFolder::removedLockIsMadeAgain()
{
    const QString path = m_scratch.filePath(u"unlocked"_s);
    const Opened opened = DataFolder::open(path);
    DataFolder &folder = *std::get<0>(opened);
    QCOMPARE(folder.look(), QString());
    QVERIFY(QFile::remove(path + u"/lock"_s));
    QVERIFY(folder.look().contains(u"made again"_s));
    QCOMPARE(folder.look(), QString());
    const Opened second = DataFolder::open(path);
    QVERIFY(std::get<QString>(second).contains(
            QString::number(QCoreApplication::applicationPid())));
}

void TestDataFolder::aFolderThatIsGoneIsTold()
{
    const QString path = m_scratch.filePath(u"moved"_s);
    const Opened opened = DataFolder::open(path);
    DataFolder &folder = *std::get<0>(opened);
    QVERIFY(QDir().rename(path, path + u".away"_s));
    QVERIFY(folder.look().contains(u"not in its place any more"_s));
    QCOMPARE(folder.look(), QString()); // once
    QVERIFY(QDir().rename(path + u".away"_s, path));
    QVERIFY(folder.look().contains(u"in its place again"_s));
    QCOMPARE(folder.look(), QString());
}

void TestDataFolder::warnsOfOthers()
{
    const QString path = m_scratch.filePath(u"public"_s);
    QCOMPARE(std::get<0>(DataFolder::open(path))->warnings(), QStringList());
    QVERIFY(QFile::setPermissions(path, QFile::Permissions(0x7777)));
    const QStringList warnings = std::get<0>(DataFolder::open(path))->warnings();
    QCOMPARE(warnings.size(), 1);
    QVERIFY2(warnings.first().contains(u"0777"_s) && warnings.first().contains(u"chmod 700"_s),
             qPrintable(warnings.first()));
}

void TestDataFolder::madeByRootForTheServersUser()
{
    if (::geteuid() != 0)
        QSKIP("only root makes files for others");
    const QString path = m_scratch.filePath(u"theirs"_s);
    QVERIFY(QDir().mkdir(path));
    QCOMPARE(::chown(qPrintable(path), 12345, 12345), 0);
    QVERIFY(isOpen(DataFolder::open(path)));
    const QFileInfo lock(path + u"/lock"_s);
    QCOMPARE(lock.ownerId(), 12345U);
    QCOMPARE(lock.groupId(), 12345U);
    QCOMPARE(lock.permissions(), ownerOnly);
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestDataFolder)
#include "tst_datafolder.moc"
