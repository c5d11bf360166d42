#include "server/core/house.h"
#include "tests/support/recordingsink.h"
#include "tests/support/testserver.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const ListRange everything{{}, limits::page};
const QString secret = QStringLiteral("correct horse");

QString nameOf(const Error &error)
{
    return errorName(error.code);
}

QStringList names(const PersonList &list)
{
    QStringList names;
    for (const Person &person : list.people)
        names += person.online ? person.name : person.name + u" (absent)"_s;
    return names;
}

} // namespace

/// Accounts in core, with hashes at the least cost and a store in memory.
class TestHouseAccounts : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        sourceFlags = {};
        begin({});
    }

    void aGuestRegisters()
    {
        const SessionId ann = guest(0, u"ann"_s);
        const SessionId bob = guest(1, u"bob"_s);
        say(ann, u"main"_s, u"before"_s);
        sinks[0].take();
        sinks[1].take();
        QCOMPARE(registerAs(ann, secret), u"ann registered"_s);
        QCOMPARE(sinks[1].take(), QStringList{u"ann is away: "_s});
        // The same person: the message is still one's own.
        QCOMPARE(edit(ann, 1, u"after"_s), u"2"_s);
        QCOMPARE(registerAs(ann, secret), u"already-exists"_s);
        house().end(ann, {}, server->now);
        sinks[1].take();
        QCOMPARE(logIn(2, u"Ann"_s, secret), u"ann registered"_s);
        QCOMPARE(sinks[1].take(), QStringList{u"ann enters main via test"_s});
        QCOMPARE(edit(last, 1, u"again"_s), u"3"_s);
        Q_UNUSED(bob)
    }

    void aRegisteredNameNeedsItsPassword()
    {
        make(u"ann"_s);
        QCOMPARE(logIn(0, u"ann"_s, {}), u"password-required"_s);
        QCOMPARE(logIn(0, u"ann"_s, u"wrong password"_s), u"wrong-password"_s);
        QCOMPARE(logIn(0, u"ANN"_s, secret), u"ann registered"_s);
        house().end(last, {}, server->now);
        QCOMPARE(logIn(0, u"ann"_s, {}), u"password-required"_s); // while absent, too
    }

    void unknownNamesSoundLikeWrongPasswords()
    {
        make(u"ann"_s);
        const int before = server->passwords.verified;
        QCOMPARE(refusalOf(u"ann"_s, u"wrong password"_s),
                 refusalOf(u"zoe"_s, u"wrong password"_s));
        // And it takes the same work.
        QCOMPARE(server->passwords.verified, before + 2);
        QCOMPARE(refusalOf(u"ann"_s, u"short"_s), refusalOf(u"zoe"_s, u"short"_s));
        QCOMPARE(server->passwords.verified, before + 2);
    }

    void lookAlikesOfAccountsAreRefused()
    {
        make(u"paypal"_s);
        QCOMPARE(logIn(0, u"рaypal"_s, {}), u"name-taken"_s);
    }

    void passwordsHaveALength_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("least - 1") << limits::passwordLeast - 1 << u"bad-request"_s;
        QTest::newRow("least") << limits::passwordLeast << u"ann registered"_s;
        QTest::newRow("least + 1") << limits::passwordLeast + 1 << u"ann registered"_s;
        QTest::newRow("most - 1") << limits::passwordMost - 1 << u"ann registered"_s;
        QTest::newRow("most") << limits::passwordMost << u"ann registered"_s;
        QTest::newRow("most + 1") << limits::passwordMost + 1 << u"too-long"_s;
    }

    void passwordsHaveALength()
    {
        QFETCH(const int, length);
        QFETCH(const QString, outcome);
        // Of code points, whatever they take.
        QString password;
        for (int i = 0; i < length; ++i)
            password += u"🍵"_s;
        QCOMPARE(registerAs(guest(0, u"ann"_s), password), outcome);
        if (outcome == "ann registered"_L1)
            QCOMPARE(logIn(1, u"ann"_s, password), outcome);
    }

    void plainPasswordsFromElsewhereAreRefused()
    {
        make(u"ann"_s);
        const NetAddress far = parseNetwork(u"192.0.2.7"_s)->base;
        QCOMPARE(logIn(0, u"ann"_s, secret, far), u"tls-required"_s);
        QCOMPARE(logIn(0, u"zoe"_s, secret, far), u"tls-required"_s);
        QCOMPARE(logIn(0, u"ann"_s, secret, parseNetwork(u"127.9.9.9"_s)->base),
                 u"ann registered"_s);
        begin({.plainPasswords = true});
        make(u"ann"_s);
        QCOMPARE(logIn(0, u"ann"_s, secret, far), u"ann registered"_s);
    }

    void encryptedPasswordsFromElsewhereAreTaken()
    {
        make(u"ann"_s);
        sourceFlags.isEncrypted = true;
        QCOMPARE(logIn(0, u"ann"_s, secret, parseNetwork(u"192.0.2.7"_s)->base),
                 u"ann registered"_s);
    }

    /// The refusal tells whether it can be had here.
    void refusalOfPlainPasswordsSaysWhatHelps()
    {
        const NetAddress far = parseNetwork(u"192.0.2.7"_s)->base;
        const auto refusalText = [&] {
            QString text;
            house().login(open(0, Form::Object, far), {.name = u"ann"_s, .password = secret},
                          server->now, [&](const Result<Welcome> &welcome) {
                              text = welcome ? QString() : sentence(welcome.error());
                          });
            return text;
        };
        QVERIFY(refusalText().contains(u"a port of this server that has TLS"));
        sourceFlags.offersTls = true;
        QVERIFY(refusalText().contains(u"this port with TLS"));
    }

    void guessingIsSlowedDown()
    {
        make(u"ann"_s);
        const NetAddress here = parseNetwork(u"127.0.0.1"_s)->base;
        for (int i = 0; i < LoginBackoff::freeTries; ++i)
            QCOMPARE(logIn(0, u"ann"_s, u"a guess %1"_s.arg(i), here), u"wrong-password"_s);
        const int before = server->passwords.verified;
        QCOMPARE(logIn(0, u"ann"_s, secret, here), u"slow-down"_s);
        QCOMPARE(server->passwords.verified, before);
        server->now += LoginBackoff::firstWait;
        QCOMPARE(logIn(0, u"ann"_s, secret, here), u"ann registered"_s);
    }

    void aFullPoolIsToldAndNotCounted()
    {
        make(u"ann"_s);
        server->passwords.isFull = true;
        for (int i = 0; i < 2 * LoginBackoff::freeTries; ++i)
            QCOMPARE(logIn(0, u"ann"_s, secret), u"slow-down"_s);
        QCOMPARE(registerAs(guest(1, u"bob"_s), secret), u"slow-down"_s);
        server->passwords.isFull = false;
        QCOMPARE(logIn(0, u"ann"_s, secret), u"ann registered"_s);
    }

    void whoEndsWhileThePasswordIsLookedAt()
    {
        make(u"ann"_s);
        const SessionId session = open(0);
        QString outcome;
        house().login(session, {.name = u"ann"_s, .password = secret}, server->now,
                      [&](const Result<Welcome> &r) { outcome = nameOf(r.error()); });
        house().end(session, {}, server->now);
        server->executor.run();
        QCOMPARE(outcome, u"closing"_s);
        QVERIFY(house().who(everything).people.isEmpty());
    }

    void severalDevicesShareTheirRooms()
    {
        make(u"ann"_s);
        const SessionId bob = guest(2, u"bob"_s);
        logIn(0, u"ann"_s, secret);
        const SessionId desk = last;
        QCOMPARE(sinks[2].take().last(), u"ann enters main via test"_s);
        logIn(1, u"ann"_s, secret);
        const SessionId phone = last;
        QVERIFY(sinks[2].take().isEmpty()); // she was here already
        sinks[0].take();
        sinks[1].take();

        QVERIFY(create(*server, desk, {u"garden"_s, {}}).ok());
        QVERIFY(sinks[1].take().contains(u"room garden"_s));
        QVERIFY(house().join(bob, u"garden"_s, server->now).ok());
        sinks[0].take();
        sinks[1].take();
        sinks[2].take();
        QCOMPARE(say(phone, u"garden"_s, u"hi"_s), u"1"_s);
        QCOMPARE(sinks[0].take(), QStringList{u"garden 1 ann: hi (own)"_s});
        QCOMPARE(sinks[1].take(), QStringList{u"garden 1 ann: hi (own)"_s});
        sinks[2].take();

        QVERIFY(house().leave(phone, u"garden"_s, server->now).ok());
        QCOMPARE(sinks[0].take(), QStringList{u"room garden is gone"_s});
        QCOMPARE(sinks[2].take(), QStringList{u"ann leaves garden"_s});
        QCOMPARE(say(desk, u"garden"_s, u"x"_s), u"not-member"_s);

        house().end(desk, {}, server->now);
        QVERIFY(sinks[2].take().isEmpty());
        house().end(phone, {}, server->now);
        QCOMPARE(sinks[2].take(), QStringList{u"ann leaves main"_s});
    }

    void aTextSessionSitsInARoomOfItsOwn()
    {
        make(u"ann"_s);
        const SessionId bob = guest(2, u"bob"_s);
        QVERIFY(create(*server, bob, {u"garden"_s, {}}).ok());
        logIn(0, u"ann"_s, secret);
        const SessionId desk = last;
        logIn(1, u"ann"_s, secret, {}, Form::Line);
        const SessionId telnet = last;
        sinks[2].take();
        sinks[0].take();
        QVERIFY(house().join(telnet, u"garden"_s, server->now).ok());
        // She is in the garden by telnet, and in main at her desk.
        QCOMPARE(sinks[2].take(), QStringList{u"ann enters garden via test"_s});
        QCOMPARE(say(desk, u"garden"_s, u"x"_s), u"not-member"_s);
        QCOMPARE(say(telnet, {}, u"here"_s), u"1"_s);
        QVERIFY(sinks[0].take().isEmpty()); // not in that room
        sinks[2].take();
        QVERIFY(house().join(telnet, u"main"_s, server->now).ok());
        QCOMPARE(sinks[2].take(), QStringList{u"ann leaves garden"_s});
        house().end(desk, {}, server->now);
        QVERIFY(sinks[2].take().isEmpty()); // still in main by telnet
        house().end(telnet, {}, server->now);
        QCOMPARE(sinks[2].take(), QStringList{u"ann leaves main"_s});
    }

    void roomsAreKeptWhileAbsent()
    {
        make(u"ann"_s);
        const SessionId bob = guest(2, u"bob"_s);
        logIn(0, u"ann"_s, secret);
        QVERIFY(create(*server, last, {u"garden"_s, {}}).ok());
        QVERIFY(house().join(bob, u"garden"_s, server->now).ok());
        house().end(last, {}, server->now);
        QCOMPARE(names(*house().look(bob, u"garden"_s, everything)),
                 (QStringList{u"bob"_s, u"ann (absent)"_s}));
        logIn(0, u"ann"_s, secret, {}, Form::Line); // is here, but in another room
        QCOMPARE(names(*house().look(bob, u"garden"_s, everything)),
                 (QStringList{u"bob"_s, u"ann (absent)"_s}));
        house().end(last, {}, server->now);
        QVERIFY(house().leave(bob, u"garden"_s, server->now).ok());
        server->now += 2 * 3600 * 1000; // an empty room that nobody keeps would vanish
        for (int i = 0; i < 3; ++i) {
            server->now += 3600 * 1000;
            house().tick(server->now);
        }
        logIn(0, u"ann"_s, secret);
        QCOMPARE(rooms, (QStringList{u"main"_s, u"garden"_s}));
    }

    void membersAreListedPageByPage()
    {
        for (const QString &name : {u"ann"_s, u"bob"_s, u"cat"_s}) {
            make(name);
            logIn(0, name, secret);
            house().end(last, {}, server->now);
        }
        const SessionId dan = guest(0, u"dan"_s);
        QStringList all;
        PersonList page;
        page.more = true;
        while (page.more) {
            page = *house().look(dan, u"main"_s, {page.next, 1});
            QCOMPARE(page.people.size(), 1);
            all += names(page);
        }
        QCOMPARE(all,
                 (QStringList{u"dan"_s, u"ann (absent)"_s, u"bob (absent)"_s, u"cat (absent)"_s}));
    }

    void absentAccountsGetPrivateMessages()
    {
        make(u"ann"_s);
        const SessionId bob = guest(0, u"bob"_s);
        QCOMPARE(message(bob, u"Ann"_s, u"psst"_s), u"1"_s);
        QCOMPARE(say(bob, u"@ann"_s, u"call me"_s), u"2"_s);
        logIn(1, u"ann"_s, secret);
        QCOMPARE(rooms, (QStringList{u"main"_s, u"@bob: 2 unread, 2 mentions"_s}));
        // And when bob is long gone she still has them.
        house().end(bob, {}, server->now);
        server->now += 3 * 24 * 3600 * 1000;
        house().tick(server->now);
        house().end(last, {}, server->now);
        logIn(1, u"ann"_s, secret);
        QCOMPARE(rooms.last(), u"@bob: 2 unread, 2 mentions"_s);
    }

    void whoSaysSomethingHasReadNothingByIt()
    {
        make(u"ann"_s);
        logIn(1, u"ann"_s, secret);
        const SessionId bob = guest(0, u"bob"_s);
        say(bob, u"main"_s, u"ann: are you there?"_s);
        say(last, u"main"_s, u"hello"_s);
        say(bob, u"main"_s, u"ann?"_s);
        house().end(last, {}, server->now);
        logIn(1, u"ann"_s, secret);
        QCOMPARE(rooms, QStringList(u"main: 2 unread, 2 mentions"_s));
    }

    void readPositionsAreToldToOtherDevices()
    {
        make(u"ann"_s);
        const SessionId bob = guest(2, u"bob"_s);
        logIn(0, u"ann"_s, secret);
        const SessionId desk = last;
        logIn(1, u"ann"_s, secret);
        say(bob, u"main"_s, u"hi"_s);
        sinks[0].take();
        sinks[1].take();
        QVERIFY(house().read(desk, u"main"_s, 1).ok());
        QVERIFY(sinks[0].take().isEmpty());
        QCOMPARE(sinks[1].take(), QStringList{u"other"_s});
    }

    void anotherPasswordEndsOtherSessions()
    {
        make(u"ann"_s);
        logIn(0, u"ann"_s, secret);
        const SessionId desk = last;
        logIn(1, u"ann"_s, secret);
        const SessionId phone = last;
        QCOMPARE(changePassword(desk, u"not this one"_s, u"battery staple"_s), u"wrong-password"_s);
        QCOMPARE(changePassword(desk, secret, u"short"_s), u"bad-request"_s);
        sinks[1].take();
        QCOMPARE(changePassword(desk, secret, u"battery staple"_s), u"done"_s);
        QVERIFY(sinks[1].take().contains(u"password-changed!"_s));
        QVERIFY(house().isLoggedIn(desk));
        QVERIFY(!house().isLoggedIn(phone));
        QCOMPARE(logIn(1, u"ann"_s, secret), u"wrong-password"_s);
        QCOMPARE(logIn(1, u"ann"_s, u"battery staple"_s), u"ann registered"_s);
        QCOMPARE(changePassword(guest(2, u"bob"_s), secret, secret), u"not-allowed"_s);
    }

    void whoComesInWithTheOldPasswordMeanwhileGoes()
    {
        make(u"ann"_s);
        logIn(0, u"ann"_s, secret);
        const SessionId late = open(1);
        house().changePassword(last, secret, u"battery staple"_s, [](auto) {});
        house().login(late, {.name = u"ann"_s, .password = secret}, server->now, [](auto) {});
        server->executor.run();
        QVERIFY(!house().isLoggedIn(late));
        QVERIFY(sinks[1].take().contains(u"password-changed!"_s));
        QVERIFY(house().isLoggedIn(last));
    }

    /// Whom an administrator gives another password meanwhile has that one.
    void anAdministratorsPasswordCounts()
    {
        make(u"ann"_s);
        logIn(0, u"ann"_s, secret);
        QString outcome;
        house().setPassword({}, u"ann"_s, u"from the shell"_s, server->now, [](auto) {});
        house().changePassword(last, secret, u"battery staple"_s, [&](const Result<Done> &r) {
            outcome = r ? u"done"_s : nameOf(r.error());
        });
        server->executor.run();
        QCOMPARE(outcome, u"wrong-password"_s);
        QCOMPARE(logIn(0, u"ann"_s, u"battery staple"_s), u"wrong-password"_s);
        QCOMPARE(logIn(0, u"ann"_s, u"from the shell"_s), u"ann registered"_s);
    }

    void aRoomIsLeftWhileAGuestRegisters_data()
    {
        QTest::addColumn<bool>("vanishes");
        QTest::newRow("and stays") << false;
        QTest::newRow("and vanishes") << true;
    }
    void aRoomIsLeftWhileAGuestRegisters()
    {
        QFETCH(const bool, vanishes);
        const SessionId bob = guest(0, u"bob"_s);
        QVERIFY(create(*server, bob, {u"den"_s, {}}).ok());
        QString outcome;
        house().registerGuest(bob, secret, {}, server->now, [&](const Result<UserShown> &r) {
            outcome = r ? words(r->user) : nameOf(r.error());
        });
        const auto passAnHour = [&] {
            server->now += std::chrono::milliseconds(limits::emptyRoomStays).count() + 1;
            house().tick(server->now);
        };
        // Behind the hash, and before the store has answered.
        server->executor.post([&] {
            QVERIFY(house().leave(bob, u"den"_s, server->now).ok());
            if (vanishes)
                passAnHour();
        });
        server->executor.run();
        QCOMPARE(outcome, u"bob registered"_s);
        passAnHour();
        QCOMPARE(house().rooms(bob, everything).rooms.size(), 1); // it is in nobody's list
        house().end(bob, {}, server->now);
        QCOMPARE(logIn(0, u"bob"_s, secret), u"bob registered"_s);
        QCOMPARE(rooms, QStringList{u"main"_s});
    }

    void theFirstAdministratorClaims()
    {
        QVERIFY(house().isUnclaimed());
        const QString code = house().makeClaimCode();
        QVERIFY(code.size() >= 20);
        QCOMPARE(claim(guest(0, u"bob"_s), code), u"not-allowed"_s); // no account
        make(u"ann"_s);
        logIn(1, u"ann"_s, secret);
        QCOMPARE(claim(last, u"0000"_s), u"not-allowed"_s);
        QCOMPARE(claim(last, {}), u"not-allowed"_s);
        QCOMPARE(claim(last, code.toUpper()), u"ann registered admin"_s);
        QCOMPARE(claim(last, code), u"not-allowed"_s); // once
        QCOMPARE(audit(), u"claim by ann: ann"_s);
    }

    void theShellsAdministratorMakesTheCodeUseless()
    {
        const QString code = house().makeClaimCode();
        makeAdmin();
        QVERIFY(!house().isUnclaimed());
        make(u"bob"_s);
        logIn(1, u"bob"_s, secret);
        QCOMPARE(claim(last, code), u"not-allowed"_s);
    }

    void guessingTheCodeIsSlowedDown()
    {
        const QString code = house().makeClaimCode();
        make(u"ann"_s);
        logIn(0, u"ann"_s, secret);
        for (int i = 0; i < LoginBackoff::freeTries; ++i)
            QCOMPARE(claim(last, QString::number(i)), u"not-allowed"_s);
        QCOMPARE(claim(last, code), u"slow-down"_s);
    }

    void invitesLetOnePersonIn()
    {
        begin({.guests = false, .registration = Registration::ByInvite});
        const SessionId admin = makeAdmin();
        const QString code = invite(admin);
        QCOMPARE(code.size(), 32);
        QCOMPARE(logIn(1, u"bob"_s, {}), u"password-required"_s);  // no guests
        QCOMPARE(logIn(1, u"bob"_s, secret), u"wrong-password"_s); // and no account
        QCOMPARE(logIn(1, u"bob"_s, secret, {}, Form::Object, u"guess"_s), u"invite-required"_s);
        QCOMPARE(logIn(1, u"bob"_s, secret, {}, Form::Object, code), u"bob registered"_s);
        QCOMPARE(logIn(1, u"cat"_s, secret, {}, Form::Object, code), u"invite-required"_s);
        QCOMPARE(audit().section(u'\n', 0, 0), u"invite-code by root: "_s);
    }

    void invitesExpire_data()
    {
        QTest::addColumn<qint64>("pastTheLimit");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("limit - 1") << qint64(-1) << u"bob registered"_s;
        QTest::newRow("limit") << qint64(0) << u"invite-required"_s;
    }

    void invitesExpire()
    {
        QFETCH(const qint64, pastTheLimit);
        begin({.registration = Registration::ByInvite});
        const QString code = invite(makeAdmin());
        server->now += std::chrono::milliseconds(24h * limits::inviteDaysCustom).count()
                + pastTheLimit;
        QTEST(logIn(1, u"bob"_s, secret, {}, Form::Object, code), "outcome");
    }

    void aRefusedRegistrationGivesTheInviteBack()
    {
        begin({.registration = Registration::ByInvite});
        const QString code = invite(makeAdmin());
        QCOMPARE(logIn(1, u"root"_s, u"another one"_s, {}, Form::Object, code),
                 u"wrong-password"_s);
        QCOMPARE(logIn(1, u"a b"_s, secret, {}, Form::Object, code), u"name-invalid"_s);
        QCOMPARE(logIn(1, u"bob"_s, u"short"_s, {}, Form::Object, code), u"bad-request"_s);
        server->passwords.isFull = true;
        QCOMPARE(logIn(1, u"bob"_s, secret, {}, Form::Object, code), u"slow-down"_s);
        server->passwords.isFull = false;
        QCOMPARE(logIn(1, u"bob"_s, secret, {}, Form::Object, code), u"bob registered"_s);
    }

    void whoMayRegister_data()
    {
        QTest::addColumn<bool>("guests");
        QTest::addColumn<int>("registration");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("open") << true << int(Registration::Open) << u"bob registered"_s;
        QTest::newRow("invite") << true << int(Registration::ByInvite) << u"invite-required"_s;
        QTest::newRow("off") << true << int(Registration::Off) << u"not-allowed"_s;
    }

    void whoMayRegister()
    {
        QFETCH(const bool, guests);
        QFETCH(const int, registration);
        begin({.guests = guests, .registration = Registration(registration)});
        QTEST(registerAs(guest(0, u"bob"_s), secret), "outcome");
    }

    void withoutGuestsALoginRegisters()
    {
        begin({.guests = false, .registration = Registration::Open});
        QCOMPARE(logIn(0, u"bob"_s, secret), u"bob registered"_s);
        QCOMPARE(logIn(1, u"bob"_s, u"another one"_s), u"wrong-password"_s);
    }

    void twoCannotRegisterOneName()
    {
        QStringList outcomes;
        for (const int sink : {0, 1})
            house().registerNew(
                    open(sink), {.name = u"ann"_s, .password = secret}, server->now,
                    [&](const Result<Welcome> &r) { outcomes += r ? u"in"_s : nameOf(r.error()); });
        QCOMPARE(outcomes, QStringList{u"name-taken"_s});
        QCOMPARE(logIn(2, u"ann"_s, {}), u"name-taken"_s); // it is being made
        server->executor.run();
        QCOMPARE(outcomes, (QStringList{u"name-taken"_s, u"in"_s}));
    }

    void aGuestWhoLeavesWhileRegistering()
    {
        const SessionId ann = guest(0, u"ann"_s);
        QString outcome;
        house().registerGuest(ann, secret, {}, server->now,
                              [&](const Result<UserShown> &r) { outcome = nameOf(r.error()); });
        house().end(ann, {}, server->now);
        QCOMPARE(logIn(1, u"ann"_s, {}), u"name-taken"_s);
        server->executor.run();
        QCOMPARE(outcome, u"closing"_s);
        QCOMPARE(logIn(1, u"ann"_s, secret), u"ann registered"_s);
    }

    void administratorsSeeWhoIsRegistered()
    {
        const SessionId admin = makeAdmin();
        make(u"bob"_s);
        make(u"Cat"_s);
        const Result<AccountList> list = house().accounts(admin, {{}, 2});
        QCOMPARE(list->accounts.size(), 2);
        QCOMPARE(list->accounts.at(0).name, u"bob"_s);
        QVERIFY(!list->accounts.at(0).admin && !list->accounts.at(0).online);
        QCOMPARE(list->accounts.at(0).seen, 0);
        QVERIFY(list->more);
        const Result<AccountList> rest = house().accounts(admin, {list->next, 2});
        QCOMPARE(rest->accounts.size(), 1);
        QVERIFY(rest->accounts.at(0).admin && rest->accounts.at(0).online);
        QCOMPARE(rest->accounts.at(0).created, server->now);
        QVERIFY(!rest->more);
        logIn(1, u"bob"_s, secret);
        QCOMPARE(nameOf(house().accounts(last, everything).error()), u"not-allowed"_s);
    }

    void theLastAdministratorRemainsOne()
    {
        const SessionId admin = makeAdmin();
        make(u"bob"_s);
        QCOMPARE(setRole(admin, u"root"_s, u"none"_s), u"not-allowed"_s);
        QCOMPARE(remove(admin, u"root"_s), u"not-allowed"_s);
        QCOMPARE(setRole(admin, u"bob"_s, u"king"_s), u"bad-request"_s);
        QCOMPARE(setRole(admin, u"zoe"_s, u"admin"_s), u"no-such-user"_s);
        QCOMPARE(setRole(admin, u"bob"_s, u"admin"_s), u"done"_s);
        QCOMPARE(setRole(admin, u"root"_s, {}), u"done"_s);
        QCOMPARE(setRole(admin, u"bob"_s, u"none"_s), u"not-allowed"_s); // root is none any more
        QCOMPARE(audit(), u"user-role by root: root\nuser-role by root: bob"_s);
    }

    void aRemovedNameIsNobodysForEver()
    {
        const SessionId admin = makeAdmin();
        make(u"ann"_s);
        logIn(1, u"ann"_s, secret);
        const SessionId ann = last;
        QVERIFY(create(*server, ann, {u"garden"_s, {}}).ok());
        say(ann, u"main"_s, u"hi"_s);
        sinks[1].take();
        QCOMPARE(remove(ann, u"root"_s), u"not-allowed"_s);
        QCOMPARE(remove(admin, u"Ann"_s), u"done"_s);
        QVERIFY(sinks[1].take().contains(u"kicked!"_s));
        QVERIFY(!house().isLoggedIn(ann));
        QCOMPARE(logIn(1, u"ann"_s, {}), u"name-taken"_s);
        QCOMPARE(logIn(1, u"ann"_s, secret), u"wrong-password"_s);
        QCOMPARE(message(admin, u"ann"_s, u"?"_s), u"no-such-user"_s);
        QCOMPARE(remove(admin, u"ann"_s), u"no-such-user"_s);
        QCOMPARE(historyOf(admin, u"main"_s), QStringList{u"hi"_s});
        QCOMPARE(names(*house().look(admin, u"main"_s, everything)), QStringList{u"root"_s});
        QCOMPARE(audit(), u"user-remove by root: ann"_s);
    }

    void whatARemovedOneHasSaidIsErased()
    {
        const SessionId admin = makeAdmin();
        const SessionId earlier = guest(2, u"ann"_s); // somebody else of that name
        say(earlier, u"main"_s, u"another's"_s);
        house().end(earlier, {}, server->now);
        server->now += 2 * 24 * 3600 * 1000;
        house().tick(server->now);
        make(u"ann"_s);
        logIn(1, u"ann"_s, secret);
        QVERIFY(create(*server, last, {u"fleeting"_s, {}, 0}).ok());
        QVERIFY(house().join(admin, u"fleeting"_s, server->now).ok());
        for (int i = 0; i < 120; ++i) // more than one step
            say(last, u"main"_s, u"mine"_s);
        say(last, u"fleeting"_s, u"mine"_s);
        say(admin, u"main"_s, u"kept"_s);
        QCOMPARE(message(last, u"root"_s, u"mine"_s), u"1"_s);
        QCOMPARE(remove(admin, u"ann"_s, Erase::Messages), u"done"_s);
        house().tick(server->now);
        server->executor.run();
        QCOMPARE(textsOf(admin, u"main"_s), (QStringList{u"another's"_s, u"kept"_s}));
        QCOMPARE(textsOf(admin, u"fleeting"_s), QStringList());
        QCOMPARE(textsOf(admin, u"@ann"_s), QStringList());
        // Everybody was told.
        QVERIFY(sinks[0].take().contains(u"main 241 ann: "_s));
    }

    void theShellIsAnAdministrator()
    {
        QStringList outcomes;
        const auto then = [&](const Result<Done> &done) {
            outcomes += done ? u"done"_s : nameOf(done.error());
        };
        house().addAccount({}, u"ann"_s, secret, server->now, then);
        server->executor.run();
        house().addAccount({}, u"Ann"_s, secret, server->now, then);
        house().addAccount({}, u"bob"_s, u"short"_s, server->now, then);
        house().setRole(Doer{}, u"ann"_s, u"admin"_s, server->now, then);
        server->executor.run();
        house().setPassword({}, u"ann"_s, u"battery staple"_s, server->now, then);
        house().setPassword({}, u"zoe"_s, u"battery staple"_s, server->now, then);
        server->executor.run();
        QCOMPARE(outcomes,
                 (QStringList{u"done"_s, u"name-taken"_s, u"bad-request"_s, u"done"_s,
                              u"no-such-user"_s, u"done"_s}));
        QCOMPARE(logIn(0, u"ann"_s, u"battery staple"_s), u"ann registered admin"_s);
    }

    void ignoredPeopleAreNotHeardAtTextDoors()
    {
        make(u"ann"_s);
        logIn(0, u"ann"_s, secret, {}, Form::Line);
        const SessionId telnet = last;
        logIn(1, u"ann"_s, secret);
        const SessionId desk = last;
        const SessionId bob = guest(2, u"bob"_s);
        QCOMPARE(ignore(telnet, u"Bob"_s), u"bob"_s);
        QCOMPARE(ignore(desk, u"bob"_s), u"bob"_s); // twice is once
        QCOMPARE(ignore(desk, u"ann"_s), u"bad-request"_s);
        QCOMPARE(ignore(desk, u"zoe"_s), u"no-such-user"_s);
        sinks[0].take();
        sinks[1].take();
        say(bob, u"main"_s, u"ann, ann!"_s);
        message(bob, u"ann"_s, u"psst"_s);
        QVERIFY(sinks[0].take().isEmpty());
        // A client gets every number, and hides it itself.
        QCOMPARE(sinks[1].take(),
                 (QStringList{u"main 1 bob: ann, ann!"_s, u"room @bob"_s, u"@bob 1 bob: psst"_s}));
        QCOMPARE(textsOf(telnet, {}), QStringList());
        QCOMPARE(textsOf(desk, u"main"_s), QStringList{u"ann, ann!"_s});
        house().end(desk, {}, server->now);
        logIn(1, u"ann"_s, secret);
        QCOMPARE(rooms, (QStringList{u"main"_s, u"@bob"_s}));

        QCOMPARE(unignore(telnet, u"BOB"_s), QString());
        QCOMPARE(unignore(telnet, u"bob"_s), u"no-such-user"_s);
        sinks[0].take();
        say(bob, u"main"_s, u"again"_s);
        QCOMPARE(sinks[0].take(), QStringList{u"main 2 bob: again"_s});
        house().end(last, {}, server->now);
        logIn(1, u"ann"_s, secret); // whoever is heard again counts, from the first unread on
        QCOMPARE(rooms,
                 (QStringList{u"main: 2 unread, 1 mentions"_s, u"@bob: 1 unread, 1 mentions"_s}));
    }

    /// A guest's list goes on with the guest, and holds for what is said while the store counts.
    void ignoredPeopleCountForNothing()
    {
        const SessionId first = open(0);
        const QString resume = house().login(first, u"ann"_s, {}, server->now)->resume;
        const SessionId bob = guest(1, u"bob"_s);
        const SessionId cat = guest(2, u"cat"_s);
        QCOMPARE(ignore(first, u"bob"_s), u"bob"_s);
        say(bob, u"main"_s, u"@ann"_s);
        say(cat, u"main"_s, u"@ann"_s);
        for (const SessionId speaker : {bob, cat})
            house().say(speaker, u"main"_s, {.text = u"ann!"_s}, [](const Result<Said> &) {});
        const SessionId again = open(0);
        const Result<Welcome> welcome = house().login(again, u"ann"_s, resume, server->now);
        RoomState main;
        house().countUnread(again, welcome->rooms,
                            [&](const QList<RoomState> &all) { main = all.first(); });
        server->executor.run();
        QCOMPARE(main.unread, int(main.last) / 2); // every second one
        QCOMPARE(main.mentions, int(main.last) / 2);
    }

    /// As long as he is here: his name is nobody's afterwards.
    void whoeverHasNoNameIsIgnoredToo()
    {
        make(u"ann"_s);
        logIn(0, u"ann"_s, secret, {}, Form::Line);
        const SessionId telnet = last;
        const SessionId stranger = open(2, Form::Line);
        QVERIFY(house().enterAnonymously(stranger, {.room = u"main"_s}).ok());
        const QString name = names(*house().look(telnet, {}, everything)).last();
        QVERIFY(name.startsWith(u"guest~"_s));
        QCOMPARE(ignore(telnet, name), name);
        sinks[0].take();
        say(stranger, {}, u"hi"_s);
        QVERIFY(sinks[0].take().isEmpty());
        QCOMPARE(textsOf(telnet, {}), QStringList());
        QCOMPARE(unignore(telnet, name.toUpper()), QString());
        say(stranger, {}, u"hi"_s);
        QCOMPARE(sinks[0].take(), QStringList{u"main 2 %1: hi"_s.arg(name)});
        QCOMPARE(ignore(telnet, name), name);
        house().end(stranger, {}, server->now);
        guest(1, u"bob"_s);
        QCOMPARE(ignore(telnet, u"bob"_s), u"bob"_s);
        QCOMPARE(ignore(telnet, name), u"no-such-user"_s);
    }

    void ignoringIsBounded()
    {
        const SessionId ann = guest(0, u"ann"_s);
        for (int i = 0; i < limits::ignored; ++i) {
            const SessionId other = guest(1, u"other-%1-x"_s.arg(i));
            QVERIFY(ignore(ann, u"other-%1-x"_s.arg(i)) != u"too-many"_s);
            house().end(other, {}, server->now);
        }
        guest(1, u"bob"_s);
        QCOMPARE(ignore(ann, u"bob"_s), u"too-many"_s);
    }

private:
    House &house() { return server->house; }

    void begin(const AccountSettings &accounts)
    {
        server = std::make_unique<TestServer>(
                HouseSettings{limits::rooms, limits::announceUpTo, keepForever, accounts});
        for (RecordingSink &sink : sinks)
            sink.take();
    }

    SessionId open(int sink, Form form = Form::Object, const NetAddress &address = {})
    {
        house().setTime(server->moment());
        Source source = sourceFlags;
        source.address = source.counted = address;
        return house().open({&sinks[size_t(sink)], &encoder, u"test"_s, form, source});
    }

    SessionId guest(int sink, const QString &name)
    {
        const SessionId session = open(sink);
        if (const auto welcome = house().login(session, name, {}, server->now); !welcome)
            qFatal("%s is refused", qPrintable(name));
        return session;
    }

    /// An account that nobody has logged in to.
    void make(const QString &name)
    {
        house().addAccount({}, name, secret, server->now, [&](const Result<Done> &made) {
            if (!made)
                qFatal("%s cannot be made", qPrintable(name));
        });
        server->executor.run();
    }

    /// root's session.
    SessionId makeAdmin()
    {
        make(u"root"_s);
        house().setRole(Doer{u"nobody"_s}, u"root"_s, u"admin"_s, server->now, [](auto) {});
        server->executor.run();
        logIn(0, u"root"_s, secret);
        m_skippedAudit = 1;
        return last;
    }

    static QString words(const UserInfo &user)
    {
        QString text = user.name;
        if (user.registered)
            text += u" registered"_s;
        return user.role.isEmpty() ? text : text + u' ' + user.role;
    }

    /// What came of it: who one is now, or the error's name. The session is `last`, its rooms
    /// are `rooms`.
    QString logIn(int sink, const QString &name, const QString &password,
                  const NetAddress &address = {}, Form form = Form::Object,
                  const QString &invite = {})
    {
        const SessionId session = open(sink, form, address);
        LoginRequest request{.name = name, .invite = invite};
        if (!password.isEmpty())
            request.password = password;
        QString outcome;
        house().login(session, request, server->now, [&](const Result<Welcome> &welcome) {
            if (!welcome) {
                outcome = nameOf(welcome.error());
                return;
            }
            outcome = words(welcome->user);
            house().countUnread(session, welcome->rooms, [&](const QList<RoomState> &counted) {
                rooms.clear();
                for (const RoomState &room : counted)
                    rooms += room.unread == 0 ? room.room
                                              : u"%1: %2 unread, %3 mentions"_s.arg(room.room)
                                                        .arg(room.unread)
                                                        .arg(room.mentions);
            });
        });
        server->executor.run();
        last = session;
        return outcome;
    }

    Error refusalOf(const QString &name, const QString &password)
    {
        Error error;
        house().login(open(0), {.name = name, .password = password}, server->now,
                      [&](const Result<Welcome> &welcome) { error = welcome.error(); });
        server->executor.run();
        return error;
    }

    QString registerAs(SessionId session, const QString &password)
    {
        QString outcome;
        house().registerGuest(session, password, {}, server->now, [&](const Result<UserShown> &r) {
            outcome = r ? words(r->user) : nameOf(r.error());
        });
        server->executor.run();
        return outcome;
    }

    QString claim(SessionId session, const QString &code)
    {
        QString outcome;
        house().claim(session, code, server->now, [&](const Result<UserShown> &r) {
            outcome = r ? words(r->user) : nameOf(r.error());
        });
        server->executor.run();
        return outcome;
    }

    QString done(const std::function<void(House::DoneThen)> &call)
    {
        QString outcome;
        call([&](const Result<Done> &r) { outcome = r ? u"done"_s : nameOf(r.error()); });
        server->executor.run();
        return outcome;
    }
    QString changePassword(SessionId session, const QString &old, const QString &password)
    {
        return done([&](auto then) { house().changePassword(session, old, password, then); });
    }
    QString setRole(SessionId session, const QString &name, const QString &role)
    {
        return done([&](auto then) { house().setRole(session, name, role, server->now, then); });
    }
    QString remove(SessionId session, const QString &name, Erase erase = Erase::Nothing)
    {
        return done(
                [&](auto then) { house().removeAccount(session, name, erase, server->now, then); });
    }

    QString invite(SessionId session)
    {
        QString code;
        house().makeInvite(session, {}, server->now,
                           [&](const Result<InviteCode> &r) { code = r->code; });
        server->executor.run();
        return code;
    }

    QString ignore(SessionId session, const QString &name)
    {
        QString outcome;
        house().ignore(session, name, [&](const Result<IgnoreList> &r) {
            outcome = r ? r->names.join(u' ') : nameOf(r.error());
        });
        server->executor.run();
        return outcome;
    }
    QString unignore(SessionId session, const QString &name)
    {
        QString outcome;
        house().unignore(session, name, [&](const Result<IgnoreList> &r) {
            outcome = r ? r->names.join(u' ') : nameOf(r.error());
        });
        server->executor.run();
        return outcome;
    }

    QString said(const std::function<void(House::SaidThen)> &call)
    {
        QString outcome;
        call([&](const Result<Said> &said) {
            outcome = said ? QString::number(said->seq) : nameOf(said.error());
        });
        server->executor.run();
        return outcome;
    }
    QString say(SessionId session, const QString &room, const QString &text)
    {
        return said([&](auto then) { house().say(session, room, {.text = text}, then); });
    }
    QString message(SessionId session, const QString &to, const QString &text)
    {
        return said([&](auto then) { house().message(session, to, {.text = text}, then); });
    }
    QString edit(SessionId session, quint64 seq, const QString &text)
    {
        return said([&](auto then) { house().edit(session, u"main"_s, seq, text, then); });
    }

    QList<Item> itemsOf(SessionId session, const QString &room)
    {
        QList<Item> items;
        PageRequest page{.forwards = true, .limit = limits::page};
        for (bool isMore = true; isMore;) {
            house().history(session, room, page, [&](const Result<HistoryPage> &read) {
                items += read->items;
                page.after = read->next;
                isMore = read->more;
            });
            server->executor.run();
        }
        return items;
    }
    QStringList historyOf(SessionId session, const QString &room)
    {
        QStringList texts;
        for (const Item &item : itemsOf(session, room))
            texts += item.text;
        return texts;
    }
    /// Of what can still be read.
    QStringList textsOf(SessionId session, const QString &room)
    {
        QStringList texts = historyOf(session, room);
        texts.removeAll(QString());
        return texts;
    }

    /// The audit log, newest first, without what making an administrator has left.
    QString audit()
    {
        QStringList lines;
        server->store->audit({.limit = limits::page}, [&](const Result<AuditPage> &page) {
            for (const AuditPage::Entry &entry : page->entries)
                lines += u"%1 by %2: %3"_s.arg(entry.verb, entry.by, entry.target);
        });
        server->executor.run();
        return lines.first(lines.size() - m_skippedAudit).join(u'\n');
    }

    WordEncoder encoder;
    std::array<RecordingSink, 3> sinks;
    std::unique_ptr<TestServer> server;
    SessionId last = 0;
    Source sourceFlags; ///< of those who open a session, besides the address
    QStringList rooms;
    qsizetype m_skippedAudit = 0;
};

QTEST_GUILESS_MAIN(TestHouseAccounts)
#include "tst_houseaccounts.moc"
