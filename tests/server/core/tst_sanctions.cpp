#include "server/core/sanctions.h"

#include <QTest>

using namespace teahouse::server;
using namespace teahouse;
using namespace Qt::StringLiterals;

namespace {

SanctionRecord banOf(const QString &subject, const QString &shown)
{
    return {.kind = SanctionKind::Ban, .room = 7, .subject = subject, .shown = shown, .time = 1000};
}

} // namespace

class TestSanctions : public QObject
{
    Q_OBJECT

private slots:
    void aNameMeansWhatLooksLikeIt_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isMeant");
        for (const QString &name : {u"tom"_s, u"TOM"_s, u"t0m"_s, u"ТОМ"_s, u"ｔｏｍ"_s, u"torn"_s})
            QTest::newRow(qPrintable(name)) << name << true;
        for (const QString &name : {u"tim"_s, u"tommy"_s, u"том"_s, u"汤姆"_s})
            QTest::newRow(qPrintable(name)) << name << false;
    }

    void aNameMeansWhatLooksLikeIt()
    {
        QFETCH(QString, name);
        QFETCH(bool, isMeant);
        Sanctions sanctions;
        sanctions.takeOver({banOf(u"tom"_s, u"Tom"_s)});
        QCOMPARE(isBanned(sanctions, {.name = name}), isMeant);
        QVERIFY(!sanctions.on(7, SanctionKind::Mute, {.name = name}, 2000));
        QVERIFY(!sanctions.on(8, SanctionKind::Ban, {.name = name}, 2000));
        SanctionRecord lifted = banOf(u"tom"_s, u"Tom"_s);
        lifted.lifted = true;
        sanctions.apply(lifted);
        QVERIFY(!isBanned(sanctions, {.name = name}));
    }

    /// It is somebody else's then.
    void notWhoHadTheOtherNameBefore()
    {
        Sanctions sanctions;
        sanctions.apply(banOf(u"tom"_s, u"Tom"_s));
        QVERIFY(!isBanned(sanctions, {.name = u"t0m"_s, .knownSince = 999}));
        QVERIFY(isBanned(sanctions, {.name = u"t0m"_s, .knownSince = 1000}));
        QVERIFY(isBanned(sanctions, {.name = u"tom"_s, .knownSince = 1}));
    }

    void anotherTakesThePlaceOfTheFirst()
    {
        Sanctions sanctions;
        sanctions.apply(banOf(u"tom"_s, u"Tom"_s));
        SanctionRecord shorter = banOf(u"tom"_s, u"tom"_s);
        shorter.until = 1500;
        sanctions.apply(shorter);
        QVERIFY(!isBanned(sanctions, {.name = u"t0m"_s}));
        QCOMPARE(sanctions.expire(2000).size(), 1);
        QVERIFY(sanctions.isEmpty());
    }

    void networksLookLikeNobody()
    {
        Sanctions sanctions;
        sanctions.apply(banOf(u"10.0.0.1/32"_s, u"guest~abcd"_s));
        QVERIFY(!isBanned(sanctions, {.name = u"guest~abcd"_s}));
        QVERIFY(isBanned(sanctions, {.address = parseNetwork(u"10.0.0.1"_s)->base}));
    }

    void thoseWhoseTimeIsOverAreTakenOut()
    {
        Sanctions sanctions;
        sanctions.apply(ban(1, u"ann"_s, 300));
        sanctions.apply(ban(2, u"bob"_s, 200));
        sanctions.apply(ban(0, u"cat"_s, 0));
        QVERIFY(sanctions.expire(199).isEmpty());
        const QList<SanctionRecord> over = sanctions.expire(300);
        QCOMPARE(names(over), (QStringList{u"bob"_s, u"ann"_s}));
        QVERIFY(over.first().lifted);
        QCOMPARE(sanctions.count(1) + sanctions.count(2), 0);
        QCOMPARE(sanctions.count(0), 1);
    }

    void nothingEndsTwice()
    {
        Sanctions sanctions;
        sanctions.apply(ban(1, u"ann"_s, 200));
        sanctions.apply(ban(1, u"ann"_s, 300)); // in its place
        sanctions.apply(ban(1, u"bob"_s, 200));
        SanctionRecord lifted = ban(1, u"bob"_s, 200);
        lifted.lifted = true;
        sanctions.apply(lifted);
        sanctions.apply(ban(2, u"cat"_s, 200));
        sanctions.forgetRoom(2);
        sanctions.forgetRoom(3);
        QVERIFY(sanctions.expire(200).isEmpty());
        QCOMPARE(names(sanctions.expire(300)), QStringList{u"ann"_s});
        QVERIFY(sanctions.isEmpty());
    }

private:
    static SanctionRecord ban(RoomId room, const QString &name, qint64 until)
    {
        return {.room = room, .subject = name, .shown = name, .until = until};
    }

    static QStringList names(const QList<SanctionRecord> &records)
    {
        QStringList names;
        for (const SanctionRecord &record : records)
            names += record.shown;
        return names;
    }

    static bool isBanned(const Sanctions &sanctions, const Sanctions::Suspect &suspect)
    {
        return sanctions.on(7, SanctionKind::Ban, suspect, 2000) != nullptr;
    }
};

QTEST_GUILESS_MAIN(TestSanctions)
#include "tst_sanctions.moc"
