#include "gui-client/widgets/roomview.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/invitationbar.h"
#include "gui-client/widgets/messageedit.h"
#include "gui-client/widgets/peoplepane.h"
#include "gui-client/widgets/roomlist.h"
#include "gui-client/widgets/transcriptview.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

/// A window that shows tea, with a focused message box.
struct Chat
{
    Chat()
    {
        Welcome welcome;
        welcome.user.name = u"ann"_s;
        for (const auto &name : {u"main"_s, u"tea"_s}) {
            RoomState room;
            room.room = name;
            welcome.rooms.append(room);
        }
        model.welcome(welcome);
        window.show();
        model.setCurrentRoom(u"tea"_s);
    }

    bool activate() { return QTest::qWaitForWindowActive(&window); }
    RoomView *view() { return window.roomView(); }
    MessageEdit *edit() { return view()->edit(); }
    QString text() { return edit()->toPlainText(); }

    /// As the keyboard does it: to whatever has the focus.
    void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    void say(const QString &text)
    {
        type(text);
        press(Qt::Key_Return);
    }

    void hear(const QString &room, quint64 seq, const QString &text, const QString &from = u"bob"_s)
    {
        Item item;
        item.room = room;
        item.seq = seq;
        item.from = from;
        item.text = text;
        model.apply(ItemAdded{item, {}});
    }

    /// bob puts ann out.
    void kick(const QString &name)
    {
        RoomState room;
        room.room = name;
        model.apply(RoomChanged{room, true});
        model.apply(Notice{.text = u"x"_s,
                           .level = {},
                           .kind = u"kicked"_s,
                           .room = name,
                           .by = u"bob"_s,
                           .reason = u"too loud"_s});
    }

    QString said(const QSignalSpy &spy) const
    {
        QStringList lines;
        for (const QVariantList &one : spy)
            lines.append(one.at(0).toString() + u": "_s + one.at(1).toString());
        return lines.join(u'|');
    }

    ChatModel model;
    ChatWindow window{model};
    QSignalSpy sent{&window, &ChatWindow::sendRequested};
};

QString plain(QString text)
{
    return text.remove(QChar(0x2068)).remove(QChar(0x2069));
}

} // namespace

class TestRoomView : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheKeysOfWhomItCloses();
    void leavesAClosedRoomByItsButtons();
    void keepsTheKeysWhenASecondBobComes();
    void recallsEachRoomsOwnLines();
    void undoesNothingOfAnotherRoom();
    void givesBackWhatWasUnsent();
    void keepsTheTextOfAMessageThatVanishes();
    void savesNoEditAfterAReset();
    void returnsLinesWithoutLoss();
    void opensRoomsForTyping();
    void barsTakeNoKeys();
    void doesNotReadByCommands();
    void doesNotReadBySayingSomething();
    void doesNotReadWhileNobodyIsThere();
    void opensAtTheFirstOfForty();
};

void TestRoomView::keepsTheKeysOfWhomItCloses()
{
    Chat chat;
    QVERIFY(chat.activate());
    chat.type(u"this is only "_s);
    chat.kick(u"tea"_s);
    chat.say(u"for the room"_s);
    chat.press(Qt::Key_Return);
    QCOMPARE(chat.model.currentRoom(), u"tea"_s);
    QCOMPARE(QApplication::focusWidget(), chat.edit());
    QVERIFY(chat.sent.isEmpty());
    QCOMPARE(chat.text(), u"this is only for the room"_s);
    QVERIFY(!chat.view()->sendButton()->isEnabled());
    const ClosedBar *bar = chat.view()->closedBar();
    QVERIFY(bar->isVisible());
    QCOMPARE(plain(bar->findChild<QLabel *>()->text()),
             u"bob removed you from this room: too loud"_s);
    chat.press(Qt::Key_A, Qt::ControlModifier); // it can be copied
    QCOMPARE(chat.edit()->textCursor().selectedText(), u"this is only for the room"_s);
    // In another room there is nothing of it, and it comes back.
    chat.model.setCurrentRoom(u"main"_s);
    QVERIFY(!bar->isVisible());
    QCOMPARE(chat.text(), QString());
    chat.say(u"hello"_s);
    QCOMPARE(chat.said(chat.sent), u"main: hello"_s);
    RoomState tea;
    tea.room = u"tea"_s;
    chat.model.roomJoined(tea);
    chat.model.setCurrentRoom(u"tea"_s);
    QVERIFY(!bar->isVisible());
    QCOMPARE(chat.text(), u"this is only for the room"_s);
    chat.press(Qt::Key_Return);
    QCOMPARE(chat.sent.size(), 2);
}

void TestRoomView::leavesAClosedRoomByItsButtons()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy join(&chat.window, &ChatWindow::joinRequested);
    QSignalSpy leave(&chat.window, &ChatWindow::leaveRequested);
    chat.type(u"half"_s);
    chat.kick(u"tea"_s);
    const ClosedBar *bar = chat.view()->closedBar();
    QTest::mouseClick(bar->joinButton(), Qt::LeftButton);
    QCOMPARE(join.size(), 1);
    QCOMPARE(join.first().first().toString(), u"tea"_s);
    QTest::mouseClick(bar->leaveButton(), Qt::LeftButton);
    QCOMPARE(chat.model.currentRoom(), u"main"_s);
    QCOMPARE(QApplication::focusWidget(), chat.edit());
    QCOMPARE(chat.text(), QString());
    QVERIFY(leave.isEmpty()); // there is nothing to ask the server for
    QCOMPARE(chat.model.draft(u"tea"_s), u"half"_s);
}

void TestRoomView::keepsTheKeysWhenASecondBobComes()
{
    Chat chat;
    QVERIFY(chat.activate());
    RoomState bob;
    bob.room = u"@bob"_s;
    chat.model.apply(RoomChanged{bob});
    chat.model.setCurrentRoom(u"@bob"_s);
    chat.type(u"only for "_s);
    chat.model.apply(RoomChanged{bob, true});
    chat.model.apply(RoomChanged{bob});
    chat.hear(u"@bob"_s, 1, u"I am another one"_s);
    chat.say(u"the first one"_s);
    QVERIFY(chat.sent.isEmpty());
    QCOMPARE(chat.text(), u"only for the first one"_s);
    chat.model.setCurrentRoom(u"@bob"_s);
    QCOMPARE(chat.text(), QString());
    chat.press(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(chat.text(), QString());
}

void TestRoomView::recallsEachRoomsOwnLines()
{
    Chat chat;
    QVERIFY(chat.activate());
    chat.say(u"hello"_s);
    chat.type(u"secret"_s);
    chat.press(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(chat.text(), u"hello"_s);
    QCOMPARE(chat.model.draft(u"tea"_s), u"secret"_s); // is what kill -9 must not lose
    chat.press(Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(chat.model.currentRoom(), u"main"_s);
    QCOMPARE(chat.text(), QString());
    for (const auto key : {Qt::Key_Down, Qt::Key_Up, Qt::Key_Down}) {
        chat.press(key, Qt::ControlModifier);
        QCOMPARE(chat.text(), QString());
    }
    chat.press(Qt::Key_Return);
    chat.press(Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(chat.text(), u"hello"_s);
    chat.press(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(chat.text(), u"secret"_s);
    chat.press(Qt::Key_Return);
    QCOMPARE(chat.said(chat.sent), u"tea: hello|tea: secret"_s);
}

void TestRoomView::undoesNothingOfAnotherRoom()
{
    Chat chat;
    QVERIFY(chat.activate());
    chat.type(u"secret"_s);
    chat.model.setCurrentRoom(u"main"_s);
    chat.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(chat.text(), QString());
    chat.type(u"x"_s);
    chat.press(Qt::Key_Z, Qt::ControlModifier);
    chat.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(chat.text(), QString());
    chat.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(chat.text(), u"x"_s);
}

void TestRoomView::givesBackWhatWasUnsent()
{
    Chat chat;
    QVERIFY(chat.activate());
    chat.say(u"hello"_s);
    chat.type(u"half"_s);
    chat.press(Qt::Key_Up, Qt::ControlModifier);
    chat.press(Qt::Key_Return);
    QCOMPARE(chat.said(chat.sent), u"tea: hello|tea: hello"_s);
    QCOMPARE(chat.text(), u"half"_s);
    QCOMPARE(chat.model.draft(u"tea"_s), u"half"_s);
    // Also when the line opens another room.
    chat.press(Qt::Key_Return);
    chat.type(u"other"_s);
    connect(&chat.window, &ChatWindow::sendRequested, &chat.model,
            [&chat] { chat.model.openPrivate(u"bob"_s); });
    chat.press(Qt::Key_Up, Qt::ControlModifier);
    chat.press(Qt::Key_Return);
    QCOMPARE(chat.model.currentRoom(), u"@bob"_s);
    QCOMPARE(chat.text(), QString());
    chat.model.setCurrentRoom(u"tea"_s);
    QCOMPARE(chat.text(), u"other"_s);
}

void TestRoomView::keepsTheTextOfAMessageThatVanishes()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy edited(&chat.window, &ChatWindow::editRequested);
    chat.hear(u"tea"_s, 1, u"mine"_s, u"ann"_s);
    chat.type(u"a draft"_s);
    chat.view()->startEditing(1);
    chat.type(u", better"_s);
    Item deleted;
    deleted.room = u"tea"_s;
    deleted.seq = 2;
    deleted.kind = ItemKind::Deleted;
    deleted.target = 1;
    chat.model.apply(ItemAdded{deleted, {}});
    QCOMPARE(chat.text(), u"mine, better"_s);
    QVERIFY(!chat.view()->sendButton()->isEnabled());
    chat.press(Qt::Key_Return);
    QVERIFY(edited.isEmpty());
    QVERIFY(chat.sent.isEmpty());
    chat.press(Qt::Key_Escape);
    QCOMPARE(chat.text(), u"a draft"_s);
    chat.press(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(chat.text(), u"mine, better"_s);
}

void TestRoomView::savesNoEditAfterAReset()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy edited(&chat.window, &ChatWindow::editRequested);
    Greeting greeting;
    greeting.epoch = u"one"_s;
    chat.model.greet(greeting);
    for (const auto &room : {u"main"_s, u"tea"_s}) {
        chat.hear(room, 1, u"mine"_s, u"ann"_s);
        chat.model.setCurrentRoom(room);
        chat.view()->startEditing(1);
        chat.type(u", better"_s);
    }
    greeting.epoch = u"two"_s;
    chat.model.greet(greeting);
    for (const auto &room : {u"tea"_s, u"main"_s}) {
        chat.hear(room, 1, u"something else of mine"_s, u"ann"_s);
        chat.model.setCurrentRoom(room);
        QCOMPARE(chat.text(), u"mine, better"_s);
        chat.press(Qt::Key_Return);
    }
    QVERIFY(edited.isEmpty());
    QVERIFY(chat.sent.isEmpty());
}

void TestRoomView::returnsLinesWithoutLoss()
{
    Chat chat;
    QVERIFY(chat.activate());
    chat.type(u"writing"_s);
    chat.view()->returnLine(u"/jion tea"_s);
    QCOMPARE(chat.text(), u"/jion tea"_s);
    chat.press(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(chat.text(), u"writing"_s);
    // Edits that failed, while others are under way.
    chat.edit()->clear();
    chat.hear(u"tea"_s, 1, u"first"_s, u"ann"_s);
    chat.hear(u"tea"_s, 2, u"second"_s, u"ann"_s);
    chat.view()->startEditing(2);
    chat.type(u"!"_s);
    chat.view()->returnEdit(u"tea"_s, 1, u"first?"_s);
    QCOMPARE(chat.text(), u"second!"_s);
    chat.model.setCurrentRoom(u"main"_s);
    chat.view()->returnEdit(u"tea"_s, 1, u"first??"_s);
    chat.model.setCurrentRoom(u"tea"_s);
    QCOMPARE(chat.text(), u"second!"_s);
    chat.press(Qt::Key_Escape);
    chat.press(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(chat.text(), u"first??"_s);
    chat.press(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(chat.text(), u"first?"_s);
}

void TestRoomView::opensRoomsForTyping()
{
    Chat chat;
    QVERIFY(chat.activate());
    connect(&chat.window, &ChatWindow::privateRequested, &chat.model, &ChatModel::openPrivate);
    PersonList list;
    list.people = {{u"bob"_s, {}, {}, true}};
    chat.model.applyMembers(u"tea"_s, list);
    QListView *people = chat.window.findChild<PeoplePane *>()->list();
    const QPoint bob = people->visualRect(people->model()->index(0, 0)).center();
    for (int i = 0; i < 2; ++i) { // when it is shown already, too
        people->setFocus();
        QTest::mouseClick(people->viewport(), Qt::LeftButton, {}, bob);
        QTest::mouseDClick(people->viewport(), Qt::LeftButton, {}, bob);
        if (i == 0)
            QCOMPARE(chat.model.currentRoom(), u"@bob"_s);
        QCOMPARE(QApplication::focusWidget(), chat.edit());
        chat.model.applyMembers(u"@bob"_s, list);
    }
    auto *rooms = chat.window.findChild<client::RoomList *>();
    const auto centre = [rooms](int row) {
        return rooms->visualRect(rooms->model()->index(row, 0)).center();
    };
    QTest::mouseClick(rooms->viewport(), Qt::LeftButton, {}, centre(0));
    QCOMPARE(chat.model.currentRoom(), u"main"_s);
    QCOMPARE(QApplication::focusWidget(), chat.edit());
    rooms->setFocus(); // by the arrow keys one goes on, and Enter ends it
    QTest::keyClick(rooms, Qt::Key_Down);
    QCOMPARE(chat.model.currentRoom(), u"tea"_s);
    QVERIFY(rooms->hasFocus());
    QTest::keyClick(rooms, Qt::Key_Return);
    QCOMPARE(QApplication::focusWidget(), chat.edit());
    // Whatever else had the focus.
    chat.view()->transcript()->setFocus();
    chat.model.setCurrentRoom(u"main"_s);
    QCOMPARE(QApplication::focusWidget(), chat.edit());
}

void TestRoomView::barsTakeNoKeys()
{
    Chat chat;
    QVERIFY(chat.activate());
    chat.type(u"a"_s);
    chat.window.showConnection(ConnectionState::Waiting, 8);
    auto *bar = chat.window.findChild<ConnectionBar *>();
    for (QPushButton *button : bar->findChildren<QPushButton *>())
        QTest::mouseClick(button, Qt::LeftButton);
    chat.type(u"b"_s);
    bar->findChild<QPushButton *>()->setFocus();
    chat.window.showConnection(ConnectionState::Connected);
    chat.type(u"c"_s);
    chat.model.apply(Notice{.text = u"x"_s,
                            .level = {},
                            .kind = u"invited"_s,
                            .room = u"garden"_s,
                            .by = u"bob"_s});
    chat.type(u"d"_s);
    auto *invitations = chat.window.findChild<InvitationBar *>();
    invitations->findChildren<QPushButton *>().last()->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); // not now
    QVERIFY(!invitations->isVisible());
    chat.type(u"e"_s);
    QTest::mouseClick(chat.view()->usersButton(), Qt::LeftButton);
    chat.type(u"f"_s);
    QCOMPARE(chat.text(), u"abcdef"_s);
    QCOMPARE(chat.model.currentRoom(), u"tea"_s);
}

void TestRoomView::doesNotReadByCommands()
{
    Chat chat;
    QVERIFY(chat.activate());
    for (quint64 seq = 1; seq <= 200; ++seq)
        chat.hear(u"tea"_s, seq, u"text"_s);
    TranscriptView *transcript = chat.view()->transcript();
    QTRY_VERIFY(transcript->isAtNewest());
    chat.press(Qt::Key_PageUp);
    QVERIFY(!transcript->isAtNewest());
    chat.hear(u"tea"_s, 201, u"not seen"_s);
    QSignalSpy read(&chat.model, &ChatModel::readMoved);
    for (const auto &line : {u"/away"_s, u"/jion main"_s, u"/who"_s})
        chat.say(line);
    QVERIFY(!transcript->isAtNewest());
    QCOMPARE(chat.model.totalUnread(), 1);
    QVERIFY(read.isEmpty());
}

void TestRoomView::doesNotReadBySayingSomething()
{
    Chat chat;
    QVERIFY(chat.activate());
    connect(&chat.window, &ChatWindow::sendRequested, &chat.model,
            [&chat](const QString &room, const QString &text) {
                chat.model.addPending(room, u"a"_s, text, false);
                chat.model.confirm(room, u"a"_s, 202, 1000);
            });
    for (quint64 seq = 1; seq <= 200; ++seq)
        chat.hear(u"tea"_s, seq, u"text"_s);
    TranscriptView *transcript = chat.view()->transcript();
    QTRY_VERIFY(transcript->isAtNewest());
    chat.press(Qt::Key_PageUp);
    chat.press(Qt::Key_PageUp);
    QSignalSpy read(&chat.model, &ChatModel::readMoved);
    chat.hear(u"tea"_s, 201, u"not seen"_s);
    chat.say(u"something"_s);
    QVERIFY(!transcript->isAtNewest());
    QCOMPARE(chat.model.totalUnread(), 1);
    QVERIFY(read.isEmpty());
    chat.press(Qt::Key_Escape); // the user goes there
    QTRY_COMPARE(chat.model.totalUnread(), 0);
}

void TestRoomView::doesNotReadWhileNobodyIsThere()
{
    Chat chat;
    QVERIFY(chat.activate());
    QWidget other;
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    for (quint64 seq = 1; seq <= 200; ++seq)
        chat.hear(u"tea"_s, seq, u"@ann"_s);
    TranscriptView *transcript = chat.view()->transcript();
    QTRY_VERIFY(!transcript->isAtNewest()); // the first of them is in sight
    QVERIFY(!transcript->rowRect(0).isEmpty());
    chat.window.activateWindow();
    QVERIFY(chat.activate());
    transcript->rowRect(0);
    QCOMPARE(chat.model.rooms()->find(u"tea"_s)->mentions, 200);
    transcript->scrollToNewest();
    QTRY_COMPARE(chat.model.totalUnread(), 0);
}

void TestRoomView::opensAtTheFirstOfForty()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy read(&chat.model, &ChatModel::readMoved);
    RoomState garden;
    garden.room = u"garden"_s;
    garden.last = 40;
    garden.unread = garden.mentions = 40; // and read is 0
    chat.model.roomJoined(garden);
    chat.model.setCurrentRoom(u"garden"_s);
    HistoryPage page;
    page.room = u"garden"_s;
    page.backwards = true;
    for (quint64 seq = 1; seq <= 40; ++seq) {
        Item item;
        item.room = u"garden"_s;
        item.seq = seq;
        item.from = u"bob"_s;
        item.text = u"@ann, come here\nplease"_s;
        page.items.append(item);
    }
    chat.model.applyHistory(u"garden"_s, page, 0);
    const TranscriptView *transcript = chat.view()->transcript();
    QVERIFY(!chat.view()->transcript()->rowRect(0).isEmpty());
    QVERIFY(!transcript->isAtNewest());
    QCoreApplication::processEvents();
    QVERIFY(read.isEmpty());
    QCOMPARE(chat.model.rooms()->find(u"garden"_s)->mentions, 40);
    QVERIFY(chat.model.transcript(u"garden"_s)->isFirstNew(0));
}

QTEST_MAIN(TestRoomView)
#include "tst_roomview.moc"
