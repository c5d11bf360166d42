#include "gui-client/models/searchmodel.h"
#include "gui-client/models/searchwords.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using State = SearchModel::State;

namespace {

SearchPage page(int count, quint64 next)
{
    SearchPage page;
    for (int i = 0; i < count; ++i) {
        Item item;
        item.room = u"main"_s;
        item.seq = static_cast<quint64>(1000 - i);
        item.from = u"bob"_s;
        item.text = u"tea\u001b[31m"_s;
        page.found.append({item, 0});
    }
    page.more = next > 0;
    page.next = next;
    return page;
}

SearchQuery query(const QString &text)
{
    SearchQuery query;
    query.text = text;
    return query;
}

} // namespace

class TestSearchModel : public QObject
{
    Q_OBJECT

private slots:
    void findsPageByPage();
    void goesOnBehindAnEmptyPage();
    void pausesBehindManyEmptyPages();
    void ignoresLateAnswers();
    void failsAndRetries();
    void hidesIgnoredPeople();
    void goesOnBehindAHiddenPage();
    void forgets();
    void marksWords_data();
    void marksWords();
};

void TestSearchModel::findsPageByPage()
{
    SearchModel model;
    QAbstractItemModelTester tester(&model);
    QSignalSpy wanted(&model, &SearchModel::pageWanted);
    model.start(query(u"tea"_s));
    QCOMPARE(model.state(), State::Searching);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(!model.canFetchMore({}));
    model.applyPage(wanted.at(0).at(0).toULongLong(), page(3, 77));
    QCOMPARE(model.state(), State::More);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0).data(SearchModel::TextRole).toString(), u"tea"_s);
    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    QCOMPARE(wanted.at(1).at(2).toULongLong(), 77u);
    model.applyPage(wanted.at(1).at(0).toULongLong(), page(2, 0));
    QCOMPARE(model.state(), State::Done);
    QCOMPARE(model.rowCount(), 5);
    QVERIFY(!model.canFetchMore({}));
}

void TestSearchModel::goesOnBehindAnEmptyPage()
{
    SearchModel model;
    QSignalSpy wanted(&model, &SearchModel::pageWanted);
    model.start(query(u"tea"_s));
    model.applyPage(wanted.last().at(0).toULongLong(), page(0, 50));
    QCOMPARE(wanted.size(), 2);
    QCOMPARE(wanted.last().at(2).toULongLong(), 50u);
    model.applyPage(wanted.last().at(0).toULongLong(), page(0, 50)); // a server going round
    QCOMPARE(model.state(), State::Done);
}

void TestSearchModel::pausesBehindManyEmptyPages()
{
    SearchModel model;
    QSignalSpy wanted(&model, &SearchModel::pageWanted);
    model.start(query(u"tea"_s));
    const auto answer = [&] {
        const qsizetype before = wanted.size();
        for (quint64 next = 1; next < 100 && model.state() == State::Searching; ++next)
            model.applyPage(wanted.last().at(0).toULongLong(), page(0, 1000 - next));
        return wanted.size() - before;
    };
    QVERIFY(answer() < SearchModel::mostFruitless);
    QCOMPARE(model.state(), State::Paused);
    QVERIFY(!model.canFetchMore({}));
    model.retry();
    QCOMPARE(model.state(), State::Searching);
    model.applyPage(wanted.last().at(0).toULongLong(), page(2, 0));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.state(), State::Done);
}

void TestSearchModel::ignoresLateAnswers()
{
    SearchModel model;
    QSignalSpy wanted(&model, &SearchModel::pageWanted);
    model.start(query(u"tea"_s));
    model.start(query(u"coffee"_s));
    model.applyPage(wanted.at(0).at(0).toULongLong(), page(3, 0));
    QCOMPARE(model.rowCount(), 0);
    model.fail(wanted.at(0).at(0).toULongLong(), {}, {});
    QCOMPARE(model.state(), State::Searching);
    model.applyPage(wanted.at(1).at(0).toULongLong(), page(1, 0));
    QCOMPARE(model.rowCount(), 1);
}

void TestSearchModel::failsAndRetries()
{
    SearchModel model;
    QSignalSpy wanted(&model, &SearchModel::pageWanted);
    model.start(query(u"tea"_s));
    model.applyPage(wanted.last().at(0).toULongLong(), page(3, 77));
    model.fetchMore({});
    model.fail(wanted.last().at(0).toULongLong(), {.code = ErrorCode::StoreUnavailable}, {});
    QCOMPARE(model.state(), State::Failed);
    QCOMPARE(model.error().code, ErrorCode::StoreUnavailable);
    QCOMPARE(model.rowCount(), 3);
    model.retry();
    QCOMPARE(wanted.last().at(2).toULongLong(), 77u);
    QCOMPARE(model.state(), State::Searching);
}

void TestSearchModel::hidesIgnoredPeople()
{
    SearchModel model;
    QAbstractItemModelTester tester(&model);
    QString ignored;
    model.setHiddenTest([&ignored](const QString &author) { return author == ignored; });
    QSignalSpy wanted(&model, &SearchModel::pageWanted);
    model.start(query(u"tea"_s));
    SearchPage found = page(4, 0);
    found.found[1].item.from = u"ann"_s;
    ignored = u"bob"_s;
    model.applyPage(wanted.last().at(0).toULongLong(), found);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.hiddenCount(), 3);
    QCOMPARE(model.index(0).data(SearchModel::SeqRole).toULongLong(), 999u);
    ignored = u"ann"_s;
    model.refreshHidden();
    QCOMPARE(model.rowCount(), 3);
    ignored.clear();
    model.refreshHidden();
    QCOMPARE(model.hiddenCount(), 0);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(model.index(i).data(SearchModel::SeqRole).toInt(), 1000 - i);
    ignored = u"bob"_s;
    model.refreshHidden();
    model.start({});
    QCOMPARE(model.hiddenCount(), 0);
}

void TestSearchModel::goesOnBehindAHiddenPage()
{
    SearchModel model;
    model.setHiddenTest([](const QString &) { return true; });
    QSignalSpy wanted(&model, &SearchModel::pageWanted);
    model.start(query(u"tea"_s));
    model.applyPage(wanted.last().at(0).toULongLong(), page(3, 50));
    QCOMPARE(wanted.size(), 2);
    QCOMPARE(model.state(), State::Searching);
    model.applyPage(wanted.last().at(0).toULongLong(), page(1, 0));
    QCOMPARE(model.state(), State::Done);
    QCOMPARE(model.hiddenCount(), 4);
}

void TestSearchModel::forgets()
{
    SearchModel model;
    QSignalSpy wanted(&model, &SearchModel::pageWanted);
    model.start(query(u"tea"_s));
    model.applyPage(wanted.last().at(0).toULongLong(), page(3, 0));
    model.start({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.state(), State::Idle);
    QCOMPARE(wanted.size(), 1);
}

void TestSearchModel::marksWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("marked");
    QTest::newRow("case") << u"Tea and TEA"_s << u"tea"_s << u"[Tea] and [TEA]"_s;
    QTest::newRow("two") << u"green tea"_s << u" tea  green "_s << u"[green] [tea]"_s;
    QTest::newRow("overlap") << u"abcd"_s << u"abc ab"_s << u"[abc]d"_s;
    QTest::newRow("within a word") << u"steam, tea"_s << u"tea"_s << u"steam, [tea]"_s;
    QTest::newRow("beside Chinese") << u"喝tea茶"_s << u"tea 茶"_s << u"喝[tea茶]"_s;
    QTest::newRow("one character") << u"今天喝什么茶"_s << u"茶"_s << u"今天喝什么[茶]"_s;
    QTest::newRow("two characters") << u"龙井茶，龙井"_s << u"龙井"_s << u"[龙井]茶，[龙井]"_s;
    QTest::newRow("none") << u"abc"_s << u""_s << u"abc"_s;
}

void TestSearchModel::marksWords()
{
    QFETCH(const QString, text);
    QFETCH(const QString, words);
    QString marked = text;
    const auto found = findWords(text, searchWords(words));
    for (auto it = found.crbegin(); it != found.crend(); ++it) {
        marked.insert(it->first + it->second, u']');
        marked.insert(it->first, u'[');
    }
    QTEST(marked, "marked");
}

QTEST_GUILESS_MAIN(TestSearchModel)
#include "tst_searchmodel.moc"
