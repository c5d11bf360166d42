#include "gui-client/models/peoplemodel.h"
#include "gui-client/models/roomlistmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

RoomState room(const QString &name, int unread = 0)
{
    RoomState state;
    state.room = name;
    state.unread = unread;
    return state;
}

Person person(const QString &name, bool online = true)
{
    return {.name = name, .away = {}, .via = u"tea"_s, .online = online};
}

QStringList names(const QAbstractItemModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names.append(model.index(row, 0).data().toString());
    return names;
}

} // namespace

class TestLists : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale(QLocale::English)); }
    void sortsRooms();
    void updatesARoomInPlace();
    void sortsPeople();
    void sortsChineseByPinyin();
    void replacesPeopleByPages();
    void showsAway();
    void showsAddresses();
    void sortsByRole();
    void keepsAbsentAccounts();
    void knowsRoomMarks();
};

void TestLists::sortsRooms()
{
    RoomListModel rooms;
    QAbstractItemModelTester tester(&rooms);
    for (const auto &name : {u"@bob"_s, u"zebra"_s, u"Apple"_s, u"main"_s, u"room10"_s, u"room9"_s})
        rooms.upsert(room(name));
    const QStringList expected = {u"main"_s,   u"Apple"_s, u"room9"_s,
                                  u"room10"_s, u"zebra"_s, u"@bob"_s};
    QCOMPARE(names(rooms), expected);
    QVERIFY(rooms.index(5).data(RoomListModel::PrivateRole).toBool());
    rooms.remove(u"APPLE"_s);
    rooms.remove(u"nowhere"_s);
    QCOMPARE(rooms.rowCount(), 5);
}

void TestLists::updatesARoomInPlace()
{
    RoomListModel rooms;
    rooms.upsert(room(u"main"_s));
    QSignalSpy changed(&rooms, &QAbstractItemModel::dataChanged);
    rooms.upsert(room(u"Main"_s, 3));
    rooms.upsert(room(u"tea"_s, 4));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(names(rooms).first(), u"main"_s);
    QCOMPARE(rooms.unread(), 7);
}

void TestLists::sortsPeople()
{
    PeopleModel people;
    QAbstractItemModelTester tester(&people);
    people.upsert(person(u"carl"_s));
    people.upsert(person(u"Bob"_s, false));
    people.upsert(person(u"ann"_s));
    people.upsert(person(u"Dora"_s));
    const QStringList expected = {u"ann"_s, u"carl"_s, u"Dora"_s, u"Bob"_s};
    QCOMPARE(names(people), expected);
    people.upsert(person(u"bob"_s));
    QCOMPARE(names(people).at(1), u"bob"_s);
    people.remove(u"ANN"_s);
    QCOMPARE(people.rowCount(), 3);
}

void TestLists::sortsChineseByPinyin()
{
    QLocale::setDefault(QLocale(QLocale::Chinese, QLocale::China));
    PeopleModel people;
    for (const auto &name : {u"张三"_s, u"李四"_s, u"陈五"_s})
        people.upsert(person(name));
    const QStringList expected = {u"陈五"_s, u"李四"_s, u"张三"_s};
    QCOMPARE(names(people), expected);
}

void TestLists::replacesPeopleByPages()
{
    PeopleModel people;
    QAbstractItemModelTester tester(&people);
    QSignalSpy reset(&people, &QAbstractItemModel::modelReset);
    PersonList page;
    page.people = {person(u"ann"_s), person(u"bob"_s)};
    page.more = true;
    people.applyPage(page);
    page.people = {person(u"carl"_s)};
    page.more = false;
    people.applyPage(page);
    QCOMPARE(names(people), QStringList({u"ann"_s, u"bob"_s, u"carl"_s}));
    page.people = {person(u"bob"_s), person(u"dora"_s)};
    people.applyPage(page);
    QCOMPARE(names(people), QStringList({u"bob"_s, u"dora"_s}));
    QCOMPARE(reset.size(), 0);
}

void TestLists::showsAway()
{
    PeopleModel people;
    people.upsert(person(u"ann"_s));
    people.setAway(u"Ann"_s, u"tea"_s);
    QCOMPARE(people.index(0).data(PeopleModel::AwayRole).toString(), u"tea"_s);
}

void TestLists::showsAddresses()
{
    PeopleModel people;
    QAbstractItemModelTester tester(&people);
    Person ann = person(u"ann"_s);
    ann.address = u"203.0.113.x~k3f9"_s;
    people.upsert(ann);
    QCOMPARE(people.index(0).data(Qt::ToolTipRole).toString(), ann.address);
    QCOMPARE(people.index(0).data(PeopleModel::AddressRole).toString(), ann.address);
    // Tool tips guess markup: what is no address is not shown.
    ann.address = u"<img src=/dev/zero>"_s;
    people.upsert(ann);
    QCOMPARE(people.index(0).data(Qt::ToolTipRole).toString(), QString());
}

void TestLists::sortsByRole()
{
    PeopleModel people;
    QAbstractItemModelTester tester(&people);
    for (const auto &name : {u"ann"_s, u"bob"_s, u"carl"_s, u"dora"_s})
        people.upsert(person(name));
    people.setRole(u"dora"_s, RoomRole::Owner);
    people.setRole(u"Carl"_s, RoomRole::Moderator);
    people.setRole(u"bob"_s, RoomRole::Member);
    people.setRole(u"nobody"_s, RoomRole::Member);
    QCOMPARE(names(people), QStringList({u"dora"_s, u"carl"_s, u"ann"_s, u"bob"_s}));
    QCOMPARE(people.find(u"carl"_s)->role, RoomRole::Moderator);
    QVERIFY(people.find(u"carl"_s)->registered);
    people.setRole(u"dora"_s, RoomRole::None);
    QCOMPARE(names(people), QStringList({u"carl"_s, u"ann"_s, u"bob"_s, u"dora"_s}));
    people.setStanding(u"ann"_s, true, true);
    QVERIFY(people.index(1).data(PeopleModel::AdminRole).toBool());
    QCOMPARE(personOf(people.index(1)), people.at(1));
}

void TestLists::keepsAbsentAccounts()
{
    PeopleModel people;
    QAbstractItemModelTester tester(&people);
    for (const auto &name : {u"ann"_s, u"bob"_s})
        people.upsert(person(name));
    people.setRole(u"ann"_s, RoomRole::Moderator);
    people.leave(u"ann"_s);
    people.leave(u"nobody"_s);
    QCOMPARE(names(people), QStringList({u"bob"_s, u"ann"_s}));
    QVERIFY(!people.find(u"ann"_s)->online);
    QCOMPARE(people.onlineCount(), 1);
    Person back = person(u"ann"_s);
    back.role = RoomRole::Moderator;
    people.upsert(back);
    people.upsert(person(u"carl"_s));
    QCOMPARE(names(people), QStringList({u"ann"_s, u"bob"_s, u"carl"_s}));
    people.leave(u"bob"_s);
    QCOMPARE(people.rowCount(), 2);
    QCOMPARE(people.onlineCount(), 2);
    people.setAbsent(u"carl"_s); // without a role, and in the list all the same
    QCOMPARE(people.rowCount(), 2);
    QVERIFY(!people.find(u"carl"_s)->online);
}

void TestLists::knowsRoomMarks()
{
    RoomListModel rooms;
    RoomState state = room(u"tea"_s);
    state.role = RoomRole::Owner;
    state.hasKey = state.isReadOnly = true;
    rooms.upsert(state);
    const QModelIndex index = rooms.index(0);
    QCOMPARE(index.data(RoomListModel::OwnRoleRole).toInt(), static_cast<int>(RoomRole::Owner));
    QVERIFY(index.data(RoomListModel::LockedRole).toBool());
    QVERIFY(index.data(RoomListModel::ReadOnlyRole).toBool());
    QVERIFY(!index.data(RoomListModel::ClosedRole).toBool());
}

QTEST_GUILESS_MAIN(TestLists)
#include "tst_lists.moc"
