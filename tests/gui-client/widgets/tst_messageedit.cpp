#include "gui-client/widgets/messageedit.h"

#include "shared/limits.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestMessageEdit : public QObject
{
    Q_OBJECT

private slots:
    void enterSendsAndShiftEnterBreaks();
    void growsToSixLines();
    void recallsOnTheOuterLinesOnly();
    void knowsTheLimit();
    void pastesPlainTextOnly();
    void shortensAHugePaste();
    void asksForScrolling();
    void tabCompletesOrMovesTheFocus();
    void completesOnDemandAndUndoes();
};

void TestMessageEdit::enterSendsAndShiftEnterBreaks()
{
    MessageEdit edit;
    QSignalSpy send(&edit, &MessageEdit::sendRequested);
    QTest::keyClicks(&edit, u"one"_s);
    QTest::keyClick(&edit, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(&edit, u"two "_s);
    QCOMPARE(send.size(), 0);
    QCOMPARE(edit.message(), u"one\ntwo"_s);
    QTest::keyClick(&edit, Qt::Key_Return);
    QTest::keyClick(&edit, Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(send.size(), 2);
    QCOMPARE(edit.message(), u"one\ntwo"_s);
}

void TestMessageEdit::growsToSixLines()
{
    MessageEdit edit;
    edit.resize(400, 30);
    edit.show();
    const int one = edit.height();
    QList<int> heights;
    for (int i = 0; i < 8; ++i) {
        QTest::keyClick(&edit, Qt::Key_Return, Qt::ShiftModifier);
        heights.append(edit.height());
    }
    const int step = edit.fontMetrics().lineSpacing();
    QCOMPARE(heights.first(), one + step);
    QCOMPARE(heights.last(), one + 5 * step);
    edit.clear();
    QCOMPARE(edit.height(), one);
}

void TestMessageEdit::recallsOnTheOuterLinesOnly()
{
    MessageEdit edit;
    edit.show();
    edit.remember(u"first"_s);
    edit.remember(u"second"_s);
    QTest::keyClicks(&edit, u"draft"_s);
    QTest::keyClick(&edit, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClick(&edit, Qt::Key_Up); // to the first line of the draft
    QCOMPARE(edit.toPlainText(), u"draft\n"_s);
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.toPlainText(), u"second"_s);
    QTest::keyClick(&edit, Qt::Key_Up);
    QTest::keyClick(&edit, Qt::Key_Up);
    QCOMPARE(edit.toPlainText(), u"first"_s);
    QTest::keyClick(&edit, Qt::Key_Down);
    QTest::keyClick(&edit, Qt::Key_Down);
    QCOMPARE(edit.toPlainText(), u"draft\n"_s);
    QTest::keyClick(&edit, Qt::Key_Down);
    QCOMPARE(edit.toPlainText(), u"draft\n"_s);
}

void TestMessageEdit::knowsTheLimit()
{
    MessageEdit edit;
    QVERIFY(!edit.isSendable());
    edit.setPlainText(u"  \n "_s);
    QVERIFY(!edit.isSendable());
    // Code points are counted, not UTF-16 units.
    edit.setPlainText(QString(limits::messageText - 9, u'a') + u"🍵"_s.repeated(9));
    QVERIFY(edit.isSendable());
    edit.setPlainText(QString(limits::messageText + 1, u'a'));
    QCOMPARE(edit.excess().kind, Excess::Kind::Characters);
    QVERIFY(!edit.isSendable());
    edit.setPlainText(u"x\n"_s.repeated(limits::messageLines) + u'x');
    QCOMPARE(edit.excess(), (Excess{Excess::Kind::Lines, 1, limits::messageLines}));
    QVERIFY(!edit.isSendable());
    edit.setPlainText(u"\n\n"_s + u"x\n"_s.repeated(limits::messageLines) + u"\n\n"_s);
    QVERIFY(edit.isSendable()); // blank ends are not sent
}

void TestMessageEdit::pastesPlainTextOnly()
{
    auto *data = new QMimeData;
    data->setHtml(u"<b>bold</b>"_s);
    data->setText(u"bold\ta\u0007b\u001b[1m"_s);
    QApplication::clipboard()->setMimeData(data);
    MessageEdit edit;
    edit.paste();
    QCOMPARE(edit.toPlainText(), u"bold    ab"_s);
}

void TestMessageEdit::shortensAHugePaste()
{
    QApplication::clipboard()->setText(QString(1000000, u'a'));
    MessageEdit edit;
    QSignalSpy shortened(&edit, &MessageEdit::pasteShortened);
    edit.paste();
    QCOMPARE(edit.toPlainText().size(), MessageEdit::mostPasted);
    QCOMPARE(shortened.size(), 1);
}

void TestMessageEdit::asksForScrolling()
{
    MessageEdit edit;
    edit.setPlainText(u"kept"_s);
    QSignalSpy page(&edit, &MessageEdit::pageRequested);
    QSignalSpy newest(&edit, &MessageEdit::newestRequested);
    QTest::keyClick(&edit, Qt::Key_PageUp);
    QTest::keyClick(&edit, Qt::Key_PageDown);
    QTest::keyClick(&edit, Qt::Key_Escape);
    QCOMPARE(page.size(), 2);
    QCOMPARE(page.at(0).at(0).toInt(), -1);
    QCOMPARE(newest.size(), 1);
    QCOMPARE(edit.toPlainText(), u"kept"_s);
}

void TestMessageEdit::tabCompletesOrMovesTheFocus()
{
    QWidget window;
    QHBoxLayout row(&window);
    QLineEdit before;
    MessageEdit edit;
    QLineEdit behind;
    for (QWidget *widget : std::initializer_list<QWidget *>{&before, &edit, &behind})
        row.addWidget(widget);
    edit.setNames([] {
        KnownNames names;
        names.people = {u"bob"_s, u"bea"_s};
        return names;
    });
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    edit.setFocus();
    QTest::keyClick(&edit, Qt::Key_Tab);
    QVERIFY(behind.hasFocus());
    edit.setFocus();
    QTest::keyClicks(&edit, u"b"_s);
    QTest::keyClick(&edit, Qt::Key_Tab);
    QCOMPARE(edit.toPlainText(), u"bob: "_s);
    QTest::keyClick(&edit, Qt::Key_Tab);
    QCOMPARE(edit.toPlainText(), u"bea: "_s);
    QTest::keyClicks(&edit, u"x"_s);
    QTest::keyClick(&edit, Qt::Key_Tab); // nobody is called so
    QCOMPARE(edit.toPlainText(), u"bea: x"_s);
    QVERIFY(edit.hasFocus());
    QTest::keyClick(&edit, Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(before.hasFocus());
    edit.setFocus();
    QTest::keyClicks(&edit, u" "_s);
    QTest::keyClick(&edit, Qt::Key_Tab);
    QVERIFY(behind.hasFocus());
}

void TestMessageEdit::completesOnDemandAndUndoes()
{
    MessageEdit edit;
    edit.setNames([] {
        KnownNames names;
        names.people = {u"bob"_s};
        return names;
    });
    QTest::keyClicks(&edit, u"hi "_s);
    edit.complete();
    QCOMPARE(edit.toPlainText(), u"hi bob "_s);
    QCOMPARE(edit.textCursor().position(), 7);
    edit.undo();
    QCOMPARE(edit.toPlainText(), u"hi "_s);
}

QTEST_MAIN(TestMessageEdit)
#include "tst_messageedit.moc"
