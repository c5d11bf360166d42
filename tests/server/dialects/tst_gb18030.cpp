#include "server/dialects/gb18030.h"

#include <QTest>

using teahouse::server::Gb18030;
using namespace Qt::StringLiterals;

class TestGb18030 : public QObject
{
    Q_OBJECT

private slots:
    void bothWays_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("ASCII") << u"tea"_s << QByteArray("tea");
        QTest::newRow("two bytes") << u"你好"_s << QByteArray("\xc4\xe3\xba\xc3");
        QTest::newRow("GBK beyond GB 2312") << u"喆"_s << QByteArray("\x86\xb4");
        QTest::newRow("trail that is a sign") << u"丂"_s << QByteArray("\x81\x40");
        QTest::newRow("euro") << u"€"_s << QByteArray("\xa2\xe3");
        QTest::newRow("an accent") << u"é"_s << QByteArray("\xa8\xa6");
        QTest::newRow("four bytes, Latin")
                << u"ü\u00ff"_s << QByteArray("\xa8\xb9\x81\x30\x8b\x37");
        QTest::newRow("four bytes, plane 1") << u"🍵"_s << QByteArray("\x94\x39\xbb\x35");
        QTest::newRow("four bytes, plane 2") << u"𠮷"_s << QByteArray("\x95\x34\xb2\x35");
        QTest::newRow("replacement character") << u"\uFFFD"_s << QByteArray("\x84\x31\xa4\x37");
        QTest::newRow("empty") << u""_s << QByteArray();
    }

    void bothWays()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, bytes);
        Gb18030 gb18030;
        QCOMPARE(gb18030.encode(text), bytes);
        QCOMPARE(gb18030.decode(bytes), std::optional(text));
    }

    void everyCharacterLeavesVisibly()
    {
        Gb18030 gb18030;
        for (char32_t c = 0xA0; c <= 0x10FFFF; ++c) {
            if (QChar::isSurrogate(c) || c == 0xFEFF) // fromUcs4() takes that for a mark
                continue;
            const QByteArray bytes = gb18030.encode(QString::fromUcs4(&c, 1));
            QVERIFY2(!bytes.isEmpty() && (bytes.size() > 1 || bytes == "?"),
                     qPrintable(QString::number(c, 16)));
            QCOMPARE(Gb18030::characterSize(bytes), bytes.size());
        }
        QCOMPARE(gb18030.encode(u"a"_s + QChar(0xD83D) + u'b'), QByteArray("a?b"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("half") << QByteArray("a\xc4");
        QTest::newRow("half of four") << QByteArray("a\x94\x39");
        QTest::newRow("three of four") << QByteArray("a\x94\x39\xbc");
        QTest::newRow("wrong trail") << QByteArray("\xc4\x20");
        QTest::newRow("0xFF") << QByteArray("\xff");
        QTest::newRow("beyond Unicode") << QByteArray("\xfe\x39\xfe\x39");
    }

    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(Gb18030().decode(bytes), std::nullopt);
    }

    void theEuroOfCodePage936() { QCOMPARE(Gb18030().decode("\x80 5"), std::optional(u"€ 5"_s)); }
};

QTEST_GUILESS_MAIN(TestGb18030)
#include "tst_gb18030.moc"
