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
constexpr qint64 start = 1'700'000'000'000;

/// A store in memory that remembers invite codes, and refuses changes as long as a test wants.
class InviteStore : public MemoryStore
{
public:
    InviteStore(Executor &executor, std::function<qint64()> clock)
        : MemoryStore(executor, std::move(clock), u"epoch"_s), m_executor(executor)
    {
    }

    void put(QList<Change> changes, std::function<void(Result<Done>)> then) override
    {
        if (mood) {
            m_executor.post([then = std::move(then), code = *mood] {
                if (then)
                    then(Error{.code = code});
            });
            return;
        }
        MemoryStore::put(changes, [this, changes, then = std::move(then)](Result<Done> kept) {
            for (const Change &change : changes) {
                const auto *invite = std::get_if<InviteRecord>(&change);
                if (kept && invite && invite->used)
                    uses.remove(codeLabel(invite->codeHash));
                else if (kept && invite)
                    uses[codeLabel(invite->codeHash)] = invite->uses;
            }
            if (then)
                then(std::move(kept));
        });
    }

    std::optional<ErrorCode> mood;
    QMap<QString, int> uses; ///< by label

private:
    Executor &m_executor;
};

} // namespace

/// Invite codes in core: who makes them, what they allow, and what counts as a use.
class TestHouseInvites : public QObject
{
    Q_OBJECT

private slots:
    void init() { begin({}); }

    void aCodeLetsGuestsInWhereTheyAreOff()
    {
        begin({.guests = false, .registration = Registration::Off});
        const InviteCode code = invite(admin(), {.uses = 2});
        QCOMPARE(code.uses, 2);
        QCOMPARE(logIn(u"ann"_s), u"password-required"_s);
        QCOMPARE(logIn(u"ann"_s, code.code), u"ann: main"_s);
        QCOMPARE(logIn(u"bob"_s, code.code), u"bob: main"_s);
        QVERIFY(store->uses.isEmpty());
        QCOMPARE(logIn(u"cat"_s, code.code), u"invite-required"_s);
    }

    void aGuestWhoWasLetInComesBack()
    {
        begin({.guests = false});
        const InviteCode code = invite(admin(), {});
        QCOMPARE(logIn(u"ann"_s, code.code), u"ann: main"_s);
        const QString resume = m_resume;
        house().end(last, {}, server->now);
        QCOMPARE(logIn(u"zoe"_s, {}, {}, resume), u"password-required"_s); // under her name only
        QCOMPARE(logIn(u"ann"_s, {}, {}, u"guess"_s), u"password-required"_s);
        QCOMPARE(logIn(u"ann"_s, {}, {}, resume), u"ann: main"_s);
    }

    void aCodeOpensItsRoom()
    {
        const SessionId root = admin();
        closedRoom(root);
        const InviteCode code = invite(root, {.room = u"GARDEN"_s, .uses = 3});
        QCOMPARE(code.room, u"garden"_s);
        QCOMPARE(logIn(u"ann"_s, code.code), u"ann: main garden; garden"_s); // as a guest
        QCOMPARE(logIn(u"bob"_s, code.code, secret), u"bob: main garden; garden"_s);
        QCOMPARE(roleOf(u"bob"_s), RoomRole::Member); // registered, for good
        make(u"cat"_s);
        QCOMPARE(logIn(u"cat"_s, code.code, secret), u"cat: main garden; garden"_s);
        QCOMPARE(roleOf(u"cat"_s), RoomRole::Member);
        QVERIFY(store->uses.isEmpty());
        house().end(last, {}, server->now);
        QCOMPARE(logIn(u"cat"_s, code.code, secret), u"cat: main garden"_s);
        QCOMPARE(logIn(u"dan"_s, code.code), u"invite-required"_s);
    }

    void aLineSessionSitsInTheRoom()
    {
        const SessionId root = admin();
        closedRoom(root);
        const InviteCode code = invite(root, {.room = u"garden"_s});
        const SessionId telnet = open(Form::Line);
        QVERIFY(house().giveCode(telnet, code.code, server->now).ok());
        Result<Welcome> welcome = Error{};
        house().login(telnet, {.name = u"ann"_s}, server->now,
                      [&](const Result<Welcome> &entered) { welcome = entered; });
        server->executor.run();
        QCOMPARE(welcome->room, u"garden"_s);
        QCOMPARE(welcome->rooms.size(), 1);
        QCOMPARE(welcome->rooms.first().room, u"garden"_s);
    }

    void whoIsAMemberUsesNothing()
    {
        const SessionId root = admin();
        closedRoom(root);
        make(u"bob"_s);
        const InviteCode code = invite(root, {.room = u"garden"_s, .uses = 2});
        logIn(u"bob"_s, code.code, secret);
        logIn(u"bob"_s, code.code, secret);
        QCOMPARE(store->uses.value(code.label), 1);
        // A code without a room has nothing to say to an account, nor has a wrong one.
        const InviteCode plain = invite(root, {});
        QCOMPARE(logIn(u"bob"_s, plain.code, secret), u"bob: main garden"_s);
        QCOMPARE(logIn(u"bob"_s, u"wrong"_s, secret), u"bob: main garden"_s);
        QCOMPARE(store->uses.value(plain.label), 1);
    }

    void aFailedLoginGivesTheUseBack_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("taken") << u"root"_s << u"password-required"_s;
        QTest::newRow("invalid") << u"a b"_s << u"name-invalid"_s;
        QTest::newRow("empty") << QString() << u"name-empty"_s;
    }

    void aFailedLoginGivesTheUseBack()
    {
        QFETCH(const QString, name);
        begin({.guests = false});
        const InviteCode code = invite(admin(), {});
        const QString came = logIn(name, code.code);
        QTEST(came, "outcome");
        QCOMPARE(logIn(u"ann"_s, code.code), u"ann: main"_s);
    }

    void whatTheStoreRefusesGivesTheUseBack_data()
    {
        QTest::addColumn<int>("mood");
        QTest::addColumn<QString>("password");
        QTest::newRow("guest, full") << int(ErrorCode::StoreFull) << QString();
        QTest::newRow("guest, unconfirmed") << int(ErrorCode::Unconfirmed) << QString();
        QTest::newRow("account, full") << int(ErrorCode::StoreFull) << secret;
    }

    void whatTheStoreRefusesGivesTheUseBack()
    {
        QFETCH(const int, mood);
        QFETCH(const QString, password);
        begin({.guests = false, .registration = Registration::ByInvite});
        const InviteCode code = invite(admin(), {});
        store->mood = static_cast<ErrorCode>(mood);
        QCOMPARE(logIn(u"ann"_s, code.code, password),
                 QString(errorName(static_cast<ErrorCode>(mood))));
        store->mood.reset();
        tick();
        QCOMPARE(store->uses.value(code.label), 1);
        QCOMPARE(logIn(u"ann"_s, code.code, password), u"ann: main"_s);
        QVERIFY(store->uses.isEmpty());
    }

    void anUnconfirmedRegistrationCountsOnce()
    {
        begin({.registration = Registration::ByInvite});
        const InviteCode code = invite(admin(), {.uses = 3});
        store->mood = ErrorCode::Unconfirmed;
        QCOMPARE(logIn(u"ann"_s, code.code, secret), u"unconfirmed"_s);
        store->mood.reset();
        // Before that is tried once more, another one uses it.
        QCOMPARE(logIn(u"bob"_s, code.code, secret), u"bob: main"_s);
        tick();
        QCOMPARE(store->uses.value(code.label), 1);
        QCOMPARE(logIn(u"ann"_s, {}, secret), u"ann: main"_s);
    }

    void twoAtOnceDoNotShareAUse()
    {
        begin({.guests = false});
        const InviteCode code = invite(admin(), {});
        QStringList outcomes;
        for (const QString &name : {u"ann"_s, u"bob"_s}) {
            house().login(open(), {.name = name, .invite = code.code}, server->now,
                          [&](const Result<Welcome> &entered) { outcomes += outcome(entered); });
        }
        server->executor.run();
        QCOMPARE(outcomes, (QStringList{u"invite-required"_s, u"ann: main"_s}));
    }

    void aSessionThatEndsMeanwhileUsesNothing()
    {
        begin({.guests = false});
        const InviteCode code = invite(admin(), {});
        const SessionId ann = open();
        QString came;
        house().login(ann, {.name = u"ann"_s, .invite = code.code}, server->now,
                      [&](const Result<Welcome> &entered) { came = outcome(entered); });
        house().end(ann, {}, server->now);
        server->executor.run();
        QCOMPARE(came, u"closing"_s);
        QCOMPARE(store->uses.value(code.label), 1);
        QCOMPARE(logIn(u"ann"_s, code.code), u"ann: main"_s);
    }

    void whoMayMakeOne_data()
    {
        QTest::addColumn<QString>("who");
        QTest::addColumn<QString>("room");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("admin") << u"root"_s << QString() << u"made"_s;
        QTest::newRow("admin, no such room") << u"root"_s << u"cellar"_s << u"no-such-room"_s;
        QTest::newRow("admin, main") << u"root"_s << u"main"_s << u"made"_s;
        QTest::newRow("account") << u"bob"_s << QString() << u"not-allowed"_s;
    }

    void whoMayMakeOne()
    {
        QFETCH(const QString, who);
        QFETCH(const QString, room);
        const SessionId root = admin();
        make(u"bob"_s);
        if (who != "root"_L1)
            logIn(who, {}, secret);
        QTEST(madeBy(who == "root"_L1 ? root : last, {.room = room}), "outcome");
    }

    /// Of a room's owner a code opens the room, and not the server.
    void onlyAdministratorsOpenTheServer()
    {
        begin({.guests = false, .registration = Registration::ByInvite});
        const SessionId root = admin();
        make(u"bob"_s);
        logIn(u"bob"_s, {}, secret);
        const SessionId bob = last;
        closedRoom(bob);
        const InviteCode code = invite(bob, {.room = u"garden"_s});
        QCOMPARE(logIn(u"ann"_s, code.code), u"invite-required"_s);
        QCOMPARE(logIn(u"ann"_s, code.code, secret), u"invite-required"_s);
        make(u"cat"_s);
        QCOMPARE(logIn(u"cat"_s, code.code, secret), u"cat: main garden; garden"_s);
        // Nor do those of whoever is administrator no more.
        make(u"eve"_s);
        setRole(u"eve"_s, u"admin"_s);
        logIn(u"eve"_s, {}, secret);
        const InviteCode of = invite(last, {});
        setRole(u"eve"_s, u"none"_s);
        QCOMPARE(logIn(u"ann"_s, of.code), u"invite-required"_s);
        Q_UNUSED(root)
    }

    void bounds_data()
    {
        QTest::addColumn<int>("uses");
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("no use") << 0 << 1 << u"bad-request"_s;
        QTest::newRow("least") << 1 << 1 << u"made"_s;
        QTest::newRow("most") << limits::inviteUses << limits::inviteDays << u"made"_s;
        QTest::newRow("too many uses") << limits::inviteUses + 1 << 1 << u"bad-request"_s;
        QTest::newRow("no day") << 1 << 0 << u"bad-request"_s;
        QTest::newRow("too many days") << 1 << limits::inviteDays + 1 << u"bad-request"_s;
    }

    void bounds()
    {
        QFETCH(const int, uses);
        QFETCH(const int, days);
        QTEST(madeBy(admin(), {.uses = uses, .days = days}), "outcome");
    }

    void whatHasExpiredGoes()
    {
        begin({.guests = false});
        const InviteCode code = invite(admin(), {.days = 3});
        server->now += std::chrono::milliseconds(72h).count() - 1;
        tick();
        QCOMPARE(store->uses.size(), 1);
        server->now += 1;
        tick();
        QVERIFY(store->uses.isEmpty());
        QCOMPARE(logIn(u"ann"_s, code.code), u"invite-required"_s);
    }

    void aRoomTakesItsCodesAlong()
    {
        const SessionId root = admin();
        // Nobody owns it, so that it goes with its last member.
        logIn(u"ann"_s);
        const SessionId ann = last;
        openRoom(ann, u"tent"_s);
        const InviteCode code = invite(root, {.room = u"tent"_s});
        house().end(ann, {}, server->now);
        house().setTime(server->moment());
        QCOMPARE(house().roomName(u"tent"_s), QString());
        QCOMPARE(logIn(u"bob"_s, code.code), u"invite-required"_s);
        QVERIFY(house().invites(everything).codes.isEmpty());
    }

    void listsDoNotTellTheCode()
    {
        const SessionId root = admin();
        closedRoom(root);
        const InviteCode plain = invite(root, {});
        const InviteCode code = invite(root, {.room = u"garden"_s, .uses = 4});
        const Result<InviteList> all = house().invites(root, {}, everything);
        QCOMPARE(all->codes.size(), 2);
        const Result<InviteList> ofRoom = house().invites(root, u"garden"_s, everything);
        QCOMPARE(ofRoom->codes.size(), 1);
        const InviteList::Invite wanted{code.label, u"root"_s, u"garden"_s, 4, code.until};
        QVERIFY(ofRoom->codes.first() == wanted);
        QVERIFY(!code.code.contains(code.label));
        const Result<InviteList> first = house().invites(root, {}, {{}, 1});
        QVERIFY(first->more);
        const Result<InviteList> second = house().invites(root, {}, {first->next, 1});
        QVERIFY(!second->more);
        QCOMPARE(second->codes.size(), 1);
        QVERIFY(first->codes != second->codes);
        Q_UNUSED(plain)
    }

    void codesAreTakenBack()
    {
        begin({.guests = false});
        const SessionId root = admin();
        const InviteCode one = invite(root, {});
        const InviteCode two = invite(root, {});
        make(u"bob"_s);
        logIn(u"bob"_s, {}, secret);
        QCOMPARE(end(last, one.code), u"bad-request"_s); // not his, and he is not told
        QCOMPARE(end(root, one.label), u"done"_s);
        QCOMPARE(end(root, two.code.toUpper()), u"done"_s);
        QCOMPARE(end(root, two.code), u"bad-request"_s);
        QCOMPARE(end(root, {}), u"bad-request"_s);
        QVERIFY(store->uses.isEmpty());
        QCOMPARE(logIn(u"ann"_s, one.code), u"invite-required"_s);
    }

    void wrongCodesAreGuesses()
    {
        begin({.guests = false});
        const InviteCode code = invite(admin(), {});
        const SessionId telnet = open(Form::Line);
        for (int i = 0; i < LoginBackoff::freeTries; ++i)
            QVERIFY(!house().giveCode(telnet, QString::number(i), server->now).ok());
        QCOMPARE(house().giveCode(telnet, code.code, server->now).error().code,
                 ErrorCode::SlowDown);
    }

private:
    House &house() { return server->house; }

    void begin(const AccountSettings &accounts)
    {
        server = std::make_unique<TestServer>(
                HouseSettings{limits::rooms, limits::announceUpTo, keepForever, accounts},
                [this](Executor &executor, std::function<qint64()> utc) {
                    auto made = std::make_unique<InviteStore>(executor, std::move(utc));
                    store = made.get();
                    return made;
                },
                start);
        sink.take();
    }

    void tick()
    {
        house().setTime(server->moment());
        house().tick(Times{server->now, server->now});
        server->executor.run();
    }

    SessionId open(Form form = Form::Object)
    {
        house().setTime(server->moment());
        return house().open({&sink, &encoder, u"test"_s, form, {}});
    }

    void make(const QString &name)
    {
        house().addAccount({}, name, secret, server->now, [](auto) {});
        server->executor.run();
    }

    void setRole(const QString &name, const QString &role)
    {
        house().setRole(Doer{}, name, role, server->now, [](auto) {});
        server->executor.run();
    }

    SessionId admin()
    {
        make(u"root"_s);
        setRole(u"root"_s, u"admin"_s);
        logIn(u"root"_s, {}, secret);
        return last;
    }

    void makeRoom(SessionId session, const NewRoom &room)
    {
        house().create(session, room, server->now, [](auto) {});
        server->executor.run();
    }
    void closedRoom(SessionId session)
    {
        makeRoom(session, {.name = u"garden"_s, .isClosed = true});
    }
    void openRoom(SessionId session, const QString &name) { makeRoom(session, {.name = name}); }

    static QString outcome(const Result<Welcome> &welcome)
    {
        if (!welcome)
            return errorName(welcome.error().code);
        QStringList rooms;
        for (const RoomState &room : welcome->rooms)
            rooms += room.room;
        const QString there = welcome->room.isEmpty() ? QString() : u"; "_s + welcome->room;
        return welcome->user.name + u": "_s + rooms.join(u' ') + there;
    }

    /// Who one is, the rooms and which one the code has opened, or the error's name.
    QString logIn(const QString &name, const QString &code = {}, const QString &password = {},
                  const QString &resume = {})
    {
        LoginRequest request{.name = name, .resume = resume, .invite = code};
        if (!password.isEmpty())
            request.password = password;
        last = open();
        QString came;
        house().login(last, request, server->now, [&](const Result<Welcome> &welcome) {
            came = outcome(welcome);
            m_resume = welcome ? welcome->resume : QString();
        });
        server->executor.run();
        return came;
    }

    QString madeBy(SessionId session, const NewInvite &wanted)
    {
        QString came;
        house().makeInvite(session, wanted, server->now, [&](const Result<InviteCode> &made) {
            came = made ? u"made"_s : QString(errorName(made.error().code));
            if (made)
                m_made = *made;
        });
        server->executor.run();
        return came;
    }
    InviteCode invite(SessionId session, const NewInvite &wanted)
    {
        if (madeBy(session, wanted) != "made"_L1)
            qFatal("no code was made");
        return m_made;
    }

    QString end(SessionId session, const QString &code)
    {
        QString came;
        house().endInvite(session, code, server->now, [&](const Result<Done> &ended) {
            came = ended ? u"done"_s : QString(errorName(ended.error().code));
        });
        server->executor.run();
        return came;
    }

    RoomRole roleOf(const QString &name)
    {
        const auto members = house().look(last, u"garden"_s, everything);
        for (const Person &person : members->people) {
            if (person.name == name)
                return person.role;
        }
        return RoomRole::None;
    }

    WordEncoder encoder;
    RecordingSink sink;
    std::unique_ptr<TestServer> server;
    InviteStore *store = nullptr;
    SessionId last = 0;
    InviteCode m_made;
    QString m_resume;
};

QTEST_GUILESS_MAIN(TestHouseInvites)
#include "tst_houseinvites.moc"
