#include "gui-client/widgets/chatwindow.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/messageedit.h"
#include "gui-client/widgets/peoplepane.h"
#include "gui-client/widgets/roomview.h"
#include "gui-client/widgets/transcriptview.h"
#include "shared/limits.h"

#include <QAction>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

/// A window that shows two rooms, active.
struct Chat
{
    Chat()
    {
        Greeting greeting;
        greeting.server = u"Tea"_s;
        model.greet(greeting);
        Welcome welcome;
        welcome.user.name = u"ann"_s;
        for (const auto &name : {u"main"_s, u"quiet"_s}) {
            RoomState room;
            room.room = name;
            welcome.rooms.append(room);
        }
        model.welcome(welcome);
        window.show();
    }

    bool activate() { return QTest::qWaitForWindowActive(&window); }
    RoomView *view() { return window.roomView(); }
    MessageEdit *edit() { return view()->edit(); }

    void hear(const QString &room, quint64 seq, const QString &text)
    {
        Item item;
        item.room = room;
        item.seq = seq;
        item.from = u"bob"_s;
        item.text = text;
        model.apply(ItemAdded{item, {}});
    }

    ChatModel model;
    ChatWindow window{model};
};

} // namespace

class TestChatWindow : public QObject
{
    Q_OBJECT

private slots:
    void sendsByEnterAndButton();
    void refusesTooLongAndSaysWhy();
    void keepsDraftsPerRoom();
    void switchesRoomsByKeyboard();
    void showsUnreadInTheTitle();
    void togglesUsers();
    void closesOnEveryPath();
    void quitsByShortcut();
    void scrollsFromTheMessageBox();
    void typingInTheTranscriptGoesToTheBox();
    void opensPrivateConversations();
    void showsTheConnection();
    void showsErrorsAsPlainText();
    void asksForRooms();
    void everyActionIsInAMenu();
    void survivesTheLastRoom();
};

void TestChatWindow::sendsByEnterAndButton()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy sent(&chat.window, &ChatWindow::sendRequested);
    QCOMPARE(QApplication::focusWidget(), chat.edit());
    QTest::keyClicks(chat.edit(), u"hello"_s);
    QTest::keyClick(chat.edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
    QCOMPARE(sent.at(0), QVariantList({u"main"_s, u"hello"_s}));
    QVERIFY(chat.edit()->toPlainText().isEmpty());
    QVERIFY(!chat.view()->sendButton()->isEnabled());
    QTest::keyClicks(chat.edit(), u"again"_s);
    QTest::mouseClick(chat.view()->sendButton(), Qt::LeftButton);
    QCOMPARE(sent.size(), 2);
    QTest::keyClick(chat.edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 2);
    QCOMPARE(chat.model.draft(u"main"_s), QString());
}

void TestChatWindow::refusesTooLongAndSaysWhy()
{
    Chat chat;
    QSignalSpy sent(&chat.window, &ChatWindow::sendRequested);
    chat.edit()->setPlainText(QString(limits::messageText - 10, u'a'));
    QVERIFY(chat.view()->lengthNote().contains(u"10"_s));
    QVERIFY(chat.view()->sendButton()->isEnabled());
    chat.edit()->setPlainText(QString(limits::messageText + 12, u'a'));
    QVERIFY(!chat.view()->sendButton()->isEnabled());
    QVERIFY(chat.view()->lengthNote().contains(u"12"_s));
    QTest::keyClick(chat.edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 0);
    QCOMPARE(chat.edit()->length(), limits::messageText + 12);
}

void TestChatWindow::keepsDraftsPerRoom()
{
    Chat chat;
    QTest::keyClicks(chat.edit(), u"to main"_s);
    QVERIFY(chat.edit()->placeholderText().contains(u"main"_s));
    chat.model.setCurrentRoom(u"quiet"_s);
    QVERIFY(chat.edit()->placeholderText().contains(u"quiet"_s));
    QCOMPARE(chat.edit()->toPlainText(), QString());
    QTest::keyClicks(chat.edit(), u"to quiet"_s);
    chat.model.setCurrentRoom(u"main"_s);
    QCOMPARE(chat.edit()->toPlainText(), u"to main"_s);
    chat.model.setCurrentRoom(u"quiet"_s);
    QCOMPARE(chat.edit()->toPlainText(), u"to quiet"_s);
}

void TestChatWindow::switchesRoomsByKeyboard()
{
    Chat chat;
    QVERIFY(chat.activate());
    QTest::keyClick(chat.edit(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(chat.model.currentRoom(), u"quiet"_s);
    QTest::keyClick(chat.edit(), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(chat.model.currentRoom(), u"main"_s);
}

void TestChatWindow::showsUnreadInTheTitle()
{
    Chat chat;
    QVERIFY(chat.activate());
    QCOMPARE(chat.window.windowTitle(), u"main - Tea - Teahouse"_s);
    chat.hear(u"main"_s, 1, u"seen"_s);
    chat.hear(u"quiet"_s, 1, u"unseen"_s);
    chat.hear(u"quiet"_s, 2, u"unseen"_s);
    QCOMPARE(chat.window.windowTitle(), u"(2) main - Tea - Teahouse"_s);
    chat.model.setCurrentRoom(u"quiet"_s);
    QCOMPARE(chat.window.windowTitle(), u"quiet - Tea - Teahouse"_s);
}

void TestChatWindow::togglesUsers()
{
    Chat chat;
    const auto *people = chat.window.findChild<PeoplePane *>();
    QVERIFY(people->isVisible());
    QTest::mouseClick(chat.view()->usersButton(), Qt::LeftButton);
    QVERIFY(!people->isVisible());
    QTest::mouseClick(chat.view()->usersButton(), Qt::LeftButton);
    QVERIFY(people->isVisible());
    PersonList list;
    list.people = {{u"ann"_s, {}, {}, true}, {u"bob"_s, u"out"_s, {}, true}};
    chat.model.applyMembers(u"main"_s, list);
    bool counted = false;
    for (const auto *label : people->findChildren<QLabel *>())
        counted = counted || label->text().startsWith(u"2 "_s);
    QVERIFY(counted);
}

void TestChatWindow::closesOnEveryPath()
{
    Chat chat;
    QSignalSpy closed(&chat.window, &ChatWindow::closeRequested);
    QTest::mouseClick(chat.view()->closeButton(), Qt::LeftButton);
    QCOMPARE(closed.size(), 1);
    QVERIFY(!chat.window.isVisible());
    chat.window.show();
    QVERIFY(chat.activate());
    QTest::keyClick(&chat.window, Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(closed.size(), 2);
}

void TestChatWindow::quitsByShortcut()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy quit(&chat.window, &ChatWindow::quitRequested);
    QTest::keyClick(chat.edit(), Qt::Key_Q, Qt::ControlModifier);
    QCOMPARE(quit.size(), 1);
}

void TestChatWindow::scrollsFromTheMessageBox()
{
    Chat chat;
    QVERIFY(chat.activate());
    for (quint64 seq = 1; seq <= 200; ++seq)
        chat.hear(u"main"_s, seq, u"text"_s);
    const TranscriptView *transcript = chat.view()->transcript();
    QTRY_VERIFY(transcript->isAtNewest());
    QTest::keyClicks(chat.edit(), u"kept"_s);
    QTest::keyClick(chat.edit(), Qt::Key_PageUp);
    QVERIFY(!transcript->isAtNewest());
    chat.hear(u"main"_s, 201, u"not seen"_s); // what is below the reader is unread
    QCOMPARE(chat.model.totalUnread(), 1);
    QTest::keyClick(chat.edit(), Qt::Key_Escape);
    QVERIFY(transcript->isAtNewest());
    QCOMPARE(chat.model.totalUnread(), 0);
    QCOMPARE(chat.edit()->toPlainText(), u"kept"_s);
}

void TestChatWindow::typingInTheTranscriptGoesToTheBox()
{
    Chat chat;
    QVERIFY(chat.activate());
    chat.view()->transcript()->setFocus();
    QTest::keyClicks(chat.view()->transcript(), u"a"_s);
    QCOMPARE(chat.edit()->toPlainText(), u"a"_s);
    QVERIFY(chat.edit()->hasFocus());
}

void TestChatWindow::opensPrivateConversations()
{
    Chat chat;
    PersonList list;
    list.people = {{u"ann"_s, {}, {}, true}, {u"bob"_s, {}, {}, true}};
    chat.model.applyMembers(u"main"_s, list);
    QSignalSpy wanted(&chat.window, &ChatWindow::privateRequested);
    QListView *people = chat.window.findChild<PeoplePane *>()->list();
    const QPoint bob = people->visualRect(people->model()->index(1, 0)).center();
    QTest::mouseClick(people->viewport(), Qt::LeftButton, {}, bob);
    QTest::mouseDClick(people->viewport(), Qt::LeftButton, {}, bob);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toString(), u"bob"_s);
}

void TestChatWindow::showsTheConnection()
{
    Chat chat;
    auto *bar = chat.window.findChild<ConnectionBar *>();
    QVERIFY(!bar->isVisible());
    QSignalSpy now(&chat.window, &ChatWindow::reconnectNow);
    QSignalSpy stop(&chat.window, &ChatWindow::stopReconnecting);
    chat.window.showConnection(ConnectionState::Waiting, 8);
    QVERIFY(bar->isVisible());
    const auto buttons = bar->findChildren<QPushButton *>();
    for (auto *button : buttons)
        QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(now.size(), 1);
    QCOMPARE(stop.size(), 1);
    QVERIFY(chat.edit()->isEnabled());
    chat.window.showConnection(ConnectionState::Connected);
    QVERIFY(!bar->isVisible());
}

void TestChatWindow::showsErrorsAsPlainText()
{
    Chat chat;
    chat.window.showError(u"<img src=/dev/zero>"_s);
    chat.window.showConnection(ConnectionState::Offline, 0, u"<b>why</b>"_s);
    chat.hear(u"main"_s, 1, u"<b>x</b>"_s);
    for (const auto *label : chat.window.findChildren<QLabel *>())
        QVERIFY2(label->text().isEmpty() || label->textFormat() == Qt::PlainText,
                 qPrintable(label->text()));
}

void TestChatWindow::asksForRooms()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy join(&chat.window, &ChatWindow::joinRequested);
    QTest::keyClick(chat.edit(), Qt::Key_J, Qt::ControlModifier);
    auto *dialog = chat.window.findChild<QInputDialog *>();
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), u" tea "_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QCOMPARE(join.size(), 1);
    QCOMPARE(join.at(0).at(0).toString(), u"tea"_s);
}

void TestChatWindow::everyActionIsInAMenu()
{
    Chat chat;
    QSet<QAction *> inMenus;
    for (const QAction *menu : chat.window.menuBar()->actions()) {
        for (QAction *action : menu->menu()->actions())
            inMenus.insert(action);
    }
    for (QAction *action : chat.window.findChildren<QAction *>()) {
        if (!action->shortcut().isEmpty() && action->parent()->parent() == &chat.window)
            QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
    }
    QVERIFY(inMenus.size() > 8);
}

void TestChatWindow::survivesTheLastRoom()
{
    Chat chat;
    chat.model.roomLeft(u"main"_s);
    QCOMPARE(chat.window.windowTitle(), u"quiet - Tea - Teahouse"_s);
    chat.model.roomLeft(u"quiet"_s);
    chat.window.grab();
    QVERIFY(!chat.edit()->isEnabled());
    QCOMPARE(chat.window.windowTitle(), u"Tea - Teahouse"_s);
}

QTEST_MAIN(TestChatWindow)
#include "tst_chatwindow.moc"
