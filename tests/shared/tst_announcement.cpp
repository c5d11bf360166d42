#include "shared/announcement.h"

#include <QTest>

using namespace teahouse;
using namespace Qt::StringLiterals;

class TestAnnouncement : public QObject
{
    Q_OBJECT

private slots:
    void writesAllThereIs();
    void leavesOutAKeyThatThereIsNot();
    void cutsLongNames_data();
    void cutsLongNames();
    void cutsBehindACharacter_data();
    void cutsBehindACharacter();
    void readsWhatItWrites();
    void passesOverWhatItDoesNotKnow();
    void cleansTheName();
    void leavesOutWhatIsNoKey_data();
    void leavesOutWhatIsNoKey();
    void refuses_data();
    void refuses();
    void countsPeople_data();
    void countsPeople();
};

namespace {

const QString key = u"4OYMIQUY7QOBJGX36TEJS35ZEQ"_s;

qsizetype sizeOf(const QList<QByteArray> &txt)
{
    qsizetype size = 0;
    for (const QByteArray &one : txt)
        size += 1 + one.size();
    return size;
}

} // namespace

void TestAnnouncement::writesAllThereIs()
{
    QCOMPARE(announcementTxt({u"Büro"_s, key, 7}),
             QList<QByteArray>({"v=1", "name=B\xc3\xbcro", "n=7", "fp=" + key.toLatin1()}));
}

void TestAnnouncement::leavesOutAKeyThatThereIsNot()
{
    QCOMPARE(announcementTxt({u"Office"_s, {}, 0}),
             QList<QByteArray>({"v=1", "name=Office", "n=0"}));
}

void TestAnnouncement::cutsLongNames_data()
{
    QTest::addColumn<QString>("character");
    QTest::newRow("1 byte") << u"x"_s;
    QTest::newRow("2 bytes") << u"ü"_s;
    QTest::newRow("3 bytes") << u"茶"_s;
    QTest::newRow("4 bytes") << u"🍵"_s;
}

void TestAnnouncement::cutsLongNames()
{
    QFETCH(QString, character);
    const qsizetype each = character.toUtf8().size();
    const QList<QByteArray> txt = announcementTxt({character.repeated(400), key, 1'000'000});
    QVERIFY(sizeOf(txt) <= Announcement::longest);
    const QByteArray name = txt.at(1);
    QVERIFY(name.size() <= Announcement::longestString);
    QVERIFY(name.size() > Announcement::longestString - each); // no more is lost than has to be
    const auto read = parseAnnouncement(txt);
    QVERIFY(read);
    QCOMPARE(read->name, character.repeated((name.size() - 5) / each));
}

void TestAnnouncement::cutsBehindACharacter_data()
{
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("cut");
    QTest::newRow("all") << 8 << u"a茶🍵"_s;
    QTest::newRow("within the last") << 7 << u"a茶"_s;
    QTest::newRow("at a border") << 4 << u"a茶"_s;
    QTest::newRow("within the second") << 3 << u"a"_s;
    QTest::newRow("at the first border") << 1 << u"a"_s;
    QTest::newRow("nothing") << 0 << QString();
}

void TestAnnouncement::cutsBehindACharacter()
{
    QFETCH(int, bytes);
    QFETCH(QString, cut);
    QCOMPARE(cutToUtf8(u"a茶🍵"_s, bytes), cut);
}

void TestAnnouncement::readsWhatItWrites()
{
    const Announcement announcement{u"Tee = 茶"_s, key, 12};
    const auto read = parseAnnouncement(announcementTxt(announcement));
    QVERIFY(read);
    QCOMPARE(*read, announcement);
}

void TestAnnouncement::passesOverWhatItDoesNotKnow()
{
    const auto read = parseAnnouncement({"V=1", "flag", "=x", "", "colour=green", "NAME=Office",
                                         "name=Another", "fp=" + key.toLower().toLatin1()});
    QVERIFY(read);
    QCOMPARE(*read, Announcement({u"Office"_s, key, 0}));
}

void TestAnnouncement::cleansTheName()
{
    const auto read = parseAnnouncement({"v=1", "name= Of\x1b[31mfice\n\xe2\x80\xaeX "});
    QVERIFY(read);
    QCOMPARE(read->name, u"Office X"_s);
}

void TestAnnouncement::leavesOutWhatIsNoKey_data()
{
    QTest::addColumn<QByteArray>("fp");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("short") << key.first(25).toLatin1();
    QTest::newRow("long") << key.toLatin1() + 'A';
    QTest::newRow("not Base32") << key.toLatin1().replace('Q', '1');
    QTest::newRow("not ASCII") << QByteArray(26, '\xc3');
}

void TestAnnouncement::leavesOutWhatIsNoKey()
{
    QFETCH(QByteArray, fp);
    const auto read = parseAnnouncement({"v=1", "name=Office", "fp=" + fp});
    QVERIFY(read);
    QCOMPARE(read->keyBegins, QString());
}

void TestAnnouncement::refuses_data()
{
    using Txt = QList<QByteArray>;
    QTest::addColumn<Txt>("txt");
    QTest::newRow("nothing") << Txt();
    QTest::newRow("no version") << Txt{"name=Office"};
    QTest::newRow("another version") << Txt{"v=2", "name=Office"};
    QTest::newRow("no name") << Txt{"v=1"};
    QTest::newRow("an empty name") << Txt{"v=1", "name= "};
    QTest::newRow("an invisible name") << Txt{"v=1", "name=\xe2\x80\x8b"};
    QTest::newRow("not UTF-8") << Txt{"v=1", "name=\xff"};
    QTest::newRow("too much") << Txt{"v=1", "name=Office", QByteArray(200, 'x'),
                                     QByteArray(200, 'x')};
}

void TestAnnouncement::refuses()
{
    QFETCH(QList<QByteArray>, txt);
    QVERIFY(!parseAnnouncement(txt));
}

void TestAnnouncement::countsPeople_data()
{
    QTest::addColumn<QByteArray>("n");
    QTest::addColumn<int>("people");
    QTest::newRow("some") << QByteArray("12") << 12;
    QTest::newRow("none") << QByteArray("0") << 0;
    QTest::newRow("fewer") << QByteArray("-3") << 0;
    QTest::newRow("no number") << QByteArray("many") << 0;
    QTest::newRow("too many") << QByteArray("1000001") << 1'000'000;
    QTest::newRow("no int") << QByteArray("99999999999") << 0;
}

void TestAnnouncement::countsPeople()
{
    QFETCH(QByteArray, n);
    QFETCH(int, people);
    const auto read = parseAnnouncement({"v=1", "name=Office", "n=" + n});
    QVERIFY(read);
    QCOMPARE(read->people, people);
}

QTEST_GUILESS_MAIN(TestAnnouncement)
#include "tst_announcement.moc"
