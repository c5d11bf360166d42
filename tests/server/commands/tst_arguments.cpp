#include "server/commands/arguments.h"
#include "shared/limits.h"
#include "shared/wire/requestcodec.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

using Kind = Parameter::Kind;
using Need = Parameter::Need;
using Where = Parameter::Where;

const std::vector<Parameter> parameters = {
        {"to"},
        {"count", Kind::Number, Need::Optional},
        {"text", Kind::Rest, Need::Optional},
        {"loud", Kind::Flag, Need::Optional, Where::Object},
        {"versions", Kind::Numbers, Need::Optional, Where::Object},
};

Request line(const QString &text)
{
    Request request;
    request.line = text;
    return request;
}

Request object(const Fields &fields)
{
    Request request;
    request.form = Form::Object;
    request.fields = fields;
    return request;
}

} // namespace

class TestArguments : public QObject
{
    Q_OBJECT

private slots:
    void aLineIsTakenWordByWord()
    {
        const auto arguments = Arguments::bind(parameters, line(u"bob  12   what is   left"_s));
        QVERIFY(arguments.ok());
        QCOMPARE(arguments->text("to"_L1), u"bob"_s);
        QCOMPARE(arguments->number("count"_L1), 12u);
        QCOMPARE(arguments->text("text"_L1), u"what is   left"_s);
        QVERIFY(!arguments->has("loud"_L1));
    }

    void anObjectIsTakenByName()
    {
        const auto arguments = Arguments::bind(parameters,
                                               object({{"to"_L1, "bob"_L1},
                                                       {"text"_L1, ""_L1},
                                                       {"count"_L1, qint64(9007199254740992)},
                                                       {"loud"_L1, true},
                                                       {"versions"_L1, QList<qint64>{1, 2}},
                                                       {"unknown"_L1, QList<qint64>{}}}));
        QVERIFY(arguments.ok());
        QCOMPARE(arguments->text("to"_L1), u"bob"_s);
        QVERIFY(arguments->has("text"_L1));
        QCOMPARE(arguments->number("count"_L1), 9007199254740992u);
        QVERIFY(arguments->flag("loud"_L1));
        QCOMPARE(arguments->numbers("versions"_L1), (QList<qint64>{1, 2}));
    }

    void integersHaveBounds_data()
    {
        QTest::addColumn<double>("number");
        QTest::addColumn<bool>("isGood");
        const double most = double(limits::largestInteger);
        QTest::newRow("least - 2") << -most - 2 << false;
        QTest::newRow("least") << -most << true;
        QTest::newRow("-1") << -1.0 << true;
        QTest::newRow("0") << 0.0 << true;
        QTest::newRow("most") << most << true;
        QTest::newRow("most + 2") << most + 2 << false;
        QTest::newRow("half") << -0.5 << false;
    }

    void integersHaveBounds()
    {
        QFETCH(const double, number);
        QFETCH(const bool, isGood);
        const std::vector<Parameter> row{{"days", Kind::Integer}};
        Request request;
        request.form = Form::Object;
        request.fields = wire::toFields({{"days"_L1, number}});
        const Result<Arguments> bound = Arguments::bind(row, request);
        QCOMPARE(bound.ok(), isGood);
        if (isGood)
            QCOMPARE(bound->integer("days"_L1), static_cast<qint64>(number));
    }

    void wrongOnesNameTheArgument_data()
    {
        QTest::addColumn<Request>("request");
        QTest::addColumn<QString>("why");
        const auto with = [](const char *name, const FieldValue &value) {
            return object({{"to"_L1, "bob"_L1}, {QLatin1StringView(name), value}});
        };
        QTest::newRow("line without") << line({}) << u"\"to\" is missing"_s;
        QTest::newRow("no number") << line(u"bob x"_s) << u"\"count\" is a number"_s;
        QTest::newRow("too large") << line(u"bob 9007199254740993"_s) << u"\"count\" is a number"_s;
        QTest::newRow("object without") << object({}) << u"\"to\" is missing"_s;
        QTest::newRow("null") << object({{"to"_L1, std::monostate{}}}) << u"\"to\" is missing"_s;
        QTest::newRow("no string") << object({{"to"_L1, 1}}) << u"\"to\" is a string"_s;
        const QString whole = u"\"count\" is a whole number from 0 to 2^53"_s;
        QTest::newRow("no whole number") << with("count", Unusable{}) << whole;
        QTest::newRow("string number") << with("count", "1"_L1) << whole;
        QTest::newRow("flag") << with("loud", 1) << u"\"loud\" is true or false"_s;
        QTest::newRow("list") << with("versions", 1) << u"\"versions\" is a list of numbers"_s;
    }

    void wrongOnesNameTheArgument()
    {
        QFETCH(Request, request);
        QFETCH(QString, why);
        const auto arguments = Arguments::bind(parameters, request);
        QVERIFY(!arguments.ok());
        QCOMPARE(arguments.error(), (Error{.code = ErrorCode::BadRequest, .subject = why}));
    }
};

QTEST_GUILESS_MAIN(TestArguments)
#include "tst_arguments.moc"
