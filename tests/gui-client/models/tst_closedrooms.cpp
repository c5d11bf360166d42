#include "gui-client/models/chatmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

RoomState room(const QString &name, quint64 last = 0)
{
    RoomState state;
    state.room = name;
    state.last = last;
    return state;
}

Welcome welcome(const QStringList &rooms)
{
    Welcome welcome;
    welcome.user.name = u"ann"_s;
    for (const QString &name : rooms)
        welcome.rooms.append(room(name));
    return welcome;
}

Greeting greeting(const QString &epoch)
{
    Greeting greeting;
    greeting.epoch = epoch;
    return greeting;
}

ItemAdded said(const QString &where, quint64 seq, const QString &text)
{
    Item item;
    item.room = where;
    item.seq = seq;
    item.from = u"bob"_s;
    item.text = text;
    return {item, {}};
}

RoomChanged gone(const QString &name)
{
    return {room(name), true};
}

Person guest(const QString &name, bool online)
{
    Person person;
    person.name = name;
    person.online = online;
    return person;
}

/// Somebody in main and tea, who looks at tea.
struct Chat
{
    Chat()
    {
        model.welcome(welcome({u"main"_s, u"tea"_s}));
        model.setCurrentRoom(u"tea"_s);
        current.clear();
    }

    ChatModel model;
    QAbstractItemModelTester tester{model.rooms()};
    QSignalSpy current{&model, &ChatModel::currentRoomChanged};
    QSignalSpy closed{&model, &ChatModel::closureChanged};
    QSignalSpy removed{&model, &ChatModel::roomRemoved};
};

} // namespace

class TestClosedRooms : public QObject
{
    Q_OBJECT

private slots:
    void staysInARoomThatGoes();
    void keepsItsTextAfterAReset();
    void saysWhoDidItAndWhy();
    void keepsRoomsWithUnsentText();
    void letsRoomsWithoutTextGo();
    void leavesByItself();
    void findsTheDraftAgain();
    void doesNotLeaveUnderAWriter();
    void closesWhatCannotBeEnteredAgain();
    void closesConversationsThatTheServerForgot();
    void tellsNamesakesApart();
    void makesWayForANewConversation();
    void opensOnlyWhatIsWanted();
    void restoresNoDraftToAnotherGuest();
};

void TestClosedRooms::staysInARoomThatGoes()
{
    Chat chat;
    chat.model.apply(said(u"tea"_s, 1, u"hello"_s));
    chat.model.apply(gone(u"Tea"_s));
    QCOMPARE(chat.model.currentRoom(), u"tea"_s);
    QVERIFY(chat.current.isEmpty());
    QCOMPARE(chat.closed.size(), 1);
    QCOMPARE(chat.model.closure(u"tea"_s), std::optional(Closure{}));
    QVERIFY(!chat.model.hasRoom(u"tea"_s));
    QCOMPARE(chat.model.transcript(u"tea"_s)->rowCount(), 1);
    QCOMPARE(chat.model.totalUnread(), 0);
    const int row = *chat.model.rooms()->rowOf(u"tea"_s);
    QVERIFY(chat.model.rooms()->index(row).data(RoomListModel::OverRole).toBool());
    chat.model.apply(gone(u"tea"_s)); // once more
    QCOMPARE(chat.closed.size(), 1);
    chat.model.setCurrentRoom(u"main"_s); // whoever turns away is done with it
    QVERIFY(!chat.model.transcript(u"tea"_s));
    QCOMPARE(chat.model.rooms()->rowCount(), 1);
}

void TestClosedRooms::keepsItsTextAfterAReset()
{
    Chat chat;
    chat.model.greet(greeting(u"one"_s));
    chat.model.apply(said(u"tea"_s, 1, u"hello"_s));
    chat.model.apply(gone(u"tea"_s));
    chat.model.greet(greeting(u"two"_s));
    chat.model.welcome(welcome({u"main"_s}));
    QCOMPARE(chat.model.currentRoom(), u"tea"_s);
    QCOMPARE(chat.model.transcript(u"tea"_s)->rowCount(), 1);
}

void TestClosedRooms::saysWhoDidItAndWhy()
{
    Chat chat;
    Notice notice{.text = u"x"_s,
                  .level = {},
                  .kind = u"kicked"_s,
                  .room = u"Tea"_s,
                  .by = u"bob"_s,
                  .reason = u"too\nloud"_s};
    chat.model.apply(notice); // in which there still is somebody
    QVERIFY(!chat.model.closure(u"tea"_s));
    chat.model.apply(gone(u"tea"_s));
    chat.model.apply(notice);
    QCOMPARE(chat.model.closure(u"tea"_s),
             std::optional(Closure{Closure::Why::Kicked, u"bob"_s, u"too loud"_s, 0}));
    notice.kind = u"banned"_s;
    notice.until = 5000;
    chat.model.apply(notice);
    QCOMPARE(chat.model.closure(u"tea"_s),
             std::optional(Closure{Closure::Why::Banned, u"bob"_s, u"too loud"_s, 5000}));
}

void TestClosedRooms::keepsRoomsWithUnsentText()
{
    Chat chat;
    chat.model.setDraft(u"tea"_s, u"half a"_s);
    chat.model.setCurrentRoom(u"main"_s);
    chat.model.apply(gone(u"tea"_s));
    QVERIFY(chat.model.closure(u"tea"_s));
    chat.model.setCurrentRoom(u"tea"_s);
    chat.model.setCurrentRoom(u"main"_s);
    QVERIFY(chat.model.closure(u"tea"_s)); // the text is still there
    QCOMPARE(chat.model.draft(u"tea"_s), u"half a"_s);
    chat.model.setCurrentRoom(u"tea"_s);
    chat.model.setDraft(u"tea"_s, {});
    chat.model.addPending(u"tea"_s, u"a"_s, u"on its way"_s, false);
    chat.model.setCurrentRoom(u"main"_s);
    QVERIFY(chat.model.closure(u"tea"_s)); // and so is the message
    chat.model.setCurrentRoom(u"tea"_s);
    chat.model.removePending(u"tea"_s, u"a"_s);
    chat.model.setCurrentRoom(u"main"_s);
    QVERIFY(!chat.model.closure(u"tea"_s));
}

void TestClosedRooms::letsRoomsWithoutTextGo()
{
    Chat chat;
    chat.model.setCurrentRoom(u"main"_s);
    chat.model.apply(gone(u"tea"_s));
    QCOMPARE(chat.removed.size(), 1);
    QVERIFY(!chat.model.closure(u"tea"_s));
}

void TestClosedRooms::leavesByItself()
{
    Chat chat;
    chat.model.setDraft(u"tea"_s, u"half a"_s);
    chat.model.dismiss(u"tea"_s); // which is open
    QVERIFY(chat.removed.isEmpty());
    chat.model.apply(gone(u"tea"_s));
    chat.model.dismiss(u"tea"_s);
    QCOMPARE(chat.removed.size(), 1);
    QCOMPARE(chat.model.currentRoom(), u"main"_s);
    QCOMPARE(chat.model.drafts().value(u"tea"_s), u"half a"_s);
}

void TestClosedRooms::findsTheDraftAgain()
{
    Chat chat;
    chat.model.setDraft(u"tea"_s, u"half a"_s);
    chat.model.apply(gone(u"tea"_s));
    chat.model.roomJoined(room(u"Tea"_s)); // in place
    QVERIFY(chat.model.hasRoom(u"tea"_s));
    QVERIFY(!chat.model.closure(u"tea"_s));
    const int row = *chat.model.rooms()->rowOf(u"tea"_s);
    QVERIFY(!chat.model.rooms()->index(row).data(RoomListModel::OverRole).toBool());
    chat.model.apply(gone(u"tea"_s));
    chat.model.dismiss(u"tea"_s);
    chat.model.apply(RoomChanged{room(u"tea"_s)}); // by another device
    QVERIFY(chat.model.hasRoom(u"tea"_s));
    QCOMPARE(chat.model.currentRoom(), u"main"_s);
    QCOMPARE(chat.model.draft(u"tea"_s), u"half a"_s);
}

void TestClosedRooms::doesNotLeaveUnderAWriter()
{
    Chat chat;
    chat.model.noteLeaving(u"tea"_s);
    chat.model.noteWriting(); // before the answer
    chat.model.roomLeft(u"tea"_s);
    QCOMPARE(chat.model.currentRoom(), u"tea"_s);
    QCOMPARE(chat.model.closure(u"tea"_s), std::optional(Closure{Closure::Why::Left}));
    chat.model.roomJoined(room(u"tea"_s));
    chat.model.noteLeaving(u"tea"_s);
    chat.model.roomLeft(u"tea"_s);
    QCOMPARE(chat.model.currentRoom(), u"main"_s);
}

void TestClosedRooms::closesWhatCannotBeEnteredAgain()
{
    Chat chat;
    QSignalSpy join(&chat.model, &ChatModel::joinWanted);
    chat.model.welcome(welcome({u"main"_s}));
    QCOMPARE(join.size(), 1);
    chat.model.joinRefused(u"tea"_s);
    chat.model.joinRefused(u"elsewhere"_s);
    QCOMPARE(chat.model.closure(u"tea"_s), std::optional(Closure{Closure::Why::Refused}));
    QCOMPARE(chat.model.currentRoom(), u"tea"_s);
    chat.model.welcome(welcome({u"main"_s}));
    QCOMPARE(join.size(), 1); // not by itself
}

void TestClosedRooms::closesConversationsThatTheServerForgot()
{
    Chat chat;
    chat.model.greet(greeting(u"one"_s));
    chat.model.apply(RoomChanged{room(u"@bob"_s)});
    chat.model.setCurrentRoom(u"@bob"_s);
    chat.model.welcome(welcome({u"main"_s, u"tea"_s, u"@bob"_s}));
    QVERIFY(chat.model.hasRoom(u"@bob"_s));
    chat.model.welcome(welcome({u"main"_s, u"tea"_s}));
    QCOMPARE(chat.model.closure(u"@bob"_s), std::optional(Closure{Closure::Why::Gone}));
    // What was only opened here is not known to the server anyway, until it is reset.
    chat.model.openPrivate(u"carl"_s);
    chat.model.apply(gone(u"@carl"_s));
    chat.model.welcome(welcome({u"main"_s, u"tea"_s}));
    QVERIFY(chat.model.hasRoom(u"@carl"_s));
    QSignalSpy numbers(&chat.model, &ChatModel::numbersVoid);
    chat.model.greet(greeting(u"two"_s));
    QCOMPARE(numbers.size(), 1);
    chat.model.welcome(welcome({u"main"_s, u"tea"_s}));
    QCOMPARE(chat.model.closure(u"@carl"_s), std::optional(Closure{Closure::Why::Reset}));
    QCOMPARE(chat.model.currentRoom(), u"@carl"_s);
}

void TestClosedRooms::tellsNamesakesApart()
{
    Chat chat;
    chat.model.apply(RoomChanged{room(u"@bob"_s)});
    chat.model.setCurrentRoom(u"@bob"_s);
    chat.model.applyMembers(u"main"_s, {u"main"_s, {guest(u"bob"_s, true)}, false, {}});
    chat.model.applyMembers(u"@bob"_s, {u"@bob"_s, {guest(u"bob"_s, true)}, false, {}});
    QVERIFY(chat.model.hasRoom(u"@bob"_s));
    Person account = guest(u"bob"_s, false);
    account.registered = true; // nobody else gets that name
    chat.model.applyMembers(u"@bob"_s, {u"@bob"_s, {account}, false, {}});
    QVERIFY(chat.model.hasRoom(u"@bob"_s));
    chat.model.applyMembers(u"@bob"_s, {u"@bob"_s, {guest(u"bob"_s, false)}, false, {}});
    QCOMPARE(chat.model.closure(u"@bob"_s), std::optional(Closure{Closure::Why::Another}));
}

void TestClosedRooms::makesWayForANewConversation()
{
    Chat chat;
    chat.model.apply(RoomChanged{room(u"@bob"_s)});
    chat.model.apply(said(u"@bob"_s, 1, u"earlier"_s));
    chat.model.setCurrentRoom(u"@bob"_s);
    chat.model.setDraft(u"@bob"_s, u"for the first bob"_s);
    chat.model.apply(gone(u"@bob"_s));
    QSignalSpy renamed(&chat.model, &ChatModel::roomRenamed);
    chat.model.apply(RoomChanged{room(u"@bob"_s)});
    chat.model.apply(said(u"@bob"_s, 1, u"another bob"_s));
    QCOMPARE(renamed.size(), 1);
    const QString earlier = u"@bob (2)"_s;
    QCOMPARE(chat.model.currentRoom(), earlier);
    QCOMPARE(chat.model.draft(earlier), u"for the first bob"_s);
    QCOMPARE(chat.model.draft(u"@bob"_s), QString());
    QCOMPARE(chat.model.transcript(earlier)->row(0).text, u"earlier"_s);
    QCOMPARE(chat.model.transcript(u"@bob"_s)->row(0).text, u"another bob"_s);
    QCOMPARE(chat.model.rooms()->find(u"@bob"_s)->unread, 1);
    chat.model.dismiss(earlier);
    QVERIFY(chat.model.drafts().isEmpty());
    // By the user, too.
    chat.model.setCurrentRoom(u"@bob"_s);
    chat.model.apply(gone(u"@bob"_s));
    chat.model.openPrivate(u"bob"_s);
    QCOMPARE(chat.model.currentRoom(), u"@bob"_s);
    QCOMPARE(chat.model.transcript(u"@bob"_s)->rowCount(), 0);
}

void TestClosedRooms::opensOnlyWhatIsWanted()
{
    Chat chat;
    QSignalSpy opened(&chat.model, &ChatModel::roomOpened);
    chat.model.apply(said(u"@bob"_s, 1, u"psst"_s));
    chat.model.apply(RoomChanged{room(u"garden"_s)});
    chat.model.roomJoined(room(u"cellar"_s));
    chat.model.connectionLost();
    chat.model.welcome(welcome({u"main"_s, u"tea"_s, u"garden"_s, u"cellar"_s, u"@bob"_s}));
    QVERIFY(chat.current.isEmpty());
    QVERIFY(opened.isEmpty());
    chat.model.openPrivate(u"bob"_s);
    chat.model.openPrivate(u"bob"_s); // which is shown already
    QCOMPARE(opened.size(), 2);
}

void TestClosedRooms::restoresNoDraftToAnotherGuest()
{
    Chat chat;
    QSignalSpy found(&chat.model, &ChatModel::draftFound);
    chat.model.restoreDrafts({{u"tea"_s, u"one"_s},
                              {u"garden"_s, u"two"_s},
                              {u"@bob"_s, u"three"_s},
                              {u"@carl"_s, u"four"_s}});
    Person carl = guest(u"carl"_s, true);
    carl.registered = true;
    chat.model.applyMembers(u"tea"_s, {u"tea"_s, {guest(u"bob"_s, true), carl}, false, {}});
    chat.model.openPrivate(u"Bob"_s);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found.first(), QVariantList({u"@Bob"_s, u"three"_s}));
    QCOMPARE(chat.model.draft(u"@bob"_s), QString());
    chat.model.openPrivate(u"carl"_s);
    chat.model.roomJoined(room(u"garden"_s));
    QCOMPARE(found.size(), 1);
    QCOMPARE(chat.model.draft(u"@carl"_s), u"four"_s);
    QCOMPARE(chat.model.drafts().value(u"garden"_s), u"two"_s);
}

QTEST_GUILESS_MAIN(TestClosedRooms)
#include "tst_closedrooms.moc"
