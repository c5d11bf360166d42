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

/// One of a /64 that counts as one.
Source fromWide(const QString &text)
{
    const NetAddress whole = address(text);
    return {whole, {whole.high, 0}};
}

Source exempt()
{
    return {address(u"127.0.0.1"_s), address(u"127.0.0.1"_s), true};
}

} // namespace

/// What is done to somebody without an account means the address, and who gets to see addresses.
class TestAddressBans : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        rig = std::make_unique<RoomRig>();
        root = rig->admin(u"root"_s);
        ann = rig->account(u"ann"_s);
        QCOMPARE(rig->ask(ann, u"create"_s, garden()), u"ok"_s);
    }

    void aBannedGuestDoesNotComeBackUnderAnotherName()
    {
        const auto troll = arrive(from(bad), u"troll"_s);
        const Imposed banned = impose(root, u"ban"_s, {{u"name"_s, u"troll"_s}});
        QCOMPARE(banned.address, bad);
        QVERIFY(!banned.isNameOnly);
        QVERIFY(troll.sink->take().contains(u"banned!"_s));
        QCOMPARE(rig->enter(rig->openFrom(from(bad)), u"troll2"_s), u"banned"_s);
        QCOMPARE(rig->enter(rig->openFrom(from(good)), u"troll"_s), u"banned"_s);
        QCOMPARE(rig->enter(rig->openFrom(from(good)), u"other"_s), u"ok"_s);
        // Nor as an account that is made for it.
        QCOMPARE(rig->ask(rig->openFrom(from(bad)), u"register"_s,
                          {{u"name"_s, u"fresh"_s}, {u"password"_s, rig->password}}),
                 u"banned"_s);
        // One lifts both.
        QCOMPARE(rig->ask(root, u"unban"_s, {{u"name"_s, u"troll"_s}}), u"ok"_s);
        QCOMPARE(rig->enter(rig->openFrom(from(bad)), u"troll2"_s), u"ok"_s);
        QCOMPARE(rig->enter(rig->openFrom(from(good)), u"troll"_s), u"ok"_s);
    }

    void whoLeavesInTimeIsMeantAllTheSame()
    {
        const auto troll = arrive(from(bad), u"troll"_s);
        rig->server.house.end(troll.session, {}, rig->server.now);
        QCOMPARE(impose(root, u"ban"_s, {{u"name"_s, u"troll"_s}}).address, bad);
        QCOMPARE(rig->enter(rig->openFrom(from(bad)), u"troll2"_s), u"banned"_s);
        const auto wide = arrive(fromWide(u"2001:db8::7"_s), u"wide"_s);
        rig->server.house.end(wide.session, {}, rig->server.now);
        QCOMPARE(impose(root, u"ban"_s, {{u"name"_s, u"wide"_s}}).address, u"2001:db8::/64"_s);
        const auto near = arrive(exempt(), u"near"_s);
        rig->server.house.end(near.session, {}, rig->server.now);
        QVERIFY(impose(root, u"ban"_s, {{u"name"_s, u"near"_s}}).address.isEmpty());
    }

    void allWhoShareTheAddressAreMeant()
    {
        arrive(from(bad), u"troll"_s);
        const auto accomplice = arrive(from(bad), u"accomplice"_s);
        const auto other = arrive(from(good), u"other"_s);
        impose(root, u"ban"_s, {{u"name"_s, u"troll"_s}});
        QVERIFY(accomplice.sink->take().contains(u"banned!"_s));
        QVERIFY(rig->server.house.isLoggedIn(other.session));
    }

    void accountsFromThereAreSpared()
    {
        rig->makeAccount(u"known"_s);
        rig->server.now += 1000;
        const auto known = rig->openFrom(from(bad));
        QVERIFY(rig->logIn(known, u"known"_s).ok());
        arrive(from(bad), u"troll"_s);
        impose(root, u"ban"_s, {{u"name"_s, u"troll"_s}});
        QVERIFY(rig->server.house.isLoggedIn(known.session));
        QVERIFY(rig->logIn(rig->openFrom(from(bad)), u"known"_s).ok());
        // Those that are made afterwards are not.
        rig->server.now += 1000;
        rig->makeAccount(u"late"_s);
        QCOMPARE(rig->logIn(rig->openFrom(from(bad)), u"late"_s).error().code, ErrorCode::Banned);
        QVERIFY(rig->logIn(rig->openFrom(from(good)), u"late"_s).ok());
    }

    void aBannedAccountDoesNotComeAsAGuest()
    {
        rig->makeAccount(u"troll"_s);
        const auto troll = rig->openFrom(from(bad));
        QVERIFY(rig->logIn(troll, u"troll"_s).ok());
        impose(root, u"ban"_s, {{u"name"_s, u"troll"_s}});
        QCOMPARE(rig->enter(rig->openFrom(from(bad)), u"innocent"_s), u"banned"_s);
        QCOMPARE(rig->logIn(rig->openFrom(from(good)), u"troll"_s).error().code, ErrorCode::Banned);
    }

    void aRoomsBanMeansTheAddress()
    {
        const auto troll = inGarden(from(bad), u"troll"_s);
        impose(ann, u"ban"_s, inRoom(u"troll"_s));
        QCOMPARE(rig->ask(troll, u"join"_s, garden()), u"banned"_s);
        const auto again = arrive(from(bad), u"troll2"_s);
        QCOMPARE(rig->ask(again, u"join"_s, garden()), u"banned"_s);
        // Nor when he registers.
        rig->server.now += 1000;
        QCOMPARE(rig->ask(again, u"register"_s, {{u"password"_s, rig->password}}), u"ok"_s);
        QCOMPARE(rig->ask(again, u"join"_s, garden()), u"banned"_s);
    }

    void aMuteMeansTheAddress()
    {
        inGarden(from(bad), u"troll"_s);
        const auto other = inGarden(from(good), u"other"_s);
        impose(ann, u"mute"_s, inRoom(u"troll"_s));
        const auto again = inGarden(from(bad), u"troll2"_s);
        QCOMPARE(say(again), u"muted"_s);
        QCOMPARE(say(other), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"unmute"_s, inRoom(u"troll"_s)), u"ok"_s);
        QCOMPARE(say(again), u"ok"_s);
    }

    void aMuteReachesTheDoorsWithoutNames()
    {
        inGarden(from(bad), u"troll"_s);
        impose(ann, u"mute"_s, inRoom(u"troll"_s));
        const auto nameless = rig->openFrom(from(bad), Form::Line);
        QVERIFY(rig->server.house.enterAnonymously(nameless.session, {.room = u"garden"_s}).ok());
        QCOMPARE(rig->type(nameless, u"say hi"_s), u"muted"_s);
        impose(ann, u"ban"_s, inRoom(u"troll"_s));
        QCOMPARE(rig->server.house
                         .enterAnonymously(rig->openFrom(from(bad), Form::Line).session,
                                           {.room = u"garden"_s})
                         .error()
                         .code,
                 ErrorCode::Banned);
    }

    void whereManyShareAnAddressOnlyTheNameIsMeant()
    {
        arrive(exempt(), u"troll"_s);
        const auto other = arrive(exempt(), u"other"_s);
        const Imposed banned = impose(root, u"ban"_s, {{u"name"_s, u"troll"_s}});
        QVERIFY(banned.isNameOnly);
        QVERIFY(banned.address.isEmpty());
        QVERIFY(rig->server.house.isLoggedIn(other.session));
        QCOMPARE(rig->enter(rig->openFrom(exempt()), u"troll"_s), u"banned"_s);
        QCOMPARE(rig->enter(rig->openFrom(exempt()), u"third"_s), u"ok"_s);
        // What is said in as many words is done.
        impose(root, u"ban"_s, {{u"name"_s, u"127.0.0.1"_s}});
        QVERIFY(!rig->server.house.isLoggedIn(other.session));
    }

    void aNamelessOneThereIsMeantByTheName()
    {
        const auto one = rig->openFrom(exempt(), Form::Line);
        const auto other = rig->openFrom(exempt(), Form::Line);
        for (const auto &who : {one, other})
            QVERIFY(rig->server.house.enterAnonymously(who.session, {.room = u"garden"_s}).ok());
        const Reply list = rig->reply(ann, u"look"_s, garden());
        QString name;
        for (const Person &person : std::get<PersonList>(*list).people) {
            if (name.isEmpty() && person.name.startsWith("guest~"_L1))
                name = person.name;
        }
        QVERIFY(impose(ann, u"mute"_s, inRoom(name)).isNameOnly);
        QCOMPARE(rig->type(one, u"say hi"_s), u"muted"_s);
        QCOMPARE(rig->type(other, u"say hi"_s), u"ok"_s);
    }

    void aWholeNetworkOfIPv6IsMeant()
    {
        arrive(fromWide(u"2001:db8::7"_s), u"troll"_s);
        const Imposed banned = impose(root, u"ban"_s, {{u"name"_s, u"troll"_s}});
        QCOMPARE(banned.address, u"2001:db8::/64"_s);
        QCOMPARE(rig->enter(rig->openFrom(fromWide(u"2001:db8::8"_s)), u"troll2"_s), u"banned"_s);
        QCOMPARE(rig->enter(rig->openFrom(fromWide(u"2001:db8:0:1::8"_s)), u"other"_s), u"ok"_s);
    }

    void whoWasKickedWaits()
    {
        const auto troll = inGarden(from(bad), u"troll"_s);
        QCOMPARE(rig->ask(ann, u"kick"_s, inRoom(u"troll"_s)), u"ok"_s);
        QCOMPARE(rig->ask(troll, u"join"_s, garden()), u"slow-down"_s);
        const auto again = arrive(from(bad), u"troll2"_s);
        QCOMPARE(rig->ask(again, u"join"_s, garden()), u"slow-down"_s);
        QCOMPARE(rig->ask(arrive(from(good), u"other"_s), u"join"_s, garden()), u"ok"_s);
        rig->server.now += std::chrono::milliseconds(limits::kickRest).count();
        QCOMPARE(rig->ask(again, u"join"_s, garden()), u"ok"_s);
    }

    void whoWasKickedOffTheServerWaits()
    {
        arrive(from(bad), u"troll"_s);
        QCOMPARE(rig->ask(root, u"kick"_s, {{u"room"_s, u"main"_s}, {u"name"_s, u"troll"_s}}),
                 u"ok"_s);
        QCOMPARE(rig->enter(rig->openFrom(from(bad)), u"troll2"_s), u"slow-down"_s);
        QCOMPARE(rig->enter(rig->openFrom(from(good)), u"other"_s), u"ok"_s);
        rig->server.now += std::chrono::milliseconds(limits::kickRest).count();
        QCOMPARE(rig->enter(rig->openFrom(from(bad)), u"troll2"_s), u"ok"_s);
    }

    void anInvitationEndsTheWaiting()
    {
        const auto guest = inGarden(from(bad), u"guest1"_s);
        QCOMPARE(rig->ask(ann, u"room-set"_s, {{u"room"_s, u"garden"_s}, {u"private"_s, true}}),
                 u"ok"_s);
        QCOMPARE(rig->ask(ann, u"kick"_s, inRoom(u"guest1"_s)), u"ok"_s);
        QCOMPARE(rig->ask(ann, u"invite"_s, inRoom(u"guest1"_s)), u"ok"_s);
        QCOMPARE(rig->ask(guest, u"join"_s, garden()), u"ok"_s);
    }

    // Who sees addresses

    void administratorsSeeAddresses()
    {
        arrive(from(bad), u"troll"_s);
        QCOMPARE(addressOf(rig->reply(root, u"who"_s), u"troll"_s), bad);
        QCOMPARE(addressOf(rig->reply(root, u"look"_s, {{u"room"_s, u"main"_s}}), u"troll"_s), bad);
        QVERIFY(addressOf(rig->reply(ann, u"who"_s), u"troll"_s).isEmpty());
        QVERIFY(addressOf(rig->reply(ann, u"look"_s, {{u"room"_s, u"main"_s}}), u"troll"_s)
                        .isEmpty());
        impose(root, u"ban"_s, {{u"name"_s, u"troll"_s}});
        const Reply bans = rig->reply(root, u"bans"_s);
        QCOMPARE(std::get<SanctionList>(*bans).sanctions.first().address, bad);
        const Reply log = rig->reply(root, u"audit"_s);
        QCOMPARE(std::get<AuditPage>(*log).entries.first().address, bad);
    }

    void moderatorsSeeThemMasked()
    {
        inGarden(from(bad), u"troll"_s);
        const QString token = addressOf(rig->reply(ann, u"look"_s, garden()), u"troll"_s);
        QVERIFY2(token.startsWith("198.51.100.x~"_L1), qPrintable(token));
        QCOMPARE(addressOf(rig->reply(root, u"look"_s, {{u"room"_s, u"main"_s}}), u"troll"_s), bad);
        QCOMPARE(impose(ann, u"ban"_s, inRoom(u"troll"_s)).address, token);
        const Reply bans = rig->reply(ann, u"bans"_s, garden());
        QCOMPARE(std::get<SanctionList>(*bans).sanctions.first().address, token);
        const Reply log = rig->reply(ann, u"audit"_s, garden());
        QCOMPARE(std::get<AuditPage>(*log).entries.first().address, token);
    }

    void moderatorsBanByTheToken()
    {
        const auto troll = inGarden(from(bad), u"troll"_s);
        const QString token = addressOf(rig->reply(ann, u"look"_s, garden()), u"troll"_s);
        impose(ann, u"ban"_s, inRoom(token));
        QCOMPARE(rig->ask(troll, u"join"_s, garden()), u"banned"_s);
        QCOMPARE(rig->ask(arrive(from(bad), u"troll2"_s), u"join"_s, garden()), u"banned"_s);
        const Reply bans = rig->reply(ann, u"bans"_s, garden());
        QCOMPARE(std::get<SanctionList>(*bans).sanctions.first().subject, token);
        QCOMPARE(rig->ask(ann, u"unban"_s, inRoom(token)), u"ok"_s);
        QCOMPARE(rig->ask(troll, u"join"_s, garden()), u"ok"_s);
        // One that was put on the name is lifted by it, too, and by the address.
        impose(ann, u"ban"_s, inRoom(u"troll"_s));
        QCOMPARE(rig->ask(ann, u"unban"_s, inRoom(token)), u"ok"_s);
        QCOMPARE(rig->ask(troll, u"join"_s, garden()), u"ok"_s);
        impose(ann, u"ban"_s, inRoom(u"troll"_s));
        QCOMPARE(rig->ask(ann, u"unban"_s, inRoom(bad)), u"ok"_s);
        QCOMPARE(rig->ask(troll, u"join"_s, garden()), u"ok"_s);
    }

    void aTokenOfNobodyIsNoName()
    {
        QCOMPARE(rig->ask(ann, u"ban"_s, inRoom(u"203.0.113.x~abcd"_s)), u"name-invalid"_s);
    }

private:
    static QJsonObject garden() { return {{u"room"_s, u"garden"_s}}; }
    static QJsonObject inRoom(const QString &name)
    {
        return {{u"room"_s, u"garden"_s}, {u"name"_s, name}};
    }
    RoomRig::Somebody arrive(const Source &source, const QString &name)
    {
        const auto who = rig->openFrom(source);
        if (rig->enter(who, name) != "ok"_L1)
            qFatal("%s is refused", qPrintable(name));
        return who;
    }
    RoomRig::Somebody inGarden(const Source &source, const QString &name)
    {
        const auto who = arrive(source, name);
        if (rig->ask(who, u"join"_s, garden()) != "ok"_L1)
            qFatal("%s is refused", qPrintable(name));
        return who;
    }
    Imposed impose(const RoomRig::Somebody &who, const QString &verb, const QJsonObject &fields)
    {
        const Reply reply = rig->reply(who, verb, fields);
        if (!reply)
            qFatal("refused: %s", qPrintable(sentence(reply.error())));
        return std::get<Imposed>(*reply);
    }
    QString say(const RoomRig::Somebody &who)
    {
        return rig->ask(who, u"say"_s,
                        {{u"room"_s, u"garden"_s},
                         {u"text"_s, u"x"_s},
                         {u"cid"_s, QString::number(++words)}});
    }
    static QString addressOf(const Reply &list, const QString &name)
    {
        for (const Person &person : std::get<PersonList>(*list).people) {
            if (person.name == name)
                return person.address;
        }
        return {};
    }

    const QString bad = QStringLiteral("198.51.100.7");
    const QString good = QStringLiteral("203.0.113.9");
    std::unique_ptr<RoomRig> rig;
    RoomRig::Somebody root;
    RoomRig::Somebody ann;
    int words = 0;
};

QTEST_GUILESS_MAIN(TestAddressBans)
#include "tst_addressbans.moc"
