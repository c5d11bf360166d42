#include "shared/fields.h"

#include <QTest>

using namespace teahouse;
using namespace Qt::StringLiterals;

class TestFields : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsFoundInNone()
    {
        const Fields fields;
        QCOMPARE(fields.count(), 0);
        QVERIFY(!fields.find("room"));
        QVERIFY(!fields.contains("room"));
        QCOMPARE(fields.text("room"), QString());
        QCOMPARE(fields.number("room"), 0u);
    }

    void valuesAreFoundByName()
    {
        const Fields fields{{"text"_L1, u"hi"_s}, {"t"_L1, 7}, {""_L1, true}};
        QCOMPARE(fields.count(), 3);
        QCOMPARE(fields.text("text"), u"hi"_s);
        QCOMPARE(fields.number("t"), 7u);
        QVERIFY(std::get<bool>(*fields.find("")));
        QVERIFY(!fields.contains("tex"));
        QVERIFY(!fields.contains("extt"));
    }

    void ofAnotherTypeThereIsNone()
    {
        const Fields fields{{"text"_L1, u"7"_s}, {"number"_L1, 7}};
        QCOMPARE(fields.number("text"), 0u);
        QCOMPARE(fields.text("number"), QString());
    }

    void theLastOfANameCounts()
    {
        Fields fields{{"a"_L1, 1}, {"b"_L1, 2}};
        fields.add("a", std::monostate{});
        QVERIFY(std::holds_alternative<std::monostate>(*fields.find("a")));
        fields.add("a") = u"again"_s;
        QCOMPARE(fields.text("a"), u"again"_s);
        QCOMPARE(fields.number("b"), 2u);
    }

    void namesComeBackInOrder()
    {
        const Fields fields{{"do"_L1, 1}, {""_L1, 2}, {"room"_L1, 3}};
        QCOMPARE(fields.name(0), QByteArrayView("do"));
        QCOMPARE(fields.name(1), QByteArrayView(""));
        QCOMPARE(fields.name(2), QByteArrayView("room"));
        QCOMPARE(std::get<qint64>(fields.value(2)), 3);
    }

    void manyAreKeptApart()
    {
        Fields fields;
        for (int i = 0; i < 1000; ++i)
            fields.add(QByteArray::number(i), i);
        for (quint64 i = 0; i < 1000; ++i)
            QCOMPARE(fields.number(QByteArray::number(i)), i);
    }
};

QTEST_GUILESS_MAIN(TestFields)
#include "tst_fields.moc"
