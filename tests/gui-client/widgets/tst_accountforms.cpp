#include "gui-client/widgets/accountforms.h"
#include "gui-client/widgets/accountmenu.h"
#include "gui-client/widgets/ignoredpeople.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestAccountForms : public QObject
{
    Q_OBJECT

private slots:
    void registers();
    void asksForAnInviteCode();
    void changesThePassword();
    void claims();
    void asksBeforePlainText();
    void waitsForTheAnswer();
    void offersWhatMakesSense();
    void listsIgnoredPeople();

private:
    static QLineEdit *field(const QDialog &form, const QString &name);
};

QLineEdit *TestAccountForms::field(const QDialog &form, const QString &name)
{
    for (auto *edit : form.findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == name)
            return edit;
    }
    return nullptr;
}

void TestAccountForms::registers()
{
    QWidget window;
    QPointer<RegisterForm> form = new RegisterForm(u"ann"_s, &window);
    QSignalSpy submitted(form, &RegisterForm::submitted);
    form->open();
    field(*form, u"Password"_s)->setText(u"short"_s);
    form->submitButton()->click();
    QVERIFY(!form->error().isEmpty());
    QVERIFY(submitted.isEmpty());
    QVERIFY(form->submitButton()->isEnabled());
    field(*form, u"Password"_s)->setText(u"jasmine tea"_s);
    field(*form, u"Password, once more"_s)->setText(u"jasmine tea"_s);
    form->submitButton()->click();
    QCOMPARE(submitted.size(), 1);
    QCOMPARE(submitted.first(), QVariantList({u"jasmine tea"_s, QString()}));
    QVERIFY(form->error().isEmpty());
    QVERIFY(form->isVisible()); // until the server has agreed
    form->succeed();
    QTRY_VERIFY(!form);
}

void TestAccountForms::asksForAnInviteCode()
{
    QWidget window;
    QPointer<RegisterForm> form = new RegisterForm(u"ann"_s, &window);
    QSignalSpy submitted(form, &RegisterForm::submitted);
    form->open();
    QVERIFY(QTest::qWaitForWindowActive(form));
    QVERIFY(field(*form, u"Password"_s)->hasFocus());
    QVERIFY(!field(*form, u"Invite code"_s)->isVisible());
    field(*form, u"Password"_s)->setText(u"jasmine tea"_s);
    field(*form, u"Password, once more"_s)->setText(u"jasmine tea"_s);
    form->submitButton()->click();
    form->refuse({.code = ErrorCode::InviteRequired}, {});
    const QString wanted = form->error();
    QVERIFY(wanted.contains(u"invite code"_s));
    QLineEdit *invite = field(*form, u"Invite code"_s);
    QVERIFY(invite->isVisible());
    QVERIFY(invite->hasFocus());
    QTest::keyClicks(invite, u"oolong"_s);
    QTest::keyClick(invite, Qt::Key_Return);
    QCOMPARE(submitted.size(), 2);
    QCOMPARE(submitted.at(1), QVariantList({u"jasmine tea"_s, u"oolong"_s}));
    form->refuse({.code = ErrorCode::InviteRequired}, {});
    QVERIFY(form->error() != wanted);
}

void TestAccountForms::changesThePassword()
{
    QWidget window;
    auto *form = new PasswordForm(&window);
    QSignalSpy submitted(form, &PasswordForm::submitted);
    form->open();
    QVERIFY(QTest::qWaitForWindowActive(form));
    field(*form, u"New password"_s)->setText(u"jasmine tea"_s);
    field(*form, u"New password, once more"_s)->setText(u"jasmine tea"_s);
    form->submitButton()->click();
    QVERIFY(form->error().contains(u"old password"_s));
    field(*form, u"Old password"_s)->setText(u"green"_s); // it may be of other times
    form->submitButton()->click();
    QCOMPARE(submitted.size(), 1);
    QCOMPARE(submitted.first(), QVariantList({u"green"_s, u"jasmine tea"_s}));
    form->refuse({.code = ErrorCode::WrongPassword}, {});
    QVERIFY(form->error().contains(u"old password"_s));
    QVERIFY(field(*form, u"Old password"_s)->hasFocus());
    QCOMPARE(field(*form, u"New password"_s)->text(), u"jasmine tea"_s);
    form->refuse({.code = ErrorCode::SlowDown, .retryMs = 4500}, {});
    QVERIFY(form->error().contains(u'5'));
}

void TestAccountForms::claims()
{
    QWidget window;
    auto *form = new ClaimForm(&window);
    QSignalSpy submitted(form, &ClaimForm::submitted);
    form->open();
    form->submitButton()->click();
    QVERIFY(!form->error().isEmpty());
    QVERIFY(submitted.isEmpty());
    field(*form, u"Code"_s)->setText(u" abc "_s);
    form->submitButton()->click();
    QCOMPARE(submitted.first().first().toString(), u"abc"_s);
    form->refuse({.code = ErrorCode::NotAllowed}, {});
    QVERIFY(form->error().contains(u"code"_s));
}

void TestAccountForms::asksBeforePlainText()
{
    QWidget window;
    auto *form = new ClaimForm(&window);
    QSignalSpy submitted(form, &ClaimForm::submitted);
    form->setUnprotected();
    form->open();
    field(*form, u"Code"_s)->setText(u"abc"_s);
    form->submitButton()->click();
    QVERIFY(submitted.isEmpty());
    QVERIFY(form->error().contains(u"not encrypted"_s));
    auto *plain = form->findChild<QCheckBox *>();
    QVERIFY(plain->isVisible());
    plain->click();
    QVERIFY(form->isAgreed());
    form->submitButton()->click();
    QCOMPARE(submitted.size(), 1);
}

void TestAccountForms::waitsForTheAnswer()
{
    QWidget window;
    auto *form = new ClaimForm(&window);
    QSignalSpy submitted(form, &ClaimForm::submitted);
    form->open();
    field(*form, u"Code"_s)->setText(u"abc"_s);
    form->accept();
    form->accept(); // twice is once
    QCOMPARE(submitted.size(), 1);
    QVERIFY(!form->submitButton()->isEnabled());
    form->refuse({.code = ErrorCode::Closing}, {});
    QVERIFY(form->error().contains(u"no connection"_s));
    QVERIFY(form->submitButton()->isEnabled());
    QCOMPARE(field(*form, u"Code"_s)->text(), u"abc"_s);
}

void TestAccountForms::offersWhatMakesSense()
{
    AccountMenu menu;
    menu.setUser({u"ann"_s, false, {}});
    QVERIFY(menu.who->text().contains(u"ann"_s));
    QVERIFY(menu.registerName->isEnabled());
    QVERIFY(!menu.changePassword->isEnabled());
    QVERIFY(!menu.claim->isEnabled());
    menu.setUser({u"ann"_s, true, {}});
    QVERIFY(!menu.registerName->isEnabled());
    QVERIFY(menu.changePassword->isEnabled());
    QVERIFY(menu.claim->isEnabled());
    menu.setUser({u"ann"_s, true, u"admin"_s});
    QVERIFY(!menu.claim->isEnabled());
    QVERIFY(menu.ignored->isEnabled());
    menu.setCapabilities(capabilitiesOf(ChatProtocol::Tea));
    QVERIFY(!menu.menuAction()->isVisible());
    menu.setCapabilities(capabilitiesOf(ChatProtocol::Teahouse));
    QVERIFY(menu.menuAction()->isVisible());
}

void TestAccountForms::listsIgnoredPeople()
{
    QWidget window;
    auto *people = new IgnoredPeople(&window);
    auto *list = people->findChild<QListView *>();
    QPushButton *stop = nullptr;
    for (auto *button : people->findChildren<QPushButton *>()) {
        if (button->text().contains(u"Stop"_s))
            stop = button;
    }
    QVERIFY(stop && !stop->isEnabled());
    people->setNames({u"bob"_s, u"carl"_s});
    people->open();
    QVERIFY(stop->isEnabled());
    QSignalSpy wanted(people, &IgnoredPeople::unignoreRequested);
    list->setCurrentIndex(list->model()->index(1, 0));
    stop->click();
    QCOMPARE(wanted.first().first().toString(), u"carl"_s);
    people->setNames({u"bob"_s});
    QCOMPARE(list->currentIndex().data().toString(), u"bob"_s);
    people->setNames({});
    QVERIFY(!stop->isEnabled());
}

QTEST_MAIN(TestAccountForms)
#include "tst_accountforms.moc"
