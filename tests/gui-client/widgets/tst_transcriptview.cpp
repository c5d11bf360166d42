#include "gui-client/widgets/transcriptview.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

Item message(quint64 seq, const QString &text = {}, const QString &from = u"bob"_s)
{
    Item item;
    item.seq = seq;
    item.from = from;
    item.time = 1'700'000'000'000 + static_cast<qint64>(seq) * 1000;
    item.text = text.isEmpty() ? u"message %1"_s.arg(seq) : text;
    return item;
}

/// A view of so many messages.
struct Shown
{
    explicit Shown(quint64 count)
    {
        model.setOwnName(u"ann"_s);
        QList<Item> items;
        for (quint64 seq = 1; seq <= count; ++seq)
            items.append(message(seq));
        model.prepend(items);
        view.resize(500, 400);
        view.setModel(&model);
        view.show();
    }

    int lastRow() const { return model.rowCount() - 1; }

    TranscriptModel model{nullptr, 1000000};
    TranscriptView view;
};

} // namespace

class TestTranscriptView : public QObject
{
    Q_OBJECT

private slots:
    void laysOutWhatIsSeenOnly();
    void followsTheNewest();
    void staysWhileScrolledUp();
    void staysWhenOlderOnesCome();
    void scrollsWithoutJumping();
    void asksForOlderAtTheTop();
    void selectsAndCopies();
    void opensLinksOnClickOnly();
    void retriesAndDeletes();
    void showsTagsLiterally();
    void survivesItsModel();
    void offersAMenu();
    void typingIsPassedOn();
    void marksBreaklessText();
};

void TestTranscriptView::laysOutWhatIsSeenOnly()
{
    Shown shown(100000);
    QVERIFY(!shown.view.rowRect(shown.lastRow()).isEmpty());
    QVERIFY(shown.view.takeLaidOut() < 100);
    shown.view.verticalScrollBar()->setValue(shown.view.verticalScrollBar()->maximum() / 2);
    QVERIFY(shown.view.takeLaidOut() < 100);
}

void TestTranscriptView::followsTheNewest()
{
    Shown shown(200);
    for (quint64 seq = 201; seq < 230; ++seq) {
        shown.model.apply(message(seq));
        QVERIFY(!shown.view.rowRect(shown.lastRow()).isEmpty());
    }
    QVERIFY(shown.view.isAtNewest());
    QVERIFY(shown.view.newestButton()->isHidden());
}

void TestTranscriptView::staysWhileScrolledUp()
{
    Shown shown(200);
    QSignalSpy atNewest(&shown.view, &TranscriptView::atNewestChanged);
    shown.view.rowRect(0);
    shown.view.scrollPages(-2);
    QVERIFY(!shown.view.isAtNewest());
    QCOMPARE(atNewest.size(), 1);
    int row = 0;
    while (shown.view.rowRect(row).isEmpty())
        ++row;
    const QRect before = shown.view.rowRect(row + 2);
    for (quint64 seq = 201; seq <= 203; ++seq)
        shown.model.apply(message(seq));
    shown.model.addPresence(u"eve"_s, Presence::Entered, 0);
    QCOMPARE(shown.view.rowRect(row + 2), before);
    QCOMPARE(shown.view.newMessages(), 3);
    QVERIFY(shown.view.newestButton()->isVisible());
    QVERIFY(shown.view.newestButton()->text().contains(u'3'));
    QTest::mouseClick(shown.view.newestButton(), Qt::LeftButton);
    QVERIFY(shown.view.isAtNewest());
    QCOMPARE(shown.view.newMessages(), 0);
    QVERIFY(!shown.view.rowRect(shown.lastRow()).isEmpty());
}

void TestTranscriptView::staysWhenOlderOnesCome()
{
    Shown shown(0);
    QList<Item> items;
    for (quint64 seq = 1001; seq <= 1100; ++seq)
        items.append(message(seq));
    shown.model.prepend(items);
    shown.view.rowRect(0);
    shown.view.verticalScrollBar()->setValue(0);
    const int seen = 3;
    const QRect before = shown.view.rowRect(seen);
    QVERIFY(!before.isEmpty());
    items.clear();
    for (quint64 seq = 801; seq <= 1000; ++seq)
        items.append(message(seq));
    shown.model.prepend(items);
    QCOMPARE(shown.view.rowRect(seen + 200), before);
}

void TestTranscriptView::scrollsWithoutJumping()
{
    Shown shown(0);
    QList<Item> items;
    for (quint64 seq = 1; seq <= 300; ++seq)
        items.append(message(seq, u"word "_s.repeated(static_cast<int>(seq * 7 % 90) + 1)));
    shown.model.prepend(items);
    shown.view.rowRect(0);
    QScrollBar *bar = shown.view.verticalScrollBar();
    for (int i = 0; i < 100; ++i) {
        int row = 0;
        while (shown.view.rowRect(row).isEmpty())
            ++row;
        const int before = shown.view.rowRect(row).top();
        const int value = bar->value();
        bar->setValue(value - 37);
        const QRect after = shown.view.rowRect(row);
        if (after.isEmpty() || value < 37)
            continue;
        QCOMPARE(after.top() - before, 37);
    }
}

void TestTranscriptView::asksForOlderAtTheTop()
{
    Shown shown(100);
    shown.model.setOlder(TranscriptModel::Older::More);
    QSignalSpy older(&shown.view, &TranscriptView::olderWanted);
    shown.view.rowRect(0);
    QCOMPARE(older.size(), 0);
    shown.view.verticalScrollBar()->setValue(0);
    QVERIFY(older.size() >= 1);
    shown.model.setOlder(TranscriptModel::Older::Beginning);
    const auto count = older.size();
    shown.view.verticalScrollBar()->setValue(5);
    shown.view.verticalScrollBar()->setValue(0);
    QCOMPARE(older.size(), count);
}

void TestTranscriptView::selectsAndCopies()
{
    Shown shown(3);
    const QRect first = shown.view.partRect(0, RowPart::Text);
    const QRect last = shown.view.partRect(2, RowPart::Text);
    QWidget *viewport = shown.view.viewport();
    QTest::mousePress(viewport, Qt::LeftButton, {}, first.topLeft() + QPoint(0, 3));
    QTest::mouseMove(viewport, QPoint(first.right() - 1, first.top() + 3));
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, QPoint(first.right() - 1, first.top() + 3));
    QCOMPARE(shown.view.selectedText(), u"message 1"_s);
    QTest::mousePress(viewport, Qt::LeftButton, {}, first.topLeft() + QPoint(0, 3));
    QTest::mouseMove(viewport, QPoint(last.right() - 1, last.center().y()));
    QTest::mouseRelease(viewport, Qt::LeftButton, {}, QPoint(last.right() - 1, last.center().y()));
    QTest::keyClick(&shown.view, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines.at(0).startsWith(u'['));
    QVERIFY(lines.at(1).endsWith(u"] bob: message 2"_s));
    QTest::mouseClick(viewport, Qt::LeftButton, {}, last.topLeft() + QPoint(2, 2));
    QVERIFY(!shown.view.hasSelection());
}

void TestTranscriptView::opensLinksOnClickOnly()
{
    Shown shown(0);
    shown.model.apply(message(1, u"https://example.org/a and text"_s));
    QSignalSpy opened(&shown.view, &TranscriptView::linkActivated);
    const QRect link = shown.view.partRect(0, RowPart::Link);
    QVERIFY(!link.isEmpty());
    shown.view.grab();
    QCOMPARE(opened.size(), 0);
    QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, link.center());
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.at(0).at(0).toUrl(), QUrl(u"https://example.org/a"_s));
    const QRect text = shown.view.partRect(0, RowPart::Text);
    QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {},
                      QPoint(text.right() - 2, text.center().y()));
    QCOMPARE(opened.size(), 1);
}

void TestTranscriptView::retriesAndDeletes()
{
    Shown shown(5);
    shown.model.addPending(u"c"_s, u"mine"_s, false, 0);
    QVERIFY(shown.view.partRect(5, RowPart::Retry).isEmpty());
    shown.model.fail(u"c"_s, u"<b>why</b>"_s);
    QSignalSpy retry(&shown.view, &TranscriptView::retryRequested);
    QSignalSpy remove(&shown.view, &TranscriptView::deleteRequested);
    QWidget *viewport = shown.view.viewport();
    QTest::mouseClick(viewport, Qt::LeftButton, {},
                      shown.view.partRect(5, RowPart::Retry).center());
    QTest::mouseClick(viewport, Qt::LeftButton, {},
                      shown.view.partRect(5, RowPart::Delete).center());
    QCOMPARE(retry.size(), 1);
    QCOMPARE(retry.at(0).at(0).toString(), u"c"_s);
    QCOMPARE(remove.size(), 1);
}

void TestTranscriptView::showsTagsLiterally()
{
    const QString hostile = u"<img src=/dev/zero><b>bold</b>\u2029&amp;"_s;
    Shown shown(0);
    shown.model.apply(message(1, hostile));
    shown.view.grab();
    shown.view.selectAll();
    QCOMPARE(shown.view.selectedText().left(30), hostile.left(30));
}

void TestTranscriptView::survivesItsModel()
{
    TranscriptView view;
    view.show();
    auto model = std::make_unique<TranscriptModel>();
    model->apply(message(1));
    view.setModel(model.get());
    view.selectAll();
    view.grab();
    model.reset();
    view.grab();
    QVERIFY(!view.hasSelection());
    QVERIFY(view.selectedText().isEmpty());
}

void TestTranscriptView::offersAMenu()
{
    Shown shown(1);
    QSignalSpy conversation(&shown.view, &TranscriptView::privateRequested);
    const std::unique_ptr<QMenu> menu(shown.view.createMenu(0, {}));
    QVERIFY(menu);
    menu->actions().last()->trigger();
    QCOMPARE(conversation.size(), 1);
    QCOMPARE(conversation.at(0).at(0).toString(), u"bob"_s);
    QVERIFY(!shown.view.createMenu(1, {}));
}

void TestTranscriptView::typingIsPassedOn()
{
    Shown shown(1);
    QSignalSpy typed(&shown.view, &TranscriptView::typed);
    QTest::keyClick(&shown.view, Qt::Key_A);
    QTest::keyClick(&shown.view, Qt::Key_PageUp);
    QTest::keyClick(&shown.view, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(typed.size(), 1);
    QVERIFY(shown.view.hasSelection());
}

void TestTranscriptView::marksBreaklessText()
{
    Shown shown(0);
    shown.model.apply(message(1, QString(4000, u'a')));
    QVERIFY(shown.view.partRect(0, RowPart::Text).right() <= shown.view.viewport()->width());
    shown.view.verticalScrollBar()->setValue(0);
    QVERIFY(shown.view.rowRect(0).height() > 20 * shown.view.fontMetrics().height());
}

QTEST_MAIN(TestTranscriptView)
#include "tst_transcriptview.moc"
