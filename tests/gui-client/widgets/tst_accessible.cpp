#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/accountforms.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/ignoredpeople.h"
#include "gui-client/widgets/loginwindow.h"

#include <QAccessible>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

/// Walks what assistive programs see: whatever takes the focus must have a name.
class TestAccessible : public QObject
{
    Q_OBJECT

private slots:
    void loginWindowIsNamed();
    void chatWindowIsNamed();
    void accountFormsAreNamed();

private:
    static int walk(QWidget &window);
};

int TestAccessible::walk(QWidget &window)
{
    int focusable = 0;
    for (auto *widget : window.findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy()
            || widget->objectName().startsWith(u"qt_"_s))
            continue;
        const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
        if (!face || face->text(QAccessible::Name).isEmpty()) {
            QTest::qFail(qPrintable(u"no name: "_s
                                    + QLatin1StringView(widget->metaObject()->className())),
                         __FILE__, __LINE__);
        }
        ++focusable;
    }
    return focusable;
}

void TestAccessible::loginWindowIsNamed()
{
    LoginWindow window;
    QVERIFY(walk(window) >= 4);
}

void TestAccessible::chatWindowIsNamed()
{
    ChatModel model;
    ChatWindow window(model);
    QVERIFY(walk(window) >= 8);
}

void TestAccessible::accountFormsAreNamed()
{
    QWidget window;
    RegisterForm registering(u"ann"_s, &window);
    registering.askForInvite();
    QVERIFY(walk(registering) >= 7);
    PasswordForm password(&window);
    QVERIFY(walk(password) >= 8);
    ClaimForm claiming(&window);
    QVERIFY(walk(claiming) >= 3);
    IgnoredPeople people(&window);
    QVERIFY(walk(people) >= 3);
}

QTEST_MAIN(TestAccessible)
#include "tst_accessible.moc"
