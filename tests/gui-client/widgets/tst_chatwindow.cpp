#include "gui-client/widgets/chatwindow.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/chatactions.h"
#include "gui-client/widgets/createroom.h"
#include "gui-client/widgets/delegates.h"
#include "gui-client/widgets/invitationbar.h"
#include "gui-client/widgets/messageedit.h"
#include "gui-client/widgets/peoplepane.h"
#include "gui-client/widgets/roomdirectory.h"
#include "gui-client/widgets/roomview.h"
#include "gui-client/widgets/searchpane.h"
#include "gui-client/widgets/transcriptview.h"
#include "shared/limits.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
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

    void hear(const QString &room, quint64 seq, const QString &text, const QString &from = u"bob"_s)
    {
        Item item;
        item.room = room;
        item.seq = seq;
        item.from = from;
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
    void refusesTooManyLinesAndSaysWhy();
    void refusesWhatACommandCannotSend();
    void takesBackWhatWasTooMuch();
    void rewritesWhatFailed();
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
    void editsTheLastMessageByUp();
    void escapeLeavesAMessageAsItWas();
    void keepsABegunEditPerRoom();
    void returnsAnEditThatFailed();
    void deletesAfterAQuestion();
    void anEmptyEditAsksToDelete();
    void searchesInTheRoomAndEverywhere();
    void leadsToWhatWasFoundAndBack();
    void saysWhyNothingIsFound();
    void hidesWhatTheServerCannot();
    void saysWhyOneMayNotSpeak();
    void isMutedAndMaySpeakAgain();
    void saysNoticesInItsOwnWords();
    void showsInvitations();
    void choosesTheLevelOfARoom();
    void offersTheRoomsActions();
    void moderatorsDeleteWhatOthersSaid();
    void showsRolesInWords();
    void showsNamesBeforeRoles();
    void completesWhoSpokeLastFirst();
    void completesRoomsThatWereHeardOf();
    void tellsHowManyFoundMessagesAreHidden();

private:
    static SearchPage foundPage();
};

SearchPage TestChatWindow::foundPage()
{
    SearchPage page;
    for (const quint64 seq : {20, 10}) {
        Item item;
        item.room = u"quiet"_s;
        item.seq = seq;
        item.from = u"bob"_s;
        item.text = u"<b>green</b> tea"_s;
        page.found.append({item, 0});
    }
    return page;
}

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

void TestChatWindow::refusesTooManyLinesAndSaysWhy()
{
    Chat chat;
    QSignalSpy sent(&chat.window, &ChatWindow::sendRequested);
    const QString text = u"x\n"_s.repeated(limits::messageLines + 49) + u'x';
    chat.edit()->setPlainText(text);
    QVERIFY(!chat.view()->sendButton()->isEnabled());
    QVERIFY(chat.view()->lengthNote().contains(u"50"_s));
    QTest::keyClick(chat.edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 0);
    QCOMPARE(chat.edit()->toPlainText(), text);
}

void TestChatWindow::refusesWhatACommandCannotSend()
{
    Chat chat;
    QSignalSpy sent(&chat.window, &ChatWindow::sendRequested);
    for (const QString &text : {u"/topic "_s + QString(limits::topic + 7, u'a'),
                                u"/away "_s + QString(limits::awayText + 7, u'a'),
                                u"/kick bob "_s + QString(limits::reason + 7, u'a'),
                                u"/join "_s + QString(limits::name + 7, u'a')}) {
        chat.edit()->setPlainText(text);
        QVERIFY(!chat.view()->sendButton()->isEnabled());
        QVERIFY2(chat.view()->lengthNote().contains(u'7'), qPrintable(text));
        QTest::keyClick(chat.edit(), Qt::Key_Return);
        QCOMPARE(chat.edit()->toPlainText(), text);
    }
    QCOMPARE(sent.size(), 0);
}

void TestChatWindow::takesBackWhatWasTooMuch()
{
    Chat chat;
    const QString room = chat.model.currentRoom();
    QVERIFY(!chat.view()->takeBack(u"elsewhere"_s, u"text"_s));
    QVERIFY(chat.view()->takeBack(room, u"text"_s));
    QCOMPARE(chat.edit()->toPlainText(), u"text"_s);
    QVERIFY(!chat.view()->takeBack(room, u"other"_s)); // something is being written
    QCOMPARE(chat.edit()->toPlainText(), u"text"_s);
}

void TestChatWindow::rewritesWhatFailed()
{
    Chat chat;
    QSignalSpy removed(&chat.window, &ChatWindow::removeRequested);
    chat.edit()->setPlainText(u"next"_s);
    emit chat.view()->transcript()->rewriteRequested(u"c"_s, u"failed"_s);
    QCOMPARE(chat.edit()->toPlainText(), u"failed\nnext"_s);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed.at(0).at(1).toString(), u"c"_s);
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
    QTRY_COMPARE(chat.window.windowTitle(), u"quiet - Tea - Teahouse"_s); // once it is laid out
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
    QTest::keyClick(chat.edit(), Qt::Key_J, Qt::ControlModifier);
    QVERIFY(chat.window.findChild<RoomDirectory *>());
    chat.window.findChild<RoomDirectory *>()->reject();
    QTest::keyClick(chat.edit(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(chat.window.findChild<CreateRoom *>());
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

void TestChatWindow::editsTheLastMessageByUp()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy edited(&chat.window, &ChatWindow::editRequested);
    QSignalSpy sent(&chat.window, &ChatWindow::sendRequested);
    QTest::keyClick(chat.edit(), Qt::Key_Up); // there is nothing to edit
    QCOMPARE(chat.view()->editing(), 0u);
    chat.hear(u"main"_s, 1, u"gren tea"_s, u"ann"_s);
    chat.hear(u"main"_s, 2, u"theirs"_s);
    QTest::keyClick(chat.edit(), Qt::Key_Up);
    QCOMPARE(chat.view()->editing(), 1u);
    QCOMPARE(chat.edit()->toPlainText(), u"gren tea"_s);
    QCOMPARE(chat.model.draft(u"main"_s), QString());
    QTest::keyClick(chat.edit(), Qt::Key_Return); // unchanged: nothing to tell
    QCOMPARE(edited.size(), 0);
    QTest::keyClick(chat.edit(), Qt::Key_Up);
    chat.edit()->setPlainText(u"green tea"_s);
    QTest::keyClick(chat.edit(), Qt::Key_Return);
    QCOMPARE(edited.size(), 1);
    QCOMPARE(edited.at(0), QVariantList({u"main"_s, quint64(1), u"green tea"_s}));
    QCOMPARE(sent.size(), 0);
    QCOMPARE(chat.view()->editing(), 0u);
    QVERIFY(chat.edit()->toPlainText().isEmpty());
}

void TestChatWindow::escapeLeavesAMessageAsItWas()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy edited(&chat.window, &ChatWindow::editRequested);
    chat.hear(u"main"_s, 1, u"mine"_s, u"ann"_s);
    QTest::keyClicks(chat.edit(), u"a draft"_s);
    chat.view()->startEditing(1);
    QCOMPARE(chat.edit()->toPlainText(), u"mine"_s);
    QTest::keyClicks(chat.edit(), u" changed"_s);
    QTest::keyClick(chat.edit(), Qt::Key_Escape);
    QCOMPARE(chat.edit()->toPlainText(), u"a draft"_s);
    QCOMPARE(chat.model.draft(u"main"_s), u"a draft"_s);
    QCOMPARE(edited.size(), 0);
    chat.hear(u"main"_s, 2, u"theirs"_s);
    chat.view()->startEditing(2);
    chat.view()->startEditing(99);
    QCOMPARE(chat.view()->editing(), 0u);
}

void TestChatWindow::keepsABegunEditPerRoom()
{
    Chat chat;
    chat.hear(u"main"_s, 1, u"mine"_s, u"ann"_s);
    chat.view()->startEditing(1);
    chat.edit()->setPlainText(u"half changed"_s);
    chat.model.setCurrentRoom(u"quiet"_s);
    QCOMPARE(chat.view()->editing(), 0u);
    QCOMPARE(chat.edit()->toPlainText(), QString());
    chat.model.setCurrentRoom(u"main"_s);
    QCOMPARE(chat.view()->editing(), 1u);
    QCOMPARE(chat.edit()->toPlainText(), u"half changed"_s);
}

void TestChatWindow::returnsAnEditThatFailed()
{
    Chat chat;
    QVERIFY(chat.activate());
    chat.hear(u"main"_s, 1, u"mine"_s, u"ann"_s);
    chat.view()->returnEdit(u"main"_s, 1, u"changed"_s);
    QCOMPARE(chat.view()->editing(), 1u);
    QCOMPARE(chat.edit()->toPlainText(), u"changed"_s);
    QTest::keyClick(chat.edit(), Qt::Key_Escape);
    QTest::keyClicks(chat.edit(), u"writing on"_s);
    chat.view()->returnEdit(u"main"_s, 1, u"changed"_s);
    QCOMPARE(chat.edit()->toPlainText(), u"writing on"_s);
    QTest::keyClick(chat.edit(), Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(chat.edit()->toPlainText(), u"changed"_s);
}

void TestChatWindow::deletesAfterAQuestion()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy erased(&chat.window, &ChatWindow::eraseRequested);
    chat.hear(u"main"_s, 1, u"<img src=/dev/zero>"_s, u"ann"_s);
    emit chat.view()->transcript()->deleteRequested(1);
    auto *question = chat.window.findChild<QMessageBox *>();
    QVERIFY(question);
    QCOMPARE(question->textFormat(), Qt::PlainText);
    QTest::keyClick(question, Qt::Key_Escape);
    QCOMPARE(erased.size(), 0);
    QTRY_VERIFY(!chat.window.findChild<QMessageBox *>());
    emit chat.view()->transcript()->deleteRequested(1);
    question = chat.window.findChild<QMessageBox *>();
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(erased.size(), 1);
    QCOMPARE(erased.at(0), QVariantList({u"main"_s, quint64(1)}));
}

void TestChatWindow::anEmptyEditAsksToDelete()
{
    Chat chat;
    QVERIFY(chat.activate());
    chat.hear(u"main"_s, 1, u"mine"_s, u"ann"_s);
    chat.view()->startEditing(1);
    chat.edit()->clear();
    QVERIFY(chat.view()->sendButton()->isEnabled());
    QTest::keyClick(chat.edit(), Qt::Key_Return);
    QVERIFY(chat.window.findChild<QMessageBox *>());
}

void TestChatWindow::searchesInTheRoomAndEverywhere()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy wanted(chat.model.search(), &SearchModel::pageWanted);
    QTest::keyClick(chat.edit(), Qt::Key_F, Qt::ControlModifier);
    SearchPane *pane = chat.window.searchPane();
    QVERIFY(pane->isVisible());
    QVERIFY(!chat.window.findChild<PeoplePane *>()->isVisible());
    auto *words = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(words);
    words->setText(u"茶"_s);
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(1).value<SearchQuery>().text, u"茶"_s);
    QCOMPARE(wanted.at(0).at(1).value<SearchQuery>().room, u"main"_s);
    QTest::keyClick(words, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(wanted.at(1).at(1).value<SearchQuery>().room, QString());
    QTest::keyClick(words, Qt::Key_Escape);
    QVERIFY(!pane->isVisible());
    QVERIFY(chat.window.findChild<PeoplePane *>()->isVisible());
    QVERIFY(chat.edit()->hasFocus());
}

void TestChatWindow::leadsToWhatWasFoundAndBack()
{
    Chat chat;
    QVERIFY(chat.activate());
    for (quint64 seq = 1; seq <= 100; ++seq) {
        chat.hear(u"main"_s, seq, u"text"_s);
        chat.hear(u"quiet"_s, seq, u"text"_s);
    }
    QSignalSpy wanted(chat.model.search(), &SearchModel::pageWanted);
    QTest::keyClick(chat.edit(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *words = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QTest::keyClicks(words, u"tea"_s);
    QTest::keyClick(words, Qt::Key_Return);
    chat.model.search()->applyPage(wanted.last().at(0).toULongLong(), foundPage());
    QListView *results = chat.window.searchPane()->results();
    QCOMPARE(results->model()->rowCount(), 2);
    const QString aloud = results->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY(aloud.contains(u"bob"_s) && aloud.contains(u"quiet"_s));
    results->grab();
    QTest::keyClick(words, Qt::Key_Down);
    QVERIFY(results->hasFocus());
    QTest::keyClick(results, Qt::Key_Down);
    QTest::keyClick(results, Qt::Key_Return);
    QCOMPARE(chat.model.currentRoom(), u"quiet"_s);
    TranscriptView *transcript = chat.view()->transcript();
    QVERIFY(!transcript->rowRect(*transcript->model()->rowAt(10)).isEmpty());
    QCOMPARE(transcript->found(), 10u);
    QCOMPARE(QApplication::focusWidget(), chat.edit()); // to answer at once
    QTest::keyClick(chat.edit(), Qt::Key_Escape);
    QCOMPARE(chat.model.currentRoom(), u"main"_s);
    QVERIFY(!chat.window.searchPane()->isVisible());
    QTRY_VERIFY(transcript->isAtNewest());
}

void TestChatWindow::saysWhyNothingIsFound()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy wanted(chat.model.search(), &SearchModel::pageWanted);
    QTest::keyClick(chat.edit(), Qt::Key_F, Qt::ControlModifier);
    auto *words = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QTest::keyClicks(words, u"x"_s);
    QTest::keyClick(words, Qt::Key_Return);
    const auto says = [&](const QString &text) {
        for (const QLabel *label : chat.window.searchPane()->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    };
    chat.model.search()->applyPage(wanted.last().at(0).toULongLong(), {});
    QVERIFY(says(u"Nothing was found"_s));
    QTest::keyClick(words, Qt::Key_Return);
    chat.model.search()->fail(wanted.last().at(0).toULongLong(),
                              {.code = ErrorCode::StoreUnavailable}, {});
    QVERIFY(says(u"cannot search at the moment"_s));
    const auto buttons = chat.window.searchPane()->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->isVisible() && button->text() == u"Retry"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(wanted.size(), 3);
    chat.model.search()->fail(wanted.last().at(0).toULongLong(), {.code = ErrorCode::Closing}, {});
    QVERIFY(says(u"no connection"_s));
}

void TestChatWindow::hidesWhatTheServerCannot()
{
    ChatModel model;
    ChatWindow window(model, capabilitiesOf(ChatProtocol::Tea));
    for (const QAction *action : window.findChildren<QAction *>()) {
        if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_F))
            QVERIFY(!action->isVisible());
    }
}

void TestChatWindow::saysWhyOneMayNotSpeak()
{
    Chat chat;
    chat.model.setClock([] { return 1000; });
    QTest::keyClicks(chat.edit(), u"half a sent"_s);
    RoomState state = *chat.model.rooms()->find(u"main"_s);
    state.isReadOnly = true;
    chat.model.apply(RoomChanged{state});
    QVERIFY(!chat.edit()->isEnabled());
    QCOMPARE(chat.edit()->placeholderText(), u"Only moderators speak here."_s);
    QVERIFY(!chat.view()->sendButton()->isEnabled());
    QCOMPARE(chat.edit()->toPlainText(), u"half a sent"_s);
    state.role = RoomRole::Moderator;
    chat.model.apply(RoomChanged{state});
    QVERIFY(chat.edit()->isEnabled());
    chat.model.setSilence(u"main"_s, Silence{0, u"spam"_s});
    QVERIFY(!chat.edit()->isEnabled());
    QVERIFY(chat.edit()->placeholderText().contains(u"muted"_s));
    QVERIFY(chat.edit()->placeholderText().contains(u"spam"_s));
    chat.model.setCurrentRoom(u"quiet"_s);
    QVERIFY(chat.edit()->isEnabled());
    chat.model.setCurrentRoom(u"main"_s);
    QVERIFY(!chat.edit()->isEnabled());
    for (QPushButton *button : chat.view()->findChildren<QPushButton *>()) {
        if (button->text() == u"Try Again"_s)
            button->click();
    }
    QVERIFY(chat.edit()->isEnabled());
    QCOMPARE(chat.edit()->toPlainText(), u"half a sent"_s);
    chat.model.setSilence(u"main"_s, Silence{1000, {}}); // its time is over
    QTRY_VERIFY(chat.edit()->isEnabled());
}

void TestChatWindow::isMutedAndMaySpeakAgain()
{
    Chat chat;
    QVERIFY(chat.activate());
    chat.model.setClock([] { return 1000; });
    QTest::keyClicks(chat.edit(), u"half a sent"_s);
    RoomState muted = *chat.model.rooms()->find(u"main"_s);
    const RoomState before = muted;
    muted.isMuted = true;
    muted.mutedUntil = 1000 + 3600 * 1000;
    muted.mutedReason = u"spam"_s;
    chat.model.apply(RoomChanged{muted});
    chat.model.apply(Notice{.text = u"bob has muted you"_s,
                            .level = {},
                            .kind = u"muted"_s,
                            .room = u"main"_s,
                            .by = u"bob"_s,
                            .reason = u"spam"_s,
                            .until = muted.mutedUntil});
    QVERIFY(!chat.edit()->isEnabled());
    for (const auto &word : {u"bob"_s, u"until"_s, u"spam"_s})
        QVERIFY2(chat.edit()->placeholderText().contains(word), qPrintable(word));
    for (const QPushButton *button : chat.view()->findChildren<QPushButton *>())
        QVERIFY(button->text() != u"Try Again"_s || !button->isVisible()); // it will be told
    QCOMPARE(chat.edit()->toPlainText(), u"half a sent"_s);
    chat.model.apply(RoomChanged{before});
    QVERIFY(chat.edit()->isEnabled());
    QVERIFY(chat.edit()->hasFocus());
    QTest::keyClicks(chat.edit(), u"ence"_s);
    QCOMPARE(chat.edit()->toPlainText(), u"half a sentence"_s);
    chat.model.apply(RoomChanged{muted});
    chat.model.setCurrentRoom(u"quiet"_s);
    QVERIFY(chat.edit()->isEnabled());
    chat.model.setCurrentRoom(u"main"_s);
    QCOMPARE(chat.edit()->toPlainText(), u"half a sentence"_s);
}

void TestChatWindow::saysNoticesInItsOwnWords()
{
    Chat chat;
    const auto said = [&chat](const Notice &notice) {
        chat.model.apply(notice);
        const TranscriptModel *transcript = chat.model.transcript(u"main"_s);
        const QString text = transcript->row(transcript->rowCount() - 1).text;
        return QString(text).remove(QChar(0x2068)).remove(QChar(0x2069));
    };
    Notice notice{.text = u"server's words"_s, .level = u"info"_s};
    QCOMPARE(said(notice), u"server's words"_s);
    notice.kind = u"of the future"_s;
    QCOMPARE(said(notice), u"server's words"_s);
    notice.room = u"quiet"_s;
    notice.by = u"bob"_s;
    const QList<std::pair<QString, QString>> words{
            {u"invited"_s, u"bob invites you to quiet."_s},
            {u"kicked"_s, u"bob has removed you from quiet."_s},
            {u"banned"_s, u"bob has banned you from quiet."_s},
            {u"muted"_s, u"bob has muted you in quiet."_s},
            {u"unmuted"_s, u"You may speak in quiet again."_s},
            {u"role"_s, u"bob has taken your role in quiet away."_s}};
    for (const auto &[kind, sentence] : words) {
        notice.kind = kind;
        QCOMPARE(said(notice), sentence);
    }
    notice.kind = u"muted"_s;
    notice.room.clear();
    notice.reason = u"spam"_s;
    QCOMPARE(said(notice), u"bob has muted you on the whole server: spam"_s);
    RoomState state = *chat.model.rooms()->find(u"quiet"_s);
    state.role = RoomRole::Moderator;
    chat.model.apply(RoomChanged{state});
    notice.kind = u"role"_s;
    notice.room = u"quiet"_s;
    QCOMPARE(said(notice), u"bob has given you a role in quiet: moderator."_s);
}

void TestChatWindow::showsInvitations()
{
    Chat chat;
    QSignalSpy join(&chat.window, &ChatWindow::joinRequested);
    auto *bar = chat.window.findChild<InvitationBar *>();
    QVERIFY(!bar->isVisible());
    for (const auto &[by, room] :
         {std::pair(u"bob"_s, u"garden"_s), std::pair(u"carl"_s, u"cellar"_s),
          std::pair(u"bob"_s, u"<b>x</b>"_s)})
        chat.model.apply(
                Notice{.text = u"x"_s, .level = {}, .kind = u"invited"_s, .room = room, .by = by});
    QVERIFY(bar->isVisible());
    const auto *label = bar->findChild<QLabel *>();
    QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(label->text().contains(u"garden"_s));
    QTest::mouseClick(bar->findChildren<QPushButton *>().first(), Qt::LeftButton);
    QCOMPARE(join.size(), 1);
    QCOMPARE(join.first().first().toString(), u"garden"_s);
    QVERIFY(label->text().contains(u"cellar"_s));
    RoomState cellar;
    cellar.room = u"Cellar"_s;
    chat.model.roomJoined(cellar);
    QVERIFY(!bar->isVisible());
}

void TestChatWindow::choosesTheLevelOfARoom()
{
    Chat chat;
    QJsonObject asked;
    quint64 ticket = 0;
    connect(chat.model.errands(), &Errands::wanted, this,
            [&](quint64 one, const QString &, const QJsonObject &fields) {
                ticket = one;
                asked = fields;
            });
    auto *actions = chat.window.findChild<ChatActions *>();
    emit actions->notifications->aboutToShow();
    QCOMPARE(actions->notifications->actions().size(), 3);
    QVERIFY(actions->notifications->actions().first()->isChecked());
    actions->notifications->actions().last()->trigger();
    QCOMPARE(asked, QJsonObject({{u"room"_s, u"main"_s}, {u"level"_s, u"none"_s}}));
    chat.model.errands()->answered(ticket, Done{});
    QCOMPARE(chat.model.rooms()->find(u"main"_s)->level, NotifyLevel::None);
}

void TestChatWindow::offersTheRoomsActions()
{
    Chat chat;
    auto *actions = chat.window.findChild<ChatActions *>();
    QVERIFY(actions->settings->isEnabled());
    QVERIFY(!actions->administration->isVisible());
    chat.model.apply(UserChanged{u"ann"_s, {}, true, true});
    QVERIFY(actions->administration->isVisible());
    RoomState state = *chat.model.rooms()->find(u"quiet"_s);
    state.isClosed = true;
    chat.model.apply(RoomChanged{state});
    chat.model.apply(UserChanged{u"ann"_s, {}, true, false});
    chat.model.setCurrentRoom(u"quiet"_s);
    QVERIFY(!actions->invite->isEnabled());
    QVERIFY(actions->invite->toolTip().contains(u"moderators"_s));
    Item item;
    item.room = u"quiet"_s;
    item.seq = 1;
    item.kind = ItemKind::Role;
    item.name = u"ann"_s;
    item.role = u"moderator"_s;
    chat.model.apply(ItemAdded{item, {}});
    QVERIFY(actions->invite->isEnabled());
    emit actions->person->aboutToShow();
    QCOMPARE(actions->person->actions().size(), 1); // nobody is selected
    chat.model.openPrivate(u"bob"_s);
    QVERIFY(!actions->settings->isEnabled());
}

void TestChatWindow::moderatorsDeleteWhatOthersSaid()
{
    Chat chat;
    QSignalSpy erased(&chat.window, &ChatWindow::eraseRequested);
    chat.hear(u"main"_s, 1, u"rude"_s);
    const auto offered = [&chat] {
        std::unique_ptr<QMenu> menu(chat.view()->transcript()->createMenu(0, {}));
        for (const QAction *action : menu->actions()) {
            if (action->text().contains(u"Delete"_s))
                return true;
        }
        return false;
    };
    QVERIFY(!offered());
    RoomState state = *chat.model.rooms()->find(u"main"_s);
    state.role = RoomRole::Moderator;
    chat.model.apply(RoomChanged{state});
    QVERIFY(offered());
}

void TestChatWindow::showsRolesInWords()
{
    Chat chat;
    Person bob;
    bob.name = u"bob"_s;
    bob.role = RoomRole::Moderator;
    Person carl;
    carl.name = u"carl"_s;
    carl.role = RoomRole::Owner;
    carl.online = false;
    chat.model.applyMembers(u"main"_s, {u"main"_s, {bob, carl}, false, {}});
    const auto *people = chat.window.findChild<PeoplePane *>();
    const QAbstractItemModel *rows = people->list()->model();
    QCOMPARE(rows->index(0, 0).data(Qt::AccessibleTextRole).toString(), u"bob, moderator"_s);
    QCOMPARE(rows->index(1, 0).data(Qt::AccessibleTextRole).toString(), u"carl, owner, offline"_s);
    QCOMPARE(chat.model.rooms()->find(u"main"_s)->members, 1);
    chat.window.grab();
}

void TestChatWindow::showsNamesBeforeRoles()
{
    const QFontMetrics metrics{QFont()};
    const PersonDelegate::Words words{u"%1 (offline)"_s, u"bob"_s, u"moderator"_s};
    const auto fit = [&](int width) { return PersonDelegate::fitting(words, metrics, width); };
    const int text = metrics.horizontalAdvance(u"bob (offline)"_s);
    QCOMPARE(fit(4 * text).role, u"moderator"_s);
    QCOMPARE(fit(4 * text).text, u"bob (offline)"_s);
    QCOMPARE(fit(text).text, u"bob (offline)"_s); // and no role
    QCOMPARE(fit(text).role, QString());
    QVERIFY(fit(text / 2).text.startsWith(u"bo"_s));
    PersonDelegate::Words longer = words;
    longer.name = QString(40, u'x');
    const QString shortened = PersonDelegate::fitting(longer, metrics, 2 * text).text;
    QVERIFY(shortened.startsWith(u"xx"_s) && shortened.endsWith(u"(offline)"_s));
}

void TestChatWindow::completesWhoSpokeLastFirst()
{
    Chat chat;
    QVERIFY(chat.activate());
    for (const QString &name : {u"ann"_s, u"bea"_s, u"bob"_s, u"boris"_s})
        chat.model.apply(Entered{u"main"_s, name, u"native"_s});
    chat.hear(u"main"_s, 1, u"hello"_s, u"bob"_s);
    chat.hear(u"main"_s, 2, u"hello"_s, u"boris"_s);
    chat.hear(u"main"_s, 3, u"hello"_s, u"ann"_s); // oneself
    QStringList seen;
    QTest::keyClick(chat.edit(), Qt::Key_Space, Qt::ControlModifier);
    for (int i = 0; i < 4; ++i) {
        seen.append(chat.edit()->toPlainText());
        QTest::keyClick(chat.edit(), Qt::Key_Slash, Qt::AltModifier);
    }
    QCOMPARE(seen, QStringList({u"boris: "_s, u"bob: "_s, u"bea: "_s, u""_s}));
    chat.edit()->setPlainText(u"/ki"_s);
    chat.edit()->moveCursor(QTextCursor::End);
    QTest::keyClick(chat.edit(), Qt::Key_Tab);
    QCOMPARE(chat.edit()->toPlainText(), u"/kick "_s);
}

void TestChatWindow::completesRoomsThatWereHeardOf()
{
    Chat chat;
    chat.model.noteRoom(u"garden"_s);
    chat.model.roomLeft(u"quiet"_s);
    chat.model.openPrivate(u"bob"_s);
    QCOMPARE(chat.model.roomNames(), QStringList({u"main"_s, u"quiet"_s, u"garden"_s}));
    chat.edit()->setPlainText(u"/join ga"_s);
    chat.edit()->moveCursor(QTextCursor::End);
    QTest::keyClick(chat.edit(), Qt::Key_Tab);
    QCOMPARE(chat.edit()->toPlainText(), u"/join garden "_s);
}

void TestChatWindow::tellsHowManyFoundMessagesAreHidden()
{
    Chat chat;
    QVERIFY(chat.activate());
    QSignalSpy wanted(chat.model.search(), &SearchModel::pageWanted);
    QTest::keyClick(chat.edit(), Qt::Key_F, Qt::ControlModifier);
    SearchQuery query;
    query.text = u"tea"_s;
    chat.model.search()->start(query);
    chat.model.search()->applyPage(wanted.last().at(0).toULongLong(), foundPage());
    const auto status = [&chat] {
        QStringList texts;
        for (const QLabel *label : chat.window.searchPane()->findChildren<QLabel *>())
            texts.append(label->text());
        return texts.filter(u"found"_s).join(u'|');
    };
    QCOMPARE(status(), u"2 messages found"_s);
    chat.model.setIgnored({u"bob"_s});
    QCOMPARE(status(), u"0 messages found, and 2 of people whom you ignore"_s);
}

QTEST_MAIN(TestChatWindow)
#include "tst_chatwindow.moc"
