#include "gui-client/widgets/loginwindow.h"

#include <QComboBox>
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

private:
    static QLineEdit *field(LoginWindow &window, const QString &name);
    static QPushButton *button(LoginWindow &window, const QString &text);
    static QString message(LoginWindow &window);
};

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
    QCOMPARE(
            login.at(0),
            QVariantList({u"host:1234"_s, u"ann"_s, QVariant::fromValue(ChatProtocol::Automatic)}));
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
    window.setAddress(u"host"_s);
    window.setName(u"ann"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
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
        QCOMPARE(login.takeFirst(),
                 QVariantList({u"host"_s, QString(), QVariant::fromValue(protocol)}));
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
    window.setAddress(u"host"_s);
    window.setName(u"ann"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    LoginFailure failure;
    failure.cause = LoginFailure::Cause::Silent;
    failure.host = u"host"_s;
    failure.port = 5000;
    window.showFailure(failure);
    QVERIFY(message(window).contains(u"choose the protocol by hand"_s));
    QVERIFY(window.findChild<QComboBox *>()->hasFocus());
    window.setProtocol(ChatProtocol::Relay); // which has something to say too
    window.showFailure(failure);
    for (const auto *label : window.findChildren<QLabel *>()) {
        if (label->isVisible() && label->wordWrap())
            QVERIFY(label->height() >= label->heightForWidth(label->width()));
    }
}

QTEST_MAIN(TestLoginWindow)
#include "tst_loginwindow.moc"
