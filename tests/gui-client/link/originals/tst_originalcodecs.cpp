#include "gui-client/link/originals/originalcodec.h"
#include "gui-client/link/originals/recognition.h"
#include "shared/limits.h"

#include <QFile>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

QString word(const heard::Ready &one)
{
    return one.server.isEmpty() ? u"ready"_s : u"ready "_s + one.server;
}
QString word(const heard::Accepted &)
{
    return u"accepted"_s;
}
QString word(const heard::Refused &one)
{
    return u"refused "_s + errorName(one.code) + (one.text.isEmpty() ? u""_s : u" | "_s + one.text);
}
QString word(const heard::Spoken &one)
{
    return (one.action ? u"action "_s : u"spoken "_s) + one.speaker + u" | "_s + one.text;
}
QString word(const heard::Came &one)
{
    return u"came "_s + one.who;
}
QString word(const heard::Went &one)
{
    return u"went "_s + one.who;
}
QString word(const heard::Listed &one)
{
    return (one.everywhere ? u"everywhere "_s : u"here "_s) + one.names.join(u", "_s);
}
QString word(const heard::Remark &one)
{
    return u"remark "_s + one.text;
}
QString word(const heard::Endless &)
{
    return u"endless"_s;
}

QStringList words(const HeardList &list)
{
    QStringList texts;
    for (const Heard &one : list)
        texts.append(std::visit([](const auto &what) { return word(what); }, one));
    return texts;
}

/// C escapes of a line of a conversation.
QByteArray unescaped(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    bytes.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", QByteArray(1, '\0'));
    return bytes.replace("\\xff", "\xff").replace("\\e", "\033");
}

struct Step
{
    QByteArray bytes;  ///< what the server sends; empty: nothing for a while
    QByteArray answer; ///< what the client does before: its login
    QStringList meaning;
};

} // namespace

/// The conversations of originals/*.txt, cut at every byte. A line of such a file is
///
///     # comment
///     <<BYTES       the server sends, with C escapes
///     <quiet>       the server sends nothing for a while
///     >>login NAME  the client logs in
///     = MEANING     what the bytes before it mean, in order
class TestOriginalCodecs : public QObject
{
    Q_OBJECT

private slots:
    void meansTheSameInAnyPieces_data();
    void meansTheSameInAnyPieces();
    void writes_data();
    void writes();
    void leavesOutBlankLines();
    void givesUpWithoutAnEnd_data();
    void givesUpWithoutAnEnd();
    void skipsLongLines();
    void recognisesGreetings();

private:
    static QList<Step> conversation(const QString &file);
    static QStringList play(ChatProtocol protocol, const QList<Step> &steps, qsizetype step,
                            qsizetype cut);
};

QList<Step> TestOriginalCodecs::conversation(const QString &file)
{
    QFile text(QStringLiteral(ORIGINALS) + u'/' + file);
    QList<Step> steps;
    if (!text.open(QIODevice::ReadOnly))
        return steps;
    for (const QString &line : QString::fromUtf8(text.readAll()).split(u'\n')) {
        if (line.startsWith("<<"_L1))
            steps.append(Step{unescaped(line.mid(2)), {}, {}});
        else if (line == "<quiet>"_L1)
            steps.append(Step{});
        else if (line.startsWith(">>login "_L1))
            steps.append(Step{{}, line.mid(8).toUtf8(), {}});
        else if (line.startsWith("= "_L1) && !steps.isEmpty())
            steps.last().meaning.append(QString(line.mid(2)).replace("\\n"_L1, "\n"_L1));
    }
    return steps;
}

/// What is heard when the bytes of one step come in two pieces.
QStringList TestOriginalCodecs::play(ChatProtocol protocol, const QList<Step> &steps,
                                     qsizetype step, qsizetype cut)
{
    const auto codec = makeOriginalCodec(protocol);
    HeardList heard = codec->opened();
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const QByteArray &bytes = steps.at(i).bytes;
        if (!steps.at(i).answer.isEmpty()) {
            codec->login(QString::fromUtf8(steps.at(i).answer));
        } else if (bytes.isEmpty()) {
            heard += codec->quiet();
        } else if (i == step) {
            heard += codec->take(bytes.left(cut));
            heard += codec->take(bytes.mid(cut));
        } else {
            heard += codec->take(bytes);
        }
    }
    return words(heard);
}

void TestOriginalCodecs::meansTheSameInAnyPieces_data()
{
    QTest::addColumn<ChatProtocol>("protocol");
    QTest::addColumn<QString>("file");
    QTest::newRow("tea") << ChatProtocol::Tea << u"tea.txt"_s;
    QTest::newRow("tea after a question") << ChatProtocol::Tea << u"tea-fallback.txt"_s;
    QTest::newRow("tea refusing") << ChatProtocol::Tea << u"tea-taken.txt"_s;
    QTest::newRow("tea refusing in its own words") << ChatProtocol::Tea << u"tea-refused.txt"_s;
    QTest::newRow("wx") << ChatProtocol::Wx << u"wx.txt"_s;
    QTest::newRow("wx merged") << ChatProtocol::Wx << u"wx-merged.txt"_s;
    QTest::newRow("guest") << ChatProtocol::Guest << u"guest.txt"_s;
    QTest::newRow("relay") << ChatProtocol::Relay << u"relay.txt"_s;
    QTest::newRow("line") << ChatProtocol::Line << u"line.txt"_s;
    QTest::newRow("line, silent") << ChatProtocol::Line << u"line-silent.txt"_s;
    QTest::newRow("nul") << ChatProtocol::Nul << u"nul.txt"_s;
}

void TestOriginalCodecs::meansTheSameInAnyPieces()
{
    QFETCH(const ChatProtocol, protocol);
    QFETCH(const QString, file);
    const QList<Step> steps = conversation(file);
    QVERIFY(!steps.isEmpty());
    QStringList expected;
    for (const Step &step : steps)
        expected += step.meaning;
    QCOMPARE(play(protocol, steps, -1, 0), expected);
    for (qsizetype i = 0; i < steps.size(); ++i) {
        for (qsizetype cut = 1; cut < steps.at(i).bytes.size(); ++cut)
            QCOMPARE(play(protocol, steps, i, cut), expected);
    }
    // One byte at a time.
    QList<Step> bytes;
    for (const Step &step : steps) {
        if (step.bytes.isEmpty())
            bytes.append(step);
        for (const char byte : step.bytes)
            bytes.append(Step{QByteArray(1, byte), {}, {}});
    }
    QCOMPARE(play(protocol, bytes, -1, 0), expected);
}

void TestOriginalCodecs::writes_data()
{
    QTest::addColumn<ChatProtocol>("protocol");
    QTest::addColumn<QByteArray>("login");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("look");
    QTest::addColumn<QByteArray>("who");
    QTest::addColumn<QByteArray>("logout");
    const QByteArray none;
    const QByteArray two = "茶\r\nb\r\n";
    QTest::newRow("tea") << ChatProtocol::Tea << QByteArray("login ann\r\nlook\r\n")
                         << QByteArray("say 茶\r\nsay b\r\n") << QByteArray("look\r\n")
                         << QByteArray("who\r\n") << QByteArray("logout\r\n");
    QTest::newRow("wx") << ChatProtocol::Wx << QByteArray("login ann\n")
                        << QByteArray("say 茶\nsay b\n") << QByteArray("look\n") << none
                        << QByteArray("logout\n");
    QTest::newRow("guest") << ChatProtocol::Guest << none << two << none << none << none;
    QTest::newRow("relay") << ChatProtocol::Relay << none << QByteArray("茶\nb\n") << none << none
                           << none;
    QTest::newRow("line") << ChatProtocol::Line << none << two << none << none << none;
    QTest::newRow("nul") << ChatProtocol::Nul << none << QByteArray("茶\0b\0", 6) << none << none
                         << none;
}

void TestOriginalCodecs::writes()
{
    QFETCH(const ChatProtocol, protocol);
    const auto codec = makeOriginalCodec(protocol);
    QByteArray said;
    for (const QString &frame : codec->framesOf(u"茶\nb"_s))
        said += codec->say(frame);
    QTEST(codec->login(u"ann"_s), "login");
    QTEST(said, "said");
    QTEST(codec->look(), "look");
    QTEST(codec->who(), "who");
    QTEST(codec->logout(), "logout");
}

void TestOriginalCodecs::leavesOutBlankLines()
{
    const auto codec = makeOriginalCodec(ChatProtocol::Relay);
    QCOMPARE(codec->framesOf(u"a\n\n  \nb\n"_s), QStringList({u"a"_s, u"b"_s}));
    QVERIFY(codec->framesOf(u" \n"_s).isEmpty());
}

void TestOriginalCodecs::givesUpWithoutAnEnd_data()
{
    QTest::addColumn<ChatProtocol>("protocol");
    for (const auto protocol : {ChatProtocol::Tea, ChatProtocol::Wx, ChatProtocol::Guest,
                                ChatProtocol::Relay, ChatProtocol::Line, ChatProtocol::Nul})
        QTest::addRow("%d", static_cast<int>(protocol)) << protocol;
}

void TestOriginalCodecs::givesUpWithoutAnEnd()
{
    QFETCH(const ChatProtocol, protocol);
    const auto codec = makeOriginalCodec(protocol);
    const QByteArray flood(1000, 'x');
    QStringList heard;
    for (int i = 0; i < 70; ++i)
        heard += words(codec->take(flood));
    QCOMPARE(heard, QStringList(u"endless"_s));
}

void TestOriginalCodecs::skipsLongLines()
{
    for (const auto protocol : {ChatProtocol::Relay, ChatProtocol::Guest}) {
        const auto codec = makeOriginalCodec(protocol);
        codec->quiet();
        QStringList heard;
        for (int i = 0; i < 20; ++i)
            heard += words(codec->take(QByteArray(1000, 'x')));
        heard += words(codec->take("x\nafter\n"));
        QCOMPARE(heard, QStringList({u"remark \u2026"_s, u"remark after"_s}));
    }
}

void TestOriginalCodecs::recognisesGreetings()
{
    const std::pair<QByteArray, Recognised> greetings[] = {
            {"Welcome to Teahouse\r\n", Recognised::Welcome},
            {"Connect Success", Recognised::Wx},
            {"Connect Successann: hi\n", Recognised::Wx},
            {"You're connected to the Python chatserver\r\n", Recognised::Guest},
            {"SSH-2.0-OpenSSH\r\n", Recognised::Stranger},
            {"\r\n", Recognised::Stranger},
    };
    for (const auto &[bytes, meaning] : greetings)
        QCOMPARE(recognise(bytes), meaning);
    QCOMPARE(recognise(""), Recognised::NotYet);
    QCOMPARE(recognise("Connect Succes"), Recognised::NotYet);
    QCOMPARE(recognise("Welcome to"), Recognised::NotYet);
}

QTEST_GUILESS_MAIN(TestOriginalCodecs)
#include "tst_originalcodecs.moc"
