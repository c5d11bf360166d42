#include "gui-client/input/textlimits.h"

#include "gui-client/input/slashcommand.h"
#include "shared/limits.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

/// What of a text in the message box is too much, before a server says so.
class TestTextLimits : public QObject
{
    Q_OBJECT

private slots:
    void exceeds_data();
    void exceeds();
    void comesBackAsItWasTyped_data();
    void comesBackAsItWasTyped();
};

void TestTextLimits::exceeds_data()
{
    using Kind = Excess::Kind;
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("by");
    const auto row = [](const char *tag, const QString &text, Kind kind = Kind::None, int by = 0) {
        QTest::newRow(tag) << text << static_cast<int>(kind) << by;
    };
    const auto many = [](int count) { return QString(count, u'x'); };
    const auto lines = [](int count) { return u"x\n"_s.repeated(count - 1) + u'x'; };
    row("nothing", {});
    row("a message", many(limits::messageText));
    row("too long", many(limits::messageText + 3), Kind::Characters, 3);
    row("code points count", u"\U0001F375"_s.repeated(limits::messageText));
    row("lines", lines(limits::messageLines));
    row("too many lines", lines(limits::messageLines + 2), Kind::Lines, 2);
    row("empty lines count", u"a"_s + QString(limits::messageLines, u'\n') + u'b', Kind::Lines, 1);
    row("a slash that is said", u"//"_s + many(limits::messageText - 1));
    row("the command is not counted", u"/me "_s + many(limits::messageText));
    row("an action", u"/me "_s + many(limits::messageText + 1), Kind::Characters, 1);
    row("an action's lines", u"/me "_s + lines(limits::messageLines + 1), Kind::Lines, 1);
    row("to somebody", u"/msg bob "_s + many(limits::messageText + 1), Kind::Characters, 1);
    row("topic", u"/topic "_s + many(limits::topic));
    row("topic too long", u"/topic "_s + many(limits::topic + 1), Kind::Characters, 1);
    row("topic of a new room", u"/create tea "_s + many(limits::topic + 1), Kind::Characters, 1);
    row("away", u"/away "_s + many(limits::awayText));
    row("away too long", u"/away "_s + many(limits::awayText + 1), Kind::Characters, 1);
    row("reason", u"/kick bob "_s + many(limits::reason + 1), Kind::Characters, 1);
    row("reason behind a time", u"/ban bob server 3d "_s + many(limits::reason));
    row("reason behind a time, too long", u"/mute bob 3d "_s + many(limits::reason + 1),
        Kind::Characters, 1);
    row("a room's password", u"/join tea "_s + many(limits::roomKey + 1), Kind::Characters, 1);
    row("name", u"/join "_s + many(limits::name));
    row("name too long", u"/create "_s + many(limits::name + 2), Kind::Name, 2);
    row("name of somebody", u"/msg "_s + many(limits::name + 1) + u" hi"_s, Kind::Name, 1);
    row("an address", u"/ban "_s + many(limits::name + 1));
    row("composed name", u"/join "_s + u"e\u0301"_s.repeated(limits::name));
    row("no command", u"/nothing "_s + many(limits::messageText + 1), Kind::Characters, 10);
}

void TestTextLimits::exceeds()
{
    QFETCH(QString, text);
    QFETCH(int, kind);
    QFETCH(int, by);
    const Excess excess = typedExcess(text);
    QCOMPARE(static_cast<int>(excess.kind), kind);
    QCOMPARE(excess.by, by);
}

void TestTextLimits::comesBackAsItWasTyped_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("text") << u"good morning"_s;
    QTest::newRow("action") << u"/me drinks"_s;
    QTest::newRow("slash") << u"//etc"_s;
}

void TestTextLimits::comesBackAsItWasTyped()
{
    QFETCH(QString, typed);
    const auto command = std::get<SlashCommand>(parseSlash(typed));
    QCOMPARE(typedFor(command.text, command.verb), typed);
}

QTEST_GUILESS_MAIN(TestTextLimits)
#include "tst_textlimits.moc"
