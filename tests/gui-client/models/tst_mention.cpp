#include "gui-client/models/mention.h"

#include <QTest>

using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestMention : public QObject
{
    Q_OBJECT

private slots:
    void decides_data();
    void decides();
};

void TestMention::decides_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("expected");
    QTest::newRow("alone") << u"ann"_s << u"ann"_s << true;
    QTest::newRow("between non-letters") << u"hi, ANN!"_s << u"ann"_s << true;
    QTest::newRow("part of a word") << u"annual"_s << u"ann"_s << false;
    QTest::newRow("end of a word") << u"joann"_s << u"ann"_s << false;
    QTest::newRow("with at") << u"ping @Ann"_s << u"ann"_s << true;
    QTest::newRow("longest match is another") << u"ping @annie"_s << u"ann"_s << false;
    QTest::newRow("longest match with sign") << u"ping @ann-b"_s << u"ann"_s << false;
    QTest::newRow("second place") << u"annual ann"_s << u"ann"_s << true;
    QTest::newRow("chinese, at, no blank") << u"@小明你好"_s << u"小明"_s << true;
    QTest::newRow("chinese, inside text") << u"我和小明去"_s << u"小明"_s << true;
    QTest::newRow("chinese, end of another") << u"请王小明来"_s << u"小明"_s << false;
    QTest::newRow("chinese, part of a word") << u"明天见"_s << u"明"_s << false;
    QTest::newRow("latin in chinese") << u"请ann看一下"_s << u"Ann"_s << true;
    QTest::newRow("latin in chinese, part of a word") << u"请annie看"_s << u"ann"_s << false;
    QTest::newRow("chinese, punctuation") << u"小明，你好"_s << u"小明"_s << true;
    QTest::newRow("nobody") << u"hello"_s << u""_s << false;
}

void TestMention::decides()
{
    QFETCH(QString, text);
    QFETCH(QString, name);
    QFETCH(bool, expected);
    QCOMPARE(isMentioned(text, name, {u"ann"_s, u"annie"_s, u"ann-b"_s, u"小明"_s, u"王小明"_s}),
             expected);
}

QTEST_GUILESS_MAIN(TestMention)
#include "tst_mention.moc"
