#include "gui-client/widgets/namecolor.h"

#include <QTest>

using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestNameColor : public QObject
{
    Q_OBJECT

private slots:
    void measuresContrast();
    void isReadableEverywhere();
    void isStable();
};

void TestNameColor::measuresContrast()
{
    QCOMPARE(qRound(contrastRatio(Qt::black, Qt::white)), 21);
    QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
}

void TestNameColor::isReadableEverywhere()
{
    for (const QColor &base : {QColor(Qt::white), QColor(Qt::black), QColor(30, 31, 34),
                               QColor(0xEF, 0xF0, 0xF1), QColor(128, 128, 128)}) {
        for (int i = 0; i < 500; ++i)
            QVERIFY(contrastRatio(nameColor(QString::number(i), base), base) >= 4.5);
    }
}

void TestNameColor::isStable()
{
    QCOMPARE(nameColor(u"Ann"_s, Qt::white), nameColor(u"ann"_s, Qt::white));
    QVERIFY(nameColor(u"ann"_s, Qt::white) != nameColor(u"bob"_s, Qt::white));
}

QTEST_GUILESS_MAIN(TestNameColor)
#include "tst_namecolor.moc"
