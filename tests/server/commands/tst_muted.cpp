#include "tests/server/commands/roomrig.h"

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minute = 60'000;

} // namespace

/// What people are told who may not speak, or may again: ann owns the room `garden`, root is an
/// administrator, and bob is to be silent.
class TestMuted : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        rig = std::make_unique<RoomRig>();
        root = rig->admin(u"root"_s);
        ann = rig->account(u"ann"_s);
        QCOMPARE(rig->ask(ann, u"create"_s, garden()), u"ok"_s);
        bob = rig->account(u"bob"_s);
        QCOMPARE(rig->ask(bob, u"join"_s, garden()), u"ok"_s);
        clear();
    }

    void ofARoom()
    {
        QCOMPARE(mute(u"bob"_s, {{u"room"_s, u"garden"_s}, {u"reason"_s, u"loud"_s}}), u"ok"_s);
        QCOMPARE(bob.sink->take(),
                 (QStringList{u"room garden (muted)"_s,
                              u"muted: ann has muted you in garden: loud"_s}));
        QVERIFY(ann.sink->take().isEmpty());
        // And again where the terms change.
        QCOMPARE(mute(u"bob"_s, {{u"room"_s, u"garden"_s}, {u"reason"_s, u"rude"_s}}), u"ok"_s);
        QCOMPARE(bob.sink->take().last(), u"muted: ann has muted you in garden: rude"_s);
        QCOMPARE(rig->ask(ann, u"unmute"_s, {{u"room"_s, u"garden"_s}, {u"name"_s, u"bob"_s}}),
                 u"ok"_s);
        QCOMPARE(bob.sink->take(),
                 (QStringList{u"room garden"_s, u"unmuted: ann has unmuted you in garden."_s}));
    }

    void ofTheWholeServer()
    {
        QCOMPARE(rig->ask(bob, u"msg"_s,
                          {{u"to"_s, u"ann"_s}, {u"text"_s, u"hi"_s}, {u"cid"_s, u"c"_s}}),
                 u"ok"_s);
        clear();
        QCOMPARE(mute(u"bob"_s), u"ok"_s);
        QCOMPARE(bob.sink->take(),
                 (QStringList{u"room main (muted)"_s, u"room garden (muted)"_s,
                              u"room @ann (muted)"_s,
                              u"muted: root has muted you on the whole server."_s}));
        // A client that comes learns it from the answers.
        const auto phone = rig->open();
        const auto welcome = rig->logIn(phone, u"bob"_s);
        for (const RoomState &room : welcome->rooms)
            QVERIFY2(room.isMuted, qPrintable(room.room));
        QVERIFY(phone.sink->take().isEmpty());
        QVERIFY(bob.sink->take().isEmpty());
    }

    void theLongerOneOfTwoIsTold()
    {
        const double soon = double(rig->server.now + minute);
        QCOMPARE(mute(u"bob"_s, {{u"room"_s, u"garden"_s}, {u"until"_s, soon}}), u"ok"_s);
        QCOMPARE(mute(u"bob"_s, {{u"reason"_s, u"for ever"_s}}), u"ok"_s);
        const Reply state = rig->reply(bob, u"join"_s, garden());
        QCOMPARE(std::get<RoomJoined>(*state).room.mutedUntil, 0);
        QCOMPARE(std::get<RoomJoined>(*state).room.mutedReason, u"for ever"_s);
    }

    void whenItsTimeIsOver()
    {
        const double end = double(rig->server.now + minute);
        QCOMPARE(mute(u"bob"_s, {{u"room"_s, u"garden"_s}, {u"until"_s, end}}), u"ok"_s);
        rig->pass(minute - 1);
        clear();
        rig->pass(1);
        QCOMPARE(bob.sink->take(),
                 (QStringList{u"room garden"_s, u"unmuted: You are no longer muted in garden."_s}));
    }

    void byTheAddress()
    {
        QCOMPARE(mute(u"192.0.2.0/24"_s), u"ok"_s);
        QCOMPARE(bob.sink->take().last(), u"muted: root has muted you on the whole server."_s);
        // Moderators are not meant where they moderate, and administrators nowhere.
        QVERIFY(root.sink->take().isEmpty());
        QCOMPARE(rig->ask(root, u"unmute"_s, {{u"name"_s, u"192.0.2.0/24"_s}}), u"ok"_s);
        QCOMPARE(bob.sink->take().last(), u"unmuted: root has unmuted you on the whole server."_s);
    }

    void whoeverBecomesModeratorSpeaksFromAMutedAddress()
    {
        QCOMPARE(mute(u"192.0.2.0/24"_s, {{u"room"_s, u"garden"_s}}), u"ok"_s);
        clear();
        QCOMPARE(give(u"moderator"_s), u"ok"_s);
        const QStringList told = bob.sink->take();
        QVERIFY(told.contains(u"unmuted: ann has unmuted you in garden."_s));
        QVERIFY(!told.contains(u"room garden (muted)"_s));
        QCOMPARE(give(u"none"_s), u"ok"_s);
        const QStringList after = bob.sink->take();
        QVERIFY(after.contains(u"muted: ann has muted you in garden."_s));
        QCOMPARE(after.last(), u"role: You have no role in garden any more."_s);
    }

    void aSessionFromAMutedAddressSilencesTheOthersWhileItLasts()
    {
        QCOMPARE(mute(u"198.51.100.0/24"_s), u"ok"_s);
        QVERIFY(bob.sink->take().isEmpty());
        const auto phone = rig->open(Form::Object, u"198.51.100.7"_s);
        QVERIFY(rig->logIn(phone, u"bob"_s).ok());
        QVERIFY(phone.sink->take().isEmpty());
        QCOMPARE(bob.sink->take(),
                 (QStringList{u"room main (muted)"_s, u"room garden (muted)"_s,
                              u"muted: root has muted you on the whole server."_s}));
        rig->server.house.end(phone.session, {}, rig->server.now);
        QCOMPARE(bob.sink->take(),
                 (QStringList{u"room main"_s, u"room garden"_s,
                              u"unmuted: You are no longer muted on the whole server."_s}));
    }

    /// Whoever was an administrator is meant by a mute of the address like anybody.
    void aDemotedAdministrator()
    {
        QCOMPARE(rig->ask(root, u"user-role"_s, {{u"name"_s, u"bob"_s}, {u"role"_s, u"admin"_s}}),
                 u"ok"_s);
        QCOMPARE(mute(u"192.0.2.0/24"_s), u"ok"_s);
        clear();
        QCOMPARE(say(bob), u"ok"_s);
        QCOMPARE(rig->ask(root, u"user-role"_s, {{u"name"_s, u"bob"_s}, {u"role"_s, u"none"_s}}),
                 u"ok"_s);
        QCOMPARE(bob.sink->take().last(), u"muted: root has muted you on the whole server."_s);
        QCOMPARE(say(bob), u"muted"_s);
    }

    /// A room in which only another session for text sits is not told to programs.
    void onlyOfRoomsOfOnesList()
    {
        const auto telnet = rig->open(Form::Line);
        QVERIFY(rig->logIn(telnet, u"bob"_s).ok());
        QCOMPARE(rig->ask(bob, u"leave"_s, garden()), u"ok"_s);
        QCOMPARE(rig->type(telnet, u"join garden"_s), u"ok"_s);
        clear();
        telnet.sink->take();
        QCOMPARE(mute(u"bob"_s, {{u"room"_s, u"garden"_s}}), u"ok"_s);
        QCOMPARE(bob.sink->take(), QStringList{u"muted: ann has muted you in garden."_s});
        QCOMPARE(telnet.sink->take(), QStringList{u"muted: ann has muted you in garden."_s});
    }

    /// Everybody would read what he says about being away.
    void nothingIsSaidByBeingAway()
    {
        QCOMPARE(rig->ask(bob, u"away"_s, {{u"text"_s, u"at lunch"_s}}), u"ok"_s);
        QCOMPARE(mute(u"bob"_s, {{u"room"_s, u"garden"_s}}), u"ok"_s);
        QCOMPARE(rig->ask(bob, u"away"_s, {{u"text"_s, u"buy tea"_s}}), u"muted"_s);
        QCOMPARE(rig->ask(bob, u"away"_s), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"unmute"_s, {{u"room"_s, u"garden"_s}, {u"name"_s, u"bob"_s}}),
                 u"ok"_s);
        QCOMPARE(rig->ask(bob, u"away"_s, {{u"text"_s, u"at lunch"_s}}), u"ok"_s);
        QCOMPARE(mute(u"bob"_s), u"ok"_s);
        QCOMPARE(rig->ask(bob, u"away"_s, {{u"text"_s, u"buy tea"_s}}), u"muted"_s);
    }

    void noConversationIsOpened()
    {
        QCOMPARE(mute(u"bob"_s), u"ok"_s);
        clear();
        QCOMPARE(rig->ask(bob, u"msg"_s,
                          {{u"to"_s, u"ann"_s}, {u"text"_s, u"hi"_s}, {u"cid"_s, u"c"_s}}),
                 u"muted"_s);
        for (const auto &[who, other] : {std::pair(ann, u"@bob"_s), {bob, u"@ann"_s}})
            QCOMPARE(rig->ask(who, u"look"_s, {{u"room"_s, other}}), u"no-such-room"_s);
        QVERIFY(ann.sink->take().isEmpty());
    }

    // Comings and goings

    void whoComesIsToldWithWhatHeIs()
    {
        QCOMPARE(give(u"moderator"_s), u"ok"_s);
        rig->ask(bob, u"leave"_s, garden());
        RecordingEvents events;
        const SessionId cat = rig->server.house.open(
                {&events.sink, &events, u"test"_s, Form::Object, {}});
        QVERIFY(rig->server.house.login(cat, u"cat"_s, {}, rig->server.now).ok());
        QVERIFY(rig->server.house.join(cat, u"garden"_s, rig->server.now).ok());
        events.entered.clear();
        rig->ask(bob, u"join"_s, garden());
        rig->guest(u"dog"_s);
        QCOMPARE(events.entered.value(0),
                 (Entered{u"garden"_s, u"bob"_s, u"test"_s, {}, true, false, RoomRole::Moderator}));
        QCOMPARE(events.entered.value(1), (Entered{u"main"_s, u"dog"_s, u"test"_s}));
    }

    /// Only with the last session one has logged out.
    void whoLogsOutIsToldSo()
    {
        const auto phone = rig->open(Form::Line);
        QVERIFY(rig->logIn(phone, u"bob"_s).ok());
        ann.sink->take();
        rig->server.house.end(bob.session, leftByLogout, rig->server.now);
        QCOMPARE(ann.sink->take(), QStringList{u"bob leaves garden"_s});
        rig->server.house.end(phone.session, leftByLogout, rig->server.now);
        QCOMPARE(ann.sink->take(), QStringList{u"bob leaves main: logout"_s});
    }

private:
    /// Keeps the events of somebody's entering as they are.
    struct RecordingEvents : EventEncoder
    {
        QByteArray encode(const Event &event, Side) const override
        {
            if (const auto *came = std::get_if<Entered>(&event))
                entered.append(*came);
            return {};
        }
        mutable QList<Entered> entered;
        RecordingSink sink;
    };

    static QJsonObject garden() { return {{u"room"_s, u"garden"_s}}; }
    /// By ann in a room, by root on the server.
    QString mute(const QString &name, QJsonObject fields = {})
    {
        fields[u"name"_s] = name;
        return rig->ask(fields.contains(u"room"_s) ? ann : root, u"mute"_s, fields);
    }
    QString give(const QString &role)
    {
        return rig->ask(ann, u"role"_s,
                        {{u"room"_s, u"garden"_s}, {u"name"_s, u"bob"_s}, {u"role"_s, role}});
    }
    QString say(const RoomRig::Somebody &who)
    {
        return rig->ask(who, u"say"_s,
                        {{u"room"_s, u"garden"_s},
                         {u"text"_s, u"hi"_s},
                         {u"cid"_s, QString::number(++said)}});
    }
    void clear()
    {
        for (const auto &who : {root, ann, bob})
            who.sink->take();
    }

    std::unique_ptr<RoomRig> rig;
    RoomRig::Somebody root;
    RoomRig::Somebody ann;
    RoomRig::Somebody bob;
    int said = 0;
};

QTEST_GUILESS_MAIN(TestMuted)
#include "tst_muted.moc"
