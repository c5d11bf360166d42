#include "server/core/roommembers.h"

#include <QRandomGenerator>
#include <QTest>

namespace teahouse::server {

/// Who is in a room, against a plain list of it.
class TestRoomMembers : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheOrderOfArrival();
    void pagesWhilePeopleComeAndGo();

private:
    static QList<UserId> page(const RoomMembers &members, quint64 &after, int limit);
};

QList<UserId> TestRoomMembers::page(const RoomMembers &members, quint64 &after, int limit)
{
    QList<UserId> users;
    for (const RoomMembers::Member &member : members.after(after)) {
        if (users.size() == limit)
            break;
        users += member.user;
        after = member.arrival;
    }
    return users;
}

void TestRoomMembers::keepsTheOrderOfArrival()
{
    RoomMembers members;
    for (const UserId user : {7, 3, 9})
        QVERIFY(members.admit(user));
    QVERIFY(!members.admit(3));
    QVERIFY(members.dismiss(7));
    QVERIFY(!members.dismiss(7));
    QVERIFY(members.admit(7));
    QVERIFY(members.has(7) && !members.has(8));
    quint64 after = 0;
    QCOMPARE(page(members, after, 10), (QList<UserId>{3, 9, 7}));
    QCOMPARE(page(members, after, 10), QList<UserId>());
}

/// Whoever is there all the time is shown once, and those behind the page's end only later.
void TestRoomMembers::pagesWhilePeopleComeAndGo()
{
    QRandomGenerator random(5);
    for (int round = 0; round < 200; ++round) {
        RoomMembers members;
        QList<UserId> model;
        const auto change = [&] {
            const UserId user = 1 + random.bounded(30);
            if (random.bounded(2) == 0 && members.admit(user))
                model += user;
            else if (members.dismiss(user))
                model.removeOne(user);
        };
        for (int i = 0; i < 40; ++i)
            change();
        QList<UserId> faithful = model;
        QList<UserId> seen;
        quint64 after = 0;
        for (QList<UserId> shown = page(members, after, 4); !shown.isEmpty();
             shown = page(members, after, 4)) {
            seen += shown;
            for (int i = 0; i < 3; ++i) {
                change();
                faithful.removeIf([&](UserId user) { return !model.contains(user); });
            }
            QVERIFY(seen.size() < 1000);
        }
        for (const UserId user : std::as_const(faithful))
            QCOMPARE(seen.count(user), 1);
        QCOMPARE(members.all().size(), size_t(model.size()));
        for (qsizetype i = 0; i < model.size(); ++i)
            QCOMPARE(members.all()[size_t(i)].user, model.at(i));
    }
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestRoomMembers)
#include "tst_roommembers.moc"
