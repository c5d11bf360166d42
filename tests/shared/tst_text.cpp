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
    void cleaningOutput();
    void escapes_data();
    void escapes();
    void whatDoesNotBelongEndsAnEscape();
    void everyCharacter();
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
    QTest::newRow("escape sequence") << u"\x1b[31mred\x1b[0m"_s << u"red"_s;
    QTest::newRow("line ends, whatever they stand behind")
            << u"a\x1b[3\nb\x1b]0;t\r\nc\x1b\rd"_s << u"a\nb\nc\nd"_s;
    QTest::newRow("NUL") << QString(QLatin1StringView("a\0b", 3)) << u"ab"_s;
    QTest::newRow("bell, backspace, delete") << u"a\a\b\x7f"_s << u"a"_s;
    QTest::newRow("C1") << QString(u'a') + QChar(0x80) + QChar(0x9B) + QChar(0x9A) + QChar(0xA0)
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
    same("Persian with a non-joiner", u"می\u200Cخواهم"_s);
    same("variation selectors", u"❤\uFE0F 葛\U000E0100"_s);
    same("the sign before an Arabic number", u"\u0600١٢"_s);
    same("for private use", u"\uE000\U000F0000"_s);
    QTest::newRow("directions") << u"a\u202Eb\u202C\u2066c\u2069\u200E\u200F\u061C"_s << u"abc"_s;
    QTest::newRow("tags") << u"a\U000E0001\U000E0041\U000E007F"_s << u"a"_s;
    QTest::newRow("other invisible ones") << u"a\u00AD\u200B\u2060\uFEFF\uFFF9"_s << u"a"_s;
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

void TestText::cleaningOutput()
{
    QCOMPARE(cleanOutput(u"\r<a> b\x1b[2J\u202E\r\nc\n"_s), u"\r<a> b\r\nc\n"_s);
    QCOMPARE(cleanOutput(u"a\u2028\x1b]0;t\x07\r\n"_s), u"a\n\r\n"_s);
}

void TestText::escapes_data()
{
    QTest::addColumn<QString>("escape");
    QTest::newRow("colours") << u"\x1b[1;31m"_s;
    QTest::newRow("private mode") << u"\x1b[?25l"_s;
    QTest::newRow("with an intermediate") << u"\x1b[4 q"_s;
    QTest::newRow("arrow") << u"\x1b[A"_s;
    QTest::newRow("Delete") << u"\x1b[3~"_s;
    QTest::newRow("arrow with Ctrl") << u"\x1b[1;5C"_s;
    QTest::newRow("arrow of an application") << u"\x1bOA"_s;
    QTest::newRow("F1 with Shift") << u"\x1bO2P"_s;
    QTest::newRow("F1 at Linux' console") << u"\x1b[[A"_s;
    QTest::newRow("single shift 2") << u"\x1bNx"_s;
    QTest::newRow("title, BEL") << u"\x1b]0;title\x07"_s;
    QTest::newRow("title, ST") << u"\x1b]0;title\x1b\\"_s;
    QTest::newRow("title, ST in one") << u"\x1b]0;title\u009C"_s;
    QTest::newRow("title of screen") << u"\x1bktitle\x1b\\"_s;
    QTest::newRow("link") << u"\x1b]8;;http://a.example/\x1b\\"_s;
    QTest::newRow("device control") << u"\x1bP1$r0m\x1b\\"_s;
    QTest::newRow("application program") << u"\x1b_Gf=24;AAAA\x1b\\"_s;
    QTest::newRow("privacy message") << u"\x1b^x y\x1b\\"_s;
    QTest::newRow("start of string") << u"\x1bXx y\x1b\\"_s;
    QTest::newRow("charset") << u"\x1b(B"_s;
    QTest::newRow("screen test") << u"\x1b#8"_s;
    QTest::newRow("reset") << u"\x1b"_s + u'c';
    QTest::newRow("keypad") << u"\x1b="_s;
    QTest::newRow("string end alone") << u"\x1b\\"_s;
    QTest::newRow("escape twice") << u"\x1b\x1b[A"_s;
    QTest::newRow("pasting") << u"\x1b[200~"_s;
    QTest::newRow("C1: colours") << u"\u009B31m"_s;
    QTest::newRow("C1: title") << u"\u009D0;title\u0007"_s;
    QTest::newRow("C1: device control") << u"\u0090q#0\u009C"_s;
    QTest::newRow("C1: application program") << u"\u009Fx\u009C"_s;
    QTest::newRow("C1: single shift 3") << u"\u008FA"_s;
}

/// Whole, with their letters; when they are cut short only what is left of them.
void TestText::escapes()
{
    QFETCH(const QString, escape);
    QCOMPARE(withoutEscapes(u"a"_s + escape + u"茶 z"_s), u"a茶 z"_s);
    QCOMPARE(cleanText(u"a"_s + escape + u"茶 z"_s), u"a茶 z"_s);
    for (qsizetype size = 1; size < escape.size(); ++size) {
        const QString cut = cleanText(u"a"_s + escape.first(size) + u"\nz"_s);
        if (!escape.startsWith(u"\x1bk")) // which is a key, too
            QCOMPARE(cut, u"a\nz"_s);
        QCOMPARE(cut.last(2), u"\nz"_s);
    }
}

void TestText::whatDoesNotBelongEndsAnEscape()
{
    QCOMPARE(cleanText(u"\x1b[3茶"_s), u"茶"_s);
    QCOMPARE(cleanText(u"\x1b茶"_s), u"茶"_s);
    QCOMPARE(cleanText(u"\x1b]0;title\x1b[31mred"_s), u"red"_s);
    QCOMPARE(cleanText(u"\x1b]0;title\x18red"_s), u"red"_s);
    QCOMPARE(cleanText(u"\x1bkeys"_s), u"eys"_s);
    QCOMPARE(cleanText(u"[31m is no escape"_s), u"[31m is no escape"_s);
}

/// The list of what may be shown is written a second time here, by what docs/protocol.md says.
void TestText::everyCharacter()
{
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        const bool isDirection = c == 0x61C || c == 0x200E || c == 0x200F
                || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        const bool isOut = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029
                || (c >= 0xD800 && c < 0xE000) || (c >= 0xE0000 && c < 0xE0080) || isDirection
                || (c >= 0xFDD0 && c < 0xFDF0) || (c & 0xFFFE) == 0xFFFE || c == 0xFEFF;
        const bool isIn = c == 0x200C || c == 0x200D || (c >= 0xFE00 && c < 0xFE10)
                || QChar::isLetterOrNumber(c) || QChar::isMark(c) || QChar::isPunct(c)
                || QChar::isSymbol(c) || (QChar::isSpace(c) && !isOut);
        if (isOut)
            QVERIFY2(!mayBeShown(c), qPrintable(u"U+%1"_s.arg(uint(c), 4, 16)));
        else if (isIn)
            QVERIFY2(mayBeShown(c), qPrintable(u"U+%1"_s.arg(uint(c), 4, 16)));
        QString text;
        text += QChar::fromUcs4(c);
        if (mayBeShown(c))
            QCOMPARE(cleanText(text), text);
        if (isPlainText(text))
            QVERIFY(mayBeShown(c));
    }
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
