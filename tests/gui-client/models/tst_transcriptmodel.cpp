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
        if (row.state != RowState::Sent)
            text += row.state == RowState::Pending ? u"?"_s : u"!"_s;
        texts.append(text);
    }
    return texts.join(u' ');
}

/// A model that is watched for broken promises, owned by ann.
struct Watched
{
    explicit Watched(int maximum = TranscriptModel::defaultMaximum) : model(nullptr, maximum)
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
    void keepsOrderAndDropsDuplicates();
    void fillsAHole();
    void appliesPages();
    void amendsMessages();
    void confirmsPending();
    void confirmsOnceOnly();
    void failedStaysAndRetriesBehind();
    void forgetsARemovedMessage();
    void foldsPresence();
    void presenceStaysBehindHistory();
    void groupsAndDays();
    void staysBounded();
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
    QCOMPARE(w.model.greatestSeq(), 3u);
    QCOMPARE(w.model.oldestSeq(), 1u);
}

void TestTranscriptModel::fillsAHole()
{
    Watched w;
    w.model.prepend(messages(1, 3));
    w.model.apply(message(7)); // live, while 4..6 are being fetched
    QCOMPARE(w.model.greatestSeq(), 3u);
    QCOMPARE(w.model.newestSeq(), 7u);
    HistoryPage page;
    page.items = messages(4, 7);
    w.model.applyPage(page);
    QCOMPARE(texts(w.model), u"1 2 3 4 5 6 7"_s);
    QCOMPARE(w.model.greatestSeq(), 7u);
}

void TestTranscriptModel::appliesPages()
{
    Watched w;
    QSignalSpy inserted(&w.model, &QAbstractItemModel::rowsInserted);
    HistoryPage page;
    page.backwards = true;
    page.more = true;
    page.items = messages(201, 400);
    w.model.applyPage(page);
    QCOMPARE(w.model.older(), TranscriptModel::Older::More);
    page.more = false;
    page.items = messages(1, 200);
    w.model.applyPage(page);
    QCOMPARE(w.model.older(), TranscriptModel::Older::Beginning);
    QCOMPARE(w.model.rowCount(), 400);
    QCOMPARE(w.model.row(0).seq, 1u);
    QCOMPARE(inserted.size(), 2); // a page is one insertion
}

void TestTranscriptModel::amendsMessages()
{
    Watched w;
    w.model.prepend(messages(1, 2));
    Item edit = message(3);
    edit.kind = ItemKind::Edited;
    edit.target = 1;
    edit.text = u"one"_s;
    Item deletion = message(4);
    deletion.kind = ItemKind::Deleted;
    deletion.target = 2;
    QVERIFY(w.model.apply(edit));
    QVERIFY(w.model.apply(deletion));
    QVERIFY(!w.model.apply(edit));
    QCOMPARE(w.model.rowCount(), 2);
    QCOMPARE(w.model.row(0).text, u"one"_s);
    QVERIFY(w.model.index(0).data(TranscriptModel::EditedRole).toBool());
    QCOMPARE(w.model.row(1).kind, RowKind::Gone);
    QVERIFY(w.model.row(1).text.isEmpty());
    QCOMPARE(w.model.greatestSeq(), 4u);
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
    QCOMPARE(w.model.greatestSeq(), 5u);
    QVERIFY(w.model.row(2).own);
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
    w.model.prepend({message(2, u"ann"_s, u"B"_s)});
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
    w.model.prepend(messages(1, 3));
    w.model.apply(message(4));
    QCOMPARE(texts(w.model), u"1 2 3 ~ 4 A?"_s);
}

void TestTranscriptModel::groupsAndDays()
{
    Watched w;
    w.model.prepend({message(1), message(2), message(3, u"carl"_s)});
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
    Watched w(100);
    HistoryPage page;
    page.backwards = true;
    page.items = messages(1, 50);
    w.model.applyPage(page);
    QCOMPARE(w.model.older(), TranscriptModel::Older::Beginning);
    for (quint64 seq = 51; seq <= 1000; ++seq)
        w.model.apply(message(seq));
    QVERIFY(w.model.rowCount() <= 100);
    QCOMPARE(w.model.greatestSeq(), 1000u);
    QCOMPARE(w.model.oldestSeq(), w.model.row(0).seq);
    QCOMPARE(w.model.older(), TranscriptModel::Older::More);
    page.more = true;
    page.items = messages(w.model.oldestSeq() - 20, w.model.oldestSeq() - 1);
    w.model.applyPage(page);
    QCOMPARE(w.model.older(), TranscriptModel::Older::Full);
    QCOMPARE(w.model.row(0).seq, page.items.first().seq);
}

void TestTranscriptModel::clearsAllButOwnUnconfirmed()
{
    Watched w;
    w.model.prepend(messages(1, 5));
    w.model.addPending(u"a"_s, u"A"_s, false, noon);
    w.model.fail(u"a"_s, u"no"_s);
    w.model.apply(message(6));
    w.model.addPending(u"b"_s, u"B"_s, false, noon);
    w.model.clearConfirmed();
    QCOMPARE(texts(w.model), u"A! B!"_s);
    QCOMPARE(w.model.greatestSeq(), 0u);
    QCOMPARE(w.model.older(), TranscriptModel::Older::Unknown);
    w.model.apply(message(1));
    QCOMPARE(texts(w.model), u"A! B! 1"_s);
}

void TestTranscriptModel::cleansText()
{
    Watched w;
    w.model.apply(message(1, u"b\nob"_s, u"a\u001b[31mb\r\nc\ufdd0"_s));
    QCOMPARE(w.model.row(0).text, u"a[31mb\nc"_s);
    QCOMPARE(w.model.row(0).author, u"b ob"_s);
}

void TestTranscriptModel::neverResets()
{
    Watched w(100);
    QSignalSpy reset(&w.model, &QAbstractItemModel::modelReset);
    w.model.prepend(messages(100, 300));
    w.model.apply(message(301));
    w.model.addPending(u"a"_s, u"A"_s, true, noon);
    w.model.clearConfirmed();
    QCOMPARE(reset.size(), 0);
}

QTEST_GUILESS_MAIN(TestTranscriptModel)
#include "tst_transcriptmodel.moc"
