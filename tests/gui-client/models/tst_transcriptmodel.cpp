#include "gui-client/models/transcriptmodel.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 noon = 1'700'000'000'000;

Item message(quint64 seq, const QString &from = u"bob"_s, const QString &text = {})
{
    Item item;
    item.room = u"main"_s;
    item.seq = seq;
    item.from = from;
    item.time = noon + static_cast<qint64>(seq) * 1000;
    item.text = text.isEmpty() ? QString::number(seq) : text;
    return item;
}

QList<Item> messages(quint64 from, quint64 to)
{
    QList<Item> items;
    for (quint64 seq = from; seq <= to; ++seq)
        items.append(message(seq));
    return items;
}

QString texts(const TranscriptModel &model)
{
    QStringList texts;
    for (int i = 0; i < model.rowCount(); ++i) {
        const TranscriptRow &row = model.row(i);
        QString text = row.kind == RowKind::Presence ? u"~"_s : row.text;
        if (row.kind == RowKind::Gap)
            text = u"(%1-%2)"_s.arg(row.seq).arg(row.to);
        else if (row.kind == RowKind::Gone)
            text = u"x"_s;
        if (row.state != RowState::Sent)
            text += row.state == RowState::Pending ? u"?"_s : u"!"_s;
        texts.append(text);
    }
    return texts.join(u' ');
}

HistoryPage page(quint64 from, quint64 to)
{
    HistoryPage page;
    page.backwards = true;
    page.items = messages(from, to);
    return page;
}

HistoryPage older(quint64 from, quint64 to)
{
    HistoryPage page = ::page(from, to);
    page.more = true;
    return page;
}

HistoryPage newer(quint64 from, quint64 to)
{
    HistoryPage page = older(from, to);
    page.backwards = false;
    return page;
}

Item edit(quint64 seq, quint64 target, const QString &text)
{
    Item item = message(seq);
    item.kind = ItemKind::Edited;
    item.target = target;
    item.text = text;
    return item;
}

Item deletion(quint64 seq, quint64 target)
{
    Item item = message(seq);
    item.kind = ItemKind::Deleted;
    item.target = target;
    item.text.clear();
    return item;
}

/// A model that is watched for broken promises, owned by ann.
struct Watched
{
    explicit Watched(TranscriptBudget budget = {}) : model(nullptr, budget)
    {
        model.setOwnName(u"ann"_s);
    }

    TranscriptModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

} // namespace

class TestTranscriptModel : public QObject
{
    Q_OBJECT

private slots:
    void hidesPeople();
    void loadsAgainWhoIsHeardAgain();
    void hidesFromTheFirstToTheLast();
    void keepsOrderAndDropsDuplicates();
    void fillsAHole();
    void fillsAGapFromBothSides();
    void tellsWhatIsMissingAtTheEnd();
    void appliesPages();
    void amendsMessages();
    void amendsInWhateverOrderItComes();
    void amendsWhatWasLoadedBeforeABreak();
    void confirmsPending();
    void confirmsOnceOnly();
    void failedStaysAndRetriesBehind();
    void unconfirmedResolvesItself();
    void forgetsARemovedMessage();
    void foldsPresence();
    void presenceStaysBehindHistory();
    void groupsAndDays();
    void staysBounded();
    void dropsWhatIsFarFromTheReader();
    void countsItsBytes();
    void marksWhereReadingStopped();
    void clearsAllButOwnUnconfirmed();
    void cleansText();
    void neverResets();
};

void TestTranscriptModel::keepsOrderAndDropsDuplicates()
{
    Watched w;
    QVERIFY(w.model.apply(message(1)));
    QVERIFY(w.model.apply(message(3)));
    QVERIFY(w.model.apply(message(2)));
    QVERIFY(!w.model.apply(message(2)));
    QVERIFY(!w.model.apply(message(0)));
    QCOMPARE(texts(w.model), u"1 2 3"_s);
    QCOMPARE(w.model.newestSeq(), 3u);
    QCOMPARE(w.model.oldestSeq(), 1u);
}

void TestTranscriptModel::fillsAHole()
{
    Watched w;
    w.model.applyPage(page(1, 3), 0);
    w.model.apply(message(7)); // live, while 4..6 are being fetched
    QCOMPARE(texts(w.model), u"1 2 3 (4-6) 7"_s);
    QVERIFY(!w.model.isKnown(5));
    w.model.setGap(3, RowState::Pending);
    QCOMPARE(texts(w.model), u"1 2 3 (4-6)? 7"_s);
    w.model.applyPage(newer(4, 7), 3);
    QCOMPARE(texts(w.model), u"1 2 3 4 5 6 7"_s);
    QVERIFY(w.model.isKnown(5));
}

void TestTranscriptModel::fillsAGapFromBothSides()
{
    Watched w;
    w.model.connected(100);
    w.model.applyPage(older(91, 100), 0);
    w.model.applyPage(older(41, 45), 46); // somebody was led to 45
    QCOMPARE(w.model.rowCount(), 16);
    QCOMPARE(w.model.row(5).seq, 46u);
    QCOMPARE(w.model.row(5).to, 90u);
    w.model.applyPage(newer(46, 60), 45);
    QCOMPARE(w.model.row(20).kind, RowKind::Gap);
    QCOMPARE(w.model.row(20).seq, 61u);
    w.model.setGap(91, RowState::Failed);
    QCOMPARE(w.model.row(20).state, RowState::Failed);
    w.model.applyPage(older(80, 90), 91);
    QCOMPARE(w.model.row(20).to, 79u);
    QCOMPARE(w.model.row(20).state, RowState::Sent);
    QCOMPARE(w.model.row(21).seq, 80u);
    w.model.applyPage(newer(61, 79), 60);
    QCOMPARE(w.model.rowCount(), 60);
    QCOMPARE(w.model.older(), TranscriptModel::Older::More);
    // Numbers that a page passes over do not exist any more.
    w.model.applyPage(page(1, 10), 41);
    QCOMPARE(w.model.rowCount(), 70);
    QCOMPARE(w.model.older(), TranscriptModel::Older::Beginning);
}

void TestTranscriptModel::tellsWhatIsMissingAtTheEnd()
{
    Watched w;
    w.model.applyPage(page(1, 3), 0);
    w.model.connected(5);
    QCOMPARE(texts(w.model), u"1 2 3 (4-5)"_s);
    QVERIFY(!w.model.isNewestLoaded());
    HistoryPage missed = newer(4, 5);
    missed.more = false;
    w.model.applyPage(missed, 3);
    QCOMPARE(texts(w.model), u"1 2 3 4 5"_s);
    QVERIFY(w.model.isNewestLoaded());
    // A room that keeps nothing: what was missed is gone.
    w.model.connected(8);
    missed.items.clear();
    w.model.applyPage(missed, 5);
    QCOMPARE(texts(w.model), u"1 2 3 4 5"_s);
    QVERIFY(w.model.isNewestLoaded());
}

void TestTranscriptModel::appliesPages()
{
    Watched w;
    QSignalSpy inserted(&w.model, &QAbstractItemModel::rowsInserted);
    w.model.applyPage(older(201, 400), 0);
    QCOMPARE(w.model.older(), TranscriptModel::Older::More);
    w.model.applyPage(page(1, 200), 201);
    QCOMPARE(w.model.older(), TranscriptModel::Older::Beginning);
    QCOMPARE(w.model.rowCount(), 400);
    QCOMPARE(w.model.row(0).seq, 1u);
    QCOMPARE(inserted.size(), 2); // a page is one insertion
}

void TestTranscriptModel::amendsMessages()
{
    Watched w;
    w.model.applyPage(page(1, 2), 0);
    QVERIFY(w.model.apply(edit(3, 1, u"one"_s)));
    QVERIFY(w.model.apply(deletion(4, 2)));
    QVERIFY(!w.model.apply(edit(3, 1, u"other"_s)));
    QCOMPARE(w.model.rowCount(), 2);
    QCOMPARE(w.model.row(0).text, u"one"_s);
    QVERIFY(w.model.index(0).data(TranscriptModel::EditedRole).toBool());
    QCOMPARE(w.model.row(1).kind, RowKind::Gone);
    QVERIFY(w.model.row(1).text.isEmpty());
    QCOMPARE(w.model.newestSeq(), 4u);
}

void TestTranscriptModel::amendsInWhateverOrderItComes()
{
    Watched w;
    w.model.connected(10);
    // The page was read before the edit and the deletion, and comes after them.
    w.model.apply(edit(11, 2, u"two"_s));
    w.model.apply(edit(12, 2, u"twice"_s));
    w.model.apply(deletion(13, 3));
    w.model.applyPage(page(1, 10), 11);
    QCOMPARE(texts(w.model), u"1 twice x 4 5 6 7 8 9 10"_s);
    // In present state from history: an older edit that comes later must not undo it.
    Watched other;
    other.model.connected(10);
    HistoryPage present = page(1, 2);
    present.items[0].text = u"newest"_s;
    present.items[0].edited = true;
    other.model.applyPage(present, 3);
    HistoryPage between = newer(3, 3);
    between.items = {edit(3, 1, u"older"_s)};
    other.model.applyPage(between, 2);
    QVERIFY(texts(other.model).startsWith(u"newest 2 "_s));
}

void TestTranscriptModel::amendsWhatWasLoadedBeforeABreak()
{
    Watched w;
    w.model.connected(2);
    w.model.applyPage(page(1, 2), 0);
    w.model.connected(4);
    HistoryPage missed = newer(3, 4);
    missed.items = {edit(3, 1, u"one"_s), deletion(4, 2)};
    w.model.applyPage(missed, 2);
    QCOMPARE(texts(w.model), u"one x"_s);
}

void TestTranscriptModel::confirmsPending()
{
    Watched w;
    w.model.apply(message(1));
    w.model.addPending(u"a"_s, u"A"_s, false, noon);
    w.model.addPending(u"b"_s, u"B"_s, false, noon);
    w.model.apply(message(2)); // what others say goes before what is on its way
    QCOMPARE(texts(w.model), u"1 2 A? B?"_s);
    w.model.apply(message(3, u"ann"_s, u"A"_s), u"a"_s);
    QCOMPARE(texts(w.model), u"1 2 A B?"_s);
    w.model.apply(message(4));
    w.model.confirm(u"b"_s, 5, noon);
    QCOMPARE(texts(w.model), u"1 2 A 4 B"_s);
    QCOMPARE(w.model.newestSeq(), 5u);
    QVERIFY(w.model.row(2).own);
    QCOMPARE(w.model.lastOwn(), 4);
}

void TestTranscriptModel::confirmsOnceOnly()
{
    Watched w;
    w.model.addPending(u"a"_s, u"A"_s, false, noon);
    w.model.confirm(u"a"_s, 1, noon);
    QVERIFY(!w.model.apply(message(1, u"ann"_s, u"A"_s), u"a"_s));
    w.model.confirm(u"a"_s, 1, noon);
    QCOMPARE(texts(w.model), u"A"_s);
    // The message came by history first: the pending one gives way.
    w.model.addPending(u"b"_s, u"B"_s, false, noon);
    HistoryPage found = page(2, 2);
    found.items = {message(2, u"ann"_s, u"B"_s)};
    w.model.applyPage(found, 0);
    w.model.confirm(u"b"_s, 2, noon);
    QCOMPARE(texts(w.model), u"A B"_s);
}

void TestTranscriptModel::failedStaysAndRetriesBehind()
{
    Watched w;
    w.model.addPending(u"a"_s, u"A"_s, false, noon);
    w.model.addPending(u"b"_s, u"B"_s, false, noon);
    w.model.fail(u"a"_s, u"too fast"_s);
    w.model.apply(message(1));
    QCOMPARE(texts(w.model), u"A! 1 B?"_s);
    QCOMPARE(w.model.index(0).data(TranscriptModel::ErrorRole).toString(), u"too fast"_s);
    w.model.retry(u"a"_s);
    QCOMPARE(texts(w.model), u"1 B? A?"_s);
    w.model.confirm(u"b"_s, 2, noon);
    w.model.confirm(u"a"_s, 3, noon);
    QCOMPARE(texts(w.model), u"1 B A"_s);
    w.model.fail(u"a"_s, u"too late"_s);
    QCOMPARE(texts(w.model), u"1 B A"_s);
}

void TestTranscriptModel::unconfirmedResolvesItself()
{
    Watched w;
    w.model.addPending(u"a"_s, u"A"_s, false, noon);
    w.model.fail(u"a"_s, u"who knows"_s, RowState::Unconfirmed);
    QVERIFY(isStuck(w.model.row(0)));
    w.model.apply(message(1, u"ann"_s, u"A"_s), u"a"_s);
    QCOMPARE(texts(w.model), u"A"_s);
    w.model.addPending(u"b"_s, u"B"_s, false, noon);
    w.model.fail(u"b"_s, u"who knows"_s, RowState::Unconfirmed);
    QCOMPARE(w.model.resendUnconfirmed(), QStringList(u"b"_s));
    QCOMPARE(texts(w.model), u"A B?"_s);
}

void TestTranscriptModel::forgetsARemovedMessage()
{
    Watched w;
    w.model.addPending(u"a"_s, u"A"_s, false, noon);
    w.model.fail(u"a"_s, {});
    w.model.removePending(u"a"_s);
    w.model.removePending(u"a"_s);
    QCOMPARE(w.model.rowCount(), 0);
}

void TestTranscriptModel::foldsPresence()
{
    Watched w;
    w.model.addPresence(u"bob"_s, Presence::Entered, noon);
    w.model.addPresence(u"carl"_s, Presence::Entered, noon);
    w.model.addPresence(u"bob"_s, Presence::Left, noon);
    QCOMPARE(w.model.rowCount(), 1);
    const QList<PresenceChange> expected = {{u"bob"_s, Presence::Entered, Presence::Left},
                                            {u"carl"_s, Presence::Entered, Presence::Entered}};
    QCOMPARE(w.model.row(0).presence, expected);
    w.model.apply(message(1));
    w.model.addPresence(u"carl"_s, Presence::Left, noon);
    QCOMPARE(texts(w.model), u"~ 1 ~"_s);
}

void TestTranscriptModel::presenceStaysBehindHistory()
{
    Watched w;
    w.model.setLastKnown(3);
    w.model.addPresence(u"bob"_s, Presence::Entered, noon);
    w.model.addPending(u"a"_s, u"A"_s, false, noon);
    w.model.applyPage(page(1, 3), 0);
    w.model.apply(message(4));
    QCOMPARE(texts(w.model), u"1 2 3 ~ 4 A?"_s);
}

void TestTranscriptModel::groupsAndDays()
{
    Watched w;
    w.model.applyPage(page(1, 2), 0);
    w.model.apply(message(3, u"carl"_s));
    Item later = message(4, u"carl"_s);
    later.time += qint64(36) * 3600 * 1000;
    w.model.apply(later);
    const auto first = [&](int row) {
        return w.model.index(row).data(TranscriptModel::FirstOfGroupRole).toBool();
    };
    QVERIFY(first(0));
    QVERIFY(!first(1));
    QVERIFY(first(2));
    QVERIFY(first(3));
    QVERIFY(w.model.index(0).data(TranscriptModel::NewDayRole).toBool());
    QVERIFY(!w.model.index(1).data(TranscriptModel::NewDayRole).toBool());
    QVERIFY(w.model.index(3).data(TranscriptModel::NewDayRole).toBool());
}

void TestTranscriptModel::staysBounded()
{
    Watched w({100, 1 << 20});
    w.model.applyPage(page(1, 50), 0);
    QCOMPARE(w.model.older(), TranscriptModel::Older::Beginning);
    for (quint64 seq = 51; seq <= 1000; ++seq)
        w.model.apply(message(seq));
    QVERIFY(w.model.rowCount() <= 100);
    QCOMPARE(w.model.newestSeq(), 1000u);
    QCOMPARE(w.model.oldestSeq(), w.model.row(0).seq);
    QCOMPARE(w.model.older(), TranscriptModel::Older::More);
}

void TestTranscriptModel::dropsWhatIsFarFromTheReader()
{
    Watched w({400, 1 << 24});
    w.model.connected(3000);
    w.model.applyPage(older(2901, 3000), 0);
    for (quint64 edge = 2901; edge > 1000; edge -= 100) {
        w.model.applyPage(older(edge - 100, edge - 1), edge);
        w.model.setReader(0);
    }
    QVERIFY(w.model.rowCount() <= 500); // a page more than asked for
    QCOMPARE(w.model.row(0).seq, w.model.oldestSeq());
    QVERIFY(w.model.isKnown(3000)); // the newest ones stay
    QVERIFY(w.model.isKnown(2900));
    QVERIFY(!w.model.isKnown(2000));
    const auto gap = w.model.rowAt(2000);
    QVERIFY(gap);
    QCOMPARE(w.model.row(*gap).kind, RowKind::Gap);
    // What a person has to decide about is never dropped.
    w.model.addPending(u"a"_s, u"A"_s, false, noon);
    w.model.fail(u"a"_s, u"no"_s);
    w.model.setReaderAtNewest();
    for (quint64 seq = 3001; seq <= 4000; ++seq)
        w.model.apply(message(seq));
    QVERIFY(w.model.rowOfCid(u"a"_s));
}

void TestTranscriptModel::countsItsBytes()
{
    Watched w({1000, 1 << 20});
    for (quint64 seq = 1; seq <= 500; ++seq)
        w.model.apply(message(seq, u"bob"_s, QString(4000, u'x')));
    QVERIFY(w.model.cost() <= (1 << 20));
    QVERIFY(w.model.rowCount() > 50);
    w.model.setBudget({1000, 1 << 16});
    QVERIFY(w.model.rowCount() < 20);
}

void TestTranscriptModel::marksWhereReadingStopped()
{
    Watched w;
    w.model.connected(6);
    w.model.setMarker(3);
    QVERIFY(!w.model.isMarkerLoaded());
    HistoryPage newest = older(4, 6);
    newest.items[0].from = u"ann"_s; // own words are no news
    w.model.applyPage(newest, 0);
    QVERIFY(w.model.isMarkerLoaded());
    QCOMPARE(w.model.markerRow(), 1);
    QVERIFY(w.model.isFirstNew(1));
    QVERIFY(!w.model.isFirstNew(2));
    w.model.applyPage(page(1, 3), 4);
    QVERIFY(w.model.isFirstNew(4));
    QCOMPARE(w.model.countAfter(3)->messages, 2);
    QCOMPARE(w.model.countAfter(6)->messages, 0);
    w.model.setMarker({});
    QVERIFY(!w.model.markerRow());
}

void TestTranscriptModel::clearsAllButOwnUnconfirmed()
{
    Watched w;
    w.model.applyPage(page(1, 5), 0);
    w.model.addPending(u"a"_s, u"A"_s, false, noon);
    w.model.fail(u"a"_s, u"no"_s);
    w.model.apply(message(6));
    w.model.addPending(u"b"_s, u"B"_s, false, noon);
    w.model.clearConfirmed();
    QCOMPARE(texts(w.model), u"A! B!"_s);
    QCOMPARE(w.model.newestSeq(), 0u);
    QCOMPARE(w.model.older(), TranscriptModel::Older::Unknown);
    w.model.apply(message(1));
    QCOMPARE(texts(w.model), u"A! B! 1"_s);
}

void TestTranscriptModel::cleansText()
{
    Watched w;
    w.model.apply(message(1, u"b\nob"_s, u"a\u001b[31mb\r\nc\ufdd0"_s));
    QCOMPARE(w.model.row(0).text, u"ab\nc"_s);
    QCOMPARE(w.model.row(0).author, u"b ob"_s);
}

void TestTranscriptModel::neverResets()
{
    Watched w({100, 1 << 20});
    QSignalSpy reset(&w.model, &QAbstractItemModel::modelReset);
    w.model.applyPage(page(100, 300), 0);
    w.model.apply(message(301));
    w.model.addPending(u"a"_s, u"A"_s, true, noon);
    w.model.clearConfirmed();
    QCOMPARE(reset.size(), 0);
}

void TestTranscriptModel::hidesPeople()
{
    TranscriptModel model;
    QAbstractItemModelTester tester(&model);
    bool ignored = false;
    model.setOwnName(u"ann"_s);
    model.setHiddenTest([&](const QString &author) { return ignored && author == u"bob"_s; });
    model.connected(3);
    HistoryPage loaded = page(1, 3);
    loaded.items[1].from = u"carl"_s;
    model.applyPage(loaded, 0);
    model.apply(message(4, u"bob"_s));
    QCOMPARE(texts(model), u"1 2 3 4"_s);

    ignored = true;
    model.refreshHidden();
    QCOMPARE(texts(model), u"2"_s);
    QVERIFY(model.apply(message(5, u"bob"_s))); // it is new, and read by being there
    QVERIFY(!model.apply(message(5, u"bob"_s)));
    model.apply(message(6, u"carl"_s));
    model.apply(edit(7, 4, u"louder"_s));
    QCOMPARE(texts(model), u"2 6"_s);
    QCOMPARE(model.newestSeq(), 7U);
    QVERIFY(model.isNewestLoaded());
    QCOMPARE(model.countAfter(2)->messages, 1);
}

void TestTranscriptModel::loadsAgainWhoIsHeardAgain()
{
    TranscriptModel model;
    QAbstractItemModelTester tester(&model);
    bool ignored = true;
    model.setHiddenTest([&](const QString &author) { return ignored && author == u"bob"_s; });
    model.connected(4);
    HistoryPage loaded = page(1, 4);
    loaded.items[0].from = loaded.items[2].from = u"carl"_s;
    model.applyPage(loaded, 0);
    QCOMPARE(texts(model), u"1 3"_s);
    model.apply(message(5, u"bob"_s));

    ignored = false;
    model.refreshHidden();
    QCOMPARE(texts(model), u"1 (2-2) 3 (4-5)"_s); // gaps are loaded when somebody looks at them
    HistoryPage missing = newer(2, 5);
    missing.items[1].from = u"carl"_s;
    missing.more = false;
    model.applyPage(missing, 1);
    QCOMPARE(texts(model), u"1 2 3 4 5"_s);
}

void TestTranscriptModel::hidesFromTheFirstToTheLast()
{
    TranscriptModel model;
    QAbstractItemModelTester tester(&model);
    bool ignored = true;
    model.setHiddenTest([&](const QString &author) { return ignored && author == u"bob"_s; });
    model.connected(3);
    HistoryPage loaded = page(1, 3);
    loaded.items[2].from = u"carl"_s;
    model.applyPage(loaded, 0);
    QCOMPARE(model.older(), TranscriptModel::Older::Beginning);
    ignored = false;
    model.refreshHidden();
    QCOMPARE(texts(model), u"3"_s);
    QCOMPARE(model.older(), TranscriptModel::Older::More); // what was before it may be had

    TranscriptModel all;
    ignored = true;
    all.setHiddenTest([&](const QString &author) { return ignored && author == u"bob"_s; });
    all.connected(3);
    all.applyPage(page(1, 3), 0);
    QCOMPARE(all.rowCount(), 0);
    ignored = false;
    all.refreshHidden();
    QCOMPARE(all.older(), TranscriptModel::Older::Unknown);
    all.applyPage(page(1, 3), 0);
    QCOMPARE(texts(all), u"1 2 3"_s);
}

QTEST_GUILESS_MAIN(TestTranscriptModel)
#include "tst_transcriptmodel.moc"
