#include "tests/server/commands/roomrig.h"

#include "shared/limits.h"

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minute = 60'000;

QJsonObject at(const QString &room, const QString &name, QJsonObject more = {})
{
    more[u"room"_s] = room;
    more[u"name"_s] = name;
    return more;
}

} // namespace

/// What people with a power over others do to them: ann owns the room `garden`.
class TestModeration : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        rig = std::make_unique<RoomRig>();
        ann = rig->account(u"ann"_s);
        QCOMPARE(rig->ask(ann, u"create"_s, {{u"room"_s, u"garden"_s}}), u"ok"_s);
        bob = rig->guest(u"bob"_s);
        QCOMPARE(rig->ask(bob, u"join"_s, garden()), u"ok"_s);
        clear();
    }

    // Kick

    void aKickedProgramIsOutOfTheRoom()
    {
        QCOMPARE(rig->ask(ann, u"kick"_s, at(u"garden"_s, u"BOB"_s, {{u"reason"_s, u"noise"_s}})),
                 u"ok"_s);
        QCOMPARE(bob.sink->take(),
                 (QStringList{u"room garden is gone"_s,
                              u"kicked: ann has put you out of garden: noise"_s}));
        QCOMPARE(ann.sink->take(), QStringList{u"bob leaves garden: kicked"_s});
        QCOMPARE(say(bob, u"garden"_s), u"not-member"_s);
        // It was no ban, but a guest waits a little.
        QCOMPARE(rig->ask(bob, u"join"_s, garden()), u"slow-down"_s);
        rig->pass(std::chrono::milliseconds(limits::kickRest).count());
        QCOMPARE(rig->ask(bob, u"join"_s, garden()), u"ok"_s);
    }

    void aKickedTerminalGoesBackToMain()
    {
        const auto cat = rig->guest(u"cat"_s, Form::Line);
        QCOMPARE(rig->type(cat, u"join garden"_s), u"ok"_s);
        clear();
        QCOMPARE(rig->ask(ann, u"kick"_s, at(u"garden"_s, u"cat"_s)), u"ok"_s);
        QCOMPARE(ann.sink->take(),
                 (QStringList{u"cat leaves garden: kicked"_s, u"cat enters main via test"_s}));
        QCOMPARE(rig->type(cat, u"say hi"_s), u"ok"_s);
        QVERIFY(ann.sink->take().contains(u"main 1 cat: hi"_s));
    }

    void whoIsKickedOutOfMainIsOffTheServer()
    {
        const auto root = rig->admin(u"root"_s);
        clear();
        QCOMPARE(rig->ask(root, u"kick"_s, at(u"main"_s, u"bob"_s)), u"ok"_s);
        QCOMPARE(bob.sink->take(), QStringList{u"kicked!"_s});
        QVERIFY(!rig->server.house.isLoggedIn(bob.session));
    }

    void onlyWhoeverIsInTheRoomIsKicked()
    {
        rig->guest(u"cat"_s);
        QCOMPARE(rig->ask(ann, u"kick"_s, at(u"garden"_s, u"cat"_s)), u"no-such-user"_s);
        QCOMPARE(rig->ask(ann, u"kick"_s, at(u"garden"_s, u"zoe"_s)), u"no-such-user"_s);
    }

    void nobodyIsKickedByAnEqual()
    {
        const auto cat = moderator(u"cat"_s);
        const auto dog = moderator(u"dog"_s);
        QCOMPARE(rig->ask(cat, u"kick"_s, at(u"garden"_s, u"dog"_s)), u"not-allowed"_s);
        QCOMPARE(rig->ask(cat, u"ban"_s, at(u"garden"_s, u"ann"_s)), u"not-allowed"_s);
        QCOMPARE(rig->ask(cat, u"mute"_s, at(u"garden"_s, u"cat"_s)), u"not-allowed"_s);
        QCOMPARE(rig->ask(ann, u"kick"_s, at(u"garden"_s, u"dog"_s)), u"ok"_s);
        Q_UNUSED(dog)
    }

    void reasonsHaveALength_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("limit - 1") << limits::reason - 1 << u"ok"_s;
        QTest::newRow("limit") << limits::reason << u"ok"_s;
        QTest::newRow("limit + 1") << limits::reason + 1 << u"too-long"_s;
    }
    void reasonsHaveALength()
    {
        QFETCH(const int, length);
        QString reason;
        for (int i = 0; i < length; ++i)
            reason += u"🍵"_s;
        QTEST(rig->ask(ann, u"kick"_s, at(u"garden"_s, u"bob"_s, {{u"reason"_s, reason}})),
              "outcome");
    }

    void reasonsAreOneLine()
    {
        QCOMPARE(rig->ask(ann, u"ban"_s,
                          at(u"garden"_s, u"bob"_s, {{u"reason"_s, u" a\x1b[31m\r\nb "_s}})),
                 u"ok"_s);
        QCOMPARE(sanctions(u"garden"_s), QStringList{u"ban bob by ann: a b"_s});
    }

    // Bans

    void whoIsBannedIsPutOutAndStaysOut()
    {
        QCOMPARE(rig->ask(ann, u"ban"_s, at(u"garden"_s, u"bob"_s, {{u"reason"_s, u"spam"_s}})),
                 u"ok"_s);
        QCOMPARE(bob.sink->take(),
                 (QStringList{u"room garden is gone"_s,
                              u"banned: garden: You are banned here: spam"_s}));
        const Reply refused = rig->reply(bob, u"join"_s, garden());
        QCOMPARE(refused.error(), (Error{.code = ErrorCode::Banned, .other = u"spam"_s}));
        QCOMPARE(rig->ask(ann, u"unban"_s, at(u"garden"_s, u"Bob"_s)), u"ok"_s);
        QCOMPARE(rig->ask(bob, u"join"_s, garden()), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"unban"_s, at(u"garden"_s, u"bob"_s)), u"bad-request"_s);
    }

    /// Until he is none any more.
    void aBanOfAnAddressMeansNoModerator()
    {
        const auto dan = rig->account(u"dan"_s);
        QCOMPARE(rig->ask(dan, u"join"_s, garden()), u"ok"_s);
        const QJsonObject moderator{{u"role"_s, u"moderator"_s}};
        QCOMPARE(rig->ask(ann, u"role"_s, at(u"garden"_s, u"dan"_s, moderator)), u"ok"_s);
        const QJsonObject flood{{u"reason"_s, u"flood"_s}};
        QCOMPARE(rig->ask(ann, u"ban"_s, at(u"garden"_s, u"192.0.2.0/24"_s, flood)), u"ok"_s);
        const auto eve = rig->open(Form::Object, u"198.51.100.7"_s);
        QVERIFY(rig->server.house.login(eve.session, u"eve"_s, {}, rig->server.now).ok());
        QCOMPARE(rig->ask(eve, u"join"_s, garden()), u"ok"_s);
        QCOMPARE(say(dan, u"garden"_s), u"ok"_s);
        dan.sink->take();
        const QJsonObject none{{u"role"_s, u"none"_s}};
        QCOMPARE(rig->ask(ann, u"role"_s, at(u"garden"_s, u"dan"_s, none)), u"ok"_s);
        QCOMPARE(dan.sink->take().filter(u"banned: "_s),
                 QStringList{u"banned: garden: You are banned here: flood"_s});
        QCOMPARE(say(dan, u"garden"_s), u"not-member"_s);
        QCOMPARE(say(eve, u"garden"_s), u"ok"_s);
        const QJsonObject spite{{u"reason"_s, u"spite"_s}};
        QCOMPARE(rig->ask(ann, u"ban"_s, at(u"garden"_s, u"eve"_s, spite)), u"ok"_s);
        QCOMPARE(eve.sink->take().filter(u"banned: "_s),
                 QStringList{u"banned: garden: You are banned here: spite"_s});
        QCOMPARE(dan.sink->take().filter(u"banned: "_s), QStringList());
    }

    /// Neither does one of the server mean an administrator.
    void aBanOfAnAddressMeansNoAdministrator()
    {
        const auto root = rig->admin(u"root"_s);
        rig->makeAccount(u"dan"_s);
        const auto deputy = rig->open(Form::Object, u"203.0.113.9"_s);
        QVERIFY(rig->logIn(deputy, u"dan"_s).ok());
        const auto setAdmin = [&](bool isAdmin) {
            return rig->ask(root, u"user-role"_s,
                            {{u"name"_s, u"dan"_s}, {u"role"_s, isAdmin ? u"admin"_s : u"none"_s}});
        };
        QCOMPARE(setAdmin(true), u"ok"_s);
        QCOMPARE(rig->ask(root, u"ban"_s, {{u"name"_s, u"203.0.113.0/24"_s}}), u"ok"_s);
        QVERIFY(rig->server.house.isLoggedIn(deputy.session));
        QCOMPARE(setAdmin(false), u"ok"_s);
        QVERIFY(!rig->server.house.isLoggedIn(deputy.session));
        QVERIFY(rig->server.house.isLoggedIn(root.session));
    }

    /// Who was banned while only a session for text was here, in another room.
    void aBanIsNotPassedByAFurtherSession()
    {
        const auto cat = rig->account(u"cat"_s);
        QCOMPARE(rig->ask(cat, u"join"_s, garden()), u"ok"_s);
        const auto telnet = rig->open(Form::Line);
        QVERIFY(rig->logIn(telnet, u"cat"_s).ok());
        rig->server.house.end(cat.session, {}, rig->server.now);
        QCOMPARE(rig->ask(ann, u"ban"_s, at(u"garden"_s, u"cat"_s)), u"ok"_s);
        const auto phone = rig->open();
        const auto welcome = rig->logIn(phone, u"cat"_s);
        QCOMPARE(welcome->rooms.size(), 1);
        QCOMPARE(welcome->rooms.first().room, u"main"_s);
        QCOMPARE(say(phone, u"garden"_s), u"not-member"_s);
        QCOMPARE(members(), 2); // ann and bob
    }

    void bansEndByThemselves()
    {
        const double end = double(rig->server.now + minute);
        QCOMPARE(rig->ask(ann, u"ban"_s, at(u"garden"_s, u"bob"_s, {{u"until"_s, end}})), u"ok"_s);
        rig->pass(minute - 1);
        QCOMPARE(rig->ask(bob, u"join"_s, garden()), u"banned"_s);
        QCOMPARE(sanctions(u"garden"_s).size(), 1);
        rig->pass(1);
        QCOMPARE(rig->ask(bob, u"join"_s, garden()), u"ok"_s);
        QVERIFY(sanctions(u"garden"_s).isEmpty());
    }

    void whoIsBannedFromTheServerCannotLogIn()
    {
        const auto root = rig->admin(u"root"_s);
        clear();
        QCOMPARE(rig->ask(root, u"ban"_s, {{u"name"_s, u"bob"_s}}), u"ok"_s);
        QCOMPARE(bob.sink->take(), QStringList{u"banned!"_s});
        const auto again = rig->open();
        QCOMPARE(rig->ask(again, u"login"_s, {{u"name"_s, u"BOB"_s}}), u"banned"_s);
        QCOMPARE(rig->ask(again, u"login"_s, {{u"name"_s, u"bobby"_s}}), u"ok"_s);
    }

    void bannedAccountsCannotLogIn()
    {
        const auto root = rig->admin(u"root"_s);
        rig->makeAccount(u"cat"_s);
        QCOMPARE(rig->ask(root, u"ban"_s, {{u"name"_s, u"cat"_s}}), u"ok"_s);
        QCOMPARE(rig->logIn(rig->open(), u"cat"_s).error().code, ErrorCode::Banned);
    }

    void aBanOfAnAddressMeansAllWhoComeFromThere()
    {
        const auto root = rig->admin(u"root"_s);
        const auto near = rig->open(Form::Object, u"198.51.100.7"_s);
        QCOMPARE(rig->ask(near, u"login"_s, {{u"name"_s, u"near"_s}}), u"ok"_s);
        const auto stranger = rig->open(Form::Object, u"198.51.100.8"_s);
        near.sink->take();
        QCOMPARE(rig->ask(root, u"ban"_s, {{u"name"_s, u"198.51.100.0/24"_s}}), u"ok"_s);
        QCOMPARE(near.sink->take(), QStringList{u"banned!"_s});
        QCOMPARE(stranger.sink->take(), QStringList{u"banned!"_s});
        const auto again = rig->open(Form::Object, u"::ffff:198.51.100.9"_s);
        QCOMPARE(rig->ask(again, u"login"_s, {{u"name"_s, u"again"_s}}), u"banned"_s);
        const auto beside = rig->open(Form::Object, u"198.51.101.9"_s);
        QCOMPARE(rig->ask(beside, u"login"_s, {{u"name"_s, u"beside"_s}}), u"ok"_s);
        QCOMPARE(rig->ask(root, u"unban"_s, {{u"name"_s, u"198.51.100.0/24"_s}}), u"ok"_s);
        QCOMPARE(rig->ask(rig->open(Form::Object, u"198.51.100.9"_s), u"login"_s,
                          {{u"name"_s, u"again"_s}}),
                 u"ok"_s);
    }

    void moderatorsAreNotMeantByAnAddress()
    {
        const auto cat = moderator(u"cat"_s);
        clear();
        QCOMPARE(rig->ask(cat, u"ban"_s, at(u"garden"_s, u"192.0.2.1"_s)), u"ok"_s);
        QVERIFY(bob.sink->take().contains(u"room garden is gone"_s));
        QCOMPARE(say(cat, u"garden"_s), u"ok"_s);
        QCOMPARE(say(ann, u"garden"_s), u"ok"_s);
    }

    void whoeverHasNoNameIsMeantByTheAddress()
    {
        TestPeer nul(rig->server, u"nul"_s, 1);
        const QString name = strangerIn(u"main"_s);
        const auto root = rig->admin(u"root"_s);
        QCOMPARE(rig->ask(root, u"mute"_s, at(u"main"_s, name)), u"ok"_s);
        nul.feed(QByteArrayView("hi\0", 3));
        settle(rig->server, {&nul});
        QCOMPARE(nul.take(), QList<QByteArray>{QByteArray("You are muted here.\0", 20)});
        QCOMPARE(rig->ask(root, u"ban"_s, at(u"main"_s, name)), u"ok"_s);
        QVERIFY(nul.isClosed());
        TestPeer again(rig->server, u"nul"_s, 2);
        QVERIFY(again.isClosed());
        // The address is not shown.
        const Reply list = rig->reply(root, u"bans"_s, {{u"room"_s, u"main"_s}});
        for (const auto &sanction : std::get<SanctionList>(*list).sanctions)
            QCOMPARE(sanction.subject, name);
        QCOMPARE(rig->ask(root, u"unban"_s, at(u"main"_s, name)), u"ok"_s);
        QVERIFY(!TestPeer(rig->server, u"nul"_s, 3).isClosed());
    }

    void whatCannotBeBanned_data()
    {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("nothing") << u""_s << u"name-invalid"_s;
        QTest::newRow("wildcard") << u"*"_s << u"name-invalid"_s;
        QTest::newRow("wildcard behind") << u"b*"_s << u"name-invalid"_s;
        QTest::newRow("percent") << u"%"_s << u"name-invalid"_s;
        QTest::newRow("long") << QString(limits::name + 1, u'x') << u"name-invalid"_s;
        QTest::newRow("huge") << QString(50000, u'x') << u"name-invalid"_s;
        QTest::newRow("everybody") << u"0.0.0.0/0"_s << u"bad-request"_s;
        QTest::newRow("everybody of IPv6") << u"::/0"_s << u"bad-request"_s;
        QTest::newRow("everybody of IPv4") << u"::ffff:0:0/96"_s << u"bad-request"_s;
        QTest::newRow("with all of IPv4") << u"::/64"_s << u"bad-request"_s;
        QTest::newRow("IPv4, limit - 1") << u"10.0.0.0/7"_s << u"bad-request"_s;
        QTest::newRow("IPv4, limit") << u"10.0.0.0/8"_s << u"ok"_s;
        QTest::newRow("IPv4, limit + 1") << u"10.0.0.0/9"_s << u"ok"_s;
        QTest::newRow("IPv6, limit - 1") << u"2001::/15"_s << u"bad-request"_s;
        QTest::newRow("IPv6, limit") << u"2001::/16"_s << u"ok"_s;
        QTest::newRow("IPv6, limit + 1") << u"2001::/17"_s << u"ok"_s;
        QTest::newRow("no network") << u"10.0.0.0/33"_s << u"name-invalid"_s;
        QTest::newRow("no bits") << u"10.0.0.0/"_s << u"name-invalid"_s;
        QTest::newRow("negative bits") << u"10.0.0.0/-1"_s << u"name-invalid"_s;
        QTest::newRow("no address") << u"1::2::3"_s << u"name-invalid"_s;
        QTest::newRow("a name of nobody here") << u"somebody"_s << u"ok"_s;
    }
    void whatCannotBeBanned()
    {
        QFETCH(const QString, subject);
        QTEST(rig->ask(ann, u"ban"_s, at(u"garden"_s, subject)), "outcome");
    }

    void bansLieInTheFuture()
    {
        const QJsonObject past{{u"until"_s, double(rig->server.now)}};
        QCOMPARE(rig->ask(ann, u"ban"_s, at(u"garden"_s, u"bob"_s, past)), u"bad-request"_s);
        const QJsonObject ahead{{u"until"_s, double(rig->server.now + 1)}};
        QCOMPARE(rig->ask(ann, u"ban"_s, at(u"garden"_s, u"bob"_s, ahead)), u"ok"_s);
    }

    void aRoomHasSoManyBans()
    {
        for (int i = 0; i < limits::sanctionsPerRoom - 1; ++i)
            rig->ask(ann, u"ban"_s, at(u"garden"_s, u"n%1"_s.arg(i)));
        QCOMPARE(rig->ask(ann, u"mute"_s, at(u"garden"_s, u"last"_s)), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"mute"_s, at(u"garden"_s, u"more"_s)), u"too-many"_s);
        QCOMPARE(rig->ask(ann, u"unmute"_s, at(u"garden"_s, u"last"_s)), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"mute"_s, at(u"garden"_s, u"more"_s)), u"ok"_s);
        // Page by page, the newest first.
        Reply page = rig->reply(ann, u"bans"_s, {{u"room"_s, u"garden"_s}});
        QCOMPARE(std::get<SanctionList>(*page).sanctions.first().subject, u"more"_s);
        int seen = 0;
        for (;;) {
            const SanctionList list = std::get<SanctionList>(*page);
            seen += static_cast<int>(list.sanctions.size());
            if (!list.more)
                break;
            page = rig->reply(ann, u"bans"_s, {{u"room"_s, u"garden"_s}, {u"after"_s, list.next}});
        }
        QCOMPARE(seen, limits::sanctionsPerRoom);
    }

    // Mutes and read-only rooms

    void whoIsMutedDoesNotSpeak()
    {
        QCOMPARE(say(bob, u"garden"_s), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"mute"_s, at(u"garden"_s, u"bob"_s)), u"ok"_s);
        QCOMPARE(say(bob, u"garden"_s), u"muted"_s);
        QCOMPARE(rig->ask(bob, u"edit"_s,
                          {{u"room"_s, u"garden"_s}, {u"seq"_s, 1}, {u"text"_s, u"x"_s}}),
                 u"muted"_s);
        QCOMPARE(rig->ask(bob, u"topic"_s, {{u"room"_s, u"garden"_s}, {u"text"_s, u"x"_s}}),
                 u"muted"_s);
        QCOMPARE(say(bob, u"main"_s), u"ok"_s);
        // Leaving and coming back changes nothing.
        QCOMPARE(rig->ask(bob, u"leave"_s, garden()), u"ok"_s);
        QCOMPARE(rig->ask(bob, u"join"_s, garden()), u"ok"_s);
        QCOMPARE(say(bob, u"garden"_s), u"muted"_s);
        QCOMPARE(rig->ask(ann, u"unmute"_s, at(u"garden"_s, u"bob"_s)), u"ok"_s);
        QCOMPARE(say(bob, u"garden"_s), u"ok"_s);
    }

    void mutesEndByThemselves()
    {
        const double end = double(rig->server.now + minute);
        rig->ask(ann, u"mute"_s, at(u"garden"_s, u"bob"_s, {{u"until"_s, end}}));
        rig->pass(minute - 1);
        QCOMPARE(say(bob, u"garden"_s), u"muted"_s);
        rig->pass(1);
        QCOMPARE(say(bob, u"garden"_s), u"ok"_s);
    }

    void whoIsMutedOnTheServerIsSoEverywhere()
    {
        const auto root = rig->admin(u"root"_s);
        QCOMPARE(rig->ask(root, u"mute"_s, {{u"name"_s, u"bob"_s}}), u"ok"_s);
        QCOMPARE(say(bob, u"main"_s), u"muted"_s);
        QCOMPARE(say(bob, u"garden"_s), u"muted"_s);
        QCOMPARE(rig->ask(bob, u"msg"_s,
                          {{u"to"_s, u"ann"_s}, {u"text"_s, u"x"_s}, {u"cid"_s, u"m"_s}}),
                 u"muted"_s);
    }

    void inAReadOnlyRoomModeratorsSpeak()
    {
        const auto cat = moderator(u"cat"_s);
        QCOMPARE(set({{u"read_only"_s, true}}), u"ok"_s);
        QCOMPARE(say(bob, u"garden"_s), u"not-allowed"_s);
        QCOMPARE(say(cat, u"garden"_s), u"ok"_s);
        QCOMPARE(say(ann, u"garden"_s), u"ok"_s);
        QCOMPARE(set({{u"read_only"_s, false}}), u"ok"_s);
        QCOMPARE(say(bob, u"garden"_s), u"ok"_s);
    }

    // Roles

    void aRoleIsANumberedItem()
    {
        const auto cat = rig->account(u"cat"_s);
        rig->ask(cat, u"join"_s, garden());
        QCOMPARE(rig->ask(ann, u"role"_s, at(u"garden"_s, u"cat"_s, {{u"role"_s, u"moderator"_s}})),
                 u"ok"_s);
        const Reply page = rig->reply(bob, u"history"_s, garden());
        const Item item = std::get<HistoryPage>(*page).items.last();
        QCOMPARE(item.kind, ItemKind::Role);
        QCOMPARE(item.from, u"ann"_s);
        QCOMPARE(item.name, u"cat"_s);
        QCOMPARE(item.role, u"moderator"_s);
        const Reply people = rig->reply(bob, u"look"_s, garden());
        QCOMPARE(std::get<PersonList>(*people).people.last().role, RoomRole::Moderator);
    }

    void onlyAccountsHaveRoles()
    {
        QCOMPARE(rig->ask(ann, u"role"_s, at(u"garden"_s, u"bob"_s, {{u"role"_s, u"member"_s}})),
                 u"bad-request"_s);
        QCOMPARE(rig->ask(ann, u"role"_s, at(u"garden"_s, u"zoe"_s, {{u"role"_s, u"member"_s}})),
                 u"no-such-user"_s);
        QCOMPARE(rig->ask(ann, u"role"_s, at(u"garden"_s, u"ann"_s, {{u"role"_s, u"king"_s}})),
                 u"bad-request"_s);
    }

    void absentAccountsHaveRolesToo()
    {
        rig->makeAccount(u"cat"_s);
        QCOMPARE(rig->ask(ann, u"role"_s, at(u"garden"_s, u"cat"_s, {{u"role"_s, u"moderator"_s}})),
                 u"ok"_s);
        const auto cat = rig->open();
        QVERIFY(rig->logIn(cat, u"cat"_s).ok());
        rig->ask(cat, u"join"_s, garden());
        QCOMPARE(rig->ask(cat, u"kick"_s, at(u"garden"_s, u"bob"_s)), u"ok"_s);
    }

    void aRoomGoesToAnotherOwner()
    {
        moderator(u"cat"_s);
        QCOMPARE(set({{u"owner"_s, u"cat"_s}}), u"ok"_s);
        QCOMPARE(set({{u"read_only"_s, true}}), u"not-allowed"_s);
        // Who owned it moderates it now.
        QCOMPARE(rig->ask(ann, u"kick"_s, at(u"garden"_s, u"bob"_s)), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"kick"_s, at(u"garden"_s, u"cat"_s)), u"not-allowed"_s);
    }

    // Who enters

    void aPrivateRoomIsEnteredByInvitation()
    {
        const auto cat = rig->account(u"cat"_s);
        const auto dog = rig->guest(u"dog"_s);
        QCOMPARE(set({{u"private"_s, true}}), u"ok"_s);
        for (const auto &who : {cat, dog}) {
            QCOMPARE(rig->ask(who, u"join"_s, garden()), u"invite-required"_s);
            QCOMPARE(roomsOf(who), QStringList{u"main"_s});
            QCOMPARE(rig->ask(who, u"history"_s, garden()), u"not-member"_s);
            QCOMPARE(rig->ask(who, u"look"_s, garden()), u"not-member"_s);
            QCOMPARE(rig->ask(who, u"search"_s, {{u"room"_s, u"garden"_s}, {u"text"_s, u"x"_s}}),
                     u"not-member"_s);
        }
        QCOMPARE(say(bob, u"garden"_s), u"ok"_s); // who was inside stays
        for (const char *name : {"cat", "dog"})
            QCOMPARE(rig->ask(ann, u"invite"_s, at(u"garden"_s, QString::fromLatin1(name))),
                     u"ok"_s);
        for (const auto &who : {cat, dog}) {
            QCOMPARE(roomsOf(who), (QStringList{u"garden"_s, u"main"_s}));
            QCOMPARE(rig->ask(who, u"join"_s, garden()), u"ok"_s);
            QCOMPARE(rig->ask(who, u"leave"_s, garden()), u"ok"_s);
        }
        // The account was invited for good, the guest once.
        QCOMPARE(rig->ask(cat, u"join"_s, garden()), u"ok"_s);
        QCOMPARE(rig->ask(dog, u"join"_s, garden()), u"invite-required"_s);
    }

    void guestsMakeNoPrivateRooms()
    {
        QCOMPARE(rig->ask(bob, u"create"_s, {{u"room"_s, u"den"_s}, {u"private"_s, true}}),
                 u"not-allowed"_s);
        QCOMPARE(rig->ask(ann, u"create"_s, {{u"room"_s, u"den"_s}, {u"private"_s, true}}),
                 u"ok"_s);
        QCOMPARE(rig->ask(bob, u"join"_s, {{u"room"_s, u"den"_s}}), u"invite-required"_s);
    }

    void aRoomWithAPassword()
    {
        QCOMPARE(set({{u"key"_s, u"sesame"_s}}), u"ok"_s);
        const auto cat = rig->guest(u"cat"_s);
        const auto with = [](const QString &key) {
            return QJsonObject{{u"room"_s, u"garden"_s}, {u"key"_s, key}};
        };
        QCOMPARE(rig->ask(cat, u"join"_s, garden()), u"room-key"_s);
        QCOMPARE(rig->ask(cat, u"join"_s, with(u"Sesame"_s)), u"room-key"_s);
        rig->server.passwords.isFull = true;
        QCOMPARE(rig->ask(cat, u"join"_s, with(u"sesame"_s)), u"slow-down"_s);
        rig->server.passwords.isFull = false;
        QCOMPARE(rig->ask(cat, u"join"_s, with(u"sesame"_s)), u"ok"_s);
        QCOMPARE(rig->ask(cat, u"leave"_s, garden()), u"ok"_s);
        QCOMPARE(rig->ask(cat, u"join"_s, garden()), u"room-key"_s);
        QCOMPARE(set({{u"key"_s, u""_s}}), u"ok"_s);
        QCOMPARE(rig->ask(cat, u"join"_s, garden()), u"ok"_s);
    }

    void guessingAPasswordIsSlowedDown()
    {
        QCOMPARE(set({{u"key"_s, u"sesame"_s}}), u"ok"_s);
        const auto cat = rig->guest(u"cat"_s);
        const auto guess = [&](const QString &key) {
            return rig->ask(cat, u"join"_s, {{u"room"_s, u"garden"_s}, {u"key"_s, key}});
        };
        for (int i = 0; i < LoginBackoff::freeTries; ++i)
            QCOMPARE(guess(QString::number(i)), u"room-key"_s);
        const int before = rig->server.passwords.verified;
        QCOMPARE(guess(u"sesame"_s), u"slow-down"_s);
        QCOMPARE(rig->server.passwords.verified, before);
        rig->server.now += LoginBackoff::firstWait;
        QCOMPARE(guess(u"sesame"_s), u"ok"_s);
    }

    /// Or a guest who was told the password could let accounts in for good.
    void intoARoomWithAPasswordModeratorsInvite()
    {
        QCOMPARE(set({{u"key"_s, u"sesame"_s}}), u"ok"_s);
        const auto cat = rig->account(u"cat"_s);
        QCOMPARE(rig->ask(bob, u"invite"_s, at(u"garden"_s, u"cat"_s)), u"not-allowed"_s);
        QCOMPARE(rig->ask(cat, u"join"_s, garden()), u"room-key"_s);
        QCOMPARE(rig->ask(ann, u"invite"_s, at(u"garden"_s, u"cat"_s)), u"ok"_s);
        QCOMPARE(rig->ask(cat, u"join"_s, garden()), u"ok"_s);
    }

    void guestsWhoCannotComeAnyMoreAreNotExpected()
    {
        QCOMPARE(set({{u"private"_s, true}}), u"ok"_s);
        const auto invite = [&](const QString &name) {
            const auto visitor = rig->guest(name);
            const QString outcome = rig->ask(ann, u"invite"_s, at(u"garden"_s, name));
            rig->server.house.end(visitor.session, {}, rig->server.now);
            return outcome;
        };
        for (int i = 0; i < limits::expectedGuests; ++i)
            QCOMPARE(invite(u"visitor-%1-x"_s.arg(i)), u"ok"_s);
        QCOMPARE(invite(u"cat"_s), u"too-many"_s);
        rig->pass(std::chrono::milliseconds(limits::resumeValid).count() + 1);
        QCOMPARE(invite(u"cat"_s), u"ok"_s);
    }

    void keysHaveALength_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("limit - 1") << limits::roomKey - 1 << u"ok"_s;
        QTest::newRow("limit") << limits::roomKey << u"ok"_s;
        QTest::newRow("limit + 1") << limits::roomKey + 1 << u"too-long"_s;
    }
    void keysHaveALength()
    {
        QFETCH(const int, length);
        QTEST(set({{u"key"_s, QString(length, u'x')}}), "outcome");
    }

    void whoeverHasNoNameIsPutOutOfAPrivateRoom()
    {
        const auto root = rig->admin(u"root"_s);
        QVERIFY(rig->server.house
                        .enterAnonymously(rig->open(Form::Line).session, {.room = u"garden"_s})
                        .ok());
        QCOMPARE(members(), 3);
        QCOMPARE(set({{u"private"_s, true}}), u"ok"_s);
        QCOMPARE(members(), 2);
        QCOMPARE(rig->server.house
                         .enterAnonymously(rig->open(Form::Line).session, {.room = u"garden"_s})
                         .error()
                         .code,
                 ErrorCode::InviteRequired);
        Q_UNUSED(root)
    }

    void anOwnedRoomStays()
    {
        QCOMPARE(rig->ask(bob, u"create"_s, {{u"room"_s, u"den"_s}}), u"ok"_s);
        for (const auto &who : {ann, bob})
            QCOMPARE(rig->ask(who, u"leave"_s, garden()), u"ok"_s);
        QCOMPARE(rig->ask(bob, u"leave"_s, {{u"room"_s, u"den"_s}}), u"ok"_s);
        const qint64 stay = std::chrono::milliseconds(limits::emptyRoomStays).count();
        rig->pass(stay + 1);
        rig->pass(stay + 1);
        QCOMPARE(roomsOf(ann), (QStringList{u"garden"_s, u"main"_s}));
    }

    void retentionHasBounds_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("least - 1") << -2 << u"too-many"_s;
        QTest::newRow("for ever") << keepForever << u"ok"_s;
        QTest::newRow("none") << 0 << u"ok"_s;
        QTest::newRow("most") << limits::retentionDays << u"ok"_s;
        QTest::newRow("most + 1") << limits::retentionDays + 1 << u"too-many"_s;
    }
    void retentionHasBounds()
    {
        QFETCH(const int, days);
        QTEST(set({{u"retention"_s, days}}), "outcome");
    }

    void everybodyIsToldOfNewRules()
    {
        QCOMPARE(set({{u"read_only"_s, true}}), u"ok"_s);
        QCOMPARE(bob.sink->take(), QStringList{u"room garden"_s});
        QCOMPARE(set({}), u"bad-request"_s);
        QVERIFY(bob.sink->take().isEmpty());
    }

    void mainIsEverybodys()
    {
        const auto root = rig->admin(u"root"_s);
        const auto setMain = [&](QJsonObject rules) {
            rules[u"room"_s] = u"main"_s;
            return rig->ask(root, u"room-set"_s, rules);
        };
        QCOMPARE(setMain({{u"private"_s, true}}), u"bad-request"_s);
        QCOMPARE(setMain({{u"key"_s, u"x"_s}}), u"bad-request"_s);
        QCOMPARE(setMain({{u"owner"_s, u"ann"_s}}), u"bad-request"_s);
        QCOMPARE(setMain({{u"retention"_s, 7}}), u"bad-request"_s); // the setting says it
        QCOMPARE(setMain({{u"read_only"_s, true}}), u"ok"_s);
        QCOMPARE(say(bob, u"main"_s), u"not-allowed"_s);
    }

    // Messages of others

    void moderatorsDeleteWhatOthersHaveSaid()
    {
        const auto cat = moderator(u"cat"_s);
        QCOMPARE(say(bob, u"garden"_s), u"ok"_s);
        QCOMPARE(say(ann, u"garden"_s), u"ok"_s);
        const auto erase = [&](const RoomRig::Somebody &who, int seq) {
            return rig->ask(who, u"delete"_s, {{u"room"_s, u"garden"_s}, {u"seq"_s, seq}});
        };
        QCOMPARE(erase(bob, 3), u"not-allowed"_s); // 1 is cat's role
        QCOMPARE(erase(cat, 2), u"ok"_s);
        QCOMPARE(erase(cat, 99), u"no-such-message"_s);
        QCOMPARE(erase(bob, 2), u"no-such-message"_s);
        QVERIFY(auditOf(u"garden"_s).contains(u"cat delete bob: message 2"_s));
    }

    void nobodyLiftsWhatIsImposedOnOnesOwnRank()
    {
        const auto cat = moderator(u"cat"_s);
        const auto dan = moderator(u"dan"_s);
        QCOMPARE(rig->ask(ann, u"mute"_s, at(u"garden"_s, u"cat"_s)), u"ok"_s);
        for (const auto &who : {cat, dan})
            QCOMPARE(rig->ask(who, u"unmute"_s, at(u"garden"_s, u"cat"_s)), u"not-allowed"_s);
        QCOMPARE(rig->ask(ann, u"unmute"_s, at(u"garden"_s, u"cat"_s)), u"ok"_s);
    }

    void whoWasInvitedBeforeIsNotExpectedUnderNewRules()
    {
        const auto eve = rig->guest(u"eve"_s);
        QCOMPARE(rig->ask(bob, u"join"_s, {{u"room"_s, u"garden"_s}}), u"ok"_s);
        QCOMPARE(rig->ask(bob, u"invite"_s, at(u"garden"_s, u"eve"_s)), u"ok"_s);
        QCOMPARE(set({{u"private"_s, true}}), u"ok"_s);
        QCOMPARE(rig->ask(eve, u"join"_s, {{u"room"_s, u"garden"_s}}), u"invite-required"_s);
        QCOMPARE(rig->ask(ann, u"invite"_s, at(u"garden"_s, u"eve"_s)), u"ok"_s);
        QCOMPARE(set({{u"key"_s, u"sesame"_s}}), u"ok"_s);
        QCOMPARE(rig->ask(eve, u"join"_s, {{u"room"_s, u"garden"_s}}), u"invite-required"_s);
    }

    // Levels and the log

    void aLevelIsToldToOnesOtherSessions()
    {
        const auto other = rig->open();
        QVERIFY(rig->logIn(other, u"ann"_s).ok());
        clear();
        QCOMPARE(rig->ask(ann, u"level"_s, {{u"room"_s, u"garden"_s}, {u"level"_s, u"none"_s}}),
                 u"ok"_s);
        QCOMPARE(other.sink->take(), QStringList{u"room garden"_s});
        QVERIFY(ann.sink->take().isEmpty());
        QCOMPARE(rig->ask(ann, u"level"_s, {{u"room"_s, u"garden"_s}, {u"level"_s, u"some"_s}}),
                 u"bad-request"_s);
    }

    void theLogSaysForHowLong()
    {
        const double end = double(rig->server.now + 10 * minute);
        for (const char *reason : {"", "loud"})
            QCOMPARE(rig->ask(ann, u"mute"_s,
                              at(u"garden"_s, u"bob"_s,
                                 {{u"until"_s, end}, {u"reason"_s, QString::fromLatin1(reason)}})),
                     u"ok"_s);
        QCOMPARE(auditOf(u"garden"_s),
                 (QStringList{u"ann mute bob: until 2023-11-14 22:23 UTC: loud"_s,
                              u"ann mute bob: until 2023-11-14 22:23 UTC."_s}));
        moderator(u"cat"_s);
        rig->ask(ann, u"role"_s, at(u"garden"_s, u"cat"_s, {{u"role"_s, u"none"_s}}));
        QCOMPARE(auditOf(u"garden"_s).first(), u"ann role cat: none"_s);
    }

    /// A person at a terminal is told in words why not.
    void whoMayIsSaidAtATerminal()
    {
        const auto cat = rig->guest(u"cat"_s, Form::Line);
        QCOMPARE(rig->type(cat, u"join garden"_s), u"ok"_s);
        const auto why = [&](const QString &line) {
            const Reply reply = rig->line(cat, line);
            return reply ? QString() : reply.error().other;
        };
        QCOMPARE(why(u"kick ann"_s), u"it takes a moderator of the room"_s);
        QCOMPARE(why(u"room-set key x"_s), u"it takes an owner of the room"_s);
        QCOMPARE(why(u"accounts"_s), u"it takes an administrator"_s);
        QCOMPARE(why(u"passwd x correct-horse"_s), u"it takes an account"_s);
        QCOMPARE(set({{u"read_only"_s, true}}), u"ok"_s);
        QCOMPARE(why(u"say hi"_s), u"it takes a moderator, the room is read-only"_s);
    }

    void whatIsDoneStandsInTheLog()
    {
        moderator(u"cat"_s);
        // Where everybody may come in, an invitation is no use of a power.
        rig->ask(ann, u"invite"_s, at(u"garden"_s, u"bob"_s));
        rig->ask(ann, u"mute"_s, at(u"garden"_s, u"bob"_s, {{u"reason"_s, u"loud"_s}}));
        rig->ask(ann, u"unmute"_s, at(u"garden"_s, u"bob"_s));
        rig->ask(ann, u"ban"_s, at(u"garden"_s, u"bob"_s));
        rig->ask(ann, u"unban"_s, at(u"garden"_s, u"bob"_s));
        rig->ask(ann, u"kick"_s, at(u"garden"_s, u"cat"_s));
        set({{u"private"_s, true}, {u"key"_s, u"sesame"_s}, {u"retention"_s, 7}});
        rig->ask(ann, u"invite"_s, at(u"garden"_s, u"bob"_s));
        QCOMPARE(auditOf(u"garden"_s),
                 (QStringList{u"ann invite bob: "_s,
                              u"ann room-set : private on, key on, retention 7"_s,
                              u"ann kick cat: "_s, u"ann unban bob: "_s, u"ann ban bob: "_s,
                              u"ann unmute bob: "_s, u"ann mute bob: loud"_s,
                              u"ann role cat: moderator"_s}));
    }

    // At a terminal

    void theSameByLines()
    {
        const auto owner = rig->open(Form::Line);
        QVERIFY(rig->logIn(owner, u"ann"_s).ok());
        QCOMPARE(rig->type(owner, u"join garden"_s), u"ok"_s);
        QCOMPARE(rig->type(owner, u"mute bob 10m too loud"_s), u"ok"_s);
        QCOMPARE(sanctions(u"garden"_s), QStringList{u"mute bob by ann: too loud"_s});
        QCOMPARE(rig->type(owner, u"unmute bob"_s), u"ok"_s);
        QCOMPARE(rig->type(owner, u"ban bob forever"_s), u"ok"_s);
        QCOMPARE(rig->type(owner, u"unban bob"_s), u"ok"_s);
        QCOMPARE(rig->type(owner, u"ban bob 10x"_s), u"ok"_s); // no duration: a reason
        QCOMPARE(sanctions(u"garden"_s), QStringList{u"ban bob by ann: 10x"_s});
        QCOMPARE(rig->type(owner, u"ban bob server"_s), u"not-allowed"_s);
        QCOMPARE(rig->type(owner, u"room-set private on"_s), u"ok"_s);
        QCOMPARE(rig->type(owner, u"room-set private"_s), u"bad-request"_s);
        QCOMPARE(rig->type(owner, u"room-set colour red"_s), u"bad-request"_s);
        QCOMPARE(rig->type(owner, u"room-set retention x"_s), u"bad-request"_s);
        QCOMPARE(rig->type(owner, u"room-set retention forever"_s), u"ok"_s);
        QCOMPARE(rig->type(owner, u"audit 3"_s), u"ok"_s);
        QCOMPARE(rig->type(owner, u"level mentions"_s), u"ok"_s);
    }

private:
    static QJsonObject garden() { return {{u"room"_s, u"garden"_s}}; }
    QString set(QJsonObject rules)
    {
        rules[u"room"_s] = u"garden"_s;
        return rig->ask(ann, u"room-set"_s, rules);
    }
    QString say(const RoomRig::Somebody &who, const QString &room)
    {
        return rig->ask(
                who, u"say"_s,
                {{u"room"_s, room}, {u"text"_s, u"hi"_s}, {u"cid"_s, QString::number(++said)}});
    }
    RoomRig::Somebody moderator(const QString &name)
    {
        const auto who = rig->account(name);
        rig->ask(who, u"join"_s, garden());
        rig->ask(ann, u"role"_s, at(u"garden"_s, name, {{u"role"_s, u"moderator"_s}}));
        return who;
    }
    QStringList roomsOf(const RoomRig::Somebody &who)
    {
        QStringList names;
        const Reply list = rig->reply(who, u"rooms"_s);
        for (const RoomState &room : std::get<RoomList>(*list).rooms)
            names += room.room;
        return names;
    }
    int members()
    {
        const Reply people = rig->reply(ann, u"look"_s, garden());
        return static_cast<int>(std::get<PersonList>(*people).people.size());
    }
    QString strangerIn(const QString &room)
    {
        const Reply people = rig->reply(ann, u"look"_s, {{u"room"_s, room}});
        for (const Person &person : std::get<PersonList>(*people).people) {
            if (person.name.startsWith("guest~"_L1))
                return person.name;
        }
        return {};
    }
    QStringList sanctions(const QString &room)
    {
        QStringList lines;
        const Reply list = rig->reply(ann, u"bans"_s, {{u"room"_s, room}});
        for (const auto &sanction : std::get<SanctionList>(*list).sanctions)
            lines += u"%1 %2 by %3: %4"_s.arg(sanction.kind == SanctionKind::Ban ? u"ban"_s
                                                                                 : u"mute"_s,
                                              sanction.subject, sanction.by, sanction.reason);
        return lines;
    }
    /// Newest first.
    QStringList auditOf(const QString &room)
    {
        QStringList lines;
        const Reply page = rig->reply(ann, u"audit"_s, {{u"room"_s, room}});
        for (const auto &entry : std::get<AuditPage>(*page).entries)
            lines += u"%1 %2 %3: %4"_s.arg(entry.by, entry.verb, entry.target, entry.text);
        return lines;
    }
    void clear()
    {
        ann.sink->take();
        bob.sink->take();
    }

    std::unique_ptr<RoomRig> rig;
    RoomRig::Somebody ann;
    RoomRig::Somebody bob;
    int said = 0;
};

QTEST_GUILESS_MAIN(TestModeration)
#include "tst_moderation.moc"
