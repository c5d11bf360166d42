#include "shared/framereader.h"

#include <QTest>

namespace teahouse {

class TestFrameReader : public QObject
{
    Q_OBJECT

private slots:
    void everySplit_data();
    void everySplit();
    void byteByByte_data() { everySplit_data(); }
    void byteByByte();
    void frameLimit_data();
    void frameLimit();
    void giveUp_data();
    void giveUp();
    void refusesAtTheLimit_data();
    void refusesAtTheLimit();
    void hopelessForGood();
    void memoryIsBounded();
    void limitsChange();
    void pendingBytes();
};

namespace {

constexpr qsizetype limit = 8;
constexpr qsizetype giveUpAt = 16;

/// What a reader gives, a word a frame: the frame itself, or [overlong], or [hopeless].
QByteArrayList drain(FrameReader &reader)
{
    QByteArrayList words;
    while (words.size() < 100) {
        QByteArray frame = "untouched";
        switch (reader.next(frame)) {
        case FrameReader::Status::Incomplete:
            return words;
        case FrameReader::Status::Frame:
            words.append(frame);
            break;
        case FrameReader::Status::Overlong:
            words.append("[overlong]");
            break;
        case FrameReader::Status::Hopeless:
            words.append("[hopeless]");
            return words;
        }
    }
    return words;
}

} // namespace

void TestFrameReader::everySplit_data()
{
    QTest::addColumn<char>("delimiter");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("frames");
    const auto row = [](const char *tag, const QByteArray &bytes, const QByteArrayList &frames,
                        char delimiter = '\n') {
        QTest::newRow(tag) << delimiter << bytes << frames;
    };
    row("nothing", "", {});
    row("one line", "abc\n", {"abc"});
    row("two lines", "abc\ndef\n", {"abc", "def"});
    row("CRLF", "abc\r\ndef\r\n", {"abc", "def"});
    row("mixed ends", "abc\r\ndef\nghi\r\n", {"abc", "def", "ghi"});
    row("blank lines", "\n\r\n\n", {"", "", ""});
    row("lone CR stays", "a\rb\n", {"a\rb"});
    row("one CR belongs to the end", "a\r\r\n", {"a\r"});
    row("tail without an end", "abc\nde", {"abc"});
    row("NUL inside a line", QByteArray("a\0b\n", 4), {QByteArray("a\0b", 3)});
    row("as long as allowed", "12345678\nx\n", {"12345678", "x"});
    row("as long as allowed, CRLF", "12345678\r\nx\n", {"12345678", "x"});
    row("overlong, then fine", "123456789\nx\n", {"[overlong]", "x"});
    row("overlong, CRLF", "123456789\r\nx\n", {"[overlong]", "x"});
    row("twice overlong", "123456789\n123456789ab\nx\n", {"[overlong]", "[overlong]", "x"});
    row("at the give-up limit", "123456789abcdefg\nx\n", {"[overlong]", "x"});
    row("at the give-up limit, CRLF", "123456789abcdefg\r\nx\n", {"[overlong]", "x"});
    row("NUL frames", QByteArray("ab\0cd\0", 6), {"ab", "cd"}, '\0');
    row("empty NUL frames", QByteArray("\0\0", 2), {"", ""}, '\0');
    row("line ends in NUL frames", QByteArray("a\r\n\0b\r\0", 7), {"a\r\n", "b\r"}, '\0');
    row("overlong NUL frame", QByteArray("123456789\0x\0", 12), {"[overlong]", "x"}, '\0');
}

void TestFrameReader::everySplit()
{
    QFETCH(const char, delimiter);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QByteArrayList, frames);
    for (qsizetype first = 0; first <= bytes.size(); ++first) {
        for (qsizetype second = first; second <= bytes.size(); ++second) {
            FrameReader reader(delimiter, limit, giveUpAt);
            QByteArrayList words;
            for (const QByteArray &chunk :
                 {bytes.first(first), bytes.mid(first, second - first), bytes.mid(second)}) {
                reader.append(chunk);
                words += drain(reader);
            }
            QCOMPARE(words, frames);
        }
    }
}

void TestFrameReader::byteByByte()
{
    QFETCH(const char, delimiter);
    QFETCH(const QByteArray, bytes);
    FrameReader reader(delimiter, limit, giveUpAt);
    QByteArrayList words;
    for (const char byte : bytes) {
        reader.append(QByteArrayView(&byte, 1));
        words += drain(reader);
    }
    QTEST(words, "frames");
}

void TestFrameReader::frameLimit_data()
{
    QTest::addColumn<qsizetype>("length");
    QTest::addColumn<bool>("whole");
    QTest::newRow("limit - 1") << limit - 1 << true;
    QTest::newRow("limit") << limit << true;
    QTest::newRow("limit + 1") << limit + 1 << false;
}

void TestFrameReader::frameLimit()
{
    QFETCH(const qsizetype, length);
    QFETCH(const bool, whole);
    const QByteArray frame(length, 'x');
    for (const QByteArray end : {"\n", "\r\n"}) {
        FrameReader reader('\n', limit, giveUpAt);
        reader.append(frame + end + "next\n");
        QCOMPARE(drain(reader), QByteArrayList({whole ? frame : "[overlong]", "next"}));
    }
}

void TestFrameReader::giveUp_data()
{
    QTest::addColumn<qsizetype>("length");
    QTest::addColumn<bool>("hopeless");
    QTest::newRow("limit - 1") << giveUpAt - 1 << false;
    QTest::newRow("limit") << giveUpAt << false;
    QTest::newRow("limit + 1") << giveUpAt + 1 << true;
}

void TestFrameReader::giveUp()
{
    QFETCH(const qsizetype, length);
    QFETCH(const bool, hopeless);
    const QByteArray end = "\nnext\n";
    const QByteArrayList expected = hopeless ? QByteArrayList{"[hopeless]"}
                                             : QByteArrayList{"[overlong]", "next"};
    FrameReader whole('\n', limit, giveUpAt);
    whole.append(QByteArray(length, 'x') + end);
    QCOMPARE(drain(whole), expected);

    FrameReader dribbled('\n', limit, giveUpAt);
    for (qsizetype i = 0; i < length; ++i) {
        dribbled.append("x");
        QCOMPARE(drain(dribbled), QByteArrayList());
    }
    dribbled.append(end);
    QCOMPARE(drain(dribbled), expected);
}

void TestFrameReader::refusesAtTheLimit_data()
{
    QTest::addColumn<qsizetype>("length");
    QTest::addColumn<QByteArrayList>("words");
    QTest::newRow("limit - 1") << limit - 1 << QByteArrayList{"xxxxxxx"};
    QTest::newRow("limit") << limit << QByteArrayList{"xxxxxxxx"};
    QTest::newRow("limit + 1") << limit + 1 << QByteArrayList{"[hopeless]"};
}

void TestFrameReader::refusesAtTheLimit()
{
    QFETCH(const qsizetype, length);
    FrameReader reader('\n', limit, limit);
    reader.append(QByteArray(length, 'x') + '\n');
    QTEST(drain(reader), "words");
}

void TestFrameReader::hopelessForGood()
{
    FrameReader reader('\n', limit, giveUpAt);
    reader.append(QByteArray(giveUpAt + 2, 'x'));
    QCOMPARE(drain(reader), QByteArrayList{"[hopeless]"});
    QCOMPARE(drain(reader), QByteArrayList{"[hopeless]"});
    reader.append("\nnext\n");
    QCOMPARE(drain(reader), QByteArrayList{"[hopeless]"});
    QCOMPARE(drain(reader), QByteArrayList{"[hopeless]"});
}

void TestFrameReader::memoryIsBounded()
{
    FrameReader reader('\n', 100, 1'000'000);
    for (int i = 0; i < 100; ++i) {
        reader.append(QByteArray(1000, 'x'));
        QCOMPARE(drain(reader), QByteArrayList());
        QVERIFY(reader.pending() <= 1000);
    }
    reader.append("\nnext\n");
    QCOMPARE(drain(reader), QByteArrayList({"[overlong]", "next"}));
}

void TestFrameReader::limitsChange()
{
    FrameReader reader('\n', 4, 8);
    reader.append("1234\n12345\n");
    QByteArray frame;
    QCOMPARE(reader.next(frame), FrameReader::Status::Frame);
    reader.setLimits(5, 10);
    QCOMPARE(reader.next(frame), FrameReader::Status::Frame);
    QCOMPARE(frame, QByteArray("12345"));
}

void TestFrameReader::pendingBytes()
{
    FrameReader reader('\n', limit, giveUpAt);
    reader.append("one\ntwo\nthr");
    QByteArray frame;
    QCOMPARE(reader.next(frame), FrameReader::Status::Frame);
    QCOMPARE(reader.pending(), 7);
    QCOMPARE(reader.takePending(), QByteArray("two\nthr"));
    QCOMPARE(reader.pending(), 0);
    reader.append("four\n");
    QCOMPARE(drain(reader), QByteArrayList{"four"});
}

} // namespace teahouse

QTEST_APPLESS_MAIN(teahouse::TestFrameReader)
#include "tst_framereader.moc"
