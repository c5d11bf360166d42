#include "gui-client/models/nearbymodel.h"
#include "gui-client/widgets/loginwindow.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestLoginWindow : public QObject
{
    Q_OBJECT

private slots:
    void focusesTheFirstEmptyField();
    void enterLogsIn();
    void refusesEmptyFields();
    void showsFailuresAsPlainText();
    void keepsWhatWasTyped();
    void cancelsWhileBusy();
    void offersEveryProtocol();
    void asksForANameWhereThereAreNames();
    void triesWithoutANameWhenItMayDo();
    void leadsToTheChoiceOfProtocol();
    void staysOnItsScreen();
    void takesAPassword();
    void createsAnAccount();
    void refusesWeakPasswords();
    void asksForTheInviteCode();
    void leadsToTheField_data();
    void leadsToTheField();
    void asksBeforePlainText();
    void forgetsSecrets();
    void hidesNearbyWhereNothingCanBeHeard();
    void saysWhenNobodyIsNearby();
    void fillsInWhoIsNearby();
    void forgetsTheKeyOfAnotherAddress();
    void goesThereByEnter();
    void asksForTheNameBeforeGoingThere();
    void goesThereByADoubleClick();
    void choosesByKeys();
    void choosesNothingByItself();
    void refusesFalseClaims();
    void restsNearbyWhileBusy();
    void nearbyStaysOnASmallScreen();
    void triesEncrypted();
    void takesAPastedLink();
    void takesATypedLinkAtTheEnd();
    void saysWhatIsWrongWithALink_data();
    void saysWhatIsWrongWithALink();
    void forgetsALinkWithItsAddress();
    void usesTheCodeWhereItCounts();
    void completesAddresses();

private:
    static void addNearby(NearbyModel &model, const QString &name, const QString &host);
    static QListView *nearby(LoginWindow &window);
    static bool open(LoginWindow &window);
    static QLineEdit *field(LoginWindow &window, const QString &name);
    static QCheckBox *box(LoginWindow &window, const QString &text);
    static LoginFailure refusal(ErrorCode code);
    static QPushButton *button(LoginWindow &window, const QString &text);
    static QString message(LoginWindow &window);
};

/// With an address and a name, and active.
bool TestLoginWindow::open(LoginWindow &window)
{
    window.setAddress(u"host"_s);
    window.setName(u"ann"_s);
    window.show();
    return QTest::qWaitForWindowActive(&window);
}

QLineEdit *TestLoginWindow::field(LoginWindow &window, const QString &name)
{
    for (auto *edit : window.findChildren<QLineEdit *>()) {
        if (edit->accessibleName() == name)
            return edit;
    }
    return nullptr;
}

QPushButton *TestLoginWindow::button(LoginWindow &window, const QString &text)
{
    for (auto *button : window.findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

QString TestLoginWindow::message(LoginWindow &window)
{
    for (auto *label : window.findChildren<QLabel *>()) {
        if (label->frameShape() == QFrame::StyledPanel)
            return label->isHidden() ? QString() : label->text();
    }
    return {};
}

void TestLoginWindow::focusesTheFirstEmptyField()
{
    LoginWindow window;
    window.setAddress(u"host"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QVERIFY(field(window, u"User name"_s)->hasFocus());
    window.setAddress({});
    QVERIFY(field(window, u"Server address"_s)->hasFocus());
}

void TestLoginWindow::enterLogsIn()
{
    LoginWindow window;
    window.setAddress(u" host:1234 "_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QTest::keyClicks(QApplication::focusWidget(), u"ann"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(login.size(), 1);
    QCOMPARE(login.at(0).at(0).value<LoginRequest>(),
             LoginRequest({u"host:1234"_s, u"ann"_s, ChatProtocol::Automatic}));
    QTest::mouseClick(button(window, u"&Login"_s), Qt::LeftButton);
    QCOMPARE(login.size(), 2);
}

void TestLoginWindow::refusesEmptyFields()
{
    LoginWindow window;
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QTest::mouseClick(button(window, u"&Login"_s), Qt::LeftButton);
    const QString noAddress = message(window);
    QVERIFY(!noAddress.isEmpty());
    window.setAddress(u"host"_s);
    window.setProtocol(ChatProtocol::Teahouse);
    QTest::mouseClick(button(window, u"&Login"_s), Qt::LeftButton);
    QVERIFY(!message(window).isEmpty());
    QVERIFY(message(window) != noAddress);
    QCOMPARE(login.size(), 0);
    QTest::keyClicks(field(window, u"User name"_s), u"a"_s);
    QVERIFY(message(window).isEmpty());
}

void TestLoginWindow::showsFailuresAsPlainText()
{
    LoginWindow window;
    window.showMessage(u"<img src=/dev/zero><b>bold</b>"_s);
    QCOMPARE(message(window), u"<img src=/dev/zero><b>bold</b>"_s);
    for (const auto *label : window.findChildren<QLabel *>())
        QVERIFY(!label->pixmap().isNull() || label->textFormat() == Qt::PlainText);
}

void TestLoginWindow::keepsWhatWasTyped()
{
    LoginWindow window;
    window.setAddress(u"host"_s);
    window.setName(u"ann"_s);
    window.setBusy(true);
    LoginFailure failure;
    failure.cause = LoginFailure::Cause::Server;
    failure.error.code = ErrorCode::NameTaken;
    failure.name = u"ann"_s;
    window.showFailure(failure);
    QVERIFY(!window.isBusy());
    QCOMPARE(window.address(), u"host"_s);
    QCOMPARE(window.name(), u"ann"_s);
    QVERIFY(message(window).contains(u"ann"_s));
}

void TestLoginWindow::cancelsWhileBusy()
{
    LoginWindow window;
    QVERIFY(open(window));
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QSignalSpy cancelled(&window, &LoginWindow::cancelled);
    window.setBusy(true);
    QVERIFY(!field(window, u"User name"_s)->isEnabled());
    QTest::keyClick(&window, Qt::Key_Escape);
    QTest::mouseClick(button(window, u"&Cancel"_s), Qt::LeftButton);
    QCOMPARE(cancelled.size(), 2);
    QCOMPARE(login.size(), 0);
}

void TestLoginWindow::offersEveryProtocol()
{
    LoginWindow window;
    auto *box = window.findChild<QComboBox *>();
    QVERIFY(box);
    QCOMPARE(box->accessibleName(), u"Protocol"_s);
    QStringList texts;
    for (int i = 0; i < box->count(); ++i)
        texts.append(box->itemText(i));
    QCOMPARE(texts,
             QStringList({u"Automatic"_s, u"Teahouse"_s, u"Tea"_s, u"wx"_s, u"Guest chat"_s,
                          u"Relay"_s, u"Line"_s, u"NUL-framed"_s}));
    QCOMPARE(window.protocol(), ChatProtocol::Automatic);
    window.setProtocol(ChatProtocol::Relay);
    QCOMPARE(box->currentText(), u"Relay"_s);
    QVERIFY(field(window, u"Server address"_s)->placeholderText().contains(u"5000"_s));
    window.setBusy(true);
    QVERIFY(!box->isEnabled());
    QEvent change(QEvent::LanguageChange);
    QCoreApplication::sendEvent(&window, &change);
    QCOMPARE(window.protocol(), ChatProtocol::Relay);
}

void TestLoginWindow::asksForANameWhereThereAreNames()
{
    LoginWindow window;
    window.setAddress(u"host"_s);
    window.setName(u"ann"_s);
    QLineEdit *name = field(window, u"User name"_s);
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    for (const auto protocol :
         {ChatProtocol::Automatic, ChatProtocol::Teahouse, ChatProtocol::Tea, ChatProtocol::Wx}) {
        window.setProtocol(protocol);
        QVERIFY(name->isEnabled());
        QVERIFY(name->accessibleDescription().isEmpty());
    }
    for (const auto protocol :
         {ChatProtocol::Guest, ChatProtocol::Relay, ChatProtocol::Line, ChatProtocol::Nul}) {
        window.setProtocol(protocol);
        QVERIFY(!name->isEnabled());
        QVERIFY(!name->accessibleDescription().isEmpty());
        QTest::mouseClick(button(window, u"&Login"_s), Qt::LeftButton);
        QCOMPARE(login.takeFirst().at(0).value<LoginRequest>(),
                 LoginRequest({u"host"_s, QString(), protocol}));
        window.setBusy(true);
        window.setBusy(false);
        QVERIFY(!name->isEnabled());
    }
    window.setProtocol(ChatProtocol::Automatic);
    QCOMPARE(window.name(), u"ann"_s); // it was kept
}

void TestLoginWindow::triesWithoutANameWhenItMayDo()
{
    LoginWindow window;
    window.setAddress(u"host"_s);
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QTest::mouseClick(button(window, u"&Login"_s), Qt::LeftButton);
    QCOMPARE(login.size(), 1);
}

void TestLoginWindow::leadsToTheChoiceOfProtocol()
{
    LoginWindow window;
    QVERIFY(open(window));
    LoginFailure failure;
    failure.cause = LoginFailure::Cause::Silent;
    failure.host = u"host"_s;
    failure.port = 5000;
    window.showFailure(failure);
    QVERIFY(message(window).contains(u"choose its protocol"_s));
    QVERIFY(window.findChild<QComboBox *>()->hasFocus());
    window.setProtocol(ChatProtocol::Relay); // which has something to say too
    window.showFailure(failure);
    for (const auto *label : window.findChildren<QLabel *>()) {
        if (label->isVisible() && label->wordWrap())
            QVERIFY(label->height() >= label->heightForWidth(label->width()));
    }
}

/// A long refusal makes the window higher than there is room below it.
void TestLoginWindow::staysOnItsScreen()
{
    LoginWindow window;
    QVERIFY(open(window));
    const int bottom = window.screen()->availableGeometry().bottom();
    window.move(window.x(), bottom + 1 - window.height());
    const int before = window.height();
    LoginFailure failure = refusal(ErrorCode::Banned);
    failure.error.other = u"for this and that reason "_s.repeated(10);
    window.showFailure(failure);
    QVERIFY(window.height() > before);
    QCOMPARE(window.frameGeometry().bottom(), bottom);
}

QCheckBox *TestLoginWindow::box(LoginWindow &window, const QString &text)
{
    for (auto *box : window.findChildren<QCheckBox *>()) {
        if (QString(box->text()).remove(u'&').startsWith(text))
            return box;
    }
    return nullptr;
}

LoginFailure TestLoginWindow::refusal(ErrorCode code)
{
    LoginFailure failure;
    failure.cause = LoginFailure::Cause::Server;
    failure.error.code = code;
    failure.name = u"ann"_s;
    return failure;
}

void TestLoginWindow::takesAPassword()
{
    LoginWindow window;
    QVERIFY(open(window));
    QLineEdit *password = field(window, u"Password"_s);
    QVERIFY(password->hasFocus()); // the first empty field
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QTest::keyClicks(password, u" jasmine tea "_s);
    QTest::keyClick(password, Qt::Key_Return);
    QCOMPARE(login.size(), 1);
    const auto request = login.first().first().value<LoginRequest>();
    QCOMPARE(request.password, u" jasmine tea "_s); // blanks belong to it
    QVERIFY(!request.isNew);
    window.setProtocol(ChatProtocol::Tea);
    QVERIFY(!password->isEnabled()); // no accounts there
    QVERIFY(window.request().password.isEmpty());
}

void TestLoginWindow::createsAnAccount()
{
    LoginWindow window;
    window.setAddress(u"host"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QVERIFY(!field(window, u"Password, once more"_s)->isVisible());
    box(window, u"Create an account"_s)->click();
    QVERIFY(field(window, u"Password, once more"_s)->isVisible());
    QVERIFY(!field(window, u"Invite code"_s)->isVisible());
    QPushButton *create = button(window, u"Create Accoun&t"_s);
    QVERIFY(create);
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    create->click();
    QVERIFY(message(window).contains(u"user name"_s)); // with Automatic too
    window.setName(u"ann"_s);
    QTest::keyClicks(field(window, u"Password"_s), u"jasmine tea"_s);
    QTest::keyClicks(field(window, u"Password, once more"_s), u"jasmine tea"_s);
    create->click();
    QCOMPARE(login.size(), 1);
    const auto request = login.first().first().value<LoginRequest>();
    QVERIFY(request.isNew);
    QCOMPARE(request.password, u"jasmine tea"_s);
}

void TestLoginWindow::refusesWeakPasswords()
{
    LoginWindow window;
    QVERIFY(open(window));
    box(window, u"Create an account"_s)->click();
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QLineEdit *password = field(window, u"Password"_s);
    QLineEdit *repeated = field(window, u"Password, once more"_s);
    const auto submit = [&](const QString &first, const QString &second) {
        password->setText(first);
        repeated->setText(second);
        button(window, u"Create Accoun&t"_s)->click();
        return message(window);
    };
    const QString tooShort = submit(QString(7, u'x'), QString(7, u'x'));
    QVERIFY(tooShort.contains(u'8'));
    QVERIFY(password->hasFocus());
    QVERIFY(submit(QString(129, u'x'), QString(129, u'x')).contains(u"128"_s));
    const QString unlike = submit(QString(8, u'x'), QString(8, u'y'));
    QVERIFY(!unlike.isEmpty() && unlike != tooShort);
    QVERIFY(repeated->hasFocus());
    QCOMPARE(login.size(), 0);
    QCOMPARE(password->text(), QString(8, u'x')); // what was typed stays
    QVERIFY(submit(QString(8, u'x'), QString(8, u'x')).isEmpty());
    QVERIFY(submit(QString(128, u'x'), QString(128, u'x')).isEmpty());
    QCOMPARE(login.size(), 2);
}

void TestLoginWindow::asksForTheInviteCode()
{
    LoginWindow window;
    QVERIFY(open(window));
    box(window, u"Create an account"_s)->click();
    field(window, u"Password"_s)->setText(u"jasmine tea"_s);
    field(window, u"Password, once more"_s)->setText(u"jasmine tea"_s);
    LoginFailure failure = refusal(ErrorCode::InviteRequired);
    failure.registering = true;
    window.showFailure(failure);
    QLineEdit *invite = field(window, u"Invite code"_s);
    QVERIFY(invite->isVisible());
    QVERIFY(invite->hasFocus());
    const QString wanted = message(window);
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QTest::keyClicks(invite, u" oolong "_s);
    QTest::keyClick(invite, Qt::Key_Return);
    QCOMPARE(login.size(), 1);
    QCOMPARE(login.first().first().value<LoginRequest>().invite, u"oolong"_s);
    QCOMPARE(login.first().first().value<LoginRequest>().password, u"jasmine tea"_s);
    failure.withInvite = true; // that one was wrong
    window.showFailure(failure);
    QVERIFY(message(window) != wanted);
    QVERIFY(invite->hasFocus());
    window.setAddress(u"another"_s); // which may ask for none
    QVERIFY(!invite->isVisible());
}

void TestLoginWindow::leadsToTheField_data()
{
    QTest::addColumn<LoginFailure>("failure");
    QTest::addColumn<QString>("wanted");
    const auto row = [](const char *name, LoginFailure failure, const QString &wanted) {
        QTest::newRow(name) << failure << wanted;
    };
    row("wrong password", refusal(ErrorCode::WrongPassword), u"Password"_s);
    row("password required", refusal(ErrorCode::PasswordRequired), u"Password"_s);
    row("tls required", refusal(ErrorCode::TlsRequired), u"Password"_s);
    row("name taken", refusal(ErrorCode::NameTaken), u"User name"_s);
    row("name invalid", refusal(ErrorCode::NameInvalid), u"User name"_s);
    LoginFailure failure = refusal(ErrorCode::NotAllowed);
    failure.guests = false;
    row("no guests", failure, u"Password"_s);
    failure = {};
    failure.cause = LoginFailure::Cause::NoAccounts;
    row("no accounts", failure, u"Password"_s);
    failure.cause = LoginFailure::Cause::Closing;
    failure.closing.code = ClosingCode::PasswordChanged;
    row("password changed", failure, u"Password"_s);
    failure = {};
    failure.cause = LoginFailure::Cause::Refused;
    row("refused", failure, u"Server address"_s);
}

void TestLoginWindow::leadsToTheField()
{
    QFETCH(LoginFailure, failure);
    QFETCH(QString, wanted);
    LoginWindow window;
    window.setAddress(u"host"_s);
    window.setName(u"ann"_s);
    field(window, u"Password"_s)->setText(u"jasmine tea"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    window.setBusy(true);
    window.showFailure(failure);
    QVERIFY(!message(window).isEmpty());
    QVERIFY2(field(window, wanted)->hasFocus(), qPrintable(wanted));
    QCOMPARE(window.request().password, u"jasmine tea"_s);
}

void TestLoginWindow::asksBeforePlainText()
{
    LoginWindow window;
    window.setAddress(u"host"_s);
    window.setName(u"ann"_s);
    field(window, u"Password"_s)->setText(u"jasmine tea"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QCheckBox *plain = box(window, u"Send the password"_s);
    QVERIFY(!plain->isVisible());
    LoginFailure failure;
    failure.cause = LoginFailure::Cause::PlainText;
    failure.host = u"host"_s;
    window.showFailure(failure);
    QVERIFY(message(window).contains(u"not encrypted"_s));
    QVERIFY(plain->isVisible());
    QVERIFY(plain->width() >= plain->sizeHint().width()); // nothing of it is cut off
    QVERIFY(plain->hasFocus());
    QVERIFY(!window.request().overPlainText); // Enter alone does not agree
    QTest::keyClick(plain, Qt::Key_Space);
    QVERIFY(window.request().overPlainText);
    window.setAddress(u"other"_s);
    QVERIFY(!window.request().overPlainText);
    QVERIFY(!plain->isVisible());
}

void TestLoginWindow::forgetsSecrets()
{
    LoginWindow window;
    box(window, u"Create an account"_s)->click();
    for (const QString &name : {u"Password"_s, u"Password, once more"_s, u"Invite code"_s})
        field(window, name)->setText(u"secret"_s);
    window.forgetSecrets();
    for (const QString &name : {u"Password"_s, u"Password, once more"_s, u"Invite code"_s})
        QVERIFY(field(window, name)->text().isEmpty());
    QVERIFY(!window.request().isNew);
}

namespace {

const Fingerprint officeKey = *Fingerprint::fromSha256(QByteArray(32, '\x11'));

} // namespace

/// One whose key is officeKey.
void TestLoginWindow::addNearby(NearbyModel &model, const QString &name, const QString &host)
{
    model.setState(NearbyModel::State::Searched);
    model.see({2, 0, name, u"local"_s},
              {host,
               5005,
               {"v=1", "n=3", "name=" + name.toUtf8(), "fp=" + officeKey.shortText().toLatin1()}});
}

QListView *TestLoginWindow::nearby(LoginWindow &window)
{
    for (auto *list : window.findChildren<QListView *>()) {
        if (list->accessibleName() == "Servers nearby"_L1)
            return list;
    }
    return nullptr;
}

void TestLoginWindow::hidesNearbyWhereNothingCanBeHeard()
{
    NearbyModel model;
    LoginWindow window;
    QVERIFY(open(window));
    QVERIFY(!nearby(window)->isVisible());
    window.setNearby(model);
    QVERIFY(!nearby(window)->isVisible());
    addNearby(model, u"Office"_s, u"10.0.0.5"_s);
    QVERIFY(nearby(window)->isVisible());
    model.clear();
    model.setState(NearbyModel::State::Unavailable);
    QVERIFY(!nearby(window)->isVisible());
}

void TestLoginWindow::saysWhenNobodyIsNearby()
{
    NearbyModel model;
    LoginWindow window;
    window.setNearby(model);
    QVERIFY(open(window));
    const auto says = [&](const QString &text) {
        const auto labels = window.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text() == text;
        });
    };
    const QString vain = u"Some networks hide servers. Ask for the address or the link."_s;
    model.setState(NearbyModel::State::Searching);
    QVERIFY(says(u"Looking for servers\u2026"_s));
    QVERIFY(!says(vain));
    model.setState(NearbyModel::State::Searched);
    QVERIFY(says(vain));
    addNearby(model, u"Office"_s, u"10.0.0.5"_s);
    QVERIFY(!says(vain));
}

void TestLoginWindow::fillsInWhoIsNearby()
{
    NearbyModel model;
    addNearby(model, u"Office"_s, u"10.0.0.5"_s);
    LoginWindow window;
    window.setNearby(model);
    QVERIFY(open(window));
    window.setProtocol(ChatProtocol::Relay);
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QListView *list = nearby(window);
    const QModelIndex row = list->model()->index(0, 0);
    QVERIFY(row.data().toString().contains(u"Office"_s));
    QVERIFY(row.data().toString().contains(u"10.0.0.5"_s));
    QCOMPARE(row.data(Qt::AccessibleTextRole), row.data());
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(row).center());
    QCOMPARE(window.address(), u"10.0.0.5"_s);
    QCOMPARE(window.protocol(), ChatProtocol::Automatic);
    QCOMPARE(window.request().keyBegins, officeKey.shortText());
    QCOMPARE(login.size(), 0);
}

void TestLoginWindow::forgetsTheKeyOfAnotherAddress()
{
    NearbyModel model;
    addNearby(model, u"Office"_s, u"10.0.0.5"_s);
    LoginWindow window;
    window.setNearby(model);
    QVERIFY(open(window));
    QListView *list = nearby(window);
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(window.request().keyBegins, officeKey.shortText());
    QTest::keyClicks(field(window, u"Server address"_s), u"0"_s);
    QCOMPARE(window.request().keyBegins, QString());
}

void TestLoginWindow::goesThereByEnter()
{
    NearbyModel model;
    addNearby(model, u"Office"_s, u"10.0.0.5"_s);
    LoginWindow window;
    window.setNearby(model);
    QVERIFY(open(window));
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QListView *list = nearby(window);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(login.size(), 1);
    const auto request = login.first().first().value<LoginRequest>();
    QCOMPARE(request.address, u"10.0.0.5"_s);
    QCOMPARE(request.name, u"ann"_s);
    QCOMPARE(request.keyBegins, officeKey.shortText());
}

void TestLoginWindow::asksForTheNameBeforeGoingThere()
{
    NearbyModel model;
    addNearby(model, u"Office"_s, u"10.0.0.5"_s);
    LoginWindow window;
    window.setNearby(model);
    QVERIFY(open(window));
    window.setName({});
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QListView *list = nearby(window);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(login.size(), 0);
    QCOMPARE(window.address(), u"10.0.0.5"_s);
    QVERIFY(field(window, u"User name"_s)->hasFocus());
}

void TestLoginWindow::goesThereByADoubleClick()
{
    NearbyModel model;
    addNearby(model, u"Office"_s, u"10.0.0.5"_s);
    LoginWindow window;
    window.setNearby(model);
    QVERIFY(open(window));
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QListView *list = nearby(window);
    const QPoint place = list->visualRect(list->model()->index(0, 0)).center();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(login.size(), 1);
}

void TestLoginWindow::choosesByKeys()
{
    NearbyModel model;
    addNearby(model, u"Office"_s, u"10.0.0.5"_s);
    addNearby(model, u"Kitchen"_s, u"10.0.0.6"_s);
    LoginWindow window;
    window.setNearby(model);
    QVERIFY(open(window));
    QListView *list = nearby(window);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(window.address(), u"10.0.0.6"_s);
    QTest::keyClick(list, Qt::Key_Up);
    QCOMPARE(window.address(), u"10.0.0.5"_s);
    QVERIFY(list->hasFocus());
}

/// The next one takes the place of one that goes, which nobody has chosen.
void TestLoginWindow::choosesNothingByItself()
{
    NearbyModel model;
    addNearby(model, u"Office"_s, u"10.0.0.5"_s);
    addNearby(model, u"Kitchen"_s, u"10.0.0.6"_s);
    LoginWindow window;
    window.setNearby(model);
    QVERIFY(open(window));
    QListView *list = nearby(window);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Space);
    model.lose({2, 0, u"Office"_s, u"local"_s});
    QCOMPARE(list->model()->rowCount(), 1);
    QCOMPARE(window.address(), u"10.0.0.5"_s);
}

void TestLoginWindow::refusesFalseClaims()
{
    NearbyModel model;
    model.setKnownKeys([](const QString &) {
        return QList<Fingerprint>{*Fingerprint::fromSha256(QByteArray(32, '\x22'))};
    });
    addNearby(model, u"Office"_s, u"10.0.0.5"_s);
    LoginWindow window;
    window.setNearby(model);
    QVERIFY(open(window));
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QListView *list = nearby(window);
    const QModelIndex row = list->model()->index(0, 0);
    QVERIFY(row.data().toString().startsWith(u"Claims to be"_s));
    list->setFocus();
    list->setCurrentIndex(row);
    QTest::keyClick(list, Qt::Key_Return);
    QVERIFY(message(window).contains(u"Office"_s));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(row).center());
    QCOMPARE(login.size(), 0);
    QCOMPARE(window.address(), u"host"_s);
    QVERIFY(list->hasFocus());
}

void TestLoginWindow::restsNearbyWhileBusy()
{
    NearbyModel model;
    addNearby(model, u"Office"_s, u"10.0.0.5"_s);
    LoginWindow window;
    window.setNearby(model);
    QVERIFY(open(window));
    window.setBusy(true);
    QVERIFY(!nearby(window)->isEnabled());
    window.setBusy(false);
    QVERIFY(nearby(window)->isEnabled());
}

/// With many of them, long names and large letters.
void TestLoginWindow::nearbyStaysOnASmallScreen()
{
    const QFont before = QApplication::font();
    QFont large = before;
    large.setPointSizeF(18);
    QApplication::setFont(large);
    NearbyModel model;
    for (int i = 0; i < NearbyModel::most; ++i)
        addNearby(model, QString::number(i) + QString(60, u'W'), u"10.0.0.%1"_s.arg(i));
    {
        LoginWindow window;
        window.setNearby(model);
        QVERIFY(open(window));
        const QSize free = window.screen()->availableSize();
        QVERIFY(window.height() <= free.height() && window.width() <= free.width());
        const QPushButton *login = button(window, u"&Login"_s);
        QCOMPARE(login->visibleRegion().boundingRect(), login->rect());
        window.resize(1024, 600);
        QCOMPARE(window.height(), 600); // nothing in it asks for more
        QVERIFY(nearby(window)->height() < 600 / 2);
    }
    QApplication::setFont(before);
}

void TestLoginWindow::triesEncrypted()
{
    LoginWindow window;
    QVERIFY(open(window));
    QPushButton *tryIt = button(window, u"Try &Encrypted"_s);
    QVERIFY(!tryIt->isVisible());
    LoginFailure failure;
    failure.cause = LoginFailure::Cause::Silent;
    window.showFailure(failure);
    QVERIFY(tryIt->isVisible());
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QTest::mouseClick(tryIt, Qt::LeftButton);
    QVERIFY(login.at(0).at(0).value<LoginRequest>().tryEncrypted);
    QVERIFY(!window.request().tryEncrypted); // nor the next time
    window.showFailure(failure);
    failure.cause = LoginFailure::Cause::Refused;
    window.showFailure(failure);
    QVERIFY(!tryIt->isVisible());
}

void TestLoginWindow::takesAPastedLink()
{
    LoginWindow window;
    QVERIFY(open(window));
    const Fingerprint key = *Fingerprint::fromSha256(QByteArray(Fingerprint::size, 'k'));
    JoinLink link;
    link.host = u"10.0.0.5"_s;
    link.port = 6000;
    link.room = u"茶"_s;
    link.fingerprint = key;
    link.code = u"ABC-1"_s;
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QGuiApplication::clipboard()->setText(linkText(link));
    QLineEdit *address = field(window, u"Server address"_s);
    address->selectAll();
    address->paste();
    QCOMPARE(window.address(), u"10.0.0.5:6000"_s);
    QVERIFY(login.isEmpty()); // the person still presses Login
    QVERIFY(address->accessibleDescription().contains(u"茶"_s));
    const LoginRequest request = window.request();
    QCOMPARE(request.room, u"茶"_s);
    QCOMPARE(request.key, key);
    QCOMPARE(request.invite, u"ABC-1"_s);
    window.forgetSecrets(); // the login came about
    QVERIFY(!window.request().key);
    QVERIFY(window.request().invite.isEmpty());
}

void TestLoginWindow::takesATypedLinkAtTheEnd()
{
    LoginWindow window;
    QVERIFY(open(window));
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QLineEdit *address = field(window, u"Server address"_s);
    address->clear();
    QTest::keyClicks(address, u"teahouse://tea.local/garden"_s);
    QCOMPARE(window.address(), u"teahouse://tea.local/garden"_s);
    QTest::keyClick(address, Qt::Key_Return);
    QCOMPARE(window.address(), u"tea.local"_s);
    QVERIFY(login.isEmpty());
    QTest::mouseClick(button(window, u"&Login"_s), Qt::LeftButton);
    QCOMPARE(login.size(), 1);
    QCOMPARE(login.at(0).at(0).value<LoginRequest>().room, u"garden"_s);
}

void TestLoginWindow::saysWhatIsWrongWithALink_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("word");
    QTest::newRow("no host") << u"teahouse:///room"_s << u"teahouse://host"_s;
    QTest::newRow("too long") << u"teahouse://host/"_s + QString(1100, u'x')
                              << u"teahouse://host"_s;
    QTest::newRow("room") << u"teahouse://host/%20"_s << u"room"_s;
    QTest::newRow("fingerprint") << u"teahouse://host?fp=ABC"_s << u"fingerprint"_s;
    QTest::newRow("code") << u"teahouse://host?code=a%20b"_s << u"code"_s;
}

void TestLoginWindow::saysWhatIsWrongWithALink()
{
    QFETCH(QString, link);
    QFETCH(QString, word);
    LoginWindow window;
    QVERIFY(open(window));
    QSignalSpy login(&window, &LoginWindow::loginRequested);
    QLineEdit *address = field(window, u"Server address"_s);
    address->clear();
    address->insert(link);
    QVERIFY2(message(window).contains(word), qPrintable(message(window)));
    QCOMPARE(window.address(), link);
    QTest::mouseClick(button(window, u"&Login"_s), Qt::LeftButton);
    QVERIFY(login.isEmpty());
    QVERIFY(!message(window).isEmpty());
}

void TestLoginWindow::forgetsALinkWithItsAddress()
{
    LoginWindow window;
    QVERIFY(open(window));
    window.setLink({.host = u"host"_s, .room = u"garden"_s, .code = u"A"_s});
    QCOMPARE(window.request().room, u"garden"_s);
    QTest::keyClicks(field(window, u"Server address"_s), u"x"_s);
    QVERIFY(window.request().room.isEmpty());
    QVERIFY(window.request().invite.isEmpty());
}

void TestLoginWindow::usesTheCodeWhereItCounts()
{
    LoginWindow window;
    QVERIFY(open(window));
    window.setLink({.host = u"host"_s, .code = u"A"_s});
    QCOMPARE(window.request().invite, u"A"_s);
    QTest::keyClicks(field(window, u"Password"_s), u"jasmine tea"_s);
    QVERIFY(window.request().invite.isEmpty()); // an account needs none
    box(window, u"Create an account"_s)->setChecked(true);
    QCOMPARE(window.request().invite, u"A"_s);
}

void TestLoginWindow::completesAddresses()
{
    LoginWindow window;
    QVERIFY(open(window));
    window.setServers({{u"10.0.0.5"_s, u"Office"_s, u"ann2"_s}, {u"10.0.0.6"_s, {}, {}}});
    QLineEdit *address = field(window, u"Server address"_s);
    QCompleter *completer = address->completer();
    completer->setCompletionPrefix(u"offi"_s);
    QCOMPARE(completer->completionCount(), 1);
    QCOMPARE(completer->currentCompletion(), u"10.0.0.5"_s);
    emit completer->activated(completer->currentIndex());
    QCOMPARE(window.name(), u"ann2"_s);
}

QTEST_MAIN(TestLoginWindow)
#include "tst_loginwindow.moc"
