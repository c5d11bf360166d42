#include "gui-client/app/clientapp.h"
#include "gui-client/app/settings.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/absencenote.h"
#include "gui-client/widgets/accountforms.h"
#include "gui-client/widgets/accountmenu.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/ignoredpeople.h"
#include "gui-client/widgets/loginwindow.h"
#include "gui-client/widgets/messageedit.h"
#include "gui-client/widgets/peoplepane.h"
#include "gui-client/widgets/roomkeyform.h"
#include "gui-client/widgets/roomview.h"
#include "gui-client/widgets/searchpane.h"
#include "gui-client/widgets/transcriptview.h"
#include "tests/gui-client/link/linkfixture.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace std::chrono_literals;
using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using test::FakeServer;

class TestClientApp : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void chats();
    void showsRefusalsOnTheForm();
    void showsAnAddressThatIsNone();
    void logsInWithEnter();
    void cancels();
    void returnsToTheFormWhenKicked();
    void staysWithWhomItIsWriting();
    void movesNobodyWhoIsWriting();
    void asksNobodyWhoIsWritingForAKey();
    void fillsTheGapAfterALostConnection();
    void showsTheGapOfTheServersMemory();
    void offersToReconnect();
    void remembersTheLogin();
    void keepsDraftsAndUnsentMessages();
    void writesDraftsSoon();
    void carriesOutCommands();
    void saysWhatIsNoCommand();
    void moderatesByCommands();
    void saysWhatABanMeans();
    void asksForTheKeyOfARoom();
    void saysThatOneIsMuted();
    void takesBackWhatIsTooLong_data();
    void takesBackWhatIsTooLong();
    void keepsWhatIsTooLongWhileSomethingIsWritten();
    void entersTheRoomOfTheCommandLine();
    void quitsInTime();
    void keepsPositionsAcrossABreak();
    void loadsWhatWasSaidLongAgo();
    void editsAndDeletes();
    void findsAndComesBack();
    void createsAnAccount();
    void comesBackWithoutAskingForThePassword();
    void keepsNoPasswordAnywhere();
    void registersAGuest();
    void opensFormsByCommands();
    void ignoresAndHearsAgain();
    void asksForThePasswordAfterItWasChanged();
    void saysThatThePartnerIsNotThere();

private:
    void startApp(const Options &options = {});
    void logIn(const QString &password = {});
    void type(const QString &text);
    void say(const QString &text);
    QString address() const { return u"127.0.0.1:%1"_s.arg(m_server->port()); }
    QAbstractButton *button(QWidget *window, const QString &text) const;
    QString formMessage() const;
    QStringList lines(const QString &room = u"main"_s) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<test::FakeAlarms> m_alarms;
    std::unique_ptr<ClientApp> m_app;
};

void TestClientApp::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<FakeServer>();
    startApp();
}

void TestClientApp::startApp(const Options &options)
{
    m_app.reset();
    m_alarms = std::make_unique<test::FakeAlarms>();
    m_app = std::make_unique<ClientApp>(test::fixedTools(*m_alarms),
                                        m_folder->filePath(u"s.ini"_s));
    m_app->start(options);
}

void TestClientApp::cleanup()
{
    m_app.reset();
    m_server.reset();
}

QAbstractButton *TestClientApp::button(QWidget *window, const QString &text) const
{
    for (QAbstractButton *one : window->findChildren<QAbstractButton *>()) {
        if (one->text().remove(u'&') == text)
            return one;
    }
    return nullptr;
}

QString TestClientApp::formMessage() const
{
    QStringList texts;
    for (const QLabel *label : m_app->loginWindow().findChildren<QLabel *>()) {
        if (!label->isHidden() && label->wordWrap())
            texts.append(label->text());
    }
    return texts.join(u'|');
}

void TestClientApp::logIn(const QString &password)
{
    LoginWindow &form = m_app->loginWindow();
    for (QLineEdit *field : form.findChildren<QLineEdit *>()) {
        field->clear();
        if (field->accessibleName() == u"User name"_s)
            QTest::keyClicks(field, u"ann"_s);
        else if (field->accessibleName() == u"Server address"_s)
            QTest::keyClicks(field, address());
        else if (field->accessibleName() == u"Password"_s)
            QTest::keyClicks(field, password);
    }
    QTest::mouseClick(button(&form, u"Login"_s), Qt::LeftButton);
    QTRY_VERIFY(m_app->chatWindow());
    QVERIFY(m_app->chatWindow()->isVisible());
    QVERIFY(!form.isVisible());
}

void TestClientApp::type(const QString &text)
{
    auto *box = m_app->chatWindow()->findChild<MessageEdit *>();
    QVERIFY(box);
    box->setPlainText(text);
}

void TestClientApp::say(const QString &text)
{
    type(text);
    QTest::mouseClick(button(m_app->chatWindow(), u"Send"_s), Qt::LeftButton);
}

QStringList TestClientApp::lines(const QString &room) const
{
    QStringList texts;
    const TranscriptModel *transcript = m_app->model()->transcript(room);
    for (int i = 0; transcript && i < transcript->rowCount(); ++i)
        texts.append(transcript->index(i, 0).data(TranscriptModel::TextRole).toString());
    return texts;
}

void TestClientApp::chats()
{
    m_server->add(u"bob"_s, u"before"_s);
    logIn();
    QTRY_COMPARE(lines(), QStringList(u"before"_s));
    say(u"hello 茶"_s);
    QCOMPARE(lines(), QStringList({u"before"_s, u"hello 茶"_s}));
    QTRY_COMPARE(m_server->count(u"say"_s), 1);
    m_server->say(u"bob"_s, u"hi ann 🍵"_s);
    QTRY_COMPARE(lines(), QStringList({u"before"_s, u"hello 茶"_s, u"hi ann 🍵"_s}));
    const TranscriptModel *transcript = m_app->model()->transcript(u"main"_s);
    QCOMPARE(transcript->index(1, 0).data(TranscriptModel::SeqRole).toInt(), 2);
    QTRY_COMPARE(m_app->model()->people(u"main"_s)->rowCount(), 2);

    QAbstractButton *users = button(m_app->chatWindow(), u"Users"_s);
    QVERIFY(users);
    auto *people = m_app->chatWindow()->findChild<PeoplePane *>();
    QVERIFY(people->isVisible());
    QTest::mouseClick(users, Qt::LeftButton);
    QVERIFY(!people->isVisible());
    QTest::mouseClick(users, Qt::LeftButton);
    QVERIFY(people->isVisible());

    QSignalSpy finished(m_app.get(), &ClientApp::finished);
    QTest::mouseClick(button(m_app->chatWindow(), u"Close"_s), Qt::LeftButton);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(m_server->count(u"logout"_s), 1);
}

void TestClientApp::showsRefusalsOnTheForm()
{
    m_server->refuse(u"login"_s, ErrorCode::NameTaken);
    m_app->loginWindow().setAddress(address());
    m_app->loginWindow().setName(u"ann"_s);
    QTest::mouseClick(button(&m_app->loginWindow(), u"Login"_s), Qt::LeftButton);
    QTRY_VERIFY(formMessage().contains(u"ann"_s));
    QVERIFY(!m_app->loginWindow().isBusy());
    QCOMPARE(m_app->loginWindow().address(), address());
    m_server->acceptAgain(u"login"_s);
    QTest::mouseClick(button(&m_app->loginWindow(), u"Login"_s), Qt::LeftButton);
    QTRY_VERIFY(m_app->chatWindow());
}

void TestClientApp::showsAnAddressThatIsNone()
{
    m_app->loginWindow().setAddress(u"a:0"_s);
    m_app->loginWindow().setName(u"ann"_s);
    QTest::mouseClick(button(&m_app->loginWindow(), u"Login"_s), Qt::LeftButton);
    QTRY_VERIFY(formMessage().contains(u"a:0"_s));
}

void TestClientApp::logsInWithEnter()
{
    m_app->loginWindow().setAddress(address());
    m_app->loginWindow().setName(u"ann"_s);
    for (QLineEdit *field : m_app->loginWindow().findChildren<QLineEdit *>()) {
        if (field->accessibleName() == u"User name"_s)
            QTest::keyClick(field, Qt::Key_Return);
    }
    QTRY_VERIFY(m_app->loginWindow().isBusy());
    QTRY_VERIFY(m_app->chatWindow());
}

void TestClientApp::cancels()
{
    m_server->setMute();
    startApp({address(), u"ann"_s, {}, {}});
    QVERIFY(m_app->loginWindow().isBusy());
    QTest::mouseClick(button(&m_app->loginWindow(), u"Cancel"_s), Qt::LeftButton);
    QVERIFY(!m_app->loginWindow().isBusy());
    QCOMPARE(m_app->session().link().state(), ServerLink::State::Idle);
}

void TestClientApp::returnsToTheFormWhenKicked()
{
    logIn();
    m_server->send(Closing{ClosingCode::Kicked, u"too much tea"_s});
    QTRY_VERIFY(!m_app->chatWindow());
    QVERIFY(m_app->loginWindow().isVisible());
    QVERIFY2(formMessage().contains(u"too much tea"_s), qPrintable(formMessage()));
    QCOMPARE(m_app->loginWindow().name(), u"ann"_s);
    logIn(); // there is a way back in
}

void TestClientApp::staysWithWhomItIsWriting()
{
    logIn();
    type(u"half a sent"_s);
    m_server->send(Closing{ClosingCode::Replaced, u"elsewhere"_s});
    QTRY_COMPARE(m_app->session().link().state(), ServerLink::State::Idle);
    QVERIFY(m_app->chatWindow() && m_app->chatWindow()->isVisible());
    QVERIFY(!m_app->loginWindow().isVisible());
    auto *box = m_app->chatWindow()->findChild<MessageEdit *>();
    box->moveCursor(QTextCursor::End);
    QTest::keyClicks(box, u"ence"_s);
    QCOMPARE(box->toPlainText(), u"half a sentence"_s);
    QAbstractButton *again = button(m_app->chatWindow(), u"Log In\u2026"_s);
    QVERIFY(again && again->isVisible());
    QTest::mouseClick(again, Qt::LeftButton);
    QTRY_VERIFY(!m_app->chatWindow());
    QVERIFY(m_app->loginWindow().isVisible());
    QVERIFY(!formMessage().isEmpty());
    logIn();
    QCOMPARE(m_app->chatWindow()->findChild<MessageEdit *>()->toPlainText(), u"half a sentence"_s);
}

void TestClientApp::movesNobodyWhoIsWriting()
{
    logIn();
    say(u"/join garden"_s);
    type(u"only for main"_s); // before the answer
    QTRY_VERIFY(m_app->model()->hasRoom(u"garden"_s));
    QCOMPARE(m_app->model()->currentRoom(), u"main"_s);
    QCOMPARE(m_app->chatWindow()->findChild<MessageEdit *>()->toPlainText(), u"only for main"_s);
    QVERIFY(lines().last().contains(u"garden"_s));
    say(u"/create cellar"_s);
    type(u"only for main"_s);
    QTRY_COMPARE(m_server->count(u"create"_s), 1);
    say(u"/leave"_s);
    type(u"only for main"_s);
    QTRY_VERIFY(m_app->model()->closure(u"main"_s));
    QCOMPARE(m_app->model()->currentRoom(), u"main"_s);
}

void TestClientApp::asksNobodyWhoIsWritingForAKey()
{
    logIn();
    m_server->on(u"join"_s, [](const Request &) -> std::optional<Reply> {
        return Reply(Error{.code = ErrorCode::RoomKey});
    });
    say(u"/join cellar"_s);
    type(u"only for main"_s);
    QTRY_VERIFY([this] {
        for (const QLabel *label : m_app->chatWindow()->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(u"needs a password"_s))
                return true;
        }
        return false;
    }());
    QVERIFY(!m_app->chatWindow()->findChild<RoomKeyForm *>());
}

void TestClientApp::fillsTheGapAfterALostConnection()
{
    m_server->add(u"bob"_s, u"1"_s);
    logIn();
    QTRY_COMPARE(lines().size(), 1);
    m_server->drop();
    QTRY_COMPARE(m_app->session().link().state(), ServerLink::State::Waiting);
    say(u"written offline"_s);
    for (int i = 2; i <= 450; ++i)
        m_server->add(u"bob"_s, QString::number(i));
    int asked = 0;
    // Somebody speaks between the pages.
    m_server->on(u"look"_s, [&](const Request &) {
        if (asked++ == 0)
            m_server->say(u"bob"_s, u"451"_s);
        return Reply(Answer(PersonList{u"main"_s, {}, false, {}}));
    });
    m_alarms->advance(1s);
    QTRY_COMPARE(m_app->session().link().state(), ServerLink::State::Online);
    QTRY_VERIFY(asked > 0);
    // 451 from bob, what was written offline, the line that says how long it was away.
    QTRY_COMPARE(lines().size(), 453);
    QStringList expected;
    for (int i = 1; i <= 451; ++i)
        expected.append(QString::number(i));
    QStringList seen = lines();
    QCOMPARE(seen.removeAll(u"written offline"_s), 1);
    seen.removeIf([](const QString &line) { return line.startsWith(u"Connected again"_s); });
    QCOMPARE(seen, expected);
}

void TestClientApp::showsTheGapOfTheServersMemory()
{
    m_server->add(u"bob"_s, u"old"_s);
    logIn();
    QTRY_COMPARE(lines(), QStringList(u"old"_s));
    const quint16 port = m_server->port();
    m_server = std::make_unique<FakeServer>();
    m_server->stopListening();
    m_server->listenOn(port);
    m_server->setEpoch(u"second"_s);
    m_server->add(u"carl"_s, u"new"_s);
    QTRY_COMPARE(m_app->session().link().state(), ServerLink::State::Waiting);
    m_alarms->advance(1s);
    QTRY_VERIFY(lines().contains(u"new"_s));
    QVERIFY(!lines().contains(u"old"_s));
    QCOMPARE(lines().size(), 2);
}

void TestClientApp::offersToReconnect()
{
    logIn();
    m_server->drop();
    QTRY_COMPARE(m_app->session().link().state(), ServerLink::State::Waiting);
    emit m_app->chatWindow()->stopReconnecting();
    QCOMPARE(m_app->session().link().state(), ServerLink::State::Idle);
    QVERIFY(m_app->chatWindow()->isVisible());
    emit m_app->chatWindow()->reconnectNow();
    QTRY_COMPARE(m_app->session().link().state(), ServerLink::State::Online);
}

void TestClientApp::remembersTheLogin()
{
    logIn();
    QSignalSpy finished(m_app.get(), &ClientApp::finished);
    m_app->quit();
    QTRY_COMPARE(finished.size(), 1);
    startApp();
    QCOMPARE(m_app->loginWindow().address(), address());
    QCOMPARE(m_app->loginWindow().name(), u"ann"_s);
    QVERIFY(!m_app->loginWindow().isBusy());
}

void TestClientApp::keepsDraftsAndUnsentMessages()
{
    logIn();
    m_server->drop();
    QTRY_COMPARE(m_app->session().link().state(), ServerLink::State::Waiting);
    say(u"not sent"_s);
    type(u"half a sent"_s);
    QSignalSpy finished(m_app.get(), &ClientApp::finished);
    m_app->quit();
    QTRY_COMPARE(finished.size(), 1);
    startApp();
    logIn();
    QCOMPARE(m_app->model()->draft(u"main"_s), u"not sent\nhalf a sent"_s);
    QCOMPARE(m_app->chatWindow()->findChild<MessageEdit *>()->toPlainText(),
             u"not sent\nhalf a sent"_s);
}

/// What ends without a word loses no text.
void TestClientApp::writesDraftsSoon()
{
    logIn();
    type(u"half a sent"_s);
    QTRY_COMPARE(Settings(m_folder->filePath(u"s.ini"_s)).drafts(address(), u"ann"_s),
                 (QMap<QString, QString>{{u"main"_s, u"half a sent"_s}}));
}

void TestClientApp::carriesOutCommands()
{
    logIn();
    m_server->takeVerbs();
    say(u"//not a command"_s);
    QTRY_COMPARE(m_server->count(u"say"_s), 1);
    QCOMPARE(m_server->take(u"say"_s).first().fields.text("text"_L1), u"/not a command"_s);
    say(u"/me pours tea"_s);
    QTRY_COMPARE(m_server->count(u"say"_s), 1);
    QCOMPARE(m_server->take(u"say"_s).first().fields.text("style"_L1), u"action"_s);
    say(u"/topic Green tea"_s);
    QTRY_COMPARE(m_server->count(u"topic"_s), 1);
    say(u"／join garden"_s);
    QTRY_COMPARE(m_app->model()->currentRoom(), u"garden"_s);
    say(u"/help"_s);
    QVERIFY(lines(u"garden"_s).size() > 5);
    say(u"/leave"_s);
    QTRY_COMPARE(m_app->model()->currentRoom(), u"main"_s);
    say(u"/msg bob psst"_s);
    QTRY_COMPARE(m_server->count(u"msg"_s), 1);
    QCOMPARE(m_app->model()->currentRoom(), u"@bob"_s);
    QCOMPARE(lines(u"@bob"_s), QStringList(u"psst"_s));
}

void TestClientApp::moderatesByCommands()
{
    logIn();
    QTRY_COMPARE(m_server->count(u"history"_s), 1);
    m_server->takeVerbs();
    say(u"/kick bob too loud"_s);
    QTRY_COMPARE(m_server->count(u"kick"_s), 1);
    const Fields kick = m_server->take(u"kick"_s).first().fields;
    QCOMPARE(kick.text("room"_L1), u"main"_s);
    QCOMPARE(kick.text("reason"_L1), u"too loud"_s);
    say(u"/ban bob server spam"_s);
    QTRY_COMPARE(m_server->count(u"ban"_s), 1);
    QVERIFY(!m_server->take(u"ban"_s).first().fields.contains("room"_L1));
    say(u"/mute bob 10m"_s);
    QTRY_COMPARE(m_server->count(u"mute"_s), 1);
    QVERIFY(m_server->take(u"mute"_s).first().fields.number("until"_L1) > 1'700'000'000'000u);
    say(u"/unmute bob"_s);
    say(u"/unban bob server"_s);
    say(u"/role bob none"_s);
    say(u"/invite bob"_s);
    say(u"/level none"_s);
    QTRY_COMPARE(m_server->count(u"level"_s), 1);
    QCOMPARE(m_server->takeVerbs(),
             QStringList({u"unmute"_s, u"unban"_s, u"role"_s, u"invite"_s, u"level"_s}));
    QTRY_COMPARE(m_app->model()->rooms()->find(u"main"_s)->level, NotifyLevel::None);
    QVERIFY(!lines().isEmpty());
    m_server->takeVerbs();
    say(u"/level loud"_s);
    QVERIFY(m_server->takeVerbs().isEmpty());
}

void TestClientApp::saysWhatABanMeans()
{
    logIn();
    m_server->on(u"ban"_s, [](const Request &request) -> std::optional<Reply> {
        Imposed imposed;
        imposed.isNameOnly = request.fields.text("name"_L1) == u"bob"_s;
        imposed.address = imposed.isNameOnly ? QString() : u"203.0.113.7"_s;
        return Reply(Answer(imposed));
    });
    say(u"/ban troll"_s);
    QTRY_VERIFY(lines().value(lines().size() - 1).endsWith(u"So is the address 203.0.113.7."_s));
    say(u"/ban bob"_s);
    QTRY_VERIFY(
            lines().value(lines().size() - 1)
                    .endsWith(u"This applies to the name only: others may share the address."_s));
}

void TestClientApp::asksForTheKeyOfARoom()
{
    logIn();
    m_server->on(u"join"_s, [](const Request &request) -> std::optional<Reply> {
        if (request.fields.text("key"_L1) != u"sesame"_s)
            return Reply(Error{.code = ErrorCode::RoomKey});
        RoomState room;
        room.room = u"cellar"_s;
        return Reply(Answer(RoomJoined{room}));
    });
    say(u"/join cellar"_s);
    QTRY_VERIFY(m_app->chatWindow()->findChild<RoomKeyForm *>());
    auto *form = m_app->chatWindow()->findChild<RoomKeyForm *>();
    QTest::keyClicks(form->findChild<QLineEdit *>(), u"sesame"_s);
    QTest::keyClick(form, Qt::Key_Return);
    QTRY_COMPARE(m_app->model()->currentRoom(), u"cellar"_s);
    say(u"/leave"_s);
    QTRY_COMPARE(m_app->model()->currentRoom(), u"main"_s);
    say(u"/join cellar sesame"_s);
    QTRY_COMPARE(m_app->model()->currentRoom(), u"cellar"_s);
}

void TestClientApp::saysThatOneIsMuted()
{
    logIn();
    m_server->on(u"say"_s, [](const Request &) -> std::optional<Reply> {
        Error error{.code = ErrorCode::Muted};
        error.other = u"spam"_s;
        return Reply(error);
    });
    say(u"hello"_s);
    auto *box = m_app->chatWindow()->findChild<MessageEdit *>();
    QTRY_VERIFY(!box->isEnabled());
    QVERIFY(box->placeholderText().contains(u"spam"_s));
    QCOMPARE(lines(), QStringList(u"hello"_s)); // it stays, to be tried again
}

void TestClientApp::saysWhatIsNoCommand()
{
    logIn();
    m_server->takeVerbs();
    say(u"/nonsense x"_s);
    QVERIFY(lines().isEmpty());
    bool said = false;
    for (const QLabel *label : m_app->chatWindow()->findChildren<QLabel *>())
        said = said || (!label->isHidden() && label->text().contains(u"/nonsense"_s));
    QVERIFY(said);
    QCOMPARE(m_app->chatWindow()->findChild<MessageEdit *>()->toPlainText(), u"/nonsense x"_s);
}

void TestClientApp::takesBackWhatIsTooLong_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("text") << u"too much"_s;
    QTest::newRow("action") << u"/me does too much"_s;
}

/// A server may take less than this one knows of.
void TestClientApp::takesBackWhatIsTooLong()
{
    QFETCH(QString, typed);
    logIn();
    m_server->refuse(u"say"_s, ErrorCode::TooMany);
    say(typed);
    const MessageEdit *edit = m_app->chatWindow()->roomView()->edit();
    QTRY_COMPARE(edit->toPlainText(), typed);
    QVERIFY(!lines().contains(u"too much"_s));
    m_server->acceptAgain(u"say"_s);
    type(u"!"_s);
    QTest::keyClick(m_app->chatWindow()->roomView()->edit(), Qt::Key_Return);
    QTRY_VERIFY(edit->toPlainText().isEmpty());
}

void TestClientApp::keepsWhatIsTooLongWhileSomethingIsWritten()
{
    logIn();
    m_server->refuse(u"say"_s, ErrorCode::TooLong);
    say(u"too much"_s);
    type(u"next"_s);
    TranscriptView *view = m_app->chatWindow()->roomView()->transcript();
    const auto failed = [view] {
        const TranscriptModel &model = *view->model();
        return isStuck(model.row(model.rowCount() - 1));
    };
    QTRY_VERIFY(failed());
    QVERIFY(lines().contains(u"too much"_s));
    QCOMPARE(m_app->chatWindow()->roomView()->edit()->toPlainText(), u"next"_s);
}

void TestClientApp::entersTheRoomOfTheCommandLine()
{
    startApp({address(), u"ann"_s, u"garden"_s, {}});
    QTRY_VERIFY(m_app->chatWindow());
    QTRY_COMPARE(m_app->model()->currentRoom(), u"garden"_s);
}

void TestClientApp::quitsInTime()
{
    logIn();
    m_server->setMute();
    QSignalSpy finished(m_app.get(), &ClientApp::finished);
    m_app->quit();
    QVERIFY(!m_app->chatWindow()->isVisible());
    m_alarms->advance(2s);
    QCOMPARE(finished.size(), 1);
}

void TestClientApp::keepsPositionsAcrossABreak()
{
    for (int i = 1; i <= 60; ++i)
        m_server->add(u"bob"_s, QString::number(i));
    m_server->setPosition(10);
    logIn();
    QVERIFY(QTest::qWaitForWindowActive(m_app->chatWindow()));
    QTRY_COMPARE(lines().size(), 60);
    TranscriptView *view = m_app->chatWindow()->roomView()->transcript();
    const TranscriptModel *transcript = m_app->model()->transcript(u"main"_s);
    QTRY_VERIFY(!view->rowRect(*transcript->markerRow()).isEmpty());
    QCOMPARE(transcript->row(*transcript->markerRow()).seq, 11u);
    QCOMPARE(m_app->model()->totalUnread(), 50);
    QCOMPARE(m_server->position(), 10u);
    m_server->drop();
    QTRY_COMPARE(m_app->session().link().state(), ServerLink::State::Waiting);
    m_server->add(u"bob"_s, u"61"_s);
    m_alarms->advance(1s);
    QTRY_COMPARE(m_app->model()->totalUnread(), 51);
    view->scrollToNewest();
    QTRY_COMPARE(m_server->position(), 61u);
    QCOMPARE(m_app->model()->totalUnread(), 0);
}

void TestClientApp::loadsWhatWasSaidLongAgo()
{
    for (int i = 1; i <= 350; ++i)
        m_server->add(u"bob"_s, QString::number(i));
    m_server->setPosition(350);
    logIn();
    QTRY_COMPARE(lines().size(), 100);
    TranscriptView *view = m_app->chatWindow()->roomView()->transcript();
    QTRY_VERIFY(view->isAtNewest());
    m_server->on(u"history"_s,
                 [](const Request &) { return Reply(Error{.code = ErrorCode::StoreUnavailable}); });
    QTest::keyClick(view, Qt::Key_Home);
    const TranscriptModel *transcript = m_app->model()->transcript(u"main"_s);
    QTRY_COMPARE(transcript->older(), TranscriptModel::Older::Failed);
    m_server->acceptAgain(u"history"_s);
    for (int i = 0; i < 10 && transcript->older() != TranscriptModel::Older::Beginning; ++i) {
        QTest::keyClick(view, Qt::Key_Home);
        QTRY_VERIFY(transcript->older() != TranscriptModel::Older::Loading);
    }
    QCOMPARE(lines().size(), 350);
    QCOMPARE(lines().first(), u"1"_s);
}

void TestClientApp::editsAndDeletes()
{
    logIn();
    say(u"gren tea"_s);
    QTRY_COMPARE(m_server->count(u"say"_s), 1);
    const TranscriptModel *transcript = m_app->model()->transcript(u"main"_s);
    QTRY_COMPARE(transcript->row(0).seq, 1u);
    QTest::keyClick(m_app->chatWindow()->findChild<MessageEdit *>(), Qt::Key_Up);
    type(u"green tea"_s);
    QTest::mouseClick(button(m_app->chatWindow(), u"Save"_s), Qt::LeftButton);
    QTRY_COMPARE(lines(), QStringList(u"green tea"_s));
    QVERIFY(transcript->row(0).edited);
    m_server->refuse(u"edit"_s, ErrorCode::StoreUnavailable);
    QTest::keyClick(m_app->chatWindow()->findChild<MessageEdit *>(), Qt::Key_Up);
    type(u"not lost"_s);
    QTest::mouseClick(button(m_app->chatWindow(), u"Save"_s), Qt::LeftButton);
    QTRY_COMPARE(m_app->chatWindow()->findChild<MessageEdit *>()->toPlainText(), u"not lost"_s);
    emit m_app->chatWindow()->eraseRequested(u"main"_s, 1);
    QTRY_COMPARE(transcript->row(0).kind, RowKind::Gone);
}

void TestClientApp::findsAndComesBack()
{
    m_server->add(u"bob"_s, u"where is the green tea"_s);
    for (int i = 2; i <= 500; ++i)
        m_server->add(u"bob"_s, QString::number(i));
    m_server->setPosition(500);
    logIn();
    QTRY_COMPARE(lines().size(), 100);
    TranscriptView *view = m_app->chatWindow()->roomView()->transcript();
    SearchQuery query;
    query.text = u"GREEN"_s;
    m_app->model()->search()->start(query);
    QTRY_COMPARE(m_app->model()->search()->rowCount(), 1);
    emit m_app->chatWindow()->searchPane()->chosen(u"main"_s, 1);
    const TranscriptModel *transcript = m_app->model()->transcript(u"main"_s);
    QTRY_VERIFY(transcript->isKnown(1));
    QTRY_COMPARE(view->found(), 1u);
    QVERIFY(!view->rowRect(*transcript->rowAt(1)).isEmpty());
    emit m_app->chatWindow()->searchPane()->backRequested();
    QTRY_VERIFY(view->isAtNewest());
    // Going down from there fills what is in between, without a number twice.
    emit m_app->chatWindow()->searchPane()->chosen(u"main"_s, 1);
    for (int i = 0; i < 100 && !view->isAtNewest(); ++i) {
        view->scrollPages(1);
        QTest::qWait(1);
    }
    QTRY_COMPARE(lines().size(), 500);
}

void TestClientApp::createsAnAccount()
{
    LoginWindow &form = m_app->loginWindow();
    form.setAddress(address());
    form.setName(u"ann"_s);
    m_server->refuse(u"register"_s, ErrorCode::InviteRequired);
    for (QCheckBox *box : form.findChildren<QCheckBox *>()) {
        if (box->text().contains(u"account"_s))
            box->click();
    }
    for (QLineEdit *field : form.findChildren<QLineEdit *>()) {
        if (field->accessibleName().startsWith(u"Password"_s))
            field->setText(u"jasmine tea"_s);
    }
    QTest::mouseClick(button(&form, u"Create Account"_s), Qt::LeftButton);
    QTRY_VERIFY(formMessage().contains(u"invite code"_s));
    m_server->take(u"register"_s);
    m_server->acceptAgain(u"register"_s);
    for (QLineEdit *field : form.findChildren<QLineEdit *>()) {
        if (field->accessibleName() == u"Invite code"_s)
            field->setText(u"oolong"_s);
    }
    QTest::mouseClick(button(&form, u"Create Account"_s), Qt::LeftButton);
    QTRY_VERIFY(m_app->chatWindow());
    const Request asked = m_server->take(u"register"_s).first();
    QCOMPARE(asked.fields.text("invite"_L1), u"oolong"_s);
    QVERIFY(m_app->model()->user().registered);
    QVERIFY(m_app->chatWindow()->accountMenu()->changePassword->isEnabled());
}

void TestClientApp::comesBackWithoutAskingForThePassword()
{
    logIn(u"jasmine tea"_s);
    QTRY_VERIFY(m_app->model()->user().registered);
    m_server->drop();
    QTRY_COMPARE(m_app->session().link().state(), ServerLink::State::Waiting);
    m_server->take(u"login"_s);
    m_alarms->advance(1s);
    QTRY_COMPARE(m_app->session().link().state(), ServerLink::State::Online);
    QCOMPARE(m_server->take(u"login"_s).first().fields.text("password"_L1), u"jasmine tea"_s);
}

void TestClientApp::keepsNoPasswordAnywhere()
{
    logIn(u"jasmine tea"_s);
    for (const QLineEdit *field : m_app->loginWindow().findChildren<QLineEdit *>())
        QVERIFY(!field->text().contains(u"jasmine"_s));
    type(u"/passwd jasmine tea"_s);
    QVERIFY(m_app->model()->draft(u"main"_s).isEmpty());
    say(u"/passwd jasmine tea"_s);
    type(u"/register jasmine"_s); // and it stands there when the program ends
    for (const QString &line : lines())
        QVERIFY(!line.contains(u"jasmine"_s));
    auto *box = m_app->chatWindow()->findChild<MessageEdit *>();
    QSignalSpy finished(m_app.get(), &ClientApp::finished);
    box->recallPrevious();
    QVERIFY(!box->toPlainText().contains(u"/passwd"_s));
    m_app->quit();
    QTRY_COMPARE(finished.size(), 1);
    m_app.reset();
    QFile settings(m_folder->filePath(u"s.ini"_s));
    QVERIFY(settings.open(QIODevice::ReadOnly));
    const QByteArray written = settings.readAll();
    QVERIFY(written.contains("ann"));
    QVERIFY(!written.contains("jasmine"));
}

void TestClientApp::registersAGuest()
{
    logIn();
    AccountMenu *menu = m_app->chatWindow()->accountMenu();
    menu->registerName->trigger();
    auto *form = m_app->chatWindow()->findChild<RegisterForm *>();
    QVERIFY(form);
    for (QLineEdit *field : form->findChildren<QLineEdit *>()) {
        if (field->accessibleName().startsWith(u"Password"_s))
            field->setText(u"jasmine tea"_s);
    }
    m_server->refuse(u"register"_s, ErrorCode::NotAllowed);
    form->accept();
    const auto texts = [form] {
        QStringList parts;
        for (const QLabel *label : form->findChildren<QLabel *>())
            parts.append(label->text());
        return parts.join(u'|');
    };
    QTRY_VERIFY(texts().contains(u"nobody"_s)); // on the form, and nowhere else
    m_server->acceptAgain(u"register"_s);
    form->accept();
    QTRY_VERIFY(m_app->model()->user().registered);
    QTRY_VERIFY(!m_app->chatWindow()->findChild<RegisterForm *>());
    QVERIFY(lines().last().contains(u"registered"_s));
    QVERIFY(!menu->registerName->isEnabled());
}

void TestClientApp::opensFormsByCommands()
{
    logIn();
    say(u"/passwd"_s); // of a guest
    QVERIFY(!m_app->chatWindow()->findChild<PasswordForm *>());
    say(u"/register"_s);
    QVERIFY(m_app->chatWindow()->findChild<RegisterForm *>());
    m_app->chatWindow()->findChild<RegisterForm *>()->close();
    m_app->model()->setUser({u"ann"_s, true, {}});
    say(u"/passwd"_s);
    auto *password = m_app->chatWindow()->findChild<PasswordForm *>();
    QVERIFY(password);
    password->close();
    say(u"/claim"_s);
    QVERIFY(m_app->chatWindow()->findChild<ClaimForm *>());
}

void TestClientApp::ignoresAndHearsAgain()
{
    m_server->add(u"bob"_s, u"before"_s);
    logIn();
    QTRY_COMPARE(lines(), QStringList(u"before"_s));
    say(u"/ignore ANN"_s);
    QCOMPARE(m_server->count(u"ignore"_s), 0);
    say(u"/ignore bob"_s);
    QTRY_VERIFY(lines().isEmpty());
    m_server->say(u"bob"_s, u"can you hear me?"_s);
    m_server->say(u"carl"_s, u"no"_s);
    QTRY_COMPARE(lines(), QStringList(u"no"_s));
    m_app->chatWindow()->accountMenu()->ignored->trigger();
    auto *people = m_app->chatWindow()->findChild<IgnoredPeople *>();
    QVERIFY(people);
    QTest::mouseClick(button(people, u"Stop Ignoring"_s), Qt::LeftButton);
    QTRY_COMPARE(lines(), QStringList({u"before"_s, u"can you hear me?"_s, u"no"_s}));
    QCOMPARE(m_server->count(u"unignore"_s), 1);
}

void TestClientApp::asksForThePasswordAfterItWasChanged()
{
    logIn(u"jasmine tea"_s);
    m_server->send(Closing{ClosingCode::PasswordChanged, {}});
    QTRY_VERIFY(m_app->loginWindow().isVisible());
    QVERIFY(formMessage().contains(u"password was changed"_s));
    QVERIFY(m_app->loginWindow().request().password.isEmpty());
    m_alarms->advance(60s);
    QCOMPARE(m_app->session().link().state(), ServerLink::State::Idle); // and stays there
}

void TestClientApp::saysThatThePartnerIsNotThere()
{
    m_server->on(u"look"_s, [](const Request &request) {
        PersonList list;
        list.room = request.fields.text("room"_L1);
        Person bob;
        bob.name = u"bob"_s;
        bob.online = false;
        bob.registered = true;
        list.people.append(bob);
        return Reply(Answer(list));
    });
    logIn();
    QTRY_COMPARE(m_app->model()->people(u"main"_s)->rowCount(), 1);
    say(u"/msg bob"_s);
    QCOMPARE(m_app->model()->currentRoom(), u"@bob"_s);
    const auto *note = m_app->chatWindow()->findChild<AbsenceNote *>();
    QVERIFY(note->isVisible());
    QVERIFY(note->text().contains(u"will read it later"_s));
    m_app->model()->setCurrentRoom(u"main"_s);
    QVERIFY(!note->isVisible());
}

QTEST_MAIN(TestClientApp)
#include "tst_clientapp.moc"
