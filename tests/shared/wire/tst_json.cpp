#include "shared/wire/json.h"

#include <QJsonDocument>
#include <QTest>

namespace teahouse::wire {

using namespace Qt::StringLiterals;

class TestJson : public QObject
{
    Q_OBJECT

private slots:
    void oneLine();
    void numbers_data();
    void numbers();
    void times_data();
    void times();
};

void TestJson::oneLine()
{
    const QByteArray line = toLine({{"text"_L1, u"a\nb\r\u2028"_s}});
    QCOMPARE(line.count('\n'), 1);
    QVERIFY(line.endsWith("}\n"));
    QVERIFY(!line.contains('\r'));
}

void TestJson::numbers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<quint64>("number");
    QTest::newRow("zero") << QByteArray("0") << quint64(0);
    QTest::newRow("one") << QByteArray("1") << quint64(1);
    QTest::newRow("2^53 - 1") << QByteArray("9007199254740991") << quint64(9007199254740991);
    QTest::newRow("2^53") << QByteArray("9007199254740992") << quint64(9007199254740992);
    QTest::newRow("2^53 + 1") << QByteArray("9007199254740993") << quint64(0);
    QTest::newRow("2^63 - 1") << QByteArray("9223372036854775807") << quint64(0);
    QTest::newRow("2^64") << QByteArray("18446744073709551616") << quint64(0);
    QTest::newRow("huge") << QByteArray("1e300") << quint64(0);
    QTest::newRow("negative") << QByteArray("-1") << quint64(0);
    QTest::newRow("fraction") << QByteArray("1.5") << quint64(0);
    QTest::newRow("whole with a point") << QByteArray("2.0") << quint64(2);
    QTest::newRow("string") << QByteArray("\"1\"") << quint64(0);
    QTest::newRow("true") << QByteArray("true") << quint64(0);
    QTest::newRow("null") << QByteArray("null") << quint64(0);
}

void TestJson::numbers()
{
    QFETCH(const QByteArray, json);
    const QJsonObject object = QJsonDocument::fromJson("{\"n\":" + json + '}').object();
    QVERIFY(object.contains("n"_L1));
    QTEST(toNumber(object["n"_L1]), "number");
    QCOMPARE(toNumber(object["absent"_L1]), 0U);
}

void TestJson::times_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("beginning") << qint64(1) << u"1970-01-01T00:00:00.001Z"_s;
    QTest::newRow("whole second") << qint64(1'700'000'000'000) << u"2023-11-14T22:13:20.000Z"_s;
    QTest::newRow("milliseconds") << qint64(1'700'000'000'009) << u"2023-11-14T22:13:20.009Z"_s;
    QTest::newRow("leap day") << qint64(1'709'164'800'000) << u"2024-02-29T00:00:00.000Z"_s;
}

void TestJson::times()
{
    QFETCH(const qint64, ms);
    QFETCH(const QString, text);
    QCOMPARE(toTime(ms), text);
    QCOMPARE(fromTime(text), ms);
    QCOMPARE(fromTime(u"2023-11-14T23:13:20.000+01:00"_s), 1'700'000'000'000);
    QCOMPARE(fromTime(u"yesterday"_s), 0);
    QCOMPARE(fromTime({}), 0);
}

} // namespace teahouse::wire

QTEST_APPLESS_MAIN(teahouse::wire::TestJson)
#include "tst_json.moc"
