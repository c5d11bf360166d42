#include "server/net/recognition.h"
#include "shared/limits.h"

#include <QTest>

namespace teahouse::server {

using Speech = Recognition::Speech;
using Carrier = Recognition::Carrier;

class TestRecognition : public QObject
{
    Q_OBJECT

private slots:
    void rows_data();
    void rows();
    void undecided_data();
    void undecided();
    void insideTls();
    void keepsWhatCame();
    void endlessOpening_data();
    void endlessOpening();
    void expiringChangesNoDecision();
};

namespace {

/// How many of the bytes it takes until something is known; -1: it is not.
qsizetype decidedAfter(const QByteArray &bytes, Carrier carrier = Carrier::Plain)
{
    Recognition recognition(carrier);
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (recognition.feed(bytes.sliced(i, 1)) != Speech::Unknown)
            return i + 1;
    }
    return -1;
}

void row(const char *name, const QByteArray &bytes, Speech speech, qsizetype after)
{
    QTest::newRow(name) << bytes << speech << after;
}

QByteArray operator""_b(const char *bytes, size_t size)
{
    return {bytes, static_cast<qsizetype>(size)};
}

} // namespace

void TestRecognition::rows_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Speech>("speech");
    QTest::addColumn<qsizetype>("after"); // so many bytes it is known, and no sooner

    row("TLS 1.0 record", "\x16\x03\x01\x02\x00\x01"_b, Speech::Tls, 2);
    row("TLS 1.2 record", "\x16\x03\x03\x00\x05"_b, Speech::Tls, 2);
    row("like TLS", "\x16\x02\x01\x00"_b, Speech::Tea, 2);
    row("SSL 2 hello", "\x80\x2e\x01\x00\x02"_b, Speech::Tea, 1);
    row("a TLS alert", "\x15\x03\x01"_b, Speech::Tea, 2); // 0x15 is a key, too

    row("native", "{\"do\":\"hello\"}\n", Speech::Native, 1);
    row("native behind blanks", " \t\r\n\0{"_b, Speech::Native, 6);
    row("native behind options", "\xFF\xFB\x1F\xFF\xFD\x03{"_b, Speech::Native, 7);
    row("native behind a subnegotiation", "\xFF\xFA\x18{}\xFF\xFF\xFF\xF0{"_b, Speech::Native, 10);
    row("native behind a command", "\xFF\xF1{"_b, Speech::Native, 3);
    row("native behind erasing", "\x7F\x15\x17\x08\xFF\xF7\xFF\xF8{"_b, Speech::Native, 9);
    row("native behind a lost command", "\xFF{"_b, Speech::Native, 2);
    row("an option that is a brace", "\xFF\xFB{x"_b, Speech::Tea, 4);
    row("byte 255 as text", "\xFF\xFF{"_b, Speech::Tea, 2);
    row("a command over a line's end", "\xFF\n{"_b, Speech::Tea, 2);
    row("an option over a line's end", "\xFF\xFB\r{"_b, Speech::Tea, 3);
    row("text behind options", "\xFF\xFB\x1Flogin"_b, Speech::Tea, 4);
    row("text behind a blank", " {"_b, Speech::Native, 2);
    row("a word behind a blank", " GET / HTTP/1.1\r\n", Speech::Tea, 2);
    row("a bracket", "[{", Speech::Tea, 1);

    row("GET", "GET / HTTP/1.1\r\n", Speech::Http, 4);
    row("HEAD", "HEAD / HTTP/1.1\r\n", Speech::Http, 5);
    row("POST", "POST /x HTTP/1.0\r\n", Speech::Http, 5);
    row("PUT", "PUT ", Speech::Http, 4);
    row("OPTIONS", "OPTIONS * HTTP/1.1\r\n", Speech::Http, 8);
    row("an unknown method", "PROPFIND /x HTTP/1.1\r\n", Speech::Http, 22);
    row("LF alone", "PATCH /x HTTP/1.1\n", Speech::Http, 18);
    row("HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Speech::Http, 16);
    row("a method in small letters", "get / HTTP/1.0\r\n", Speech::Http, 16);
    row("all that a token may have", "!#$%&'*+-.^_`|~09aZ x HTTP/1.1\n", Speech::Http, 31);
    row("GET without a target", "GET\r\n", Speech::Tea, 4);
    row("GETS", "GETS me\r\n", Speech::Tea, 8);
    row("two blanks", "PATCH  /x HTTP/1.1\r\n", Speech::Tea, 7);
    row("no version", "PATCH /x\r\n", Speech::Tea, 9);
    row("another version", "PATCH /x HTTX/1.1\r\n", Speech::Tea, 13);
    row("half a version", "PATCH /x HTTP/1\r\n", Speech::Tea, 16);
    row("version of letters", "PATCH /x HTTP/a.b\r\n", Speech::Tea, 15);
    row("version and more", "PATCH /x HTTP/1.1 x\r\n", Speech::Tea, 18);
    row("version of two digits", "PATCH /x HTTP/1.10\r\n", Speech::Tea, 18);
    row("CR without LF", "PATCH /x HTTP/1.1\rx", Speech::Tea, 19);
    row("a tab between", "PATCH\t/x HTTP/1.1\r\n", Speech::Tea, 6);
    row("a control in the target", "PATCH /\x01 HTTP/1.1\r\n", Speech::Tea, 8);
    row("a target in UTF-8", "PATCH /\xC3\xA4 HTTP/1.1\r\n", Speech::Tea, 8);
    row("no token", "PA(TCH /x HTTP/1.1\r\n", Speech::Tea, 3);

    row("CAP", "CAP LS 302\r\n", Speech::Irc, 4);
    row("NICK", "NICK ann\r\n", Speech::Irc, 5);
    row("USER", "user ann 0 * :Ann\r\n", Speech::Irc, 5);
    row("PASS", "pAsS secret\r\n", Speech::Irc, 5);
    row("no verb of IRC", "NICKS ann\r\n", Speech::Tea, 10);
    row("a verb without a blank", "NICK\r\n", Speech::Tea, 5);
    row("IRC with a tag", "@a=b NICK ann\r\n", Speech::Tea, 1);

    row("a line of tea", "login ann\r\n", Speech::Tea, 10);
    row("a line of three words", "say hello, everybody\r\n", Speech::Tea, 12);
    row("a sentence", "say hi HTTPS is good\r\n", Speech::Tea, 12);
    row("a word", "help\r\n", Speech::Tea, 5);
    row("a command with a slash", "/help\r\n", Speech::Tea, 1);
    row("Chinese", "\xE8\xAF\xB4 \xE4\xBD\xA0\r\n", Speech::Tea, 1);
    row("GB18030", "say \xC4\xE3\r\n", Speech::Tea, 5);
    row("an escape", "\x1B[A", Speech::Tea, 1);
    row("noise", "\xFE\xFD", Speech::Tea, 1);
}

void TestRecognition::rows()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const Speech, speech);
    QFETCH(const qsizetype, after);
    QCOMPARE(decidedAfter(bytes), after);
    for (qsizetype split = 0; split <= bytes.size(); ++split) {
        Recognition recognition(Carrier::Plain);
        QCOMPARE(recognition.feed(bytes.first(split)), split < after ? Speech::Unknown : speech);
        QCOMPARE(recognition.feed(bytes.sliced(split)), speech);
        QCOMPARE(recognition.bytes(), bytes);
    }
}

void TestRecognition::undecided_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto unfinished = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes;
    };
    unfinished("nothing", {});
    unfinished("half a hello", "\x16");
    unfinished("half a method", "GE");
    unfinished("half a verb of IRC", "NIC");
    unfinished("two words of a line", "login ann");
    unfinished("a request line without its end", "PROPFIND /x HTTP/1.1");
    unfinished("the same, with CR", "PROPFIND /x HTTP/1.1\r");
    unfinished("a blank line", "\r\n");
    unfinished("half a command", "\xFF");
    unfinished("half an option", "\xFF\xFB");
    unfinished("a subnegotiation without an end", "\xFF\xFA\x18\xFF\xFA{{{\n");
}

void TestRecognition::undecided()
{
    QFETCH(const QByteArray, bytes);
    QCOMPARE(decidedAfter(bytes), -1);
    Recognition recognition(Carrier::Plain);
    QCOMPARE(recognition.feed(bytes), Speech::Unknown);
    QCOMPARE(recognition.expire(), Speech::Tea);
    QCOMPARE(recognition.bytes(), bytes);
}

/// There is no TLS in TLS; all else is the same.
void TestRecognition::insideTls()
{
    Recognition hello(Carrier::Tls);
    QCOMPARE(hello.feed("\x16"), Speech::Tea);
    Recognition native(Carrier::Tls);
    QCOMPARE(native.feed("{"), Speech::Native);
    Recognition http(Carrier::Tls);
    QCOMPARE(http.feed("GET "), Speech::Http);
}

void TestRecognition::keepsWhatCame()
{
    Recognition recognition(Carrier::Plain);
    recognition.feed("{\"a\"");
    recognition.feed(":1}\nNICK x\r\n");
    QCOMPARE(recognition.speech(), Speech::Native);
    QCOMPARE(recognition.bytes(), QByteArray("{\"a\":1}\nNICK x\r\n"));
}

void TestRecognition::endlessOpening_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<char>("endlessly");
    QTest::newRow("blanks") << QByteArray() << '\n';
    QTest::newRow("a method") << QByteArray() << 'A';
    QTest::newRow("a target") << QByteArray("A ") << '/';
    QTest::newRow("a subnegotiation") << QByteArray("\xFF\xFA") << 'x';
}

/// What is not known by the limit of a line is tea, and not a place to store things.
void TestRecognition::endlessOpening()
{
    QFETCH(const QByteArray, begin);
    QFETCH(const char, endlessly);
    const QByteArray bytes = begin + QByteArray(limits::beforeLogin, endlessly);
    QCOMPARE(decidedAfter(bytes), limits::beforeLogin);
    Recognition recognition(Carrier::Plain);
    QCOMPARE(recognition.feed(bytes), Speech::Tea);
}

void TestRecognition::expiringChangesNoDecision()
{
    Recognition recognition(Carrier::Plain);
    recognition.feed("GET ");
    QCOMPARE(recognition.expire(), Speech::Http);
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestRecognition)
#include "tst_recognition.moc"
