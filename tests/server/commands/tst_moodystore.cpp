#include "tests/server/commands/roomrig.h"

#include "shared/limits.h"

#include <map>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 stay = std::chrono::milliseconds(limits::emptyRoomStays).count();

/// A store in memory that remembers what accounts and memberships it was given last, and that
/// refuses changes as long as a test wants it to.
class MoodyStore : public MemoryStore
{
public:
    MoodyStore(Executor &executor, std::function<qint64()> clock, StoredState state)
        : MemoryStore(executor, std::move(clock), u"epoch"_s), m_executor(executor),
          m_state(std::move(state))
    {
    }

    StoredState takeState() override { return std::move(m_state); }

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
            if (kept)
                note(changes);
            if (then)
                then(std::move(kept));
        });
    }

    void page(PageRequest request, std::function<void(Result<LogPage>)> then) override
    {
        MemoryStore::page(request, [this, then = std::move(then)](const Result<LogPage> &read) {
            if (isReadingSlowly)
                m_slowPages.emplace_back([then, read] { then(read); });
            else
                then(read);
        });
    }
    void endReading()
    {
        for (const auto &answer : std::exchange(m_slowPages, {}))
            answer();
    }

    void putRoom(RoomRecord room, std::function<void(Result<Done>)> then) override
    {
        m_rooms[room.name] = room.id;
        MemoryStore::putRoom(std::move(room), std::move(then));
    }

    /// What an account is in a room, by the store.
    RoomRole role(const QString &account, const QString &room) const
    {
        return membership(account, room).role;
    }
    bool isJoined(const QString &account, const QString &room) const
    {
        return membership(account, room).isJoined;
    }

    std::optional<ErrorCode> mood; ///< what changes are refused with
    bool isReadingSlowly = false;  ///< pages are answered by endReading()

private:
    MembershipRecord membership(const QString &account, const QString &room) const
    {
        const auto found = m_memberships.find({m_accounts.value(account), m_rooms.value(room)});
        return found == m_memberships.end() ? MembershipRecord() : found->second;
    }
    void note(const QList<Change> &changes)
    {
        for (const Change &change : changes) {
            if (const auto *record = std::get_if<MembershipRecord>(&change))
                m_memberships[{record->user, record->room}] = *record;
            else if (const auto *account = std::get_if<AccountRecord>(&change))
                m_accounts[account->name] = account->id;
        }
    }

    Executor &m_executor;
    StoredState m_state;
    std::map<std::pair<UserId, RoomId>, MembershipRecord> m_memberships;
    QHash<QString, UserId> m_accounts;
    QHash<QString, RoomId> m_rooms;
    std::vector<std::function<void()>> m_slowPages;
};

} // namespace

/// Accounts, what they are in rooms and what was said there, with a store that does not answer
/// everything at once, and with one that has very many.
class TestMoodyStore : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        begin({});
        root = rig->admin(u"root"_s);
        ann = rig->account(u"ann"_s);
        QCOMPARE(rig->ask(ann, u"create"_s, at(u"garden"_s)), u"ok"_s);
        cat = rig->account(u"cat"_s);
    }

    /// Whichever the store takes first.
    void aRoleGivenWhileTheAccountIsRemoved_data()
    {
        QTest::addColumn<bool>("isRoleFirst");
        QTest::newRow("the role first") << true;
        QTest::newRow("the removal first") << false;
    }
    void aRoleGivenWhileTheAccountIsRemoved()
    {
        QFETCH(const bool, isRoleFirst);
        House &house = rig->server.house;
        const qint64 now = rig->server.now;
        const auto give = [&] {
            house.giveRole(ann.session, {.room = u"garden"_s, .name = u"cat"_s}, RoomRole::Owner,
                           now, [](const Result<Done> &) {});
        };
        if (isRoleFirst)
            give();
        house.removeAccount(root.session, u"cat"_s, Erase::Nothing, now,
                            [](const Result<Done> &) {});
        if (!isRoleFirst)
            give();
        rig->server.executor.run();
        QCOMPARE(store->role(u"cat"_s, u"garden"_s), RoomRole::None);
        QVERIFY(!store->isJoined(u"cat"_s, u"main"_s));
        // Nor is it there in memory: the room is without an owner once ann is removed, too.
        QCOMPARE(rig->ask(ann, u"leave"_s, at(u"garden"_s)), u"ok"_s);
        QCOMPARE(rig->ask(root, u"user-remove"_s, {{u"name"_s, u"ann"_s}}), u"ok"_s);
        rig->pass(stay + 1);
        rig->pass(stay + 1);
        QCOMPARE(rig->ask(root, u"join"_s, at(u"garden"_s)), u"no-such-room"_s);
    }

    /// A change that may have been kept is tried again, but for what is about a room that is gone.
    void anUnsureRemovalOutlivesARoom()
    {
        const auto bob = rig->guest(u"bob"_s);
        QCOMPARE(rig->ask(bob, u"create"_s, at(u"den"_s)), u"ok"_s);
        QCOMPARE(rig->ask(root, u"role"_s,
                          {{u"room"_s, u"den"_s}, {u"name"_s, u"cat"_s}, {u"role"_s, u"member"_s}}),
                 u"ok"_s);
        QCOMPARE(rig->ask(bob, u"leave"_s, at(u"den"_s)), u"ok"_s);
        store->mood = ErrorCode::Unconfirmed;
        QCOMPARE(remove(u"cat"_s), u"unconfirmed"_s);
        rig->pass(stay + 1);
        QCOMPARE(rig->ask(root, u"join"_s, at(u"den"_s)), u"no-such-room"_s);
        QCOMPARE(remove(u"cat"_s), u"slow-down"_s); // it is still on its way
        store->mood.reset();
        rig->pass(1);
        rig->pass(1);
        QCOMPARE(remove(u"cat"_s), u"no-such-user"_s);
        QVERIFY(!rig->server.house.isLoggedIn(cat.session));
    }

    /// Where nothing else was to be kept, nothing is.
    void anUnsureLevelOfAVanishedRoom()
    {
        const auto bob = rig->guest(u"bob"_s);
        QCOMPARE(rig->ask(bob, u"create"_s, at(u"den"_s)), u"ok"_s);
        QCOMPARE(rig->ask(cat, u"join"_s, at(u"den"_s)), u"ok"_s);
        store->mood = ErrorCode::Unconfirmed;
        QCOMPARE(rig->ask(cat, u"level"_s, {{u"room"_s, u"den"_s}, {u"level"_s, u"none"_s}}),
                 u"unconfirmed"_s);
        for (const auto &who : {bob, cat})
            rig->ask(who, u"leave"_s, at(u"den"_s));
        rig->pass(stay + 1);
        store->mood.reset();
        rig->pass(1);
        const int before = rig->server.executor.waiting();
        rig->server.house.tick(rig->server.now);
        QCOMPARE(rig->server.executor.waiting(), before); // nothing is tried any more
    }

    /// That a room is in an account's list is answered once it will be there after a restart.
    void aRoomInTheListIsKeptBeforeItIsAnswered()
    {
        QStringList answers;
        const auto ask = [&](const QString &verb) {
            Request request;
            request.verb = verb;
            request.form = Form::Object;
            request.fields = wire::toFields(at(u"garden"_s));
            rig->server.dispatcher.dispatch(
                    cat.session, request, rig->server.moment(),
                    [&answers](const Reply &reply) { answers += RoomRig::outcome(reply); });
        };
        ask(u"join"_s);
        QVERIFY(answers.isEmpty());
        rig->server.executor.run();
        QCOMPARE(answers, QStringList{u"ok"_s});
        QVERIFY(store->isJoined(u"cat"_s, u"garden"_s));
        ask(u"leave"_s);
        QCOMPARE(answers.size(), 1);
        rig->server.executor.run();
        QCOMPARE(answers, (QStringList{u"ok"_s, u"ok"_s}));
        QVERIFY(!store->isJoined(u"cat"_s, u"garden"_s));
    }

    /// It holds all the same, which is told; nobody is told that it is kept.
    void aRoomInTheListThatCannotBeKept()
    {
        store->mood = ErrorCode::StoreUnavailable;
        cat.sink->take();
        QCOMPARE(rig->ask(cat, u"join"_s, at(u"garden"_s)), u"unconfirmed"_s);
        QCOMPARE(cat.sink->take().last(), u"room garden"_s);
        QCOMPARE(rig->ask(cat, u"join"_s, at(u"garden"_s)), u"unconfirmed"_s); // still
        cat.sink->take();
        QCOMPARE(rig->ask(cat, u"leave"_s, at(u"garden"_s)), u"unconfirmed"_s);
        QCOMPARE(cat.sink->take().last(), u"room garden is gone"_s);
        QCOMPARE(rig->ask(cat, u"join"_s, at(u"garden"_s)), u"unconfirmed"_s);
        store->mood.reset();
        rig->pass(1);
        QVERIFY(store->isJoined(u"cat"_s, u"garden"_s));
        QCOMPARE(rig->ask(cat, u"join"_s, at(u"garden"_s)), u"ok"_s);
    }

    /// It is not there, but neither is it gone: it comes by itself.
    void whatIsSaidWhileAPageIsRead()
    {
        const auto say = [&](const QString &cid) {
            return rig->ask(ann, u"say"_s,
                            {{u"room"_s, u"garden"_s}, {u"cid"_s, cid}, {u"text"_s, u"hello"_s}});
        };
        QCOMPARE(say(u"1"_s), u"ok"_s);
        store->isReadingSlowly = true;
        QList<HistoryPage> pages;
        const auto ask = [&](quint64 after) {
            rig->server.house.history(ann.session, u"garden"_s,
                                      {.after = after, .forwards = true, .limit = limits::page},
                                      [&pages](const Result<HistoryPage> &page) {
                                          QVERIFY(page.ok());
                                          pages.append(*page);
                                      });
        };
        ask(0);
        ask(1);
        QCOMPARE(say(u"2"_s), u"ok"_s);
        store->endReading();
        QCOMPARE(pages.size(), 2);
        QCOMPARE(pages.at(0).items.size(), 1);
        QCOMPARE(pages.at(0).items.at(0).seq, 1U);
        QVERIFY(pages.at(1).items.isEmpty());
    }

    void asManyAccountsAsThereMayBe()
    {
        StoredState state;
        QStringList all;
        for (int i = 0; i < limits::accounts; ++i) {
            AccountRecord record;
            record.id = static_cast<UserId>(i) + 1;
            record.name = u"user-%1-x"_s.arg(i, 6, 10, QChar(u'0'));
            record.passwordHash = "x";
            all += record.name;
            state.accounts.append(record);
        }
        state.accounts.first().admin = true;
        begin(std::move(state));
        // They are listed by name, page by page.
        QStringList listed;
        AccountList page;
        do {
            page = rig->server.house.accounts({page.next, limits::page});
            for (const AccountList::Account &account : page.accounts)
                listed += account.name;
        } while (page.more);
        QVERIFY(listed == all);
        // One more there cannot be, until one is removed.
        const auto bob = rig->guest(u"bob"_s);
        const QJsonObject password{{u"password"_s, rig->password}};
        const auto add = [&] {
            QString outcome;
            rig->server.house.addAccount({}, u"dan"_s, rig->password, rig->server.now,
                                         [&](const Result<Done> &made) {
                                             outcome = made ? u"ok"_s : sentence(made.error());
                                         });
            rig->server.executor.run();
            return outcome;
        };
        QCOMPARE(rig->ask(bob, u"register"_s, password), u"too-many"_s);
        QCOMPARE(add(), u"Too many: at most 100000 accounts on this server."_s);
        rig->server.house.removeAccount(Doer{}, all.last(), Erase::Nothing, rig->server.now,
                                        [](const Result<Done> &) {});
        rig->server.executor.run();
        // The last ones are for people who were invited, and for the shell.
        QCOMPARE(rig->ask(bob, u"register"_s, password), u"invite-required"_s);
        QCOMPARE(add(), u"ok"_s);
        QCOMPARE(rig->ask(bob, u"register"_s, password), u"too-many"_s);
    }

private:
    static QJsonObject at(const QString &room) { return {{u"room"_s, room}}; }
    void begin(StoredState state)
    {
        rig = std::make_unique<RoomRig>([&](Executor &executor, std::function<qint64()> clock) {
            auto made = std::make_unique<MoodyStore>(executor, std::move(clock), std::move(state));
            store = made.get();
            return made;
        });
    }
    QString remove(const QString &name)
    {
        return rig->ask(root, u"user-remove"_s, {{u"name"_s, name}});
    }

    std::unique_ptr<RoomRig> rig;
    MoodyStore *store = nullptr;
    RoomRig::Somebody root;
    RoomRig::Somebody ann;
    RoomRig::Somebody cat;
};

QTEST_GUILESS_MAIN(TestMoodyStore)
#include "tst_moodystore.moc"
