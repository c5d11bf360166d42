#include "server/store/searchwords.h"

#include <QStringList>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

class TestSearchWords : public QObject
{
    Q_OBJECT

    static QString query(const SearchWords &sought)
    {
        return sought.indexQuery([](const QString &) { return QStringList(); });
    }

private slots:
    void matching_data();
    void matching();
    void signsAloneAreNoWords();
    void beginningsBecomeTheWordsThatTheyAreOf();
    void marksBehindTheEighthDoNotCount_data();
    void marksBehindTheEighthDoNotCount();
    void longRunsOfMarksAreCut_data();
    void longRunsOfMarksAreCut();
    void wordsBehindTheLastTermDoNotCount_data();
    void wordsBehindTheLastTermDoNotCount();
};

void TestSearchWords::marksBehindTheEighthDoNotCount_data()
{
    QTest::addColumn<int>("marks");
    QTest::addColumn<int>("kept");
    QTest::newRow("limit - 1") << 7 << 7;
    QTest::newRow("limit") << 8 << 8;
    QTest::newRow("limit + 1") << 9 << 8;
}

void TestSearchWords::marksBehindTheEighthDoNotCount()
{
    QFETCH(const int, marks);
    QFETCH(const int, kept);
    const QString letter = u"\u0628"_s;
    const QChar fatha(0x064E);
    QCOMPARE(searchForm(letter + QString(marks, fatha) + letter),
             u" "_s + letter + QString(kept, fatha) + letter + u' ');
}

void TestSearchWords::longRunsOfMarksAreCut_data()
{
    QTest::addColumn<QString>("marks");
    QTest::newRow("Arabic, two classes") << u"\u0651\u064E"_s;
    QTest::newRow("half width kana, which become marks") << u"\uFF9E\u0301"_s;
    QTest::newRow("a soft hyphen between, which goes") << u"\u0301\u00AD\u0323"_s;
    QTest::newRow("variation selectors between, which go") << u"\u0301\uFE0F\u0323"_s;
    QTest::newRow("beyond the BMP") << u"\U0001D165\U0001D16D\u0301"_s;
    QTest::newRow("marks that become two") << u"\u0344\u0323"_s;
}

void TestSearchWords::longRunsOfMarksAreCut()
{
    QFETCH(const QString, marks);
    const QString cut = searchForm(u"x"_s + marks.repeated(9) + u"y"_s);
    QCOMPARE(searchForm(u"x"_s + marks.repeated(10'000) + u"y"_s), cut);
    QVERIFY(cut.size() < 30);
}

void TestSearchWords::wordsBehindTheLastTermDoNotCount_data()
{
    QTest::addColumn<int>("words");
    QTest::addColumn<bool>("found");
    QTest::newRow("limit - 1") << 31 << false;
    QTest::newRow("limit") << 32 << false;
    QTest::newRow("limit + 1") << 33 << true;
}

void TestSearchWords::matching_data()
{
    QTest::addColumn<QString>("sought");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    const auto row = [](const QString &sought, const QString &text, bool found) {
        QTest::addRow("%s in %s", qPrintable(sought), qPrintable(text)) << sought << text << found;
    };
    // Emoji and symbols, by themselves and between words.
    row(u"🍵"_s, u"🍵 is ready"_s, true);
    row(u"🍵"_s, u"tea🍵ready"_s, true);
    row(u"🍵"_s, u"☕🍵🍰"_s, true);
    row(u"☕🍵"_s, u"☕🍵🍰"_s, true);
    row(u"🍵☕"_s, u"☕🍵🍰"_s, false);
    row(u"🍵"_s, u"🍶"_s, false);
    row(u"tea 🍵"_s, u"🍵 for tea"_s, true);
    row(u"❤"_s, u"❤️"_s, true);
    row(u"❤️"_s, u"❤"_s, true);
    row(u"👍"_s, u"👍🏽"_s, true);
    row(u"👍🏽"_s, u"👍"_s, true);
    row(u"👩‍👧"_s, u"👩‍👩‍👧"_s, true);
    row(u"🇨🇳"_s, u"🇨🇳"_s, true);
    row(u"🇨🇳"_s, u"🇳🇨"_s, false);
    row(u"€"_s, u"5€"_s, true);
    row(u"→"_s, u"a→b"_s, true);
    row(u"☃"_s, u"☃"_s, true);
    row(u"茶🍵"_s, u"绿茶🍵"_s, true);
    // The last word may go on, from three letters on.
    row(u"tea"_s, u"teapots"_s, true);
    row(u"te"_s, u"teapots"_s, false);
    row(u"green tea"_s, u"teapots, green"_s, true);
    row(u"tea green"_s, u"teapots, green"_s, false);
    row(u"tea* green"_s, u"teapots, green"_s, true);
    row(u"tea, "_s, u"teapots"_s, true);
    row(u"tea!"_s, u"teapots"_s, true);
    row(u"Éte"_s, u"étéphobe"_s, true);
    row(u"pot"_s, u"teapot"_s, false);
    row(u"202"_s, u"in 2023"_s, true);
    row(u"чай"_s, u"чайник"_s, true);
    row(u"🍵 tea"_s, u"teapots 🍵"_s, true);
}

void TestSearchWords::matching()
{
    QFETCH(const QString, sought);
    QFETCH(const QString, text);
    QTEST(SearchWords(sought).match(searchForm(text)), "found");
}

void TestSearchWords::signsAloneAreNoWords()
{
    for (const QString &signs :
         {u"..."_s, u"?!"_s, u"，。"_s, u"-*"_s, u"\u200D"_s, u"$"_s, u" "_s})
        QVERIFY(SearchWords(signs).isEmpty());
    QCOMPARE(sentence(SearchWords::emptyError()),
             u"Not understood: enter a word, a number or an emoji to search for, other signs are "
             "not found."_s);
}

void TestSearchWords::beginningsBecomeTheWordsThatTheyAreOf()
{
    const auto words = [](const QString &beginning) {
        return beginning == u"tea"_s ? QStringList{u"tea"_s, u"teapot"_s} : QStringList();
    };
    QCOMPARE(SearchWords(u"green tea").indexQuery(words),
             u"\"green\" AND (\"tea\" OR \"teapot\")"_s);
    QCOMPARE(SearchWords(u"tea green").indexQuery(words), u"\"tea\" AND \"green\" *"_s);
    QCOMPARE(SearchWords(u"🍵🍵☕").indexQuery(words), u"\"🍵🍵\" AND \"🍵☕\""_s);
}

/// The last word is not in the text.
void TestSearchWords::wordsBehindTheLastTermDoNotCount()
{
    QFETCH(const int, words);
    QStringList looked;
    for (int i = 0; i + 1 < words; ++i)
        looked.append(u"w%1"_s.arg(i));
    const QString form = searchForm(looked.join(u' '));
    QVERIFY(SearchWords(looked.join(u' ')).match(form));
    looked.append(u"missing"_s);
    const SearchWords sought(looked.join(u' '));
    QTEST(sought.match(form), "found");
    QTEST(!query(sought).contains(u"missing"_s), "found");
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestSearchWords)
#include "tst_searchwords.moc"
