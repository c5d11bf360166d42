#include "server/core/expectedguests.h"

#include "shared/limits.h"

#include <QTest>

namespace teahouse::server {

/// Who was let into which room once.
class TestExpectedGuests : public QObject
{
    Q_OBJECT

private slots:
    void expectsOnce();
    void forgetsPeopleAndRooms();
    void aRoomExpectsSoMany();
};

void TestExpectedGuests::expectsOnce()
{
    ExpectedGuests guests;
    QVERIFY(guests.expect(1, 7).ok());
    QVERIFY(guests.expect(1, 7).ok());
    QVERIFY(guests.expects(1, 7));
    QVERIFY(!guests.expects(2, 7) && !guests.expects(1, 8));
    QVERIFY(guests.forget(1, 7));
    QVERIFY(!guests.forget(1, 7));
    QVERIFY(!guests.expects(1, 7));
}

void TestExpectedGuests::forgetsPeopleAndRooms()
{
    ExpectedGuests guests;
    for (const RoomId room : {1, 2}) {
        for (const UserId user : {7, 8})
            QVERIFY(guests.expect(room, user).ok());
    }
    QCOMPARE(guests.forgetUser(7).size(), 2);
    QCOMPARE(guests.in(1), QSet<UserId>{8});
    QCOMPARE(guests.forgetRoom(1), QList<UserId>{8});
    QVERIFY(guests.expects(2, 8));
    QCOMPARE(guests.forgetUser(8), QList<RoomId>{2});
    QVERIFY(guests.forgetUser(8).isEmpty() && guests.forgetRoom(2).isEmpty());
}

void TestExpectedGuests::aRoomExpectsSoMany()
{
    ExpectedGuests guests;
    for (int i = 0; i < limits::expectedGuests; ++i)
        QVERIFY(guests.expect(1, UserId(i) + 1).ok());
    QCOMPARE(guests.expect(1, 99'999).error().code, ErrorCode::TooMany);
    QVERIFY(guests.expect(1, 1).ok()); // is one of them
    QVERIFY(guests.expect(2, 99'999).ok());
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestExpectedGuests)
#include "tst_expectedguests.moc"
