#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/accountforms.h"
#include "gui-client/widgets/adminwindow.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/createroom.h"
#include "gui-client/widgets/ignoredpeople.h"
#include "gui-client/widgets/inviteform.h"
#include "gui-client/widgets/linkform.h"
#include "gui-client/widgets/loginwindow.h"
#include "gui-client/widgets/roomdirectory.h"
#include "gui-client/widgets/roomkeyform.h"
#include "gui-client/widgets/roomsettings.h"
#include "gui-client/widgets/sanctionform.h"
#include "gui-client/widgets/serverquestion.h"
#include "tests/gui-client/widgets/errandfixture.h"

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
    void formsAreNamed();
    void questionsAreNamed();

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

void TestAccessible::formsAreNamed()
{
    ChatModel model;
    test::logIn(model, RoomRole::Owner);
    AdminWindow administration(model, nullptr);
    QVERIFY(walk(administration) >= 20);
    RoomDirectory directory(model, nullptr);
    QVERIFY(walk(directory) >= 5);
    CreateRoom create(model, {}, nullptr);
    QVERIFY(walk(create) >= 6);
    RoomSettings settings(model, *model.rooms()->find(u"tea"_s), nullptr);
    QVERIFY(walk(settings) >= 10);
    SanctionForm sanction(
            model, {SanctionForm::Kind::Ban, SanctionForm::Reach::RoomOrServer, u"tea"_s, {}},
            nullptr);
    QVERIFY(walk(sanction) >= 5);
    InviteForm invite(*model.errands(), u"tea"_s, nullptr);
    QVERIFY(walk(invite) >= 3);
    LinkForm link(*model.errands(), {.host = u"host"_s}, LinkForm::Codes::Offered, nullptr);
    QVERIFY(walk(link) >= 7);
    RoomKeyForm key(model, u"tea"_s, nullptr);
    QVERIFY(walk(key) >= 3);
}

void TestAccessible::questionsAreNamed()
{
    ServerQuestion::Subject subject;
    subject.kind = ServerQuestion::Subject::Kind::ChangedKey;
    subject.address = u"10.0.0.5"_s;
    subject.key = Fingerprint::fromSha256(QByteArray(Fingerprint::size, 'k'));
    subject.before = subject.key;
    QWidget window;
    ServerQuestion question(subject, &window);
    QVERIFY(walk(question) >= 4);
}

QTEST_MAIN(TestAccessible)
#include "tst_accessible.moc"
