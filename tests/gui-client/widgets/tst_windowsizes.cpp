#include "gui-client/widgets/accountforms.h"
#include "gui-client/widgets/adminwindow.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/createroom.h"
#include "gui-client/widgets/ignoredpeople.h"
#include "gui-client/widgets/invitationbar.h"
#include "gui-client/widgets/inviteform.h"
#include "gui-client/widgets/linkform.h"
#include "gui-client/widgets/loginwindow.h"
#include "gui-client/widgets/messageedit.h"
#include "gui-client/widgets/question.h"
#include "gui-client/widgets/roomdirectory.h"
#include "gui-client/widgets/roomkeyform.h"
#include "gui-client/widgets/roomsettings.h"
#include "gui-client/widgets/roomview.h"
#include "gui-client/widgets/sanctionform.h"
#include "gui-client/widgets/searchpane.h"
#include "gui-client/widgets/serverquestion.h"
#include "gui-client/widgets/topicform.h"
#include "gui-client/widgets/wrappedlabel.h"
#include "tests/gui-client/widgets/errandfixture.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

#include <memory>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

/// The longest name there can be, and the widest.
const QString widest(32, u'W');

QRect freeArea(const QWidget &window)
{
    return window.screen()->availableGeometry();
}

bool fits(const QWidget &window)
{
    const QSize free = freeArea(window).size();
    const QSize size = window.frameGeometry().size();
    return size.width() <= free.width() && size.height() <= free.height()
            && window.minimumWidth() <= free.width() && window.minimumHeight() <= free.height();
}

/// Whether all of a button can be clicked without scrolling.
bool isInSight(const QWidget &button)
{
    return button.isVisible() && button.visibleRegion().boundingRect() == button.rect()
            && button.window()->rect().contains(
                    QRect(button.mapTo(button.window(), QPoint()), button.size()));
}

using Window = std::unique_ptr<QWidget>;
using Maker = Window (*)(ChatModel &);

} // namespace

/// No window is larger than its screen, whatever the font; and nothing in it is out of reach.
class TestWindowSizes : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_font = QApplication::font(); }
    void cleanup() { QApplication::setFont(m_font); }

    void fitsTheScreen_data();
    void fitsTheScreen();
    void questionsFit_data();
    void questionsFit();
    void loginButtonStaysInSight_data();
    void loginButtonStaysInSight();
    void fieldsScrollToTheFocus();
    void formsGrowWithWhatIsWrong();
    void dialogsOpenOverTheirParent();
    void comesBackFromALargerScreen();
    void longNamesDoNotWidenTheWindow();
    void longWordsWrap();
    void shortensWithATip();
    void showsOneLineInTheEmptyBox();

private:
    static void enlarge(int percent);

    QFont m_font;
};

void TestWindowSizes::enlarge(int percent)
{
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * percent / 100);
    QApplication::setFont(font);
}

void TestWindowSizes::fitsTheScreen_data()
{
    QTest::addColumn<Maker>("make");
    QTest::addColumn<int>("percent");
    const std::pair<const char *, Maker> windows[] = {
            {"login", [](ChatModel &) -> Window { return std::make_unique<LoginWindow>(); }},
            {"chat",
             [](ChatModel &model) -> Window { return std::make_unique<ChatWindow>(model); }},
            {"administration",
             [](ChatModel &model) -> Window {
                 return std::make_unique<AdminWindow>(model, nullptr);
             }},
            {"register",
             [](ChatModel &) -> Window { return std::make_unique<RegisterForm>(widest, nullptr); }},
            {"password",
             [](ChatModel &) -> Window { return std::make_unique<PasswordForm>(nullptr); }},
            {"claim", [](ChatModel &) -> Window { return std::make_unique<ClaimForm>(nullptr); }},
            {"ignored",
             [](ChatModel &) -> Window { return std::make_unique<IgnoredPeople>(nullptr); }},
            {"directory",
             [](ChatModel &model) -> Window {
                 return std::make_unique<RoomDirectory>(model, nullptr);
             }},
            {"create",
             [](ChatModel &model) -> Window {
                 return std::make_unique<CreateRoom>(model, widest, nullptr);
             }},
            {"settings",
             [](ChatModel &model) -> Window {
                 return std::make_unique<RoomSettings>(model, *model.rooms()->find(u"tea"_s),
                                                       nullptr);
             }},
            {"sanction",
             [](ChatModel &model) -> Window {
                 return std::make_unique<SanctionForm>(
                         model,
                         SanctionForm::Order{SanctionForm::Kind::Ban,
                                             SanctionForm::Reach::RoomOrServer, widest, widest},
                         nullptr);
             }},
            {"invite",
             [](ChatModel &model) -> Window {
                 return std::make_unique<InviteForm>(*model.errands(), widest, nullptr);
             }},
            {"link",
             [](ChatModel &model) -> Window {
                 return std::make_unique<LinkForm>(
                         *model.errands(), JoinLink{.host = QString(60, u'w'), .room = widest},
                         LinkForm::Codes::Offered, nullptr);
             }},
            {"topic",
             [](ChatModel &model) -> Window {
                 return std::make_unique<TopicForm>(*model.errands(), widest, QString(400, u'W'),
                                                    nullptr);
             }},
            {"changed key",
             [](ChatModel &) -> Window {
                 ServerQuestion::Subject subject;
                 subject.kind = ServerQuestion::Subject::Kind::ChangedKey;
                 subject.address = QString(200, u'W');
                 subject.key = Fingerprint::fromSha256(QByteArray(Fingerprint::size, 'k'));
                 subject.before = subject.key;
                 return std::make_unique<ServerQuestion>(subject, nullptr);
             }},
            {"key", [](ChatModel &model) -> Window {
                 return std::make_unique<RoomKeyForm>(model, widest, nullptr);
             }}};
    for (const int percent : {100, 200, 300}) {
        for (const auto &[name, make] : windows)
            QTest::addRow("%s, %d %%", name, percent) << make << percent;
    }
}

void TestWindowSizes::fitsTheScreen()
{
    QFETCH(Maker, make);
    QFETCH(int, percent);
    enlarge(percent);
    ChatModel model;
    test::logIn(model, RoomRole::Owner);
    const Window window = make(model);
    window->setAttribute(Qt::WA_DeleteOnClose, false);
    window->show();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    QCoreApplication::processEvents();
    QVERIFY2(fits(*window), qPrintable(u"%1x%2"_s.arg(window->width()).arg(window->height())));
    for (const auto *box : window->findChildren<QDialogButtonBox *>()) {
        for (const QAbstractButton *button : box->buttons())
            QVERIFY2(isInSight(*button), qPrintable(button->text()));
    }
}

void TestWindowSizes::questionsFit_data()
{
    QTest::addColumn<int>("percent");
    QTest::addRow("100 %%") << 100;
    QTest::addRow("200 %%") << 200;
}

void TestWindowSizes::questionsFit()
{
    QFETCH(int, percent);
    enlarge(percent);
    QWidget parent;
    QMessageBox *box = ask(
            &parent,
            [] {
                return Question{u"Remove Account"_s,
                                u"Remove the account of %1? They are logged out, and no one will "
                                "ever have this name again."_s.arg(widest),
                                u"&Remove"_s, u"&Cancel"_s};
            },
            [] {});
    box->setCheckBox(new QCheckBox(u"&Erase everything they have said, for everyone"_s));
    QVERIFY(QTest::qWaitForWindowExposed(box));
    QVERIFY2(fits(*box), qPrintable(u"%1x%2"_s.arg(box->width()).arg(box->height())));
    for (const QAbstractButton *button : box->buttons())
        QVERIFY(isInSight(*button));
}

void TestWindowSizes::loginButtonStaysInSight_data()
{
    QTest::addColumn<int>("percent");
    QTest::addColumn<bool>("creates");
    QTest::addColumn<QString>("refusal");
    const QString words = u"It was refused, for a reason that takes a while to tell. "_s.repeated(
            8);
    for (const int percent : {100, 150, 200, 300}) {
        QTest::addRow("%d %%", percent) << percent << false << QString();
        QTest::addRow("%d %%, an account", percent) << percent << true << QString();
        QTest::addRow("%d %%, a refusal", percent) << percent << true << words;
        QTest::addRow("%d %%, a long word", percent) << percent << true << QString(400, u'x');
    }
}

void TestWindowSizes::loginButtonStaysInSight()
{
    QFETCH(int, percent);
    QFETCH(bool, creates);
    QFETCH(QString, refusal);
    enlarge(percent);
    LoginWindow window;
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto *account = window.findChild<QCheckBox *>();
    QVERIFY(account);
    account->setChecked(creates);
    if (!refusal.isEmpty())
        window.showMessage(refusal);
    QCoreApplication::processEvents();
    QVERIFY(fits(window));
    for (const auto *label : window.findChildren<QLabel *>()) {
        if (!refusal.isEmpty() && label->text() == refusal)
            QVERIFY(!label->visibleRegion().isEmpty());
    }
    for (const auto *button : window.findChildren<QPushButton *>()) {
        if (button->isVisible())
            QVERIFY2(isInSight(*button), qPrintable(button->text()));
    }
}

void TestWindowSizes::fieldsScrollToTheFocus()
{
    enlarge(300);
    LoginWindow window;
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const auto *area = window.findChild<QScrollArea *>();
    QVERIFY(area->verticalScrollBar()->maximum() > 0);
    auto *account = window.findChild<QCheckBox *>();
    account->setFocus();
    QTest::keyClick(account, Qt::Key_Space);
    QVERIFY(account->isChecked());
    QCoreApplication::processEvents();
    QVERIFY(!account->visibleRegion().isEmpty());
}

void TestWindowSizes::formsGrowWithWhatIsWrong()
{
    ClaimForm form(nullptr);
    form.setAttribute(Qt::WA_DeleteOnClose, false);
    form.show();
    QVERIFY(QTest::qWaitForWindowExposed(&form));
    const int before = form.height();
    form.accept(); // without a code
    QVERIFY(!form.error().isEmpty());
    QVERIFY(form.height() > before);
    QCoreApplication::processEvents();
    QCOMPARE(form.findChild<QScrollArea *>()->verticalScrollBar()->maximum(), 0);
}

void TestWindowSizes::dialogsOpenOverTheirParent()
{
    QWidget parent;
    parent.setGeometry(300, 100, 400, 500);
    parent.show();
    QVERIFY(QTest::qWaitForWindowExposed(&parent));
    const auto key = Fingerprint::fromSha256(QByteArray(Fingerprint::size, 'k'));
    auto *question = new ServerQuestion(
            {.kind = ServerQuestion::Subject::Kind::NewServer, .address = u"host"_s, .key = key},
            &parent);
    question->open();
    QVERIFY(QTest::qWaitForWindowExposed(question));
    QCoreApplication::processEvents();
    const QPoint off = question->frameGeometry().center() - parent.frameGeometry().center();
    QVERIFY2(off.manhattanLength() < parent.fontMetrics().height() * 3,
             qPrintable(u"%1, %2"_s.arg(off.x()).arg(off.y())));
}

void TestWindowSizes::comesBackFromALargerScreen()
{
    ChatModel model;
    ChatWindow window(model);
    const QRect free = freeArea(window);
    window.setGeometry(free.right() - 50, free.bottom() - 50, 3000, 2000);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(fits(window));
    QVERIFY(free.contains(window.geometry()));
}

void TestWindowSizes::longNamesDoNotWidenTheWindow()
{
    ChatModel model;
    test::logIn(model, RoomRole::Owner);
    ChatWindow window(model);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.searchPane()->show();
    QCoreApplication::processEvents();
    const int before = window.layout()->totalMinimumSize().width();
    RoomState room;
    room.room = widest;
    room.topic = QString(400, u'W');
    model.roomJoined(room);
    model.setCurrentRoom(widest);
    Greeting greeting;
    greeting.server = QString(64, u'W');
    model.greet(greeting);
    window.showError(QString(300, u'W'));
    window.showConnection(ConnectionState::Offline, 0, QString(300, u'W'));
    window.roomView()->setSilent(QString(300, u'W'), RoomView::SpeakAgain::OnTrial);
    window.findChild<InvitationBar *>()->add({widest, u"X"_s + widest.mid(1)});
    QCoreApplication::processEvents();
    const int after = window.layout()->totalMinimumSize().width();
    QVERIFY2(after <= before + 60, qPrintable(u"%1, not %2"_s.arg(after).arg(before)));
}

void TestWindowSizes::longWordsWrap()
{
    WrappedLabel label;
    label.setText(QString(200, u'x'));
    QVERIFY(label.minimumSizeHint().width() < 200);
    const int line = label.heightForWidth(10000);
    QVERIFY(label.heightForWidth(300) >= 3 * line);
}

void TestWindowSizes::shortensWithATip()
{
    ElidedLabel label;
    label.setText(widest);
    label.resize(100, 30);
    QVERIFY(label.shownText() != widest);
    QVERIFY(label.shownText().contains(QChar(0x2026)));
    label.resize(label.sizeHint());
    QCOMPARE(label.shownText(), widest);
}

void TestWindowSizes::showsOneLineInTheEmptyBox()
{
    MessageEdit edit;
    edit.setPrompt(u"Message to "_s + widest);
    edit.resize(150, 30);
    edit.show();
    QVERIFY(QTest::qWaitForWindowExposed(&edit));
    QVERIFY(edit.placeholderText().startsWith(u"Mess"_s));
    QVERIFY(edit.fontMetrics().horizontalAdvance(edit.placeholderText()) < 150);
}

QTEST_MAIN(TestWindowSizes)
#include "tst_windowsizes.moc"
