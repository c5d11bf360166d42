#include "gui-client/input/sentlines.h"

#include <QTest>

using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestSentLines : public QObject
{
    Q_OBJECT

private slots:
    void stepsBackAndForth();
    void losesNothingByStepping();
    void keepsTheUnsentTextAsDraft();
    void forgetsTheOldest();
};

void TestSentLines::stepsBackAndForth()
{
    SentLines lines;
    QVERIFY(!lines.previous(u"x"_s));
    QVERIFY(!lines.next(u"x"_s));
    lines.remember(u"one"_s);
    lines.remember(u"two"_s);
    lines.remember(u"two"_s);
    lines.remember({});
    QCOMPARE(lines.previous(u"half"_s), u"two"_s);
    QCOMPARE(lines.previous(u"two"_s), u"one"_s);
    QVERIFY(!lines.previous(u"one"_s));
    QCOMPARE(lines.next(u"one"_s), u"two"_s);
    QCOMPARE(lines.next(u"two"_s), u"half"_s);
    QVERIFY(!lines.isRecalling());
    QVERIFY(!lines.next(u"half"_s));
}

void TestSentLines::losesNothingByStepping()
{
    SentLines lines;
    lines.remember(u"one"_s);
    lines.remember(u"two"_s);
    QCOMPARE(lines.previous(u"half"_s), u"two"_s);
    QCOMPARE(lines.previous(u"two, changed"_s), u"one"_s);
    QCOMPARE(lines.next(u"one, too"_s), u"two, changed"_s);
    QCOMPARE(lines.previous(u"two, changed"_s), u"one, too"_s);
    lines.remember(u"one, too"_s); // it was sent
    QCOMPARE(lines.previous({}), u"one, too"_s);
    QCOMPARE(lines.previous(u"one, too"_s), u"two"_s);
}

void TestSentLines::keepsTheUnsentTextAsDraft()
{
    SentLines lines;
    lines.remember(u"one"_s);
    QCOMPARE(lines.draft(u"half"_s), u"half"_s);
    QCOMPARE(lines.unsent(), QString());
    QCOMPARE(lines.previous(u"half"_s), u"one"_s);
    QCOMPARE(lines.draft(u"one"_s), u"half"_s);
    QCOMPARE(lines.draft(u"one more"_s), u"one more"_s);
    QCOMPARE(lines.unsent(), u"half"_s);
}

void TestSentLines::forgetsTheOldest()
{
    SentLines lines;
    for (qsizetype i = 0; i <= SentLines::mostRemembered; ++i)
        lines.remember(QString::number(i));
    QString shown;
    while (const auto text = lines.previous(shown))
        shown = *text;
    QCOMPARE(shown, u"1"_s);
}

QTEST_GUILESS_MAIN(TestSentLines)
#include "tst_sentlines.moc"
