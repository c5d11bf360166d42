#include "gui-client/models/nearbymodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestNearbyModel : public QObject
{
    Q_OBJECT

private slots:
    void showsAClaim();
    void cleansNames();
    void passesOverWhatMakesNoSense_data();
    void passesOverWhatMakesNoSense();
    void countsAServiceOnce();
    void staysUntilTheLastSightGoes();
    void tellsServersOfOneNameApart();
    void followsAnotherKey();
    void losesWhatMakesNoSenseAnyMore();
    void prefersAddresses_data();
    void prefersAddresses();
    void writesAddressesAsTheyAreTyped_data();
    void writesAddressesAsTheyAreTyped();
    void boundsItself();
    void marksFalseClaims_data();
    void marksFalseClaims();
    void looksAgainWhenKeysAreKnown();

private:
    using Sight = NearbyModel::Sight;
    using Claim = NearbyModel::Claim;

    static Claim office(const QString &host = u"10.0.0.5"_s, const QByteArray &fp = {});
};

namespace {

const Fingerprint known = *Fingerprint::fromSha256(QByteArray(32, '\x11'));
const Fingerprint other = *Fingerprint::fromSha256(QByteArray(32, '\x22'));

} // namespace

NearbyModel::Claim TestNearbyModel::office(const QString &host, const QByteArray &fp)
{
    return {host, 5005, {"v=1", "name=Office", "n=3", "fp=" + fp}};
}

void TestNearbyModel::showsAClaim()
{
    NearbyModel model;
    const QAbstractItemModelTester tester(&model);
    model.see({2, 0, u"Office"_s, u"local"_s}, office(u"10.0.0.5"_s, known.shortText().toLatin1()));
    QCOMPARE(model.rowCount(), 1);
    const QModelIndex row = model.index(0);
    QCOMPARE(row.data(NearbyModel::NameRole).toString(), u"Office"_s);
    QCOMPARE(row.data(NearbyModel::AddressRole).toString(), u"10.0.0.5"_s);
    QCOMPARE(row.data(NearbyModel::KeyRole).toString(), known.shortText());
    QCOMPARE(row.data(NearbyModel::PeopleRole).toInt(), 3);
    QVERIFY(!row.data(NearbyModel::FalseRole).toBool());
}

void TestNearbyModel::cleansNames()
{
    NearbyModel model;
    model.see({}, {u"10.0.0.5"_s, 5005, {"v=1", "name=\x1b[31mOf\nfice\xe2\x80\xae"}});
    QCOMPARE(model.index(0).data().toString(), u"Of fice"_s);
    model.clear();
    model.see({}, {u"10.0.0.5"_s, 5005, {"v=1", "name=" + QByteArray(200, 'x')}});
    QCOMPARE(model.index(0).data().toString(), QString(NearbyModel::longestName, u'x'));
}

void TestNearbyModel::passesOverWhatMakesNoSense_data()
{
    QTest::addColumn<NearbyModel::Claim>("claim");
    QTest::newRow("no record") << Claim{u"10.0.0.5"_s, 5005, {}};
    QTest::newRow("another version") << Claim{u"10.0.0.5"_s, 5005, {"v=2", "name=Office"}};
    QTest::newRow("no address") << Claim{{}, 5005, {"v=1", "name=Office"}};
    QTest::newRow("no port") << Claim{u"10.0.0.5"_s, 0, {"v=1", "name=Office"}};
}

void TestNearbyModel::passesOverWhatMakesNoSense()
{
    QFETCH(NearbyModel::Claim, claim);
    NearbyModel model;
    model.see({}, claim);
    QCOMPARE(model.rowCount(), 0);
}

void TestNearbyModel::countsAServiceOnce()
{
    NearbyModel model;
    const QAbstractItemModelTester tester(&model);
    for (const int interface : {2, 3}) {
        for (const int protocol : {0, 1})
            model.see({interface, protocol, u"Office"_s, u"local"_s}, office());
    }
    QCOMPARE(model.rowCount(), 1);
}

void TestNearbyModel::staysUntilTheLastSightGoes()
{
    NearbyModel model;
    const QAbstractItemModelTester tester(&model);
    const Sight first{2, 0, u"Office"_s, u"local"_s};
    const Sight second{3, 0, u"Office"_s, u"local"_s};
    model.see(first, office(u"10.0.0.5"_s));
    model.see(second, office(u"192.168.1.5"_s));
    model.lose(first);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data(NearbyModel::AddressRole).toString(), u"192.168.1.5"_s);
    model.lose(first); // again
    QCOMPARE(model.rowCount(), 1);
    model.lose(second);
    QCOMPARE(model.rowCount(), 0);
}

/// On two networks two machines may have one name.
void TestNearbyModel::tellsServersOfOneNameApart()
{
    NearbyModel model;
    const QAbstractItemModelTester tester(&model);
    model.see({2, 0, u"Office"_s, u"local"_s}, office(u"10.0.0.5"_s, known.shortText().toLatin1()));
    model.see({3, 0, u"Office"_s, u"local"_s}, office(u"10.1.0.5"_s, other.shortText().toLatin1()));
    QCOMPARE(model.rowCount(), 2);
}

void TestNearbyModel::followsAnotherKey()
{
    NearbyModel model;
    const QAbstractItemModelTester tester(&model);
    const Sight sight{2, 0, u"Office"_s, u"local"_s};
    model.see(sight, office(u"10.0.0.5"_s, known.shortText().toLatin1()));
    model.see(sight, office(u"10.0.0.5"_s, other.shortText().toLatin1()));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data(NearbyModel::KeyRole).toString(), other.shortText());
}

void TestNearbyModel::losesWhatMakesNoSenseAnyMore()
{
    NearbyModel model;
    const Sight sight{2, 0, u"Office"_s, u"local"_s};
    model.see(sight, office());
    model.see(sight, {u"10.0.0.5"_s, 5005, {"v=2"}});
    QCOMPARE(model.rowCount(), 0);
}

void TestNearbyModel::prefersAddresses_data()
{
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    QTest::newRow("IPv4") << u"10.0.0.5"_s << u"2001:db8::5"_s;
    QTest::newRow("IPv6 that holds everywhere") << u"2001:db8::5"_s << u"fe80::5%eth0"_s;
    QTest::newRow("given rather than made up") << u"10.0.0.5"_s << u"169.254.3.4"_s;
    QTest::newRow("not this machine's own") << u"fe80::5%eth0"_s << u"127.0.0.1"_s;
    QTest::newRow("not this machine's own, IPv6") << u"10.0.0.5"_s << u"::1"_s;
}

void TestNearbyModel::prefersAddresses()
{
    QFETCH(QString, better);
    QFETCH(QString, worse);
    for (const bool betterFirst : {true, false}) {
        NearbyModel model;
        model.see({2, 0, u"Office"_s, u"local"_s}, office(betterFirst ? better : worse));
        model.see({3, 0, u"Office"_s, u"local"_s}, office(betterFirst ? worse : better));
        QCOMPARE(model.index(0).data(NearbyModel::AddressRole).toString(), better);
    }
}

void TestNearbyModel::writesAddressesAsTheyAreTyped_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("address");
    QTest::newRow("usual port") << u"10.0.0.5"_s << 5005 << u"10.0.0.5"_s;
    QTest::newRow("another") << u"10.0.0.5"_s << 6000 << u"10.0.0.5:6000"_s;
    QTest::newRow("IPv6") << u"2001:db8::5"_s << 5005 << u"2001:db8::5"_s;
    QTest::newRow("IPv6, another") << u"2001:db8::5"_s << 6000 << u"[2001:db8::5]:6000"_s;
}

void TestNearbyModel::writesAddressesAsTheyAreTyped()
{
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QString, address);
    NearbyModel model;
    Claim claim = office(host);
    claim.port = static_cast<quint16>(port);
    model.see({}, claim);
    QCOMPARE(model.index(0).data(NearbyModel::AddressRole).toString(), address);
}

void TestNearbyModel::boundsItself()
{
    NearbyModel model;
    const QAbstractItemModelTester tester(&model);
    for (int i = 0; i < 2 * NearbyModel::most; ++i)
        model.see({2, 0, QString::number(i), u"local"_s}, office());
    QCOMPARE(model.rowCount(), NearbyModel::most);
    model.see({3, 0, u"0"_s, u"local"_s}, office(u"9.9.9.9"_s)); // one that is there already
    model.lose({2, 0, u"0"_s, u"local"_s});
    QCOMPARE(model.rowCount(), NearbyModel::most);
    model.lose({2, 0, QString::number(2 * NearbyModel::most - 1), u"local"_s}); // was passed over
    QCOMPARE(model.rowCount(), NearbyModel::most);
}

void TestNearbyModel::marksFalseClaims_data()
{
    QTest::addColumn<QStringList>("keys");
    QTest::addColumn<QByteArray>("fp");
    QTest::addColumn<bool>("isFalse");
    const QByteArray same = known.shortText().toLatin1();
    QTest::newRow("not known") << QStringList() << same << false;
    QTest::newRow("the same key") << QStringList{known.text()} << same << false;
    QTest::newRow("in small letters") << QStringList{known.text()} << same.toLower() << false;
    QTest::newRow("another key") << QStringList{other.text()} << same << true;
    QTest::newRow("one of two") << QStringList{other.text(), known.text()} << same << false;
    QTest::newRow("no key") << QStringList{known.text()} << QByteArray() << true;
    QTest::newRow("not known, no key") << QStringList() << QByteArray() << false;
}

void TestNearbyModel::marksFalseClaims()
{
    QFETCH(QStringList, keys);
    QFETCH(QByteArray, fp);
    QFETCH(bool, isFalse);
    NearbyModel model;
    model.setKnownKeys([keys](const QString &name) {
        QList<Fingerprint> fingerprints;
        if (name == "Office"_L1) {
            for (const QString &key : keys)
                fingerprints.append(*Fingerprint::parse(key));
        }
        return fingerprints;
    });
    model.see({}, office(u"10.0.0.5"_s, fp));
    QCOMPARE(model.index(0).data(NearbyModel::FalseRole).toBool(), isFalse);
}

void TestNearbyModel::looksAgainWhenKeysAreKnown()
{
    NearbyModel model;
    model.see({}, office(u"10.0.0.5"_s, other.shortText().toLatin1()));
    QVERIFY(!model.index(0).data(NearbyModel::FalseRole).toBool());
    QSignalSpy changed(&model, &NearbyModel::dataChanged);
    model.setKnownKeys([](const QString &) { return QList<Fingerprint>{known}; });
    QCOMPARE(changed.size(), 1);
    QVERIFY(model.index(0).data(NearbyModel::FalseRole).toBool());
}

QTEST_GUILESS_MAIN(TestNearbyModel)
#include "tst_nearbymodel.moc"
