#include "gui-client/app/knownservers.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using By = ServerTrust::By;

namespace {

ServerTrust trustIn(char fill, By by = By::Key)
{
    return {by, *Fingerprint::fromSha256(QByteArray(Fingerprint::size, fill))};
}

const ServerAddress office{u"10.0.0.5"_s, 5005};

} // namespace

class TestKnownServers : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void beginsEmpty();
    void keeps();
    void knowsByHostAndPort();
    void tellsSinceWhen();
    void forgetsPlainTextOnceEncrypted();
    void tellsTheOthers();
    void sharesTheFile();
    void setsADamagedFileAside_data();
    void setsADamagedFileAside();
    void saysWhenItCannotBeSaved();
    void standsBesideTheSettings();

private:
    QString file() const { return m_folder->filePath(u"x/servers.json"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestKnownServers::beginsEmpty()
{
    const KnownServers known(file());
    QVERIFY(known.fault().isEmpty());
    QVERIFY(known.all().isEmpty());
    QCOMPARE(known.at(office), KnownServer{.address = office});
    QCOMPARE(known.acquaintance(office), Acquaintance());
}

void TestKnownServers::keeps()
{
    {
        KnownServers known(file());
        known.trust(office, trustIn('k'), 1234);
        known.setLogin(office, u"Office 茶"_s, u"ann"_s);
        known.setRoom(office, u"garden"_s);
        known.allowPlain({u"old"_s, 6666});
        QVERIFY2(known.fault().isEmpty(), qPrintable(known.fault()));
    }
    const KnownServers known(file());
    const KnownServer expected{.address = office,
                               .trust = trustIn('k'),
                               .since = 1234,
                               .name = u"Office 茶"_s,
                               .user = u"ann"_s,
                               .room = u"garden"_s};
    QCOMPARE(known.at(office), expected);
    QVERIFY(known.acquaintance({u"old"_s, 6666}).mayBePlain);
    QCOMPARE(QFile(file()).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestKnownServers::knowsByHostAndPort()
{
    KnownServers known(file());
    known.trust({u"Tea.Local"_s, 5005}, trustIn('k'), 1);
    QVERIFY(known.at({u"tea.local"_s, 5005}).trust);
    QVERIFY(!known.at({u"tea.local"_s, 5006}).trust);
}

void TestKnownServers::tellsSinceWhen()
{
    KnownServers known(file());
    known.trust(office, trustIn('k'), 1);
    known.trust(office, trustIn('k'), 2);
    QCOMPARE(known.at(office).since, 1);
    known.trust(office, trustIn('n'), 3);
    QCOMPARE(known.at(office).since, 3);
    known.trust(office, trustIn('a', By::Authority), 4);
    known.trust(office, trustIn('b', By::Authority), 5); // its authority has not changed
    QCOMPARE(known.at(office).since, 4);
    QCOMPARE(known.at(office).trust, trustIn('b', By::Authority));
}

void TestKnownServers::forgetsPlainTextOnceEncrypted()
{
    KnownServers known(file());
    known.allowPlain(office);
    QVERIFY(known.acquaintance(office).mayBePlain);
    known.trust(office, trustIn('k'), 1);
    QVERIFY(!known.acquaintance(office).mayBePlain);
    known.allowPlain(office);
    QVERIFY(!known.acquaintance(office).mayBePlain);
}

void TestKnownServers::tellsTheOthers()
{
    KnownServers known(file());
    known.trust(office, trustIn('k'), 1);
    known.setLogin(office, u"Office"_s, u"ann"_s);
    known.setLogin({u"plain"_s, 1}, u"Plain"_s, u"ann"_s);
    const Acquaintance acquaintance = known.acquaintance({u"10.0.0.7"_s, 5005});
    const QList<KnownElsewhere> expected{{trustIn('k').key, u"Office"_s, u"10.0.0.5"_s}};
    QCOMPARE(acquaintance.elsewhere, expected);
    QVERIFY(known.acquaintance(office).elsewhere.isEmpty());
}

void TestKnownServers::sharesTheFile()
{
    KnownServers one(file());
    KnownServers two(file());
    one.trust(office, trustIn('k'), 1);
    two.trust({u"b"_s, 1}, trustIn('m'), 2);
    QCOMPARE(KnownServers(file()).all().size(), 2);
}

void TestKnownServers::setsADamagedFileAside_data()
{
    QTest::addColumn<QByteArray>("damage");
    QTest::newRow("no JSON") << QByteArray("[{]");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no list") << QByteArray("{}");
    QTest::newRow("no host") << QByteArray("[{\"port\":1}]");
    QTest::newRow("no fingerprint")
            << QByteArray("[{\"host\":\"a\",\"port\":1,\"trusted\":\"key\"}]");
    QTest::newRow("no such trust")
            << QByteArray("[{\"host\":\"a\",\"port\":1,\"trusted\":\"x\",\"fingerprint\":\"")
                    + trustIn('k').key.text().toLatin1() + "\"}]";
}

void TestKnownServers::setsADamagedFileAside()
{
    QFETCH(QByteArray, damage);
    {
        KnownServers(file()).trust(office, trustIn('k'), 1);
    }
    QFile damaged(file());
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.write(damage);
    damaged.close();
    KnownServers known(file());
    QVERIFY2(known.fault().contains(u".damaged"_s), qPrintable(known.fault()));
    QVERIFY(known.all().isEmpty());
    QFile aside(file() + u".damaged"_s);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), damage);
    known.trust(office, trustIn('k'), 2);
    QVERIFY(known.fault().isEmpty());
    QVERIFY(KnownServers(file()).at(office).trust);
}

void TestKnownServers::saysWhenItCannotBeSaved()
{
    const QString notAFolder = m_folder->filePath(u"file"_s);
    QFile file(notAFolder);
    QVERIFY(file.open(QIODevice::WriteOnly));
    KnownServers known(notAFolder + u"/servers.json"_s);
    known.trust(office, trustIn('k'), 1);
    QVERIFY(known.fault().contains(notAFolder));
    QVERIFY(known.at(office).trust); // for as long as this program runs
}

void TestKnownServers::standsBesideTheSettings()
{
    QCOMPARE(KnownServers::fileBeside(u"/a/teahouse-w.1.ini"_s), u"/a/teahouse-w.1-servers.json"_s);
}

QTEST_APPLESS_MAIN(TestKnownServers)
#include "tst_knownservers.moc"
