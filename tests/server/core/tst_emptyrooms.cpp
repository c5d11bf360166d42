#include "server/core/emptyrooms.h"

#include <QTest>

namespace teahouse::server {

/// Which rooms vanish when.
class TestEmptyRooms : public QObject
{
    Q_OBJECT

private slots:
    void roomsAreDueInTheirTime()
    {
        EmptyRooms rooms;
        rooms.add(1, 300);
        rooms.add(2, 200);
        rooms.add(3, 200);
        QVERIFY(rooms.due(199).isEmpty());
        QCOMPARE(rooms.due(200), (QList<RoomId>{2, 3}));
        rooms.forget(2);
        QVERIFY(!rooms.contains(2) && rooms.contains(3));
        QCOMPARE(rooms.due(999), (QList<RoomId>{3, 1}));
        rooms.add(3, 1000); // anew
        QCOMPARE(rooms.due(999), QList<RoomId>{1});
        rooms.forget(7);
    }
};

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestEmptyRooms)
#include "tst_emptyrooms.moc"
