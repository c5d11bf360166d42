#include "server/core/memberships.h"

#include <QRandomGenerator>
#include <QTest>

namespace teahouse::server {

namespace {

constexpr RoomId room = 4;

} // namespace

/// What rooms and accounts are to each other, against a plain map of it.
class TestMemberships : public QObject
{
    Q_OBJECT

private slots:
    void findsRolesApart();
    void findsTheAbsent();
    void roomsAreKept();
    void pagesTheAbsentWhileThingsChange();

private:
    static QList<UserId> absent(const Memberships &memberships)
    {
        QList<UserId> users;
        for (UserId user = memberships.nextAbsent(room, 0); user != 0;
             user = memberships.nextAbsent(room, user))
            users += user;
        return users;
    }
};

void TestMemberships::findsRolesApart()
{
    Memberships memberships;
    for (UserId user = 1; user <= 9; ++user)
        memberships.set({.room = room, .user = user, .isJoined = true});
    memberships.set({.room = room, .user = 5, .role = RoomRole::Owner, .isJoined = true});
    memberships.set({.room = room, .user = 2, .role = RoomRole::Member});
    memberships.set({.room = 8, .user = 3, .role = RoomRole::Member});
    QCOMPARE(memberships.roleCount(room), 2);
    const QList<MembershipRecord> roles = memberships.rolesOf(room);
    QCOMPARE(roles.size(), 2);
    QCOMPARE(roles.first().user, 2U);
    QCOMPARE(roles.last().role, RoomRole::Owner);
    memberships.set({.room = room, .user = 5});
    QCOMPARE(memberships.roleCount(room), 1);
    QCOMPARE(memberships.ofRoom(room).size(), 8);
    memberships.forgetRoom(room);
    QCOMPARE(memberships.roleCount(room), 0);
    QVERIFY(memberships.ofRoom(room).isEmpty());
    QCOMPARE(memberships.ofUser(3).size(), 1);
}

void TestMemberships::findsTheAbsent()
{
    Memberships memberships;
    memberships.arrived(room, 1); // a guest, who registers there
    memberships.set({.room = room, .user = 1, .isJoined = true});
    memberships.set({.room = room, .user = 2, .isJoined = true});
    memberships.set({.room = room, .user = 3, .role = RoomRole::Member});
    QCOMPARE(absent(memberships), QList<UserId>{2});
    memberships.left(room, 1);
    QCOMPARE(absent(memberships), (QList<UserId>{1, 2}));
    memberships.arrived(room, 2);
    QCOMPARE(absent(memberships), QList<UserId>{1});
    memberships.set({.room = room, .user = 1});
    QCOMPARE(absent(memberships), QList<UserId>());
    memberships.left(room, 3); // keeps it in no list
    QCOMPARE(absent(memberships), QList<UserId>());
}

void TestMemberships::roomsAreKept()
{
    Memberships memberships;
    QVERIFY(!memberships.isKept(room));
    memberships.set({.room = room, .user = 1, .role = RoomRole::Moderator});
    QVERIFY(!memberships.isKept(room));
    memberships.set({.room = room, .user = 1, .role = RoomRole::Owner});
    memberships.set({.room = room, .user = 2, .isJoined = true});
    memberships.set({.room = room, .user = 1});
    QVERIFY(memberships.isKept(room));
    memberships.set({.room = room, .user = 2});
    QVERIFY(!memberships.isKept(room));
}

void TestMemberships::pagesTheAbsentWhileThingsChange()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 200; ++round) {
        Memberships memberships;
        QSet<UserId> joined;
        QSet<UserId> present;
        const auto change = [&] {
            const UserId user = 1 + random.bounded(40);
            switch (random.bounded(4)) {
            case 0:
                memberships.arrived(room, user);
                present.insert(user);
                break;
            case 1:
                memberships.left(room, user);
                present.remove(user);
                break;
            default:
                MembershipRecord record = memberships.of(room, user);
                record.isJoined = random.bounded(3) > 0;
                record.role = static_cast<RoomRole>(random.bounded(4));
                memberships.set(record);
                record.isJoined ? (void)joined.insert(user) : (void)joined.remove(user);
            }
        };
        for (int i = 0; i < 100; ++i)
            change();
        QSet<UserId> faithful = joined - present;
        QList<UserId> seen;
        for (UserId next = memberships.nextAbsent(room, 0); next != 0;
             next = memberships.nextAbsent(room, next)) {
            QVERIFY(joined.contains(next) && !present.contains(next));
            QVERIFY(seen.isEmpty() || seen.last() < next);
            seen += next;
            change();
            faithful &= joined - present;
        }
        for (const UserId user : std::as_const(faithful))
            QVERIFY(seen.contains(user));
    }
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestMemberships)
#include "tst_memberships.moc"
