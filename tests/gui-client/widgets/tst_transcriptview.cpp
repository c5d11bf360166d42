#include "gui-client/widgets/transcriptview.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

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

HistoryPage page(quint64 from, quint64 to)
{
    HistoryPage page;
    page.backwards = true;
    page.more = from > 1;
    for (quint64 seq = from; seq <= to; ++seq)
        page.items.append(message(seq));
    return page;
}

HistoryPage newer(quint64 from, quint64 to)
{
    HistoryPage page = ::page(from, to);
    page.backwards = false;
    page.more = true;
    return page;
}

/// A view of so many messages.
struct Shown
{
    explicit Shown(quint64 count)
    {
        model.setOwnName(u"ann"_s);
        model.connected(count);
        if (count > 0)
            model.applyPage(page(1, count), 0);
        view.resize(500, 400);
        view.setModel(&model);
        view.show();
    }

    int lastRow() const { return model.rowCount() - 1; }

    QRect rectOf(quint64 seq) { return view.rowRect(model.rowAt(seq).value_or(-1)); }

    TranscriptModel model{nullptr, {1000000, qint64(1) << 40}};
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
    void opensWhereReadingStopped();
    void leadsBackToTheFirstNewMessage();
    void isNotLedPastWhatIsNew();
    void asksForGapsInSight();
    void retriesWhatIsMissing();
    void comesBackToAPlace();
    void offersEditingOfOnesOwn();
    void scrollsWithoutJumping();
    void asksForOlderAtTheTop();
    void selectsAndCopies();
    void opensLinksOnClickOnly();
    void saysWhereALinkLeads();
    void retriesAndDeletes();
    void offersToRewriteWhatFailed();
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
    shown.view.setUnread(3);
    QVERIFY(shown.view.newestButton()->isVisible());
    QVERIFY(shown.view.newestButton()->text().contains(u'3'));
    QTest::mouseClick(shown.view.newestButton(), Qt::LeftButton);
    QVERIFY(shown.view.isAtNewest());
    QVERIFY(!shown.view.rowRect(shown.lastRow()).isEmpty());
}

void TestTranscriptView::staysWhenOlderOnesCome()
{
    Shown shown(0);
    shown.model.applyPage(page(1001, 1100), 0);
    shown.view.rowRect(0);
    shown.view.verticalScrollBar()->setValue(0);
    const int seen = 3;
    const QRect before = shown.view.rowRect(seen);
    QVERIFY(!before.isEmpty());
    shown.model.applyPage(page(801, 1000), 1001);
    QCOMPARE(shown.view.rowRect(seen + 200), before);
}

void TestTranscriptView::opensWhereReadingStopped()
{
    TranscriptModel model;
    model.connected(200);
    model.setMarker(100);
    TranscriptView view;
    view.resize(500, 400);
    view.show();
    QSignalSpy atNewest(&view, &TranscriptView::atNewestChanged);
    view.setModel(&model);
    QVERIFY(!view.isAtNewest()); // nothing was seen while nothing is there
    QCOMPARE(atNewest.last().at(0).toBool(), false);
    model.applyPage(page(51, 200), 0);
    QVERIFY(!view.rowRect(*model.markerRow()).isEmpty());
    QVERIFY(!view.isAtNewest());
    view.setUnread(100);
    QVERIFY(view.newestButton()->isVisible());
    QVERIFY(view.newestButton()->text().contains(u"100"_s));
    view.setUnread(1000);
    QVERIFY(view.newestButton()->text().contains(u"999"_s));
    QVERIFY(!view.firstNewButton()->isVisible());
    view.scrollToNewest();
    QVERIFY(view.isAtNewest());
    // What fits into the window is all seen.
    TranscriptModel few;
    few.connected(5);
    few.setMarker(3);
    few.applyPage(page(1, 5), 0);
    view.setModel(&few);
    view.rowRect(0);
    QVERIFY(view.isAtNewest());
}

void TestTranscriptView::leadsBackToTheFirstNewMessage()
{
    Shown shown(100);
    shown.view.rowRect(0);
    QVERIFY(!shown.view.firstNewButton()->isVisible());
    shown.model.setMarker(100); // nobody looks, and much is said
    for (quint64 seq = 101; seq <= 200; ++seq)
        shown.model.apply(message(seq));
    shown.view.rowRect(0);
    QVERIFY(!shown.view.isAtNewest()); // the first of them stays in sight
    QVERIFY(!shown.rectOf(101).isEmpty());
    shown.view.scrollToNewest();
    QVERIFY(shown.view.isAtNewest());
    QVERIFY(shown.view.firstNewButton()->isVisible());
    QTest::mouseClick(shown.view.firstNewButton(), Qt::LeftButton);
    QVERIFY(!shown.rectOf(101).isEmpty());
    QVERIFY(!shown.view.isAtNewest());
    QVERIFY(!shown.view.firstNewButton()->isVisible());
    shown.view.scrollToNewest();
    QVERIFY(!shown.view.firstNewButton()->isVisible()); // it was seen
}

void TestTranscriptView::isNotLedPastWhatIsNew()
{
    Shown shown(100);
    shown.view.rowRect(0);
    shown.model.setMarker(100);
    for (quint64 seq = 101; seq <= 200; ++seq)
        shown.model.apply(message(seq));
    shown.view.goTo(200); // what was searched for
    QVERIFY(!shown.rectOf(200).isEmpty());
    QVERIFY(!shown.view.isAtNewest());
    shown.model.apply(message(201));
    QVERIFY(!shown.rectOf(200).isEmpty()); // and it stays
    QVERIFY(!shown.view.isAtNewest());
    shown.view.goToPlace({}); // back to the end, where reading goes on
    QVERIFY(!shown.rectOf(101).isEmpty());
    QVERIFY(!shown.view.isAtNewest());
    shown.view.scrollToNewest();
    QVERIFY(shown.view.isAtNewest());
}

void TestTranscriptView::asksForGapsInSight()
{
    Shown shown(0);
    shown.model.connected(1000);
    shown.model.applyPage(page(901, 1000), 0);
    QSignalSpy gaps(&shown.view, &TranscriptView::gapWanted);
    QSignalSpy around(&shown.view, &TranscriptView::aroundWanted);
    shown.view.goTo(500);
    QCOMPARE(around.size(), 1);
    QVERIFY(!shown.view.isAtNewest());
    shown.model.applyPage(page(401, 500), 501);
    QVERIFY(!shown.rectOf(500).isEmpty());
    QCOMPARE(shown.view.found(), 500u);
    QVERIFY(gaps.size() >= 1);
    QCOMPARE(gaps.last().at(0).value<HistoryFrom>(), HistoryFrom::After);
    QCOMPARE(gaps.last().at(1).toULongLong(), 500u);
    // It is filled from the side that is looked at, and nothing in sight moves.
    const QRect before = shown.rectOf(499);
    shown.model.applyPage(newer(501, 600), 500);
    QCOMPARE(shown.rectOf(499), before);
    shown.view.scrollToNewest();
    gaps.clear();
    QScrollBar *bar = shown.view.verticalScrollBar();
    for (int i = 0; i < 200 && gaps.isEmpty(); ++i)
        bar->setValue(bar->value() - 50);
    QVERIFY(!gaps.isEmpty());
    QCOMPARE(gaps.last().at(0).value<HistoryFrom>(), HistoryFrom::Before);
    QCOMPARE(gaps.last().at(1).toULongLong(), 901u);
    const quint64 seen = shown.view.place().seq;
    QVERIFY(seen > 900);
    const QRect place = shown.rectOf(seen);
    shown.model.applyPage(page(801, 900), 901);
    QCOMPARE(shown.rectOf(seen), place);
}

void TestTranscriptView::retriesWhatIsMissing()
{
    Shown shown(0);
    shown.model.connected(1000);
    shown.model.applyPage(page(901, 1000), 0);
    shown.model.applyPage(page(401, 500), 501);
    shown.view.goTo(500);
    shown.model.setGap(500, RowState::Failed);
    QSignalSpy gaps(&shown.view, &TranscriptView::gapWanted);
    const int row = *shown.model.rowAt(501);
    const QRect retry = shown.view.partRect(row, RowPart::Retry);
    QVERIFY(!retry.isEmpty());
    QCOMPARE(gaps.size(), 0);
    QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, retry.center());
    QCOMPARE(gaps.size(), 1);
    shown.model.setOlder(TranscriptModel::Older::Failed);
    QSignalSpy older(&shown.view, &TranscriptView::olderWanted);
    QTest::keyClick(&shown.view, Qt::Key_Home);
    QCOMPARE(older.size(), 1);
    QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, QPoint(50, 5));
    QCOMPARE(older.size(), 2);
}

void TestTranscriptView::comesBackToAPlace()
{
    Shown shown(300);
    shown.view.rowRect(0);
    shown.view.verticalScrollBar()->setValue(shown.view.verticalScrollBar()->maximum() / 2);
    const TranscriptView::Place place = shown.view.place();
    QVERIFY(!place.atNewest);
    const QRect before = shown.rectOf(place.seq + 3);
    shown.view.goTo(20);
    QVERIFY(!shown.rectOf(20).isEmpty());
    QVERIFY(shown.rectOf(place.seq + 3).isEmpty());
    shown.view.goToPlace(place);
    QCOMPARE(shown.rectOf(place.seq + 3), before);
    QCOMPARE(shown.view.place().seq, place.seq);
    shown.view.goToPlace({});
    QVERIFY(shown.view.isAtNewest());
    QVERIFY(shown.view.place().atNewest);
}

void TestTranscriptView::offersEditingOfOnesOwn()
{
    Shown shown(1);
    shown.model.apply(message(2, u"mine"_s, u"ann"_s));
    QSignalSpy edit(&shown.view, &TranscriptView::editRequested);
    QSignalSpy erase(&shown.view, &TranscriptView::deleteRequested);
    const std::unique_ptr<QMenu> menu(shown.view.createMenu(1, {}));
    for (QAction *action : menu->actions()) {
        if (action->text().contains(u"Edit"_s) || action->text().contains(u"Delete"_s))
            action->trigger();
    }
    QCOMPARE(edit.size(), 1);
    QCOMPARE(edit.at(0).at(0).toULongLong(), 2u);
    QCOMPARE(erase.size(), 1);
    const std::unique_ptr<QMenu> other(shown.view.createMenu(0, {}));
    for (const QAction *action : other->actions())
        QVERIFY(!action->text().contains(u"Delete"_s));
}

void TestTranscriptView::scrollsWithoutJumping()
{
    Shown shown(0);
    for (quint64 seq = 1; seq <= 300; ++seq)
        shown.model.apply(message(seq, u"word "_s.repeated(static_cast<int>(seq * 7 % 90) + 1)));
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

void TestTranscriptView::saysWhereALinkLeads()
{
    Shown shown(0);
    shown.model.apply(message(1, u"https://b\u00FCcher.example/\u8336 <b>x</b>"_s));
    const QPoint link = shown.view.partRect(0, RowPart::Link).center();
    QHelpEvent over(QEvent::ToolTip, link, shown.view.viewport()->mapToGlobal(link));
    QApplication::sendEvent(shown.view.viewport(), &over);
    QVERIFY(QToolTip::text().contains(u"https://xn--bcher-kva.example/%E8%8C%B6<"_s));
    const QRect text = shown.view.partRect(0, RowPart::Text);
    const QPoint beside(text.right() - 2, text.center().y());
    QHelpEvent off(QEvent::ToolTip, beside, shown.view.viewport()->mapToGlobal(beside));
    QApplication::sendEvent(shown.view.viewport(), &off);
    QTRY_VERIFY(!QToolTip::isVisible());
}

void TestTranscriptView::retriesAndDeletes()
{
    Shown shown(5);
    shown.model.addPending(u"c"_s, u"mine"_s, false, 0);
    QVERIFY(shown.view.partRect(5, RowPart::Retry).isEmpty());
    shown.model.fail(u"c"_s, u"<b>why</b>"_s);
    QSignalSpy retry(&shown.view, &TranscriptView::retryRequested);
    QSignalSpy remove(&shown.view, &TranscriptView::removeRequested);
    QWidget *viewport = shown.view.viewport();
    QTest::mouseClick(viewport, Qt::LeftButton, {},
                      shown.view.partRect(5, RowPart::Retry).center());
    QTest::mouseClick(viewport, Qt::LeftButton, {},
                      shown.view.partRect(5, RowPart::Remove).center());
    QCOMPARE(retry.size(), 1);
    QCOMPARE(retry.at(0).at(0).toString(), u"c"_s);
    QCOMPARE(remove.size(), 1);
}

void TestTranscriptView::offersToRewriteWhatFailed()
{
    Shown shown(5);
    shown.model.addPending(u"c"_s, u"/mine"_s, false, 0);
    shown.model.fail(u"c"_s, u"too long"_s);
    QSignalSpy rewrite(&shown.view, &TranscriptView::rewriteRequested);
    const auto click = [&shown] {
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {},
                          shown.view.partRect(5, RowPart::Rewrite).center());
    };
    click();
    QCOMPARE(rewrite.size(), 1);
    QCOMPARE(rewrite.at(0).at(0).toString(), u"c"_s);
    QCOMPARE(rewrite.at(0).at(1).toString(), u"//mine"_s); // as it was typed
    shown.model.fail(u"c"_s, {}, RowState::Unconfirmed);   // it may have been said
    QVERIFY(shown.view.partRect(5, RowPart::Rewrite).isEmpty());
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
    const QList<QAction *> actions = menu->actions();
    const auto priv = std::find_if(actions.begin(), actions.end(), [](const QAction *action) {
        return action->text() == "&Private Conversation"_L1;
    });
    QVERIFY(priv != actions.end());
    (*priv)->trigger();
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
