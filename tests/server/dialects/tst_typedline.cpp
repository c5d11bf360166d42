#include "server/dialects/gb18030.h"
#include "server/dialects/typedline.h"

#include <QTest>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

class TestTypedLine : public QObject
{
    Q_OBJECT

private slots:
    void taking_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << u""_s << u""_s;
        QTest::newRow("plain") << u" say hi "_s << u" say hi "_s;
        QTest::newRow("backspace") << u"helx\blo"_s << u"hello"_s;
        QTest::newRow("DEL") << u"helx\x7flo"_s << u"hello"_s;
        QTest::newRow("several") << u"helxyz\b\x7f\blo"_s << u"hello"_s;
        QTest::newRow("not before the beginning") << u"ab\b\b\b\bhi"_s << u"hi"_s;
        QTest::newRow("at the end") << u"hix\b"_s << u"hi"_s;
        QTest::newRow("Chinese") << u"hel字\blo"_s << u"hello"_s;
        QTest::newRow("plane 1") << u"hel🍵\blo"_s << u"hello"_s;
        QTest::newRow("family") << u"hel👩‍👩‍👧\blo"_s << u"hello"_s;
        QTest::newRow("flag") << u"hel🇨🇳\blo"_s << u"hello"_s;
        QTest::newRow("combining mark") << u"hele\u0301\blo"_s << u"hello"_s;
        QTest::newRow("what is not seen is no character") << u"helx\a\u0001\blo"_s << u"hello"_s;
        QTest::newRow("Ctrl+U") << u"secret\x15hello"_s << u"hello"_s;
        QTest::newRow("Ctrl+W") << u"say bad words \x17hello"_s << u"say bad hello"_s;
        QTest::newRow("Ctrl+W at the beginning") << u"bad\x17\x17hello"_s << u"hello"_s;
        QTest::newRow("arrow before a command") << u"\x1b[Asay hi"_s << u"say hi"_s;
        QTest::newRow("arrow, then backspace") << u"helx\x1b[D\blo"_s << u"hello"_s;
        QTest::newRow("Alt+Backspace") << u"helx\x1b\x7flo"_s << u"hello"_s;
        QTest::newRow("unfinished escape") << u"hello\x1b[3"_s << u"hello"_s;
        QTest::newRow("tab") << u"a\tb"_s << u"a\tb"_s;
    }

    void taking()
    {
        QFETCH(QString, typed);
        QFETCH(QString, text);
        QCOMPARE(typedText(typed.toUtf8(), Charset::Utf8), std::optional(text));
        QCOMPARE(typedText(Gb18030().encode(typed), Charset::Gb18030), std::optional(text));
    }

    void longCharactersAreErasedAtOnceUpToALimit()
    {
        const QString marks = u"x"_s + QString(63, QChar(0x0301));
        QCOMPARE(typedText((u"a"_s + marks + u'\b').toUtf8(), Charset::Utf8),
                 std::optional(u"a"_s));
        QVERIFY(typedText((u"a"_s + marks + QString(9, QChar(0x0301)) + u'\b').toUtf8(),
                          Charset::Utf8)
                        ->startsWith(u"ax\u0301"_s));
    }

    void broken_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("charset");
        QTest::addColumn<bool>("isText");
        const auto row = [](const char *tag, const QByteArray &line, Charset charset, bool isText) {
            QTest::newRow(tag) << line << static_cast<int>(charset) << isText;
        };
        row("Latin-1", "caf\xe9", Charset::Utf8, false);
        row("Latin-1, erased", "caf\xe9\b", Charset::Utf8, true);
        row("half, erased", "caf\xe5\xad\b", Charset::Utf8, true);
        row("half, a letter erased", "caf\xe5\xadx\b", Charset::Utf8, false);
        row("line erased",
            "\xff\xfe\x15"
            "caf",
            Charset::Utf8, true);
        row("surrogate", "caf\xed\xa0\x80", Charset::Utf8, false);
        row("surrogate, erased", "caf\xed\xa0\x80\b", Charset::Utf8, true);
        row("a doubled IAC", "caf\xff", Charset::Utf8, false);
        row("half of GBK", "caf\xc4", Charset::Gb18030, false);
        row("half of GBK, erased", "caf\xc4\b", Charset::Gb18030, true);
        row("half of four bytes", "caf\x94\x39", Charset::Gb18030, false);
        row("four bytes, erased", "caf\x94\x39\xbc\x35\b", Charset::Gb18030, true);
        row("a doubled IAC in GBK", "caf\xff", Charset::Gb18030, false);
    }

    void broken()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, charset);
        QFETCH(bool, isText);
        const auto text = typedText(line, static_cast<Charset>(charset));
        QCOMPARE(text.has_value(), isText);
        if (isText)
            QCOMPARE(*text, u"caf"_s);
    }
};

QTEST_GUILESS_MAIN(TestTypedLine)
#include "tst_typedline.moc"
