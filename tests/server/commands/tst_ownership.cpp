#include "tests/server/commands/roomrig.h"

#include "shared/limits.h"

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 stay = std::chrono::milliseconds(limits::emptyRoomStays).count();

} // namespace

/// Whose rooms are, how many one may own, who gets one whose owner is gone, and when one vanishes.
/// ann owns the room `garden`, and root is an administrator.
class TestOwnership : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        rig = std::make_unique<RoomRig>();
        root = rig->admin(u"root"_s);
        ann = rig->account(u"ann"_s);
        QCOMPARE(make(ann, u"garden"_s), u"ok"_s);
    }

    void soManyRoomsBelongToOneAccount()
    {
        const auto telnet = rig->open(Form::Line);
        QVERIFY(rig->logIn(telnet, u"ann"_s).ok());
        for (int i = 1; i < limits::ownedRooms - 1; ++i)
            QCOMPARE(make(ann, room(i)), u"ok"_s);
        QCOMPARE(rig->type(telnet, u"create "_s + room(limits::ownedRooms - 1)), u"ok"_s);
        QCOMPARE(make(ann, room(limits::ownedRooms)), u"too-many"_s);
        QCOMPARE(rig->type(telnet, u"create den"_s), u"too-many"_s);
        // Others may, and those who own none.
        QCOMPARE(make(rig->guest(u"dog"_s), u"kennel"_s), u"ok"_s);
        QCOMPARE(rig->ask(rig->account(u"bob"_s), u"join"_s, at(u"garden"_s)), u"ok"_s);
        QCOMPARE(give(u"garden"_s, u"bob"_s), u"ok"_s);
        QCOMPARE(make(ann, u"den"_s), u"ok"_s);
    }

    void nobodyIsGivenMore()
    {
        const auto bob = rig->account(u"bob"_s);
        QCOMPARE(rig->ask(bob, u"join"_s, at(u"garden"_s)), u"ok"_s);
        for (int i = 0; i < limits::ownedRooms; ++i)
            QCOMPARE(make(bob, room(i)), u"ok"_s);
        QCOMPARE(give(u"garden"_s, u"bob"_s), u"too-many"_s);
        QCOMPARE(setRole(ann, u"garden"_s, u"bob"_s, u"owner"_s), u"too-many"_s);
        QCOMPARE(setRole(ann, u"garden"_s, u"bob"_s, u"moderator"_s), u"ok"_s);
    }

    /// Else somebody could be given as many as he may own.
    void nobodyIsGivenARoomHeIsNotIn()
    {
        const auto bob = rig->account(u"bob"_s);
        QCOMPARE(setRole(ann, u"garden"_s, u"bob"_s, u"moderator"_s), u"ok"_s);
        QCOMPARE(give(u"garden"_s, u"bob"_s), u"bad-request"_s);
        QCOMPARE(setRole(ann, u"garden"_s, u"bob"_s, u"owner"_s), u"bad-request"_s);
        QCOMPARE(rig->ask(bob, u"join"_s, at(u"garden"_s)), u"ok"_s);
        rig->server.house.end(bob.session, {}, rig->server.now); // it stays in his list
        QCOMPARE(give(u"garden"_s, u"bob"_s), u"ok"_s);
    }

    void nobodyWhoIsBannedGetsARoom()
    {
        for (const QString &name : {u"bob"_s, u"cat"_s}) {
            QCOMPARE(rig->ask(rig->account(name), u"join"_s, at(u"garden"_s)), u"ok"_s);
            const QString role = name == u"bob"_s ? u"moderator"_s : u"member"_s;
            QCOMPARE(setRole(ann, u"garden"_s, name, role), u"ok"_s);
        }
        QCOMPARE(rig->ask(ann, u"ban"_s, {{u"room"_s, u"garden"_s}, {u"name"_s, u"bob"_s}}),
                 u"ok"_s);
        QCOMPARE(rig->ask(root, u"user-remove"_s, {{u"name"_s, u"ann"_s}}), u"ok"_s);
        const Reply people = rig->reply(root, u"audit"_s, at(u"garden"_s));
        QCOMPARE(std::get<AuditPage>(*people).entries.value(0).target, u"cat"_s);
    }

    /// Of the moderators the one with the oldest account.
    void whoseOwnerWasRemoved_data()
    {
        QTest::addColumn<QStringList>("roles"); // of bob, cat and dog, whose accounts are so old
        QTest::addColumn<QStringList>("owners");
        QTest::newRow("the moderator")
                << QStringList{u"member"_s, u"none"_s, u"moderator"_s} << QStringList{u"dog"_s};
        QTest::newRow("of moderators the oldest")
                << QStringList{u"none"_s, u"moderator"_s, u"moderator"_s} << QStringList{u"cat"_s};
        QTest::newRow("else the oldest member")
                << QStringList{u"none"_s, u"member"_s, u"member"_s} << QStringList{u"cat"_s};
        QTest::newRow("nobody where another owns it, too")
                << QStringList{u"moderator"_s, u"owner"_s, u"none"_s} << QStringList{u"cat"_s};
        QTest::newRow("nobody where nobody is anything")
                << QStringList{u"none"_s, u"none"_s, u"none"_s} << QStringList{};
    }
    void whoseOwnerWasRemoved()
    {
        QFETCH(const QStringList, roles);
        const QStringList names{u"bob"_s, u"cat"_s, u"dog"_s};
        RoomRig::Somebody last;
        for (qsizetype i = 0; i < names.size(); ++i) {
            last = rig->account(names.at(i));
            QCOMPARE(rig->ask(last, u"join"_s, at(u"garden"_s)), u"ok"_s);
            QCOMPARE(setRole(ann, u"garden"_s, names.at(i), roles.at(i)), u"ok"_s);
        }
        last.sink->take();
        QCOMPARE(rig->ask(root, u"user-remove"_s, {{u"name"_s, u"ann"_s}}), u"ok"_s);
        QStringList owners;
        const Reply people = rig->reply(last, u"look"_s, at(u"garden"_s));
        for (const Person &person : std::get<PersonList>(*people).people) {
            if (person.role == RoomRole::Owner)
                owners += person.name;
        }
        QTEST(owners, "owners");
        // It is said and written down, where anything has changed.
        const bool isNew = !owners.isEmpty() && !roles.contains(u"owner"_s);
        const QString said = last.sink->take().join(u'\n');
        QCOMPARE(said.contains(u"garden"_s) && said.contains(u"root: "_s), isNew);
        const Reply log = rig->reply(root, u"audit"_s, at(u"garden"_s));
        const AuditPage::Entry newest = std::get<AuditPage>(*log).entries.value(0);
        QCOMPARE(newest.by == u"root"_s && newest.verb == u"role"_s, isNew);
        if (isNew)
            QCOMPARE(newest.target, owners.first());
    }

    // How long one stays that nobody is in

    void anOwnedRoomStays()
    {
        QCOMPARE(leave(ann), u"ok"_s);
        QVERIFY(!vanishes());
    }

    void aRoomInSomebodysListStays()
    {
        const auto bob = rig->account(u"bob"_s);
        QCOMPARE(rig->ask(bob, u"join"_s, at(u"garden"_s)), u"ok"_s);
        QCOMPARE(rig->ask(root, u"user-remove"_s, {{u"name"_s, u"ann"_s}}), u"ok"_s);
        rig->server.house.end(bob.session, {}, rig->server.now);
        QVERIFY(!vanishes());
        const auto again = rig->open();
        QVERIFY(rig->logIn(again, u"bob"_s).ok());
        QCOMPARE(leave(again), u"ok"_s);
        QVERIFY(vanishes());
    }

    /// A role that is none of an owner's, or a level, keeps nothing.
    void aRoomInNobodysListVanishes()
    {
        const auto bob = rig->account(u"bob"_s);
        QCOMPARE(rig->ask(bob, u"create"_s, at(u"shed"_s)), u"ok"_s);
        QCOMPARE(
                rig->ask(root, u"role"_s,
                         {{u"room"_s, u"shed"_s}, {u"name"_s, u"bob"_s}, {u"role"_s, u"member"_s}}),
                u"ok"_s);
        QCOMPARE(rig->ask(bob, u"level"_s, {{u"room"_s, u"shed"_s}, {u"level"_s, u"none"_s}}),
                 u"ok"_s);
        QCOMPARE(rig->ask(bob, u"leave"_s, at(u"shed"_s)), u"ok"_s);
        rig->pass(stay - 1);
        QVERIFY(rooms().contains(u"shed"_s));
        rig->pass(1);
        QVERIFY(!rooms().contains(u"shed"_s));
    }

private:
    static QJsonObject at(const QString &room) { return {{u"room"_s, room}}; }
    static QString room(int number) { return u"room-%1"_s.arg(number, 3, 10, QChar(u'0')); }
    QString make(const RoomRig::Somebody &who, const QString &name)
    {
        return rig->ask(who, u"create"_s, at(name));
    }
    QString leave(const RoomRig::Somebody &who)
    {
        return rig->ask(who, u"leave"_s, at(u"garden"_s));
    }
    QString give(const QString &room, const QString &name)
    {
        return rig->ask(ann, u"room-set"_s, {{u"room"_s, room}, {u"owner"_s, name}});
    }
    QString setRole(const RoomRig::Somebody &who, const QString &room, const QString &name,
                    const QString &role)
    {
        return rig->ask(who, u"role"_s, {{u"room"_s, room}, {u"name"_s, name}, {u"role"_s, role}});
    }
    QStringList rooms()
    {
        QStringList names;
        const Reply list = rig->reply(root, u"rooms"_s);
        for (const RoomState &room : std::get<RoomList>(*list).rooms)
            names += room.room;
        return names;
    }
    bool vanishes()
    {
        rig->pass(stay + 1);
        rig->pass(stay + 1);
        return !rooms().contains(u"garden"_s);
    }

    std::unique_ptr<RoomRig> rig;
    RoomRig::Somebody root;
    RoomRig::Somebody ann;
};

QTEST_GUILESS_MAIN(TestOwnership)
#include "tst_ownership.moc"
