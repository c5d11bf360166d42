#include "server/core/roomcatalog.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>
#include <set>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// Which rooms somebody may know of, against a list that is gone through as a whole.
class TestRoomCatalog : public QObject
{
    Q_OBJECT

private slots:
    void listsByName();
    void hidesRooms();
    void forgetsWhatWasRevealed();
    void pagesWhileRoomsChange();
};

void TestRoomCatalog::listsByName()
{
    RoomCatalog rooms;
    rooms.list(1, u"tea"_s);
    rooms.list(2, u"Garden"_s);
    rooms.list(3, u"main"_s);
    QCOMPARE(rooms.page(1, {}, 9).rooms, (QList<RoomId>{2, 3, 1}));
    const RoomCatalog::Page first = rooms.page(1, {}, 2);
    QCOMPARE(first.rooms, (QList<RoomId>{2, 3}));
    QVERIFY(first.more);
    // The name that is gone on from need not be there any more, nor be written in one way.
    rooms.remove(3);
    QCOMPARE(rooms.page(1, u"MAIN"_s, 9).rooms, QList<RoomId>{1});
    QVERIFY(!rooms.page(1, u"main"_s, 1).more);
}

void TestRoomCatalog::hidesRooms()
{
    RoomCatalog rooms;
    rooms.list(1, u"main"_s);
    rooms.hide(2, u"den"_s);
    rooms.hide(3, u"zoo"_s);
    rooms.reveal(3, 7);
    QCOMPARE(rooms.page(7, {}, 9).rooms, (QList<RoomId>{1, 3}));
    QCOMPARE(rooms.page(8, {}, 9).rooms, QList<RoomId>{1});
    QVERIFY(!rooms.page(8, {}, 1).more);
    QCOMPARE(rooms.wholePage({}, 9).rooms, (QList<RoomId>{2, 1, 3}));
    rooms.conceal(3, 7);
    QCOMPARE(rooms.page(7, {}, 9).rooms, QList<RoomId>{1});
}

void TestRoomCatalog::forgetsWhatWasRevealed()
{
    RoomCatalog rooms;
    rooms.hide(2, u"den"_s);
    rooms.reveal(2, 7);
    rooms.list(2, u"den"_s);
    QCOMPARE(rooms.page(8, {}, 9).rooms, QList<RoomId>{2});
    rooms.reveal(2, 7); // says nothing of a room that everybody sees
    rooms.hide(2, u"den"_s);
    QCOMPARE(rooms.page(7, {}, 9).rooms, QList<RoomId>());
    rooms.reveal(2, 7);
    rooms.remove(2);
    QCOMPARE(rooms.page(7, {}, 9).rooms, QList<RoomId>());
    QCOMPARE(rooms.wholePage({}, 9).rooms, QList<RoomId>());
}

/// Rooms come, go, hide and are shown between the pages: whatever was to be seen all the time is
/// seen once, and each page is what going through everything would give.
void TestRoomCatalog::pagesWhileRoomsChange()
{
    constexpr UserId viewer = 7;
    struct Known
    {
        QString name;
        bool isHidden = false;
        bool isRevealed = false;
    };
    QRandomGenerator random(6);
    for (int round = 0; round < 200; ++round) {
        RoomCatalog rooms;
        std::map<RoomId, Known> model;
        const auto isSeen = [&](RoomId room) {
            const auto found = model.find(room);
            return found != model.end() && (!found->second.isHidden || found->second.isRevealed);
        };
        const auto change = [&] {
            const RoomId room = 1 + random.bounded(30);
            // Another room of the name may come, as with a new one after it has vanished.
            const QString name = u"room%1"_s.arg((room * 7) % 31);
            switch (random.bounded(5)) {
            case 0:
                rooms.remove(room);
                model.erase(room);
                break;
            case 1:
                rooms.hide(room, name);
                model[room] = {name, true, false};
                break;
            case 2:
                rooms.reveal(room, viewer);
                if (model.contains(room))
                    model[room].isRevealed = true;
                break;
            case 3:
                rooms.conceal(room, viewer);
                if (model.contains(room))
                    model[room].isRevealed = false;
                break;
            default:
                rooms.list(room, name);
                model[room] = {name, false, false};
            }
        };
        for (int i = 0; i < 60; ++i)
            change();
        std::set<RoomId> faithful;
        for (const auto &[room, known] : model) {
            if (isSeen(room))
                faithful.insert(room);
        }
        QList<RoomId> seen;
        QString after;
        for (bool more = true; more;) {
            std::map<QString, RoomId> expected;
            for (const auto &[room, known] : model) {
                if (isSeen(room) && known.name > after)
                    expected.emplace(known.name, room);
            }
            const RoomCatalog::Page page = rooms.page(viewer, after, 3);
            QCOMPARE(page.more, expected.size() > 3);
            auto next = expected.begin();
            for (const RoomId room : page.rooms) {
                QVERIFY(next != expected.end());
                QCOMPARE(room, (next++)->second);
                seen += room;
                after = model.at(room).name;
            }
            more = page.more;
            for (int i = 0; i < 3; ++i) {
                change();
                std::erase_if(faithful, [&](RoomId room) { return !isSeen(room); });
            }
        }
        for (const RoomId room : faithful)
            QCOMPARE(seen.count(room), 1);
    }
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestRoomCatalog)
#include "tst_roomcatalog.moc"
