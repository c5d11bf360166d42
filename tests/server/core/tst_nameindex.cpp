#include "server/core/nameindex.h"

#include <QTest>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

class TestNameIndex : public QObject
{
    Q_OBJECT

private slots:
    void findsANameAndWhatLooksLikeIt()
    {
        NameIndex names;
        names.insert(u"Tom"_s, 1);
        QCOMPARE(names.find(u"TOM")->id, 1U);
        QVERIFY(!names.find(u"ＴＯＭ"));
        for (const QString &alike : {u"tom"_s, u"ТОМ"_s, u"ｔｏｍ"_s, u"t0m"_s, u"torn"_s})
            QCOMPARE(names.lookAlike(alike).value_or(NameIndex::Entry()).name, u"Tom"_s);
        QVERIFY(!names.lookAlike(u"tim"));
        names.remove(u"tom"_s);
        QVERIFY(!names.lookAlike(u"t0m"));
    }

    /// A store can have such, of a time with other rules.
    void namesThatLookAlikeAreToldApart()
    {
        NameIndex names;
        names.insert(u"tom"_s, 1);
        names.insert(u"ｔｏｍ"_s, 2);
        names.insert(u"t0m"_s, 3);
        QCOMPARE(names.find(u"tom")->id, 1U);
        QCOMPARE(names.find(u"ｔｏｍ")->id, 2U);
        names.remove(u"tom"_s);
        QVERIFY(!names.find(u"tom"));
        QVERIFY(names.lookAlike(u"tom"));
        names.remove(u"t0m"_s);
        QCOMPARE(names.lookAlike(u"tom")->id, 2U);
        names.remove(u"ｔｏｍ"_s);
        QVERIFY(!names.lookAlike(u"tom"));
    }
};

QTEST_GUILESS_MAIN(TestNameIndex)
#include "tst_nameindex.moc"
