#include "shared/limits.h"
#include "shared/wire/requestcodec.h"

#include <QTest>

namespace teahouse::wire {

using namespace Qt::StringLiterals;

class TestRequestCodec : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip_data();
    void roundTrip();
    void ids_data();
    void ids();
    void unknownFieldsAreIgnored();
    void refusals_data();
    void refusals();
    void everyCutIsRefused();
    void depth_data();
    void depth();
};

void TestRequestCodec::roundTrip_data()
{
    QTest::addColumn<Fields>("fields");
    QTest::newRow("none") << Fields();
    QTest::newRow("text") << Fields{{"room"_L1, u"main"_s}, {"text"_L1, u"茶\n\"\\"_s}};
    QTest::newRow("numbers") << Fields{{"after"_L1, limits::largestInteger}, {"limit"_L1, 5}};
    QTest::newRow("list") << Fields{{"protocol"_L1, QList<qint64>{1, 2}}};
    QTest::newRow("flag") << Fields{{"private"_L1, true}, {"key"_L1, false}};
}

void TestRequestCodec::roundTrip()
{
    QFETCH(const Fields, fields);
    Request request;
    request.verb = u"say"_s;
    request.id = u"7"_s;
    request.fields = fields;
    QByteArray line = encodeRequest(request);
    QVERIFY(line.endsWith('\n'));
    line.chop(1);
    QVERIFY(!line.contains('\n'));
    const Request decoded = decodeRequest(line);
    QVERIFY(!decoded.refusal);
    QCOMPARE(decoded.verb, request.verb);
    QCOMPARE(decoded.id, request.id);
    for (qsizetype i = 0; i < fields.count(); ++i) {
        const FieldValue *value = decoded.fields.find(fields.name(i));
        QVERIFY(value && *value == fields.value(i));
    }
    QCOMPARE(decoded.fields.count(), fields.count() + 2); // "do" and "id"
    QCOMPARE(decoded.form, Form::Object);
}

void TestRequestCodec::ids_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("accepted");
    const auto text = [](const QByteArray &content) { return QByteArray('"' + content + '"'); };
    QTest::newRow("empty") << text("") << true;
    QTest::newRow("limit - 1") << text(QByteArray(limits::requestId - 1, 'x')) << true;
    QTest::newRow("limit") << text(QByteArray(limits::requestId, 'x')) << true;
    QTest::newRow("limit + 1") << text(QByteArray(limits::requestId + 1, 'x')) << false;
    QTest::newRow("bytes count, not characters") << text(QByteArray("茶").repeated(22)) << false;
    QTest::newRow("number") << QByteArray("7") << false;
    QTest::newRow("null") << QByteArray("null") << false;
    QTest::newRow("object") << QByteArray("{}") << false;
}

void TestRequestCodec::ids()
{
    QFETCH(const QByteArray, id);
    QFETCH(const bool, accepted);
    const Request request = decodeRequest("{\"do\":\"ping\",\"id\":" + id + '}');
    QCOMPARE(!request.refusal, accepted);
    QCOMPARE(request.id.has_value(), accepted);
    if (accepted)
        QCOMPARE('"' + request.id->toUtf8() + '"', id);
}

void TestRequestCodec::unknownFieldsAreIgnored()
{
    const Request request = decodeRequest(
            R"({"do":"ping","a":{"b":[{},"c"]},"d":-1.5e300,"e":123456789012345678901234567890})");
    QVERIFY(!request.refusal);
    QCOMPARE(request.verb, u"ping"_s);
}

void TestRequestCodec::refusals_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *tag, const QByteArray &line, const QString &id = {}) {
        QTest::newRow(tag) << line << id;
    };
    row("empty", "");
    row("not UTF-8", "{\"do\":\"say\",\"text\":\"\xFF\"}");
    row("GBK", "{\"do\":\"say\",\"text\":\"\xB2\xE8\"}");
    row("an array", "[]");
    row("a string", "\"ping\"");
    row("a number", "7");
    row("two objects", "{\"do\":\"ping\"}{\"do\":\"ping\"}");
    row("no closing brace", "{\"do\":\"ping\"");
    row("no verb", "{\"id\":\"7\"}", u"7"_s);
    row("a verb that is no string", "{\"do\":7,\"id\":\"8\"}", u"8"_s);
    row("words", "say hi");
    row("NUL", QByteArray("{\"do\":\"ping\"\0}", 14));
}

void TestRequestCodec::refusals()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, id);
    const Request request = decodeRequest(line);
    QVERIFY(request.refusal);
    QCOMPARE(request.refusal->code, ErrorCode::BadRequest);
    QVERIFY(!request.refusal->subject.isEmpty());
    QCOMPARE(request.id.value_or(QString()), id);
    QCOMPARE(request.form, Form::Object);
}

void TestRequestCodec::everyCutIsRefused()
{
    const QByteArray line = R"({"do":"say","id":"7","room":"main","text":"茶"})";
    for (qsizetype length = 0; length < line.size(); ++length)
        QVERIFY2(decodeRequest(line.first(length)).refusal, line.first(length).constData());
    QVERIFY(!decodeRequest(line).refusal);
}

void TestRequestCodec::depth_data()
{
    QTest::addColumn<int>("depth");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("limit - 1") << limits::jsonDepth - 1 << true;
    QTest::newRow("limit") << limits::jsonDepth << true;
    QTest::newRow("limit + 1") << limits::jsonDepth + 1 << false;
    QTest::newRow("as deep as fits") << 30'000 << false;
}

void TestRequestCodec::depth()
{
    QFETCH(const int, depth);
    const QByteArray line = "{\"do\":\"ping\",\"a\":" + QByteArray(depth - 1, '[')
            + QByteArray(depth - 1, ']') + '}';
    QTEST(!decodeRequest(line).refusal, "accepted");
}

} // namespace teahouse::wire

QTEST_APPLESS_MAIN(teahouse::wire::TestRequestCodec)
#include "tst_requestcodec.moc"
