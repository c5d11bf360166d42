#include "tests/server/commands/roomrig.h"

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

NetAddress address(const QString &text)
{
    return parseNetwork(text)->base;
}

Source from(const QString &text)
{
    return {address(text), address(text)};
}

/// One of the addresses of a network that strangers come from.
Source stranger(int number)
{
    return from(u"198.51.%1.%2"_s.arg(number / 250).arg(number % 250 + 1));
}

} // namespace

/// What strangers try to use up, and what is left for others all the same.
class TestExhaust : public QObject
{
    Q_OBJECT

private slots:
    void init() { begin({}, limits::rooms); }

    // Rooms

    void anEmptyRoomWithNothingSaidGoesAtOnce()
    {
        const auto guest = arrive(from(u"198.51.100.1"_s), u"guest1"_s);
        for (int i = 0; i < 3 * limits::roomsPerAddress; ++i) {
            QCOMPARE(make(guest, u"r%1"_s.arg(i)), u"ok"_s);
            QCOMPARE(rig->ask(guest, u"leave"_s, {{u"room"_s, u"r%1"_s.arg(i)}}), u"ok"_s);
        }
        QCOMPARE(rig->ask(guest, u"join"_s, {{u"room"_s, u"r1"_s}}), u"no-such-room"_s);
        QCOMPARE(make(guest, u"r1"_s), u"ok"_s); // the name is free
    }

    void aRoomWhereSomethingWasSaidStays()
    {
        const auto guest = arrive(from(u"198.51.100.1"_s), u"guest1"_s);
        QCOMPARE(make(guest, u"den"_s), u"ok"_s);
        say(guest, u"den"_s);
        QCOMPARE(rig->ask(guest, u"leave"_s, {{u"room"_s, u"den"_s}}), u"ok"_s);
        QCOMPARE(rig->ask(guest, u"join"_s, {{u"room"_s, u"den"_s}}), u"ok"_s);
    }

    void aGuestMakesSoMany()
    {
        const auto guest = arrive(from(u"198.51.100.1"_s), u"guest1"_s);
        for (int i = 0; i < limits::roomsPerGuest; ++i)
            QCOMPARE(make(guest, u"r%1"_s.arg(i)), u"ok"_s);
        QCOMPARE(make(guest, u"more"_s), u"too-many"_s);
        QCOMPARE(rig->ask(guest, u"leave"_s, {{u"room"_s, u"r0"_s}}), u"ok"_s);
        QCOMPARE(make(guest, u"more"_s), u"ok"_s); // there are as many as before
    }

    void anAddressMakesSoMany()
    {
        int made = 0;
        for (int i = 0; i < 5; ++i)
            made += makeAll(arrive(from(u"198.51.100.1"_s), u"guest%1"_s.arg(i)), i);
        QCOMPARE(made, limits::roomsPerAddress);
        QCOMPARE(make(arrive(from(u"203.0.113.9"_s), u"honest"_s), u"wanted"_s), u"ok"_s);
    }

    void manyAddressesLeaveSomeNames()
    {
        constexpr int all = 2000;
        begin({}, all);
        int made = 0;
        for (int i = 0; i < 100; ++i)
            made += makeAll(arrive(stranger(i), u"guest%1"_s.arg(i)), i);
        QVERIFY2(made < all * 3 / 4, qPrintable(QString::number(made)));
        QCOMPARE(make(arrive(from(u"203.0.113.9"_s), u"honest"_s), u"wanted"_s), u"ok"_s);
    }

    void anEmptyRoomGivesWay()
    {
        begin({}, 4);
        for (int i = 0; i < 3; ++i) {
            const auto guest = arrive(stranger(i), u"guest%1"_s.arg(i));
            QCOMPARE(make(guest, u"r%1"_s.arg(i)), u"ok"_s);
            say(guest, u"r%1"_s.arg(i));
            rig->pass(1000);
            if (i != 1)
                rig->server.house.end(guest.session, {}, rig->server.now);
        }
        const auto honest = arrive(from(u"203.0.113.9"_s), u"honest"_s);
        QCOMPARE(make(honest, u"wanted"_s), u"ok"_s);
        QCOMPARE(rig->ask(honest, u"join"_s, {{u"room"_s, u"r0"_s}}), u"no-such-room"_s);
        QCOMPARE(rig->ask(honest, u"join"_s, {{u"room"_s, u"r1"_s}}), u"ok"_s);
        QCOMPARE(rig->ask(honest, u"join"_s, {{u"room"_s, u"r2"_s}}), u"ok"_s);
    }

    // Conversations

    void strangersWhoStayDoNotFillAList()
    {
        rig->makeAccount(u"vic"_s);
        const auto friendly = rig->account(u"friendly"_s);
        for (int i = 0; i < limits::privateRoomsPerUser + 10; ++i)
            QCOMPARE(write(arrive(stranger(i), u"spam%1"_s.arg(i)), u"vic"_s), u"ok"_s);
        QCOMPARE(write(friendly, u"vic"_s), u"ok"_s);
        const auto vic = rig->open();
        const auto welcome = rig->logIn(vic, u"vic"_s);
        QVERIFY(welcome.ok());
        QVERIFY(lists(*welcome, u"@friendly"_s));
        QCOMPARE(conversationsOf(*welcome), limits::privateRoomsPerUser);
        QCOMPARE(write(vic, u"friendly"_s), u"ok"_s);
    }

    void accountsThatLeftDoNotFillAList()
    {
        rig->makeAccount(u"vic"_s);
        const auto friendly = rig->account(u"friendly"_s);
        for (int i = 0; i < limits::privateRoomsPerUser + 1; ++i) {
            const auto spammer = rig->account(u"spam%1"_s.arg(i));
            QCOMPARE(write(spammer, u"vic"_s), u"ok"_s);
            rig->server.house.end(spammer.session, {}, rig->server.now);
        }
        QCOMPARE(write(friendly, u"vic"_s), u"ok"_s);
        const auto vic = rig->open();
        QVERIFY(rig->logIn(vic, u"vic"_s).ok());
        rig->makeAccount(u"other"_s);
        QCOMPARE(write(vic, u"other"_s), u"ok"_s);
    }

    void oneAddressPushesOutItsOwn()
    {
        begin({.unansweredPerAddress = 1000}, limits::rooms);
        rig->makeAccount(u"vic"_s);
        const auto shy = arrive(from(u"203.0.113.9"_s), u"shy"_s);
        QCOMPARE(write(shy, u"vic"_s), u"ok"_s); // never answered, and older than all of them
        for (int i = 0; i < limits::privateRoomsPerUser + 20; ++i) {
            rig->server.now += 60'000;
            QCOMPARE(write(arrive(from(u"198.51.100.1"_s), u"spam%1"_s.arg(i)), u"vic"_s), u"ok"_s);
        }
        const auto welcome = rig->logIn(rig->open(), u"vic"_s);
        QVERIFY(lists(*welcome, u"@shy"_s));
        QVERIFY(!lists(*welcome, u"@spam0"_s));
    }

    void anAnsweredOneNeverGivesWay()
    {
        const auto vic = rig->account(u"vic"_s);
        for (int i = 0; i < limits::privateRoomsPerUser; ++i) {
            const auto known = arrive(stranger(i), u"known%1"_s.arg(i));
            QCOMPARE(write(known, u"vic"_s), u"ok"_s);
            QCOMPARE(write(vic, u"known%1"_s.arg(i)), u"ok"_s);
        }
        QCOMPARE(write(arrive(stranger(999), u"late"_s), u"vic"_s), u"too-many"_s);
        // The owner makes room.
        QCOMPARE(rig->ask(vic, u"leave"_s, {{u"room"_s, u"@known7"_s}}), u"ok"_s);
        QCOMPARE(write(arrive(stranger(998), u"later"_s), u"vic"_s), u"ok"_s);
    }

    void ignoredPeopleGiveWayFirst()
    {
        const auto vic = rig->account(u"vic"_s);
        for (int i = 0; i < limits::privateRoomsPerUser; ++i) {
            const auto known = arrive(stranger(i), u"known%1"_s.arg(i));
            QCOMPARE(write(known, u"vic"_s), u"ok"_s);
            if (i != 5)
                QCOMPARE(write(vic, u"known%1"_s.arg(i)), u"ok"_s);
        }
        QCOMPARE(rig->ask(vic, u"ignore"_s, {{u"name"_s, u"known3"_s}}), u"ok"_s);
        vic.sink->take();
        QCOMPARE(write(arrive(stranger(999), u"late"_s), u"vic"_s), u"ok"_s);
        QCOMPARE(rig->ask(vic, u"history"_s, {{u"room"_s, u"@known3"_s}}), u"no-such-room"_s);
        QCOMPARE(rig->ask(vic, u"history"_s, {{u"room"_s, u"@known5"_s}}), u"ok"_s);
    }

    void allConversationsOfTheServer()
    {
        begin({.conversations = 300}, limits::rooms);
        constexpr int people = 40;
        QList<RoomRig::Somebody> spammers;
        for (int i = 0; i < people; ++i)
            spammers.append(arrive(stranger(i), u"spam%1"_s.arg(i)));
        for (int i = 0; i < people; ++i) {
            for (int d = 1; d < people / 2; ++d)
                write(spammers.at(i), u"spam%1"_s.arg((i + d) % people));
        }
        const auto honest = arrive(from(u"203.0.113.9"_s), u"honest1"_s);
        arrive(from(u"203.0.113.10"_s), u"honest2"_s);
        QCOMPARE(write(honest, u"honest2"_s), u"ok"_s);
    }

    void onePersonBeginsSoMany()
    {
        const auto ann = arrive(from(u"198.51.100.1"_s), u"ann"_s);
        QList<RoomRig::Somebody> others;
        for (int i = 0; i <= limits::unansweredPerPerson; ++i)
            others.append(arrive(stranger(i), u"other%1"_s.arg(i)));
        for (int i = 0; i < limits::unansweredPerPerson; ++i) {
            rig->server.now += 60'000;
            QCOMPARE(write(ann, u"other%1"_s.arg(i)), u"ok"_s);
        }
        const QString last = u"other%1"_s.arg(limits::unansweredPerPerson);
        rig->server.now += 60'000;
        QCOMPARE(write(ann, last), u"too-many"_s);
        QCOMPARE(write(ann, u"other1"_s), u"ok"_s);       // that one is begun
        QCOMPARE(write(others.at(1), u"ann"_s), u"ok"_s); // and answered now
        QCOMPARE(write(ann, last), u"ok"_s);
    }

    void oneAddressBeginsSoFast()
    {
        QString outcome = u"ok"_s;
        for (int i = 0; i < 60 && outcome == "ok"_L1; ++i) {
            arrive(stranger(i), u"other%1"_s.arg(i));
            outcome = write(arrive(from(u"203.0.113.9"_s), u"ann%1"_s.arg(i)), u"other%1"_s.arg(i));
        }
        QCOMPARE(outcome, u"slow-down"_s);
    }

    void whatIsEndedComesBackWhole()
    {
        const auto ann = rig->account(u"ann"_s);
        const auto bob = rig->account(u"bob"_s);
        QCOMPARE(write(ann, u"bob"_s), u"ok"_s);
        QCOMPARE(write(bob, u"ann"_s), u"ok"_s);
        ann.sink->take();
        QCOMPARE(rig->ask(ann, u"leave"_s, {{u"room"_s, u"@bob"_s}}), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"history"_s, {{u"room"_s, u"@bob"_s}}), u"no-such-room"_s);
        QCOMPARE(rig->ask(bob, u"history"_s, {{u"room"_s, u"@ann"_s}}), u"ok"_s);
        QCOMPARE(write(bob, u"ann"_s), u"ok"_s);
        QCOMPARE(ann.sink->take(), (QStringList{u"room @bob"_s, u"@bob 3 bob: hello"_s}));
        QCOMPARE(items(ann, u"@bob"_s), 3);
        // Ended by both, it comes back to whoever writes, and to the other.
        QCOMPARE(rig->ask(ann, u"leave"_s, {{u"room"_s, u"@bob"_s}}), u"ok"_s);
        QCOMPARE(rig->ask(bob, u"leave"_s, {{u"room"_s, u"@ann"_s}}), u"ok"_s);
        bob.sink->take();
        QCOMPARE(write(ann, u"bob"_s), u"ok"_s);
        QCOMPARE(bob.sink->take(), (QStringList{u"room @ann"_s, u"@ann 4 ann: hello"_s}));
        QCOMPARE(items(ann, u"@bob"_s), 4);
        QCOMPARE(items(bob, u"@ann"_s), 4);
    }

    void anIgnoredOneDoesNotBringItBack()
    {
        const auto ann = rig->account(u"ann"_s);
        const auto bob = rig->account(u"bob"_s);
        QCOMPARE(write(bob, u"ann"_s), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"ignore"_s, {{u"name"_s, u"bob"_s}}), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"leave"_s, {{u"room"_s, u"@bob"_s}}), u"ok"_s);
        ann.sink->take();
        QCOMPARE(write(bob, u"ann"_s), u"ok"_s);
        QVERIFY(ann.sink->take().isEmpty());
        QCOMPARE(write(ann, u"bob"_s), u"ok"_s);
        QCOMPARE(items(ann, u"@bob"_s), 3);
    }

    void aTerminalEndsOne()
    {
        const auto ann = rig->account(u"ann"_s, Form::Line);
        const auto bob = rig->account(u"bob"_s);
        QCOMPARE(rig->type(ann, u"end bob"_s), u"no-such-room"_s);
        QCOMPARE(rig->type(ann, u"msg bob hello"_s), u"ok"_s);
        QCOMPARE(rig->type(ann, u"end bob"_s), u"ok"_s);
        QCOMPARE(rig->type(ann, u"end @bob"_s), u"no-such-room"_s);
        Q_UNUSED(bob)
    }

    // Accounts and what belongs to them

    void oneAddressRegistersSoFast()
    {
        begin({.registrationBurst = 3, .registrationsPerHour = 60}, limits::rooms);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(registerFrom(from(u"198.51.100.1"_s), u"acc%1"_s.arg(i)), u"ok"_s);
        QCOMPARE(registerFrom(from(u"198.51.100.1"_s), u"acc3"_s), u"slow-down"_s);
        QCOMPARE(registerFrom(from(u"198.51.100.1"_s), u"acc3"_s), u"slow-down"_s);
        QCOMPARE(registerFrom(from(u"203.0.113.9"_s), u"honest"_s), u"ok"_s);
        const auto guest = arrive(from(u"198.51.100.1"_s), u"guest1"_s);
        QCOMPARE(rig->ask(guest, u"register"_s, {{u"password"_s, rig->password}}), u"slow-down"_s);
        rig->server.now += 60'000;
        QCOMPARE(registerFrom(from(u"198.51.100.1"_s), u"acc3"_s), u"ok"_s);
        QCOMPARE(registerFrom(from(u"198.51.100.1"_s), u"acc4"_s), u"slow-down"_s);
    }

    void aRefusedNameCostsNothing()
    {
        begin({.registrationBurst = 1, .registrationsPerHour = 1}, limits::rooms);
        rig->makeAccount(u"ann"_s);
        QCOMPARE(registerFrom(from(u"198.51.100.1"_s), u"ann"_s), u"name-taken"_s);
        QCOMPARE(registerFrom(from(u"198.51.100.1"_s), u"bob"_s), u"ok"_s);
    }

    void guestsThatComeAndGoPushOutTheirOwn()
    {
        const auto honest = rig->openFrom(from(u"203.0.113.9"_s));
        const auto welcome = rig->server.house.login(honest.session, u"honest"_s, {},
                                                     rig->server.now);
        rig->server.house.end(honest.session, {}, rig->server.now);
        for (int i = 0; i < limits::departedGuests + 10; ++i) {
            const auto guest = arrive(from(u"198.51.100.1"_s), u"g%1"_s.arg(i));
            rig->server.house.end(guest.session, {}, rig->server.now);
        }
        rig->pass(1000);
        const auto again = rig->openFrom(from(u"203.0.113.9"_s));
        const auto back = rig->server.house.login(again.session, u"honest"_s, welcome->resume,
                                                  rig->server.now);
        QVERIFY(back.ok());
        QCOMPARE(back->resume, welcome->resume);
    }

    void whomNobodyCanMeetAgainIsIgnoredNoLonger()
    {
        const auto ann = rig->account(u"ann"_s);
        for (int i = 0; i < limits::ignored; ++i) {
            const auto pest = arrive(stranger(i), u"pest%1"_s.arg(i));
            QCOMPARE(rig->ask(ann, u"ignore"_s, {{u"name"_s, u"pest%1"_s.arg(i)}}), u"ok"_s);
            if (i % 2 == 0)
                rig->server.house.end(pest.session, {}, rig->server.now);
        }
        arrive(stranger(999), u"last"_s);
        QCOMPARE(rig->ask(ann, u"ignore"_s, {{u"name"_s, u"last"_s}}), u"too-many"_s);
        rig->pass(std::chrono::milliseconds(limits::resumeValid).count() + 1);
        QCOMPARE(rig->ask(ann, u"ignore"_s, {{u"name"_s, u"last"_s}}), u"ok"_s);
    }

    void whatOneWantsToBeToldOfGoesWithTheRoom()
    {
        const auto ann = rig->account(u"ann"_s);
        const auto bob = rig->account(u"bob"_s);
        QCOMPARE(make(ann, u"den"_s), u"ok"_s);
        const QJsonObject den{{u"room"_s, u"den"_s}};
        QCOMPARE(rig->ask(bob, u"join"_s, den), u"ok"_s);
        QCOMPARE(rig->ask(bob, u"level"_s, {{u"room"_s, u"den"_s}, {u"level"_s, u"none"_s}}),
                 u"ok"_s);
        QCOMPARE(rig->ask(bob, u"leave"_s, den), u"ok"_s);
        const Reply again = rig->reply(bob, u"join"_s, den);
        QCOMPARE(std::get<RoomJoined>(*again).room.level, NotifyLevel::All);
    }

    // Power

    void oneModeratorDoesNotFillTheBans()
    {
        const auto owner = rig->account(u"owner"_s);
        const auto mod = rig->account(u"mod"_s);
        QCOMPARE(make(owner, u"den"_s), u"ok"_s);
        QCOMPARE(rig->ask(mod, u"join"_s, {{u"room"_s, u"den"_s}}), u"ok"_s);
        QCOMPARE(rig->ask(owner, u"role"_s,
                          {{u"room"_s, u"den"_s},
                           {u"name"_s, u"mod"_s},
                           {u"role"_s, u"moderator"_s}}),
                 u"ok"_s);
        const auto ban = [&](const RoomRig::Somebody &who, int i) {
            return rig->ask(who, u"ban"_s, {{u"room"_s, u"den"_s}, {u"name"_s, u"n%1"_s.arg(i)}});
        };
        for (int i = 0; i < limits::sanctionsPerRoom / 2; ++i)
            QCOMPARE(ban(mod, i), u"ok"_s);
        QCOMPARE(ban(mod, 9999), u"too-many"_s);
        QCOMPARE(ban(owner, 9999), u"ok"_s);
    }

    void oneAdministratorDoesNotTakeAllInvitations()
    {
        const auto one = rig->admin(u"one"_s);
        const auto two = rig->admin(u"two"_s);
        for (int i = 0; i < limits::invitesPerPerson; ++i)
            QCOMPARE(rig->ask(one, u"invite-code"_s), u"ok"_s);
        QCOMPARE(rig->ask(one, u"invite-code"_s), u"too-many"_s);
        QCOMPARE(rig->ask(two, u"invite-code"_s), u"ok"_s);
    }

    void nobodyPushesOthersOutOfTheLog()
    {
        const auto ann = rig->account(u"ann"_s);
        const auto bob = rig->account(u"bob"_s);
        QCOMPARE(make(ann, u"annroom"_s), u"ok"_s);
        QCOMPARE(make(bob, u"bobroom"_s), u"ok"_s);
        const auto set = [&](const RoomRig::Somebody &who, const QString &room, int i) {
            rig->ask(who, u"room-set"_s, {{u"room"_s, room}, {u"read_only"_s, i % 2 == 0}});
        };
        set(ann, u"annroom"_s, 0);
        for (int i = 0; i < limits::memoryAudit + 10; ++i)
            set(bob, u"bobroom"_s, i);
        const Reply page = rig->reply(ann, u"audit"_s, {{u"room"_s, u"annroom"_s}});
        QCOMPARE(std::get<AuditPage>(*page).entries.size(), 1);
    }

private:
    void begin(const ShareLimits &shares, int rooms)
    {
        rig = std::make_unique<RoomRig>(shares, rooms);
        words = 0;
    }
    RoomRig::Somebody arrive(const Source &source, const QString &name)
    {
        const auto who = rig->openFrom(source);
        if (rig->enter(who, name) != "ok"_L1)
            qFatal("%s is refused", qPrintable(name));
        return who;
    }
    QString make(const RoomRig::Somebody &who, const QString &room)
    {
        return rig->ask(who, u"create"_s, {{u"room"_s, room}});
    }
    /// As many as the guest may; how many that were.
    int makeAll(const RoomRig::Somebody &who, int number)
    {
        int made = 0;
        while (make(who, u"r%1-%2"_s.arg(number).arg(made)) == "ok"_L1)
            ++made;
        return made;
    }
    void say(const RoomRig::Somebody &who, const QString &room)
    {
        QCOMPARE(rig->ask(who, u"say"_s,
                          {{u"room"_s, room}, {u"text"_s, u"x"_s}, {u"cid"_s, nextCid()}}),
                 u"ok"_s);
    }
    QString write(const RoomRig::Somebody &who, const QString &to)
    {
        return rig->ask(who, u"msg"_s,
                        {{u"to"_s, to}, {u"text"_s, u"hello"_s}, {u"cid"_s, nextCid()}});
    }
    QString nextCid() { return QString::number(++words); }
    qsizetype items(const RoomRig::Somebody &who, const QString &room)
    {
        const Reply page = rig->reply(who, u"history"_s, {{u"room"_s, room}});
        return page ? std::get<HistoryPage>(*page).items.size() : -1;
    }
    QString registerFrom(const Source &source, const QString &name)
    {
        return rig->ask(rig->openFrom(source), u"register"_s,
                        {{u"name"_s, name}, {u"password"_s, rig->password}});
    }
    static bool lists(const Welcome &welcome, const QString &room)
    {
        return std::any_of(welcome.rooms.begin(), welcome.rooms.end(),
                           [&](const RoomState &state) { return state.room == room; });
    }
    static int conversationsOf(const Welcome &welcome)
    {
        return static_cast<int>(
                std::count_if(welcome.rooms.begin(), welcome.rooms.end(),
                              [](const RoomState &state) { return state.room.startsWith(u'@'); }));
    }

    std::unique_ptr<RoomRig> rig;
    int words = 0;
};

QTEST_GUILESS_MAIN(TestExhaust)
#include "tst_exhaust.moc"
