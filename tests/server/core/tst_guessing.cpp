#include "server/core/house.h"
#include "tests/support/recordingsink.h"
#include "tests/support/testserver.h"

#include <QTest>

#include <list>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

const QString secret = QStringLiteral("correct horse");
const QString wrong = QStringLiteral("battery staple");

QString nameOf(const Error &error)
{
    return errorName(error.code);
}

/// Lines of the log while it lives.
class LogLines
{
public:
    LogLines()
    {
        s_lines.clear();
        m_before = qInstallMessageHandler(
                [](QtMsgType, const QMessageLogContext &context, const QString &text) {
                    if (QLatin1StringView(context.category) == "teahouse.core"_L1)
                        s_lines.append(text);
                });
    }
    ~LogLines() { qInstallMessageHandler(m_before); }
    Q_DISABLE_COPY_MOVE(LogLines)

    static QStringList take() { return std::exchange(s_lines, {}); }

private:
    static inline QStringList s_lines;
    QtMessageHandler m_before;
};

/// A store in memory that keeps from where accounts were reached.
class TrustStore : public MemoryStore
{
public:
    TrustStore(Executor &executor, std::function<qint64()> clock, StoredState state)
        : MemoryStore(executor, std::move(clock), u"epoch"_s), m_state(std::move(state))
    {
    }

    StoredState takeState() override { return std::move(m_state); }
    void put(QList<Change> changes, std::function<void(Result<Done>)> then) override
    {
        for (const Change &change : changes) {
            if (const auto *record = std::get_if<TrustRecord>(&change))
                trusted.append(*record);
            if (const auto *account = std::get_if<AccountRecord>(&change))
                accounts[account->id] = *account;
        }
        MemoryStore::put(std::move(changes), [then = std::move(then)](const Result<Done> &kept) {
            if (then)
                then(kept);
        });
    }

    QList<TrustRecord> trusted;
    std::map<UserId, AccountRecord> accounts;

private:
    StoredState m_state;
};

} // namespace

/// What strangers can do to others with wrong passwords and codes, and what registering twice does.
/// Addresses are those of 127/8, each a share of its own.
class TestGuessing : public QObject
{
    Q_OBJECT

private slots:
    void init() { begin({.plainPasswords = true}); }

    // Nobody's guesses cost someone else

    void othersDoNotLockTheOwnerOut_data()
    {
        QTest::addColumn<bool>("isNew");
        QTest::newRow("where it was before") << false;
        QTest::newRow("where it was never") << true;
    }
    void othersDoNotLockTheOwnerOut()
    {
        QFETCH(const bool, isNew);
        make(u"ann"_s);
        if (!isNew)
            QCOMPARE(logIn(1, u"ann"_s, secret), u"in"_s);
        for (int from = 2; from < 200; ++from)
            for (int i = 0; i < LoginBackoff::freeTries + 1; ++i)
                logIn(from, u"ann"_s, wrong);
        QCOMPARE(logIn(1, u"ann"_s, secret), u"in"_s);
        QCOMPARE(logIn(2, u"ann"_s, secret), u"slow-down"_s); // who guessed waits
    }

    void namesWithoutAccountWaitTheSame()
    {
        make(u"ann"_s);
        QList<Error> ann;
        QList<Error> zoe;
        for (int i = 0; i < LoginBackoff::freeTries + 1; ++i) {
            ann += refusal(1, u"ann"_s);
            zoe += refusal(2, u"zoe"_s);
        }
        QCOMPARE(ann.last().code, ErrorCode::SlowDown);
        QCOMPARE(zoe.last().code, ErrorCode::SlowDown);
        QCOMPARE(ann.last().retryMs, int(LoginBackoff::firstWait));
        QCOMPARE(zoe.last().retryMs, int(LoginBackoff::firstWait));
    }

    void namesAreOneInWhateverCase()
    {
        make(u"ann"_s);
        for (int i = 0; i < LoginBackoff::freeTries; ++i)
            logIn(1, i % 2 == 0 ? u"ann"_s : u"ANN"_s, wrong);
        QCOMPARE(logIn(1, u"Ann"_s, secret), u"slow-down"_s);
    }

    /// Whatever the date is set to meanwhile.
    void waitingGoesByTheSteadyClock_data()
    {
        QTest::addColumn<qint64>("jump");
        QTest::newRow("back") << qint64(-86'400'000);
        QTest::newRow("forth") << qint64(86'400'000);
    }
    void waitingGoesByTheSteadyClock()
    {
        QFETCH(const qint64, jump);
        make(u"ann"_s);
        for (int i = 0; i < LoginBackoff::freeTries; ++i)
            logIn(1, u"ann"_s, wrong);
        server->now += jump;
        QCOMPARE(logIn(1, u"ann"_s, secret), u"slow-down"_s);
        pass(LoginBackoff::firstWait);
        QCOMPARE(logIn(1, u"ann"_s, secret), u"in"_s);
    }

    void othersDoNotKeepTheClaimCodeFromItsOwner()
    {
        const QString code = house().makeClaimCode();
        for (int i = 0; i < 6; ++i) {
            const SessionId bad = account(10 + i, u"bad%1"_s.arg(i));
            for (int k = 0; k < LoginBackoff::freeTries; ++k)
                QCOMPARE(claim(bad, u"0000"_s), u"not-allowed"_s);
            QCOMPARE(claim(bad, code), u"slow-down"_s);
        }
        QCOMPARE(claim(account(1, u"ann"_s), code), u"in"_s);
    }

    void othersDoNotKeepPeopleOutOfARoomWithAPassword()
    {
        const SessionId ann = account(1, u"ann"_s);
        create(ann, u"vault"_s, u"sesame"_s);
        for (int i = 0; i < 6; ++i) {
            const SessionId bad = guest(10 + i, u"bad%1"_s.arg(i));
            for (int k = 0; k < LoginBackoff::freeTries; ++k)
                QCOMPARE(join(bad, u"vault"_s, u"guess"_s), u"room-key"_s);
            QCOMPARE(join(bad, u"vault"_s, u"sesame"_s), u"slow-down"_s);
        }
        QCOMPARE(join(guest(2, u"bob"_s), u"vault"_s, u"sesame"_s), u"in"_s);
    }

    void guessesAtOneRoomDoNotCountForAnother()
    {
        const SessionId ann = account(1, u"ann"_s);
        create(ann, u"vault"_s, u"sesame"_s);
        create(ann, u"attic"_s, u"ladder"_s);
        const SessionId bob = guest(2, u"bob"_s);
        for (int k = 0; k < LoginBackoff::freeTries; ++k)
            join(bob, u"vault"_s, u"guess"_s);
        QCOMPARE(join(bob, u"vault"_s, u"sesame"_s), u"slow-down"_s);
        QCOMPARE(join(bob, u"attic"_s, u"ladder"_s), u"in"_s);
    }

    void guessingInviteCodesIsSlowedDown()
    {
        begin({.registration = Registration::ByInvite, .plainPasswords = true});
        const QString code = invite();
        for (int k = 0; k < LoginBackoff::freeTries; ++k)
            QCOMPARE(registerNew(2, u"bob"_s, secret, u"guess"_s), u"invite-required"_s);
        QCOMPARE(registerNew(2, u"bob"_s, secret, code), u"slow-down"_s);
        QCOMPARE(registerNew(3, u"bob"_s, secret, {}), u"invite-required"_s); // no guess
        QCOMPARE(registerNew(3, u"bob"_s, secret, code), u"in"_s);
    }

    // Whose password is looked at first

    /// 72 strangers at 9 addresses who ask all the time.
    void aFloodKeepsNobodyOut_data()
    {
        QTest::addColumn<bool>("isNew");
        QTest::newRow("where it was before") << false;
        QTest::newRow("where it was never") << true;
    }
    void aFloodKeepsNobodyOut()
    {
        QFETCH(const bool, isNew);
        make(u"ann"_s);
        if (!isNew)
            QCOMPARE(logIn(1, u"ann"_s, secret), u"in"_s);
        for (int i = 0; i < 72; ++i)
            begin(open(100 + i % 9), u"x%1"_s.arg(i));
        const int before = server->passwords.verified;
        QString outcome;
        int turn = 0;
        house().login(open(1), {.name = u"ann"_s, .password = secret}, server->now,
                      [&](const Result<Welcome> &welcome) {
                          outcome = welcome ? u"in"_s : nameOf(welcome.error());
                          turn = server->passwords.verified - before;
                      });
        settle();
        QCOMPARE(outcome, u"in"_s);
        QVERIFY(turn <= (isNew ? 9 : 1) + limits::hashesAtOnce);
    }

    void registeringTrustsTheAddress()
    {
        QCOMPARE(registerNew(1, u"ann"_s, secret), u"in"_s);
        const SessionId bob = guest(2, u"bob"_s);
        QCOMPARE(registerAs(bob, secret), u"in"_s);
        house().end(bob, {}, server->now);
        for (const auto &[from, name] : {std::pair(1, u"ann"_s), std::pair(2, u"bob"_s)})
            QVERIFY(goesFirst(from, name));
        QVERIFY(!goesFirst(3, u"ann"_s));
    }

    void trustOutlivesTheRun()
    {
        QCOMPARE(registerNew(1, u"ann"_s, secret), u"in"_s);
        QVERIFY(!store->trusted.isEmpty());
        StoredState state;
        state.lastUser = store->accounts.rbegin()->first;
        state.trusted = store->trusted;
        for (const auto &[id, account] : store->accounts)
            state.accounts.append(account);
        begin({.plainPasswords = true}, state);
        QVERIFY(goesFirst(1, u"ann"_s));
        QVERIFY(!goesFirst(2, u"ann"_s));
    }

    /// Also when someone logs in to it while it is being removed.
    void aRemovedAccountIsNotTrusted()
    {
        make(u"ann"_s);
        QCOMPARE(logIn(1, u"ann"_s, secret), u"in"_s);
        house().login(open(2), {.name = u"ann"_s, .password = secret}, server->now, [](auto) {});
        const qsizetype before = store->trusted.size();
        house().removeAccount(Doer{}, u"ann"_s, Erase::Nothing, server->now, [](auto) {});
        settle();
        QCOMPARE(store->trusted.size(), before);
        QVERIFY(!goesFirst(1, u"ann"_s));
    }

    void onlyTheNewestAddressesAreTrusted()
    {
        make(u"ann"_s);
        for (int from = 1; from <= limits::trustedPerAccount + 1; ++from) {
            QCOMPARE(logIn(from, u"ann"_s, secret), u"in"_s);
            server->now += 1000;
        }
        QCOMPARE(store->trusted.size(), limits::trustedPerAccount + 2);
        QVERIFY(store->trusted.last().dropped);
        QCOMPARE(store->trusted.last().origin, store->trusted.first().origin);
    }

    void theShellAlwaysGetsThrough()
    {
        for (int from = 0; from < 2 * limits::hashesWaiting; ++from)
            begin(open(100 + from), u"x"_s);
        QString outcome;
        house().addAccount({}, u"ann"_s, secret, server->now, [&](const Result<Done> &r) {
            outcome = r ? u"in"_s : nameOf(r.error());
        });
        settle();
        QCOMPARE(outcome, u"in"_s);
        for (int i = 0; i < 2 * limits::hashBurst; ++i)
            make(u"bob%1"_s.arg(i));
    }

    void whoHasGonePutsNobodyBehind_data()
    {
        QTest::addColumn<bool>("isEnded");
        QTest::newRow("the session ends") << true;
        QTest::newRow("the connection is lost") << false;
    }
    void whoHasGonePutsNobodyBehind()
    {
        QFETCH(const bool, isEnded);
        make(u"ann"_s);
        QList<SessionId> gone;
        QStringList outcomes;
        for (int i = 0; i < limits::hashesWaiting; ++i) {
            gone += open(100 + i / limits::hashesWaitingOfShare);
            house().login(gone.last(), {.name = u"x%1"_s.arg(i), .password = wrong}, server->now,
                          [&](const Result<Welcome> &r) { outcomes += nameOf(r.error()); });
        }
        for (const SessionId session : gone) {
            if (isEnded)
                house().end(session, {}, server->now);
            else
                house().withdraw(session);
        }
        settle();
        QCOMPARE(outcomes.count(u"closing"_s), limits::hashesWaiting - limits::hashesAtOnce);
        QCOMPARE(server->passwords.verified, limits::hashesAtOnce);
    }

    // Twice at once

    /// A guest who comes back registers while the lost connection's register is under way.
    void registeringTwiceAtOnce()
    {
        const SessionId lost = guest(1, u"ann"_s);
        QString first;
        QString second;
        house().registerGuest(lost, secret, {}, server->now, [&](const Result<UserShown> &r) {
            first = r ? u"in"_s : nameOf(r.error());
        });
        const SessionId back = open(1);
        QVERIFY(house().login(back, u"ann"_s, resume, server->now).ok());
        house().registerGuest(back, wrong, {}, server->now, [&](const Result<UserShown> &r) {
            second = r ? u"in"_s : nameOf(r.error());
        });
        settle();
        // Not answered "ok" with a password that is not the account's.
        QCOMPARE(first, u"closing"_s);
        QCOMPARE(second, u"slow-down"_s);
        QCOMPARE(registerAs(back, wrong), u"already-exists"_s);
        QCOMPARE(logIn(2, u"ann"_s, wrong), u"wrong-password"_s);
        QCOMPARE(logIn(2, u"ann"_s, secret), u"in"_s);
        QCOMPARE(store->accounts.size(), 1U);
    }

    /// The same when the first one waits: it is not carried out, and the second one is.
    void registeringAgainBehindOthers()
    {
        for (int i = 0; i < limits::hashesAtOnce; ++i)
            begin(open(100 + i), u"x"_s);
        const SessionId lost = guest(1, u"ann"_s);
        QString first;
        house().registerGuest(lost, secret, {}, server->now, [&](const Result<UserShown> &r) {
            first = r ? u"in"_s : nameOf(r.error());
        });
        const SessionId back = open(1);
        QVERIFY(house().login(back, u"ann"_s, resume, server->now).ok());
        settle();
        QCOMPARE(first, u"closing"_s);
        QCOMPARE(registerAs(back, wrong), u"in"_s);
        QCOMPARE(logIn(2, u"ann"_s, secret), u"wrong-password"_s);
        QCOMPARE(logIn(2, u"ann"_s, wrong), u"in"_s);
    }

    /// A registration that is given up gives its invitation and its name back.
    void whoLeavesWhileWaitingToRegister()
    {
        for (int i = 0; i < limits::hashesAtOnce; ++i)
            begin(open(100 + i), u"x"_s);
        const SessionId session = open(1);
        house().registerNew(session, {.name = u"ann"_s, .password = secret}, server->now,
                            [](auto) {});
        house().end(session, {}, server->now);
        settle();
        QCOMPARE(registerNew(2, u"ann"_s, secret), u"in"_s);
        QCOMPARE(store->accounts.size(), 1U);
    }

    void anInviteIsUsedOnce()
    {
        begin({.registration = Registration::ByInvite, .plainPasswords = true});
        const QString code = invite();
        QStringList outcomes;
        for (const int from : {2, 3})
            house().registerNew(
                    open(from), {.name = u"bob%1"_s.arg(from), .password = secret, .invite = code},
                    server->now,
                    [&](const Result<Welcome> &r) { outcomes += r ? u"in"_s : nameOf(r.error()); });
        settle();
        QCOMPARE(outcomes, (QStringList{u"invite-required"_s, u"in"_s}));
    }

    void twoPasswordsAtOnce()
    {
        const SessionId desk = account(1, u"ann"_s);
        QCOMPARE(logIn(2, u"ann"_s, secret), u"in"_s);
        const SessionId phone = last;
        QMap<QString, QString> outcomes;
        for (const auto &[session, password] :
             {std::pair(desk, u"the first one"_s), std::pair(phone, u"the second one"_s)})
            house().changePassword(session, secret, password,
                                   [&outcomes, password](const Result<Done> &r) {
                                       outcomes[password] = r ? u"in"_s : nameOf(r.error());
                                   });
        settle();
        QCOMPARE(outcomes.values().count(u"in"_s), 1);
        for (const QString &password : outcomes.keys())
            QCOMPARE(logIn(3, u"ann"_s, password) == u"in"_s, outcomes[password] == u"in"_s);
    }

    void twoClaimAtOnce()
    {
        const QString code = house().makeClaimCode();
        const QList<SessionId> sessions = {account(1, u"ann"_s), account(2, u"bob"_s)};
        QStringList outcomes;
        for (const SessionId session : sessions)
            house().claim(session, code, server->now, [&](const Result<UserShown> &r) {
                outcomes += r ? r->user.role : nameOf(r.error());
            });
        settle();
        QCOMPARE(outcomes, (QStringList{u"not-allowed"_s, u"admin"_s}));
    }

    /// Who loses the role, or the account, while the room's new password is hashed changes nothing.
    void aRoleThatIsLostMeanwhile_data()
    {
        QTest::addColumn<bool>("isRemoved");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("role") << false << u"not-allowed"_s;
        QTest::newRow("account") << true << u"closing"_s;
    }
    void aRoleThatIsLostMeanwhile()
    {
        QFETCH(const bool, isRemoved);
        invite(); // makes an administrator
        const SessionId root = last;
        const SessionId ann = account(1, u"ann"_s);
        create(ann, u"vault"_s, u"sesame"_s);
        const SessionId bob = account(2, u"bob"_s);
        QCOMPARE(join(bob, u"vault"_s, u"sesame"_s), u"in"_s);
        QCOMPARE(join(root, u"vault"_s, u"sesame"_s), u"in"_s);
        for (int i = 0; i < 20; ++i)
            house().addAccount({}, u"x%1"_s.arg(i), secret, server->now, [](auto) {});
        QString outcome;
        house().setRules(
                ann, u"vault"_s, {.key = u"another"_s}, server->now,
                [&](const Result<RoomState> &r) { outcome = r ? u"in"_s : nameOf(r.error()); });
        if (isRemoved)
            house().removeAccount(Doer{}, u"ann"_s, Erase::Nothing, server->now, [](auto) {});
        else
            house().giveRole(root, {.room = u"vault"_s, .name = u"ann"_s}, RoomRole::Member,
                             server->now, [](auto) {});
        settle();
        QTEST(outcome, "outcome");
        QCOMPARE(join(guest(3, u"cat"_s), u"vault"_s, u"sesame"_s), u"in"_s);
    }

    // The log

    void guessesAreLogged()
    {
        make(u"ann"_s);
        const LogLines log;
        for (int i = 0; i < 4; ++i)
            logIn(7, i % 2 == 0 ? u"ann"_s : u"ANN"_s, wrong);
        QCOMPARE(LogLines::take(),
                 QStringList{u"wrong password of the account ann from 127.0.0.7"_s});
        pass(GuessLog::interval);
        QCOMPARE(LogLines::take(),
                 QStringList{u"wrong password of the account ann from 127.0.0.7 (repeated 3)"_s});
        // A name that is none may be a password.
        logIn(8, wrong + u'\n' + QString(4000, u'x'), wrong);
        QCOMPARE(LogLines::take(), QStringList{u"wrong password, of no account, from 127.0.0.8"_s});
    }

    void codesAndRoomsAreLogged()
    {
        const SessionId ann = account(1, u"ann"_s);
        create(ann, u"vault"_s, u"sesame"_s);
        const SessionId bob = account(2, u"bob"_s);
        const LogLines log;
        claim(bob, u"0000"_s);
        join(bob, u"vault"_s, u"guess"_s);
        registerNew(3, u"cat"_s, secret, u"guess"_s);
        QCOMPARE(LogLines::take(),
                 (QStringList{u"wrong code to become administrator from 127.0.0.2"_s,
                              u"wrong password of the room vault from 127.0.0.2"_s,
                              u"wrong invite code from 127.0.0.3"_s}));
    }

private:
    House &house() { return server->house; }

    void begin(const AccountSettings &accounts, const StoredState &state = {})
    {
        server = std::make_unique<TestServer>(
                HouseSettings{limits::rooms, limits::announceUpTo, keepForever, accounts},
                [&](Executor &executor, std::function<qint64()> utc) {
                    StoredState known = state;
                    known.secret = storeSecret;
                    auto made = std::make_unique<TrustStore>(executor, std::move(utc), known);
                    store = made.get();
                    return made;
                },
                1'700'000'000'000);
        steady = 1000;
    }
    void pass(qint64 ms)
    {
        steady += ms;
        server->now += ms;
        house().setTime({server->now, steady});
        house().tick(server->now);
        settle();
    }
    void settle() { server->executor.run(); }

    SessionId open(int from)
    {
        house().setTime({server->now, steady});
        const NetAddress address = parseNetwork(u"127.0.%1.%2"_s.arg(from / 256).arg(from % 256))
                                           ->base;
        sinks.emplace_back();
        return house().open({&sinks.back(), &encoder, u"test"_s, Form::Object, {address, address}});
    }
    void make(const QString &name)
    {
        house().addAccount({}, name, secret, server->now, [&](const Result<Done> &made) {
            if (!made)
                qFatal("%s cannot be made", qPrintable(name));
        });
        settle();
    }
    SessionId guest(int from, const QString &name)
    {
        const SessionId session = open(from);
        const Result<Welcome> welcome = house().login(session, name, {}, server->now);
        if (!welcome)
            qFatal("%s is refused", qPrintable(name));
        resume = welcome->resume;
        return session;
    }
    /// Made by the shell, and logged in from there.
    SessionId account(int from, const QString &name)
    {
        make(name);
        if (logIn(from, name, secret) != "in"_L1)
            qFatal("%s is refused", qPrintable(name));
        return last;
    }
    /// A login with a wrong password that is not waited for.
    void begin(SessionId session, const QString &name)
    {
        house().login(session, {.name = name, .password = wrong}, server->now, [](auto) {});
    }
    /// Whether this password is looked at before those that 9 addresses have asked for.
    bool goesFirst(int from, const QString &name)
    {
        pass(3'600'000);
        for (int i = 0; i < 72; ++i)
            begin(open(100 + i % 9), u"x%1"_s.arg(i));
        const int before = server->passwords.verified;
        int turn = 0;
        house().login(open(from), {.name = name, .password = secret}, server->now,
                      [&](const auto &) { turn = server->passwords.verified - before; });
        settle();
        return turn <= limits::hashesAtOnce;
    }

    QString logIn(int from, const QString &name, const QString &password)
    {
        QString outcome;
        last = open(from);
        house().login(last, {.name = name, .password = password}, server->now,
                      [&](const Result<Welcome> &welcome) {
                          outcome = welcome ? u"in"_s : nameOf(welcome.error());
                      });
        settle();
        return outcome;
    }
    Error refusal(int from, const QString &name)
    {
        Error error;
        house().login(open(from), {.name = name, .password = wrong}, server->now,
                      [&](const Result<Welcome> &welcome) { error = welcome.error(); });
        settle();
        return error;
    }
    QString registerNew(int from, const QString &name, const QString &password,
                        const QString &code = {})
    {
        QString outcome;
        house().registerNew(open(from), {.name = name, .password = password, .invite = code},
                            server->now, [&](const Result<Welcome> &welcome) {
                                outcome = welcome ? u"in"_s : nameOf(welcome.error());
                            });
        settle();
        return outcome;
    }
    QString registerAs(SessionId session, const QString &password)
    {
        QString outcome;
        house().registerGuest(session, password, {}, server->now, [&](const Result<UserShown> &r) {
            outcome = r ? u"in"_s : nameOf(r.error());
        });
        settle();
        return outcome;
    }
    QString claim(SessionId session, const QString &code)
    {
        QString outcome;
        house().claim(session, code, server->now, [&](const Result<UserShown> &r) {
            outcome = r ? u"in"_s : nameOf(r.error());
        });
        settle();
        return outcome;
    }
    /// By an administrator.
    QString invite()
    {
        make(u"root"_s);
        house().setRole(Doer{}, u"root"_s, u"admin"_s, server->now, [](auto) {});
        settle();
        logIn(1, u"root"_s, secret);
        QString code;
        house().makeInvite(last, {}, server->now,
                           [&](const Result<InviteCode> &made) { code = made->code; });
        settle();
        return code;
    }
    void create(SessionId session, const QString &room, const QString &key)
    {
        house().create(session, {.name = room, .key = key}, server->now,
                       [&](const Result<RoomState> &made) {
                           if (!made)
                               qFatal("%s cannot be made", qPrintable(room));
                       });
        settle();
    }
    QString join(SessionId session, const QString &room, const QString &roomKey)
    {
        QString outcome;
        house().join(session, room, roomKey, server->now, [&](const Result<RoomState> &r) {
            outcome = r ? u"in"_s : nameOf(r.error());
        });
        settle();
        return outcome;
    }

    const QByteArray storeSecret = "0123456789abcdef";
    WordEncoder encoder;
    std::list<RecordingSink> sinks;
    std::unique_ptr<TestServer> server;
    TrustStore *store = nullptr; ///< the server's
    qint64 steady = 0;           ///< ms; moved apart from the date
    SessionId last = 0;
    QString resume;
};

QTEST_GUILESS_MAIN(TestGuessing)
#include "tst_guessing.moc"
