// Makes the pictures of the documentation: the client's own windows over a server in this process.
//
//   teahouse_screenshots FOLDER
#include "gui-client/app/clientapp.h"
#include "gui-client/app/translations.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/loginwindow.h"
#include "gui-client/widgets/searchpane.h"
#include "server/app/server.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QListView>
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

private:
    QTcpSocket m_socket;
};

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
    app.chatWindow()->grab().save(QDir::current().filePath(u"search.png"_s));
}

void converse(quint16 port, ClientApp &app)
{
    ChatSession &session = app.session();
    const auto say = [&](const QString &text) {
        session.say(u"main"_s, text);
        QTest::qWait(60);
    };
    session.setTopic(u"main"_s, u"Today: Longjing and almond biscuits"_s);
    session.create(u"garden"_s, u"What grows outside"_s);
    QTest::qWait(100);
    Guest li(port, u"李雷"_s);
    Guest bob(port, u"bob"_s);
    Guest mei(port, u"小梅"_s);
    Guest zoe(port, u"Zoë"_s);
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
    bob.type(u"join garden"_s);
    bob.type(u"say The plum tree is in flower 🌸"_s);
    bob.type(u"join main"_s);
    zoe.type(u"away watering the plants"_s);
    QTest::qWait(300);
    app.model()->setCurrentRoom(u"main"_s);
    QTest::qWait(300);
    app.chatWindow()->grab().save(QDir::current().filePath(u"chat.png"_s));
    search(app);
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
    const quint16 port = server.listening().constFirst().port;
    const QTemporaryDir settings;
    ClientApp app(systemTools(), settings.filePath(u"settings.ini"_s));
    app.start({});
    LoginWindow &form = app.loginWindow();
    form.setAddress(u"tea.example.org"_s);
    form.setName(u"ann"_s);
    QTest::qWait(100);
    form.grab().save(QDir::current().filePath(u"login.png"_s));

    emit form.loginRequested({u"127.0.0.1:%1"_s.arg(port), u"ann"_s});
    if (!QTest::qWaitFor([&] { return app.chatWindow() != nullptr; })) {
        std::fprintf(stderr, "the login did not succeed\n");
        return 1;
    }
    app.chatWindow()->resize(980, 640);
    converse(port, app);
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
