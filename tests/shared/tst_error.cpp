#include "shared/error.h"

#include <QSet>
#include <QTest>

namespace teahouse {

using namespace Qt::StringLiterals;

class TestError : public QObject
{
    Q_OBJECT

private slots:
    void everyCodeHasItsRow_data();
    void everyCodeHasItsRow();
    void namesAreDistinct();
    void unknownNames();
    void particulars_data();
    void particulars();
};

namespace {

constexpr int codeCount = static_cast<int>(ErrorCode::Internal) + 1;

} // namespace

void TestError::everyCodeHasItsRow_data()
{
    QTest::addColumn<int>("number");
    for (int i = 0; i < codeCount; ++i)
        QTest::newRow(errorName(static_cast<ErrorCode>(i)).data()) << i;
}

void TestError::everyCodeHasItsRow()
{
    QFETCH(const int, number);
    const auto code = static_cast<ErrorCode>(number);
    QCOMPARE(errorCode(QString(errorName(code))), std::optional(code));
    for (const Error &error :
         {Error{.code = code}, Error{.code = code, .subject = u"ann"_s},
          Error{.code = code, .subject = u"ann"_s, .other = u"why"_s, .number = 5}}) {
        const QString text = sentence(error);
        QVERIFY(text.size() > 5);
        QVERIFY2(text.at(0).isUpper() || text.at(0) == u'"', qPrintable(text));
        QVERIFY2(!text.contains(u'%') && !text.contains(u'\n'), qPrintable(text));
    }
}

void TestError::namesAreDistinct()
{
    QSet<QString> names;
    for (int i = 0; i < codeCount; ++i)
        names.insert(errorName(static_cast<ErrorCode>(i)));
    QCOMPARE(names.size(), codeCount);
}

void TestError::unknownNames()
{
    for (const QString &name : {u""_s, u"Name-taken"_s, u"name-taken "_s, u"nonsense"_s})
        QVERIFY(!errorCode(name));
}

void TestError::particulars_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("expected");
    // The words of the tea door are fixed: docs/protocol.md.
    QTest::newRow("banned") << Error{.code = ErrorCode::Banned} << u"You are banned here."_s;
    QTest::newRow("muted for a while, for a reason")
            << Error{.code = ErrorCode::Muted, .other = u"spam"_s, .number = 1'700'000'000'000}
            << u"You are muted here until 2023-11-14 22:13 UTC: spam"_s;
    QTest::newRow("no name") << Error{.code = ErrorCode::NameEmpty} << u"Please enter a name"_s;
    QTest::newRow("taken") << Error{.code = ErrorCode::NameTaken, .subject = u"ann"_s}
                           << u"The name \"ann\" is taken."_s;
    QTest::newRow("unknown verb") << Error{.code = ErrorCode::UnknownVerb, .subject = u"dance"_s}
                                  << u"Unknown command: dance"_s;
    QTest::newRow("looks like") << Error{.code = ErrorCode::NameTaken,
                                         .subject = u"аnn"_s,
                                         .other = u"ann"_s}
                                << u"The name \"аnn\" looks like \"ann\", which is taken."_s;
    QTest::newRow("number") << Error{.code = ErrorCode::TooLong,
                                     .subject = u"a message"_s,
                                     .number = 4000}
                            << u"Too long: at most 4000 characters for a message."_s;
    // What people type is never taken for a place to fill in.
    QTest::newRow("%2 in a name") << Error{.code = ErrorCode::NameInvalid,
                                           .subject = u"%2"_s,
                                           .other = u"why"_s}
                                  << u"The name \"%2\" is not allowed: why."_s;
    QTest::newRow("%1 in a verb") << Error{.code = ErrorCode::UnknownVerb,
                                           .subject = u"%1%3"_s,
                                           .number = 7}
                                  << u"Unknown command: %1%3"_s;
}

void TestError::particulars()
{
    QFETCH(const Error, error);
    QTEST(sentence(error), "expected");
}

} // namespace teahouse

QTEST_APPLESS_MAIN(teahouse::TestError)
#include "tst_error.moc"
