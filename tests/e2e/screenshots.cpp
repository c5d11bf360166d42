// Makes the pictures of the documentation: the client's own windows over a server in this process.
//
//   teahouse_screenshots FOLDER
#include "gui-client/app/clientapp.h"
#include "gui-client/app/translations.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/adminwindow.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/loginwindow.h"
#include "gui-client/widgets/peoplepane.h"
#include "gui-client/widgets/roomdesk.h"
#include "gui-client/widgets/searchpane.h"
#include "gui-client/widgets/tablepane.h"
#include "server/app/server.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QTabWidget>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <memory>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

/// Somebody at a plain line.
class Guest
{
public:
    Guest(quint16 port, const QString &name)
    {
        m_socket.connectToHost(u"127.0.0.1"_s, port);
        type(u"login "_s + name);
    }
    void type(const QString &line)
    {
        m_socket.write(line.toUtf8() + '\n');
        // One after the other: pictures are made of what was said in this order.
        QTest::qWait(60);
    }

    /// Keeps the name, which takes the time that a password takes.
    void registerName()
    {
        type(u"register a-cup-of-tea"_s);
        QTest::qWait(400);
    }

private:
    QTcpSocket m_socket;
};

void save(const QPixmap &picture, const QString &name)
{
    picture.save(QDir::current().filePath(name + u".png"_s));
}

/// Looks for tea in all rooms and follows the oldest result.
void search(ClientApp &app)
{
    SearchPane *pane = app.chatWindow()->searchPane();
    for (QAction *action : app.chatWindow()->findChildren<QAction *>()) {
        if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F))
            action->trigger();
    }
    pane->findChild<QLineEdit *>()->setText(u"茶"_s);
    pane->search();
    QTest::qWait(300);
    const QModelIndex last = pane->results()->model()->index(
            pane->results()->model()->rowCount() - 1, 0);
    pane->results()->setCurrentIndex(last);
    emit pane->chosen(last.data(SearchModel::RoomRole).toString(),
                      last.data(SearchModel::SeqRole).toULongLong());
    QTest::qWait(300);
    save(app.chatWindow()->grab(), u"search"_s);
}

/// The room that belongs to the user, with what may be done about somebody in it.
void moderate(ClientApp &app)
{
    ChatWindow &window = *app.chatWindow();
    app.model()->setCurrentRoom(u"garden"_s);
    QTest::qWait(300);
    auto *pane = window.findChild<PeoplePane *>();
    QMenu menu(&window);
    pane->fillMenu(&menu, u"bob"_s);
    menu.popup(window.mapToGlobal(QPoint()));
    QTest::qWait(100);
    const QPixmap list = menu.grab();
    menu.close();
    QPixmap picture = window.grab();
    QPainter painter(&picture);
    const int below = pane->mapTo(&window, QPoint(0, 120)).y();
    painter.drawPixmap(QPoint(window.width() - menu.width() - 12, below), list);
    painter.end();
    save(picture, u"people"_s);
}

/// The administrators' page.
void administer(ClientApp &app)
{
    app.chatWindow()->roomDesk()->openAdministration();
    QTest::qWait(300);
    auto *window = app.chatWindow()->findChild<AdminWindow *>();
    window->resize(780, 400);
    qobject_cast<TablePane *>(window->tabs()->widget(0))->select(1);
    QTest::qWait(100);
    save(window->grab(), u"admin"_s);
}

void converse(server::Server &server, ClientApp &app)
{
    const quint16 port = server.listening().constFirst().port;
    ChatSession &session = app.session();
    const auto say = [&](const QString &text) {
        session.say(u"main"_s, text);
        QTest::qWait(60);
    };
    session.claim(server.claimCode().value_or(QString()));
    QTest::qWait(100);
    session.setTopic(u"main"_s, u"Today: Longjing and almond biscuits"_s);
    session.create(u"garden"_s, u"What grows outside"_s);
    QTest::qWait(100);
    Guest li(port, u"李雷"_s);
    Guest bob(port, u"bob"_s);
    Guest mei(port, u"小梅"_s);
    Guest zoe(port, u"Zoë"_s);
    bob.registerName();
    zoe.registerName();
    bob.type(u"join garden"_s);
    bob.type(u"say The plum tree is in flower 🌸"_s);
    zoe.type(u"join garden"_s);
    zoe.type(u"say And the mint is up to the window"_s);
    for (const auto &[name, role] :
         {std::pair(u"bob"_s, u"moderator"_s), std::pair(u"Zoë"_s, u"member"_s)})
        app.model()->errands()->ask(
                u"role"_s, {{u"room"_s, u"garden"_s}, {u"name"_s, name}, {u"role"_s, role}},
                app.model());
    QTest::qWait(100);
    moderate(app);
    app.model()->setCurrentRoom(u"main"_s);
    for (Guest *guest : {&bob, &zoe})
        guest->type(u"join main"_s);
    QTest::qWait(100);
    bob.type(u"say Good morning! Is the kettle on?"_s);
    say(u"Good morning, bob. It just boiled 🫖"_s);
    say(u"Longjing or something stronger?"_s);
    li.type(u"say 大家好！今天喝什么茶？"_s);
    mei.type(u"say 龙井，配杏仁饼 🍵🍪"_s);
    bob.type(
            u"say Longjing for me, please. Somebody told me about https://example.org/tea/longjing"_s);
    zoe.type(u"me puts a plate of biscuits on the table"_s);
    say(u"李雷, 请坐! There is a cup for you."_s);
    li.type(u"say ann，谢谢！马上到 🏃"_s);
    zoe.type(u"msg ann Shall we plant the mint today?"_s);
    zoe.type(u"away watering the plants"_s);
    QTest::qWait(300);
    app.model()->setCurrentRoom(u"main"_s);
    QTest::qWait(300);
    save(app.chatWindow()->grab(), u"chat"_s);
    search(app);
    administer(app);
}

int run(const QString &folder)
{
    if (!QDir().mkpath(folder) || !QDir::setCurrent(folder)) {
        std::fprintf(stderr, "cannot write into %s\n", qPrintable(folder));
        return 1;
    }
    server::Server server({}, {u"1"_s});
    if (const auto failure = server.start({{u"tea"_s, u"127.0.0.1"_s, 0}})) {
        std::fprintf(stderr, "%s\n", qPrintable(failure->text));
        return 1;
    }
    const QTemporaryDir settings;
    ClientApp app(systemTools(), settings.filePath(u"settings.ini"_s));
    app.start({});
    LoginWindow &form = app.loginWindow();
    form.setAddress(u"tea.example.org"_s);
    form.setName(u"ann"_s);
    QTest::qWait(100);
    save(form.grab(), u"login"_s);

    LoginRequest request{u"127.0.0.1:%1"_s.arg(server.listening().constFirst().port), u"ann"_s};
    request.password = u"a-cup-of-tea"_s;
    request.isNew = true;
    emit form.loginRequested(request);
    if (!QTest::qWaitFor([&] { return app.chatWindow() != nullptr; })) {
        std::fprintf(stderr, "the login did not succeed\n");
        return 1;
    }
    app.chatWindow()->resize(980, 640);
    converse(server, app);
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication::setStyle(u"fusion"_s);
    QApplication app(argc, argv);
    QApplication::setApplicationName(u"teahouse"_s);
    QApplication::setQuitOnLastWindowClosed(false);
    QFont font(QStringList{u"DejaVu Sans"_s, u"WenQuanYi Micro Hei"_s}, 10);
    QApplication::setFont(font);
    installTranslations(app);
    return run(QApplication::arguments().value(1, u"."_s));
}
