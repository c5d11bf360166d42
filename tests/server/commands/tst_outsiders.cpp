#include "tests/server/commands/roomrig.h"

#include "shared/limits.h"

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

/// What a room gives away to those who are not in it, and that nobody walks back into one that
/// not everybody may enter. Ann owns a room with a password and one by invitation only.
class TestOutsiders : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        rig = std::make_unique<RoomRig>();
        ann = rig->account(u"ann"_s);
        QCOMPARE(rig->ask(ann, u"create"_s,
                          {{u"room"_s, u"locked"_s}, {u"topic"_s, u"gold"_s}, {u"key"_s, u"k"_s}}),
                 u"ok"_s);
        QCOMPARE(rig->ask(ann, u"create"_s,
                          {{u"room"_s, u"den"_s}, {u"topic"_s, u"gold"_s}, {u"private"_s, true}}),
                 u"ok"_s);
        QCOMPARE(say(u"locked"_s), u"ok"_s);
    }

    void ofALockedRoomOnlyTheNameIsListed()
    {
        const auto bob = rig->guest(u"bob"_s);
        const RoomState outside = listed(bob, u"locked"_s);
        RoomState nameOnly;
        nameOnly.room = u"locked"_s;
        nameOnly.hasKey = nameOnly.isNameOnly = true;
        QCOMPARE(outside, nameOnly);
        QCOMPARE(join(bob, u"locked"_s, u"k"_s), u"ok"_s);
        const RoomState inside = listed(bob, u"locked"_s);
        QVERIFY(!inside.isNameOnly);
        QCOMPARE(inside.topic, u"gold"_s);
        QCOMPARE(inside.members, 2);
        QCOMPARE(inside.last, 1U);
        QCOMPARE(rig->ask(bob, u"leave"_s, at(u"locked"_s)), u"ok"_s);
        QVERIFY(listed(bob, u"locked"_s).isNameOnly);
        QVERIFY(!listed(rig->admin(u"root"_s), u"locked"_s).isNameOnly);
    }

    void whoeverIsInvitedSeesTheRoom()
    {
        const auto bob = rig->guest(u"bob"_s);
        const auto cat = rig->account(u"cat"_s);
        for (const char *room : {"locked", "den"}) {
            const QString name = QString::fromLatin1(room);
            for (const auto &[who, called] : {std::pair(bob, u"bob"_s), {cat, u"cat"_s}}) {
                QCOMPARE(rig->ask(ann, u"invite"_s, at(name, called)), u"ok"_s);
                QCOMPARE(listed(who, name).topic, u"gold"_s);
            }
        }
        // Under other rules an invitation of before is none.
        QCOMPARE(rig->ask(ann, u"room-set"_s, {{u"room"_s, u"den"_s}, {u"key"_s, u"x"_s}}),
                 u"ok"_s);
        QCOMPARE(roomsOf(bob), (QStringList{u"locked"_s, u"main"_s}));
        QCOMPARE(roomsOf(cat), (QStringList{u"den"_s, u"locked"_s, u"main"_s}));
    }

    void outsidersLearnNothingElse()
    {
        const auto bob = rig->guest(u"bob"_s);
        for (const char *room : {"locked", "den"}) {
            const QString name = QString::fromLatin1(room);
            for (const char *verb : {"history", "look", "topic", "read", "level", "bans", "audit"})
                QCOMPARE(rig->ask(bob, QString::fromLatin1(verb),
                                  {{u"room"_s, name}, {u"seq"_s, 1}, {u"level"_s, u"all"_s}}),
                         u"not-member"_s);
            QCOMPARE(rig->ask(bob, u"search"_s, {{u"room"_s, name}, {u"text"_s, u"hi"_s}}),
                     u"not-member"_s);
        }
        // A name that looks like that of a hidden room is refused without telling it.
        const Reply made = rig->reply(bob, u"create"_s, at(u"dеn"_s)); // a Cyrillic letter
        QCOMPARE(made.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(made.error().subject, u"dеn"_s);
    }

    void aKickTakesTheMembership_data() { guarded(); }
    void aKickTakesTheMembership()
    {
        QFETCH(const QString, room);
        const auto cat = rig->account(u"cat"_s);
        QCOMPARE(rig->ask(ann, u"invite"_s, at(room, u"cat"_s)), u"ok"_s);
        QCOMPARE(join(cat, room), u"ok"_s);
        const auto device = rig->open();
        QVERIFY(rig->logIn(device, u"cat"_s).ok());
        QCOMPARE(rig->ask(ann, u"kick"_s, at(room, u"cat"_s)), u"ok"_s);
        isOut(cat, room);
        isOut(device, room);
        rig->server.house.end(cat.session, {}, rig->server.now);
        rig->server.house.end(device.session, {}, rig->server.now);
        const auto back = rig->open();
        QVERIFY(rig->logIn(back, u"cat"_s).ok());
        isOut(back, room);
        QCOMPARE(rig->ask(ann, u"invite"_s, at(room, u"cat"_s)), u"ok"_s);
        QCOMPARE(join(back, room), u"ok"_s);
    }

    void aGuestIsKickedForGood_data() { guarded(); }
    void aGuestIsKickedForGood()
    {
        QFETCH(const QString, room);
        auto bob = rig->open();
        const QString resume = rig->server.house.login(bob.session, u"bob"_s, {}, rig->server.now)
                                       ->resume;
        QCOMPARE(rig->ask(ann, u"invite"_s, at(room, u"bob"_s)), u"ok"_s);
        QCOMPARE(join(bob, room), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"kick"_s, at(room, u"bob"_s)), u"ok"_s);
        isOut(bob, room);
        bob = rig->open();
        QVERIFY(rig->server.house.login(bob.session, u"bob"_s, resume, rig->server.now).ok());
        isOut(bob, room);
    }

    /// Who is not there at the moment, or was invited and has not come.
    void theAbsentAreKickedToo_data() { guarded(); }
    void theAbsentAreKickedToo()
    {
        QFETCH(const QString, room);
        const auto cat = rig->account(u"cat"_s);
        const auto bob = rig->guest(u"bob"_s);
        for (const char *name : {"cat", "bob"})
            QCOMPARE(rig->ask(ann, u"invite"_s, at(room, QString::fromLatin1(name))), u"ok"_s);
        QCOMPARE(join(cat, room), u"ok"_s);
        rig->server.house.end(cat.session, {}, rig->server.now);
        for (const char *name : {"cat", "bob"})
            QCOMPARE(rig->ask(ann, u"kick"_s, at(room, QString::fromLatin1(name))), u"ok"_s);
        isOut(bob, room);
        const auto back = rig->open();
        QVERIFY(rig->logIn(back, u"cat"_s).ok());
        isOut(back, room);
        QCOMPARE(rig->ask(ann, u"kick"_s, at(room, u"cat"_s)), u"no-such-user"_s);
    }

    void whoeverGaveThePasswordGivesItAgain()
    {
        const auto cat = rig->account(u"cat"_s);
        QCOMPARE(join(cat, u"locked"_s, u"k"_s), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"kick"_s, at(u"locked"_s, u"cat"_s)), u"ok"_s);
        isOut(cat, u"locked"_s);
        QCOMPARE(join(cat, u"locked"_s, u"k"_s), u"ok"_s);
    }

    void aBanTakesTheMembership_data()
    {
        QTest::addColumn<QString>("room");
        QTest::addColumn<QString>("whom");
        QTest::addColumn<bool>("isThere");
        for (const char *room : {"locked", "den"}) {
            for (const char *whom : {"cat", "192.0.2.1"}) {
                for (const bool isThere : {true, false})
                    QTest::addRow("%s, %s, %s", room, whom, isThere ? "there" : "absent")
                            << QString::fromLatin1(room) << QString::fromLatin1(whom) << isThere;
            }
        }
    }
    void aBanTakesTheMembership()
    {
        QFETCH(const QString, room);
        QFETCH(const QString, whom);
        QFETCH(const bool, isThere);
        const auto cat = rig->account(u"cat"_s);
        QCOMPARE(rig->ask(ann, u"invite"_s, at(room, u"cat"_s)), u"ok"_s);
        QCOMPARE(join(cat, room), u"ok"_s);
        if (!isThere)
            rig->server.house.end(cat.session, {}, rig->server.now);
        QCOMPARE(rig->ask(ann, u"ban"_s, at(room, whom)), u"ok"_s);
        const auto back = rig->open();
        QVERIFY(rig->logIn(back, u"cat"_s).ok());
        QCOMPARE(rig->ask(ann, u"unban"_s, at(room, whom)), u"ok"_s);
        isOut(back, room);
    }

    void whoeverLosesTheRoleIsOut_data() { guarded(); }
    void whoeverLosesTheRoleIsOut()
    {
        QFETCH(const QString, room);
        for (const bool isThere : {true, false}) {
            const QString name = isThere ? u"cat"_s : u"dog"_s;
            const auto who = rig->account(name);
            QCOMPARE(rig->ask(ann, u"invite"_s, at(room, name)), u"ok"_s);
            QCOMPARE(join(who, room), u"ok"_s);
            if (!isThere)
                rig->server.house.end(who.session, {}, rig->server.now);
            QJsonObject none = at(room, name);
            none[u"role"_s] = u"none"_s;
            QCOMPARE(rig->ask(ann, u"role"_s, none), u"ok"_s);
            const auto back = rig->open();
            QVERIFY(rig->logIn(back, name).ok());
            isOut(back, room);
        }
        // Who steps down stays.
        QJsonObject none = at(room, u"ann"_s);
        none[u"role"_s] = u"none"_s;
        QCOMPARE(rig->ask(ann, u"role"_s, none), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"history"_s, at(room)), u"ok"_s);
    }

    /// Who was put out of an open room does not come back as a member once it is private.
    void anOpenRoomThatBecomesPrivate()
    {
        QCOMPARE(rig->ask(ann, u"create"_s, at(u"tea"_s)), u"ok"_s);
        const auto cat = rig->account(u"cat"_s);
        QCOMPARE(join(cat, u"tea"_s), u"ok"_s);
        QJsonObject member = at(u"tea"_s, u"cat"_s);
        member[u"role"_s] = u"member"_s;
        QCOMPARE(rig->ask(ann, u"role"_s, member), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"kick"_s, at(u"tea"_s, u"cat"_s)), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"room-set"_s, {{u"room"_s, u"tea"_s}, {u"private"_s, true}}),
                 u"ok"_s);
        isOut(cat, u"tea"_s);
        QCOMPARE(roomsOf(cat), (QStringList{u"locked"_s, u"main"_s}));
    }

    void anOwnerStaysOne()
    {
        const auto root = rig->admin(u"root"_s);
        QCOMPARE(rig->ask(root, u"kick"_s, at(u"den"_s, u"ann"_s)), u"ok"_s);
        QCOMPARE(join(ann, u"den"_s), u"ok"_s);
        QCOMPARE(listed(ann, u"den"_s).role, RoomRole::Owner);
    }

private:
    static QJsonObject at(const QString &room, const QString &name = {})
    {
        QJsonObject fields{{u"room"_s, room}};
        if (!name.isEmpty())
            fields[u"name"_s] = name;
        return fields;
    }
    static void guarded()
    {
        QTest::addColumn<QString>("room");
        QTest::newRow("with a password") << u"locked"_s;
        QTest::newRow("by invitation") << u"den"_s;
    }
    QString join(const RoomRig::Somebody &who, const QString &room, const QString &key = {})
    {
        QJsonObject fields = at(room);
        if (!key.isEmpty())
            fields[u"key"_s] = key;
        return rig->ask(who, u"join"_s, fields);
    }
    QString say(const QString &room)
    {
        return rig->ask(ann, u"say"_s,
                        {{u"room"_s, room}, {u"text"_s, u"hi"_s}, {u"cid"_s, u"1"_s}});
    }
    /// Also when a guest who was kicked may knock again.
    void isOut(const RoomRig::Somebody &who, const QString &room)
    {
        QCOMPARE(rig->ask(who, u"history"_s, at(room)), u"not-member"_s);
        rig->server.now += std::chrono::milliseconds(limits::kickRest).count();
        QCOMPARE(join(who, room), room == "locked"_L1 ? u"room-key"_s : u"invite-required"_s);
    }
    QList<RoomState> list(const RoomRig::Somebody &who)
    {
        const Reply answer = rig->reply(who, u"rooms"_s);
        return std::get<RoomList>(*answer).rooms;
    }
    RoomState listed(const RoomRig::Somebody &who, const QString &name)
    {
        for (const RoomState &room : list(who)) {
            if (room.room == name)
                return room;
        }
        return {};
    }
    QStringList roomsOf(const RoomRig::Somebody &who)
    {
        QStringList names;
        for (const RoomState &room : list(who))
            names += room.room;
        return names;
    }

    std::unique_ptr<RoomRig> rig;
    RoomRig::Somebody ann;
};

QTEST_GUILESS_MAIN(TestOutsiders)
#include "tst_outsiders.moc"
