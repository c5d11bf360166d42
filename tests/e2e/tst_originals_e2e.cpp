#include "gui-client/app/clientapp.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/loginwindow.h"
#include "gui-client/widgets/messageedit.h"
#include "gui-client/widgets/peoplepane.h"
#include "gui-client/widgets/roomlist.h"
#include "gui-client/widgets/roomview.h"
#include "server/app/server.h"
#include "tests/support/fakeoriginal.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

/// Somebody with the plainest of clients.
class Plain
{
public:
    explicit Plain(quint16 port) { m_socket.connectToHost(u"127.0.0.1"_s, port); }

    void send(const QByteArray &bytes) { m_socket.write(bytes); }
    bool hears(const QByteArray &bytes)
    {
        m_heard += m_socket.readAll();
        return m_heard.contains(bytes);
    }
    QString name() const { return u"127.0.0.1:%1"_s.arg(m_socket.localPort()); }
    bool isConnected() const { return m_socket.state() == QTcpSocket::ConnectedState; }

private:
    QTcpSocket m_socket;
    QByteArray m_heard;
};

const QStringList doors = {u"tea"_s, u"wx"_s, u"guest"_s, u"relay"_s, u"line"_s, u"nul"_s};

} // namespace

/// The client at the doors that other programs use, from the login window on.
class TestOriginalsEndToEnd : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void findsOutOurOwn();
    void chatsAtWx();
    void chatsAtGuest();
    void chatsAtRelay();
    void chatsAtLine();
    void chatsAtNul();
    void chatsAtAnOldTeaServer();
    void keepsWhatIsBeingTyped();
    void refusesWhatIsNotPossible();
    void remembersTheProtocol();

private:
    void logIn(quint16 port, const QString &name, ChatProtocol protocol);
    void startApp();
    void say(const QString &text);
    QStringList lines() const;
    quint16 port(const QString &door) const;
    bool isShown(const char *part) const;
    QStringList menuTexts() const;

    std::unique_ptr<server::Server> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ClientApp> m_app;
};

void TestOriginalsEndToEnd::init()
{
    server::Settings settings;
    settings.flood = false;
    settings.perAddress = false;
    m_server = std::make_unique<server::Server>(settings, server::Server::About{u"test"_s});
    QList<server::ListenSpec> specs;
    for (const QString &door : doors)
        specs.append({door, u"127.0.0.1"_s, 0});
    const auto failure = m_server->start(specs);
    QVERIFY2(!failure, failure ? qPrintable(failure->text) : "");
    m_folder = std::make_unique<QTemporaryDir>();
    startApp();
}

void TestOriginalsEndToEnd::startApp()
{
    m_app = std::make_unique<ClientApp>(systemTools(), m_folder->filePath(u"settings.ini"_s));
    m_app->start({});
}

void TestOriginalsEndToEnd::cleanup()
{
    m_app.reset();
    m_server.reset();
}

quint16 TestOriginalsEndToEnd::port(const QString &door) const
{
    return m_server->listening().at(doors.indexOf(door)).port;
}

/// Fills in the form as a person does.
void TestOriginalsEndToEnd::logIn(quint16 port, const QString &name, ChatProtocol protocol)
{
    LoginWindow &form = m_app->loginWindow();
    QVERIFY(QTest::qWaitForWindowExposed(&form));
    auto *box = form.findChild<QComboBox *>();
    box->setFocus();
    while (form.protocol() != protocol)
        QTest::keyClick(box, Qt::Key_Down);
    for (QLineEdit *field : form.findChildren<QLineEdit *>()) {
        const bool isName = field->accessibleName() == u"User name"_s;
        if (!isName && field->accessibleName() != u"Server address"_s)
            continue; // a password is for accounts
        QCOMPARE(field->isEnabled(), !isName || capabilitiesOf(protocol).names);
        if (field->isEnabled()) {
            field->clear();
            QTest::keyClicks(field, isName ? name : u"127.0.0.1:%1"_s.arg(port));
        }
    }
    for (QPushButton *button : form.findChildren<QPushButton *>()) {
        if (button->text() == u"&Login"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_VERIFY(m_app->chatWindow());
    QVERIFY(m_app->chatWindow()->isVisible());
}

void TestOriginalsEndToEnd::say(const QString &text)
{
    RoomView *view = m_app->chatWindow()->roomView();
    QTest::keyClicks(view->edit(), text);
    QTest::mouseClick(view->sendButton(), Qt::LeftButton);
}

/// What was said, as `NAME: TEXT`, once it is certain; comings and goings and notices as they are.
QStringList TestOriginalsEndToEnd::lines() const
{
    QStringList texts;
    const TranscriptModel *transcript = m_app->model()->transcript(m_app->model()->currentRoom());
    for (int i = 0; transcript && i < transcript->rowCount(); ++i) {
        const TranscriptRow &row = transcript->row(i);
        if (row.kind == RowKind::Presence)
            texts.append((row.presence.constLast().last == Presence::Entered ? u"+ "_s : u"- "_s)
                         + row.presence.constLast().name);
        else if (row.state == RowState::Sent)
            texts.append(row.seq > 0 ? row.author + u": "_s + row.text : row.text);
    }
    return texts;
}

bool TestOriginalsEndToEnd::isShown(const char *part) const
{
    const QWidget *window = m_app->chatWindow();
    if (qstrcmp(part, "rooms") == 0)
        return window->findChild<client::RoomList *>()->isVisible();
    if (qstrcmp(part, "people") == 0)
        return window->findChild<PeoplePane *>()->isVisible();
    return m_app->chatWindow()->roomView()->usersButton()->isVisible();
}

/// The actions that can be seen.
QStringList TestOriginalsEndToEnd::menuTexts() const
{
    QStringList texts;
    for (const QAction *menu : m_app->chatWindow()->menuBar()->actions()) {
        if (!menu->isVisible())
            continue;
        for (const QAction *action : menu->menu()->actions()) {
            if (action->isVisible() && !action->isSeparator())
                texts.append(QString(action->text()).remove(u'&'));
        }
    }
    return texts;
}

void TestOriginalsEndToEnd::findsOutOurOwn()
{
    logIn(port(u"tea"_s), u"ann"_s, ChatProtocol::Automatic);
    QCOMPARE(m_app->session().link().protocol(), ChatProtocol::Teahouse);
    QCOMPARE(m_app->model()->currentRoom(), u"main"_s);
    QVERIFY(isShown("rooms") && isShown("people") && isShown("users"));
}

void TestOriginalsEndToEnd::chatsAtWx()
{
    logIn(port(u"wx"_s), u"ann"_s, ChatProtocol::Automatic);
    QCOMPARE(m_app->session().link().protocol(), ChatProtocol::Wx);
    QVERIFY(!isShown("rooms") && isShown("people") && isShown("users"));
    Plain bob(port(u"wx"_s));
    QTRY_VERIFY(bob.hears("Connect Success"));
    bob.send("login bob\n");
    QTRY_COMPARE(lines(), QStringList(u"+ bob"_s));
    say(u"hello"_s);
    QTRY_VERIFY(bob.hears("ann: hello\n"));
    bob.send("say 你好\n");
    const QStringList expected{u"+ bob"_s, u"ann: hello"_s, u"bob: 你好"_s};
    QTRY_COMPARE(lines(), expected);
    PeopleModel *people = m_app->model()->people(m_app->model()->currentRoom());
    QTRY_COMPARE(people->names(), QStringList({u"ann"_s, u"bob"_s}));
    m_app->quit();
    QTRY_VERIFY(bob.hears("ann has left the room.\n"));
}

void TestOriginalsEndToEnd::chatsAtGuest()
{
    logIn(port(u"guest"_s), {}, ChatProtocol::Automatic);
    QCOMPARE(m_app->session().link().protocol(), ChatProtocol::Guest);
    QVERIFY(!isShown("rooms") && !isShown("people") && !isShown("users"));
    const QString own = m_app->model()->ownName();
    Plain bob(port(u"guest"_s));
    QTRY_COMPARE(lines().size(), 2);
    say(u"hello"_s);
    QTRY_VERIFY(bob.hears('[' + own.toUtf8() + "] hello\r\n"));
    bob.send("ho\r\n");
    const QStringList expected{u"You're connected to the Python chatserver"_s, u"+ "_s + bob.name(),
                               own + u": hello"_s, bob.name() + u": ho"_s};
    QTRY_COMPARE(lines(), expected);
    m_app->quit();
    QTRY_VERIFY(bob.hears("Client left " + own.toUtf8() + "\r\n"));
}

void TestOriginalsEndToEnd::chatsAtRelay()
{
    logIn(port(u"relay"_s), {}, ChatProtocol::Relay);
    const QString own = m_app->model()->ownName();
    auto bob = std::make_unique<Plain>(port(u"relay"_s));
    QTRY_COMPARE(lines().size(), 1);
    const QString name = bob->name();
    say(u"hello"_s);
    QTRY_VERIFY(bob->hears("> hello\n"));
    bob->send("ho\n");
    QStringList expected{u"+ "_s + name, own + u": hello"_s, name + u": ho"_s};
    QTRY_COMPARE(lines(), expected);
    bob.reset();
    expected.append(u"- "_s + name);
    QTRY_COMPARE(lines(), expected);
    // One tea person and one of our own are in the same room.
    Plain carl(port(u"tea"_s));
    carl.send("login carl\r\nsay from tea\r\n");
    QTRY_COMPARE(lines().constLast(), u"carl: from tea"_s);
}

void TestOriginalsEndToEnd::chatsAtLine()
{
    logIn(port(u"line"_s), {}, ChatProtocol::Line);
    QCOMPARE(m_app->model()->currentRoom(), u"Teahouse"_s);
    Plain bob(port(u"line"_s));
    QTRY_VERIFY(bob.hears("Welcome to Teahouse\r\n"));
    say(u"hello"_s);
    QTRY_VERIFY(bob.hears("hello\r\n"));
    bob.send("ho\r\n");
    const QStringList expected{u": hello"_s, u": ho"_s};
    QTRY_COMPARE(lines(), expected);
}

void TestOriginalsEndToEnd::chatsAtNul()
{
    logIn(port(u"nul"_s), {}, ChatProtocol::Nul);
    const QString own = m_app->model()->ownName();
    Plain bob(port(u"nul"_s));
    bob.send(QByteArray("ho\0", 3));
    QTRY_COMPARE(lines(), QStringList(bob.name() + u": ho"_s));
    say(u"hello"_s);
    QTRY_VERIFY(bob.hears("): hello"));
    m_app->chatWindow()->roomView()->edit()->setPlainText(u"two\nlines"_s);
    QTest::mouseClick(m_app->chatWindow()->roomView()->sendButton(), Qt::LeftButton);
    const QStringList expected{bob.name() + u": ho"_s, own + u": hello"_s, own + u": two\nlines"_s};
    QTRY_COMPARE(lines(), expected);
}

void TestOriginalsEndToEnd::chatsAtAnOldTeaServer()
{
    test::FakeOriginal old(ChatProtocol::Tea);
    old.addName(u"bob"_s);
    logIn(old.port(), u"ann"_s, ChatProtocol::Automatic);
    QCOMPARE(m_app->session().link().protocol(), ChatProtocol::Tea);
    QCOMPARE(m_app->model()->currentRoom(), u"Old Tea"_s);
    QVERIFY(m_app->chatWindow()->windowTitle().startsWith(u"Old Tea - Teahouse"_s));
    QVERIFY(!isShown("rooms") && isShown("people") && isShown("users"));
    const QStringList menus{u"Close"_s,
                            u"Quit"_s,
                            u"Complete a Name or Command"_s,
                            u"Users"_s,
                            u"Jump to the Newest Message"_s,
                            u"About Teahouse"_s};
    QCOMPARE(menuTexts(), menus);
    QTRY_COMPARE(m_app->model()->people(u"Old Tea"_s)->names(), QStringList({u"ann"_s, u"bob"_s}));
    say(u"hello"_s);
    old.sendBytes("bob: hi\r\n");
    QTRY_COMPARE(lines().size(), 2);
    QVERIFY(lines().contains(u"ann: hello"_s) && lines().contains(u"bob: hi"_s));
    QVERIFY(old.takeReceived().endsWith("say hello\r\n"));
}

void TestOriginalsEndToEnd::keepsWhatIsBeingTyped()
{
    logIn(port(u"relay"_s), {}, ChatProtocol::Relay);
    MessageEdit *box = m_app->chatWindow()->roomView()->edit();
    QTest::keyClicks(box, u"half a sen"_s);
    auto bob = std::make_unique<Plain>(port(u"relay"_s));
    for (int i = 0; i < 300; ++i)
        bob->send("interrupting\n");
    QTRY_COMPARE(lines().size(), 301);
    bob.reset();
    QTRY_COMPARE(lines().size(), 302);
    QCOMPARE(box->toPlainText(), u"half a sen"_s);
    QCOMPARE(box->textCursor().position(), 10);
    QTest::keyClicks(box, u"tence"_s);
    Plain carl(port(u"relay"_s));
    QTRY_VERIFY(carl.isConnected());
    QTRY_COMPARE(lines().constLast(), u"+ "_s + carl.name());
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_VERIFY(carl.hears("> half a sentence\n"));
}

void TestOriginalsEndToEnd::refusesWhatIsNotPossible()
{
    logIn(port(u"guest"_s), {}, ChatProtocol::Guest);
    QTRY_COMPARE(lines().size(), 1);
    const QString room = m_app->model()->currentRoom();
    for (const QString &command : {u"/join garden"_s, u"/topic x"_s, u"/msg bob x"_s, u"/me x"_s,
                                   u"/away x"_s, u"/who"_s, u"/leave"_s}) {
        say(command);
        QCOMPARE(m_app->chatWindow()->roomView()->edit()->toPlainText(), command);
        m_app->chatWindow()->roomView()->edit()->clear();
    }
    QCOMPARE(lines().size(), 1);
    QCOMPARE(m_app->model()->currentRoom(), room);
    say(u"/help"_s);
    QVERIFY(lines().filter(u"/help"_s).size() == 1);
    QVERIFY(lines().filter(u"/join"_s).isEmpty());
}

void TestOriginalsEndToEnd::remembersTheProtocol()
{
    logIn(port(u"nul"_s), {}, ChatProtocol::Nul);
    QSignalSpy finished(m_app.get(), &ClientApp::finished);
    m_app->quit();
    QTRY_COMPARE(finished.size(), 1);
    startApp();
    QCOMPARE(m_app->loginWindow().protocol(), ChatProtocol::Nul);
    QCOMPARE(m_app->loginWindow().address(), u"127.0.0.1:%1"_s.arg(port(u"nul"_s)));
}

QTEST_MAIN(TestOriginalsEndToEnd)
#include "tst_originals_e2e.moc"
