#include "gui-client/input/slashcommand.h"

#include <QTest>

using namespace teahouse::client;
using namespace Qt::StringLiterals;
using Kind = SlashError::Kind;

class TestSlashCommand : public QObject
{
    Q_OBJECT

private slots:
    void understands_data();
    void understands();
    void refuses_data();
    void refuses();
    void tableHasEveryVerbOnce();
    void knowsSecrets();
};

void TestSlashCommand::understands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<SlashVerb>("verb");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("rest");
    const auto row = [](const QString &text, SlashVerb verb, const QString &target,
                        const QString &rest) {
        QTest::newRow(qPrintable(text)) << text << verb << target << rest;
    };
    row(u""_s, SlashVerb::Say, {}, {});
    row(u"hello"_s, SlashVerb::Say, {}, u"hello"_s);
    row(u" /me x"_s, SlashVerb::Say, {}, u" /me x"_s);
    row(u"a /me"_s, SlashVerb::Say, {}, u"a /me"_s);
    row(u"//me x"_s, SlashVerb::Say, {}, u"/me x"_s);
    row(u"//"_s, SlashVerb::Say, {}, u"/"_s);
    row(u"／／me"_s, SlashVerb::Say, {}, u"／me"_s);
    row(u"/me pours  tea "_s, SlashVerb::Me, {}, u"pours  tea"_s);
    row(u"/ME x"_s, SlashVerb::Me, {}, u"x"_s);
    row(u"／me 喝茶"_s, SlashVerb::Me, {}, u"喝茶"_s);
    row(u"/me\u3000喝茶"_s, SlashVerb::Me, {}, u"喝茶"_s);
    row(u"/me a\nb"_s, SlashVerb::Me, {}, u"a\nb"_s);
    row(u"/msg bob hi there"_s, SlashVerb::Msg, u"bob"_s, u"hi there"_s);
    row(u"/msg 老王"_s, SlashVerb::Msg, u"老王"_s, {});
    row(u"/join garden"_s, SlashVerb::Join, u"garden"_s, {});
    row(u"/join garden and more"_s, SlashVerb::Join, u"garden"_s, u"and more"_s);
    row(u"/create garden  of tea"_s, SlashVerb::Create, u"garden"_s, u"of tea"_s);
    row(u"/leave"_s, SlashVerb::Leave, {}, {});
    row(u"/topic"_s, SlashVerb::Topic, {}, {});
    row(u"/topic new one"_s, SlashVerb::Topic, {}, u"new one"_s);
    row(u"/away"_s, SlashVerb::Away, {}, {});
    row(u"/who "_s, SlashVerb::Who, {}, {});
    row(u"/ignore bob"_s, SlashVerb::Ignore, u"bob"_s, {});
    row(u"/unignore 老王"_s, SlashVerb::Unignore, u"老王"_s, {});
    row(u"/register"_s, SlashVerb::Register, {}, {});
    row(u"/passwd a b"_s, SlashVerb::Passwd, {}, {}); // the form asks for them
    row(u"/claim"_s, SlashVerb::Claim, {}, {});
    row(u"/help"_s, SlashVerb::Help, {}, {});
    row(u"/invite bob"_s, SlashVerb::Invite, u"bob"_s, {});
    row(u"/kick bob too loud"_s, SlashVerb::Kick, u"bob"_s, u"too loud"_s);
    row(u"/ban bob server 2h spam"_s, SlashVerb::Ban, u"bob"_s, u"server 2h spam"_s);
    row(u"/unban 10.0.0.1 server"_s, SlashVerb::Unban, u"10.0.0.1"_s, u"server"_s);
    row(u"/mute bob 10m"_s, SlashVerb::Mute, u"bob"_s, u"10m"_s);
    row(u"/unmute bob"_s, SlashVerb::Unmute, u"bob"_s, {});
    row(u"/role bob moderator"_s, SlashVerb::Role, u"bob"_s, u"moderator"_s);
    row(u"/level mentions"_s, SlashVerb::Level, {}, u"mentions"_s);
}

void TestSlashCommand::understands()
{
    QFETCH(QString, text);
    const auto parsed = parseSlash(text);
    const auto *command = std::get_if<SlashCommand>(&parsed);
    QVERIFY(command);
    QTEST(command->verb, "verb");
    QTEST(command->target, "target");
    QTEST(command->text, "rest");
}

void TestSlashCommand::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("command");
    QTest::newRow("unknown") << u"/nope x"_s << Kind::Unknown << u"nope"_s;
    QTest::newRow("path") << u"/etc/hosts"_s << Kind::Unknown << u"etc/hosts"_s;
    QTest::newRow("slash") << u"/"_s << Kind::Unknown << u""_s;
    QTest::newRow("blank") << u"/ me"_s << Kind::Unknown << u""_s;
    QTest::newRow("begin of a name") << u"/mes x"_s << Kind::Unknown << u"mes"_s;
    QTest::newRow("me") << u"/me"_s << Kind::TextMissing << u"me"_s;
    QTest::newRow("me blanks") << u"/me  "_s << Kind::TextMissing << u"me"_s;
    QTest::newRow("role") << u"/role bob"_s << Kind::TextMissing << u"role"_s;
    QTest::newRow("level") << u"/level"_s << Kind::TextMissing << u"level"_s;
    QTest::newRow("kick") << u"/kick"_s << Kind::TargetMissing << u"kick"_s;
    QTest::newRow("msg") << u"/msg"_s << Kind::TargetMissing << u"msg"_s;
    QTest::newRow("join") << u"/Join "_s << Kind::TargetMissing << u"Join"_s;
    QTest::newRow("create") << u"/create"_s << Kind::TargetMissing << u"create"_s;
}

void TestSlashCommand::refuses()
{
    QFETCH(QString, text);
    const auto parsed = parseSlash(text);
    const auto *error = std::get_if<SlashError>(&parsed);
    QVERIFY(error);
    QTEST(error->kind, "kind");
    QTEST(error->command, "command");
}

void TestSlashCommand::tableHasEveryVerbOnce()
{
    QList<SlashVerb> verbs;
    for (const SlashRow &row : slashCommands()) {
        QVERIFY(!verbs.contains(row.verb));
        verbs.append(row.verb);
        QVERIFY(row.help[0] != '\0');
    }
    QCOMPARE(verbs.size(), static_cast<int>(SlashVerb::Help)); // all but Say
}

void TestSlashCommand::knowsSecrets()
{
    for (const QString &text :
         {u"/register x"_s, u"/PASSWD old new"_s, u" ／claim c"_s, u"/register\n x"_s})
        QVERIFY2(holdsSecret(text), qPrintable(text));
    for (const QString &text : {u""_s, u"/"_s, u"/register"_s, u"/register "_s, u"register x"_s,
                                u"/msg bob x"_s, u"//register x"_s, u"/registers x"_s})
        QVERIFY2(!holdsSecret(text), qPrintable(text));
}

QTEST_GUILESS_MAIN(TestSlashCommand)
#include "tst_slashcommand.moc"
