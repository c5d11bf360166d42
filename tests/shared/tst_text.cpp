#include "shared/text.h"

#include <QTest>

namespace teahouse {

using namespace Qt::StringLiterals;

class TestText : public QObject
{
    Q_OBJECT

private slots:
    void cleaning_data();
    void cleaning();
    void cleaningALine();
    void everyControlCharacterIsLeftOut();
    void cleanTextIsItsOwnCleanForm();
    void counting_data();
    void counting();
    void sizeInUtf8_data();
    void sizeInUtf8();
    void utf8_data();
    void utf8();
};

void TestText::cleaning_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("clean");
    const auto same = [](const char *tag, const QString &text) {
        QTest::newRow(tag) << text << text;
    };
    same("empty", u""_s);
    same("plain", u"hello, world"_s);
    same("Chinese", u"你好，茶馆"_s);
    same("emoji", u"👩‍👩‍👧 🫖"_s);
    same("Arabic", u"مرحبا"_s);
    same("lines", u"a\nb\n"_s);
    QTest::newRow("CRLF") << u"a\r\nb"_s << u"a\nb"_s;
    QTest::newRow("CR") << u"a\rb\r"_s << u"a\nb\n"_s;
    QTest::newRow("LF CR") << u"a\n\rb"_s << u"a\n\nb"_s;
    QTest::newRow("line separators") << u"a\u2028b\u2029c"_s << u"a\nb\nc"_s;
    QTest::newRow("tab") << u"a\tb"_s << u"a    b"_s;
    QTest::newRow("escape sequence") << u"\x1b[31mred\x1b[0m"_s << u"[31mred[0m"_s;
    QTest::newRow("NUL") << QString(QLatin1StringView("a\0b", 3)) << u"ab"_s;
    QTest::newRow("bell, backspace, delete") << u"a\a\b\x7f"_s << u"a"_s;
    QTest::newRow("C1") << QString(u'a') + QChar(0x80) + QChar(0x9B) + QChar(0x9F) + QChar(0xA0)
                        << QString(u'a') + QChar(0xA0);
    QTest::newRow("noncharacters") << QString(u'a') + QChar(0xFDD0) + QChar(0xFDEF) + QChar(0xFFFE)
                    + QChar(0xFFFF) << u"a"_s;
    QTest::newRow("noncharacter of plane 16")
            << QString(u'a') + QChar(0xDBFF) + QChar(0xDFFF) << u"a"_s;
    QTest::newRow("lone high surrogate") << QString(u'a') + QChar(0xD83D) + u'b' << u"ab"_s;
    QTest::newRow("lone low surrogate") << QString(u'a') + QChar(0xDE00) + u'b' << u"ab"_s;
    QTest::newRow("high surrogate at the end") << QString(u'a') + QChar(0xD83D) << u"a"_s;
    QTest::newRow("two high surrogates")
            << QString() + QChar(0xD83D) + QChar(0xD83D) + QChar(0xDE00) << u"😀"_s;
}

void TestText::cleaning()
{
    QFETCH(const QString, text);
    QTEST(cleanText(text), "clean");
}

void TestText::cleaningALine()
{
    QCOMPARE(cleanLine(u"a\r\nb\nc\td\u2028e\x1b"_s), u"a b c    d e"_s);
}

void TestText::everyControlCharacterIsLeftOut()
{
    for (char16_t c = 0; c < 0xA0; ++c) {
        const bool shown = c >= 0x20 && c < 0x7F;
        const bool blank = c == u'\t' || c == u'\n' || c == u'\r';
        if (!blank)
            QCOMPARE(cleanText(QString(QChar(c))).size(), shown ? 1 : 0);
    }
}

void TestText::cleanTextIsItsOwnCleanForm()
{
    const QString hostile = u"a\r\r\n\tb\x1b\x9b"_s + QChar(0xD83D) + QChar(0xFFFE);
    QCOMPARE(cleanText(cleanText(hostile)), cleanText(hostile));
}

void TestText::counting_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("count");
    QTest::newRow("empty") << u""_s << 0;
    QTest::newRow("ASCII") << u"tea"_s << 3;
    QTest::newRow("Chinese") << u"茶馆"_s << 2;
    QTest::newRow("emoji") << u"🫖a"_s << 2;
    QTest::newRow("joined emoji") << u"👩‍👧"_s << 3;
    QTest::newRow("combining mark") << u"e\u0301"_s << 2;
}

void TestText::counting()
{
    QFETCH(const QString, text);
    QTEST(codePoints(text), "count");
}

void TestText::sizeInUtf8_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("ASCII") << u"tea\x7f"_s;
    QTest::newRow("two bytes") << u"\u0080é\u07FF"_s;
    QTest::newRow("three bytes") << u"\u0800茶\uFFFD"_s;
    QTest::newRow("four bytes") << u"x\U00010000\U0010FFFFy"_s;
}

void TestText::sizeInUtf8()
{
    QFETCH(const QString, text);
    QCOMPARE(utf8Size(text), text.toUtf8().size());
}

void TestText::utf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("valid");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("ASCII") << QByteArray("tea") << true;
    QTest::newRow("Chinese") << QByteArray("\xE8\x8C\xB6") << true;
    QTest::newRow("plane 1") << QByteArray("\xF0\x9F\xAB\x96") << true;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << true;
    QTest::newRow("GBK") << QByteArray("\xB2\xE8") << false;
    QTest::newRow("Latin-1") << QByteArray("caf\xE9") << false;
    QTest::newRow("cut short") << QByteArray("\xE8\x8C") << false;
    QTest::newRow("cut in the middle") << QByteArray("\xE8\x8C!") << false;
    QTest::newRow("overlong slash") << QByteArray("\xC0\xAF") << false;
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
    QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80") << false;
    QTest::newRow("0xFF") << QByteArray("\xFF") << false;
    QTest::newRow("lone continuation") << QByteArray("\x80") << false;
}

void TestText::utf8()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, valid);
    const std::optional<QString> text = fromUtf8(bytes);
    QCOMPARE(text.has_value(), valid);
    if (valid)
        QCOMPARE(text->toUtf8(), bytes);
}

} // namespace teahouse

QTEST_APPLESS_MAIN(teahouse::TestText)
#include "tst_text.moc"
