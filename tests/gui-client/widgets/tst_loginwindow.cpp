#include "gui-client/widgets/loginwindow.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
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
    void triesEncrypted();
    void takesAPastedLink();
    void takesATypedLinkAtTheEnd();
    void saysWhatIsWrongWithALink_data();
    void saysWhatIsWrongWithALink();
    void forgetsALinkWithItsAddress();
    void usesTheCodeWhereItCounts();
    void completesAddresses();

private:
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
