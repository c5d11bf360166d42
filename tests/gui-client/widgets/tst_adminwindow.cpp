#include "gui-client/widgets/adminwindow.h"

#include "gui-client/widgets/roomsettings.h"
#include "gui-client/widgets/tablepane.h"
#include "tests/gui-client/widgets/errandfixture.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using test::AskedErrands;

class TestAdminWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void listsEverything();
    void makesAdministrators();
    void saysWhyNot();
    void removesAccountsAfterAQuestion();
    void givesInviteCodes();
    void bansAndLifts();
    void opensRoomSettings();
    void filtersTheLog();

private:
    TablePane *pane(int tab) const;
    static QPushButton *button(QWidget &parent, const QString &text);
    static void confirm(QMessageBox *question);

    std::unique_ptr<ChatModel> m_model;
    std::unique_ptr<AskedErrands> m_asked;
    std::unique_ptr<AdminWindow> m_window;
};

void TestAdminWindow::init()
{
    m_model = std::make_unique<ChatModel>();
    test::logIn(*m_model, RoomRole::None, u"admin"_s);
    m_asked = std::make_unique<AskedErrands>(*m_model);
    m_window = std::make_unique<AdminWindow>(*m_model, nullptr);
    m_window->open();
    AccountList accounts;
    accounts.accounts = {{u"ann"_s, true, true, 1'700'000'000'000, 1'700'000'000'000},
                         {u"bob"_s, false, false, 1'700'000'000'000, 0}};
    m_asked->answer(m_asked->take(u"accounts"_s), accounts);
    RoomState tea;
    tea.room = u"tea"_s;
    RoomState other;
    other.room = u"other"_s;
    m_asked->answer(m_asked->take(u"rooms"_s), RoomList{{tea, other}, false, {}});
    SanctionList bans;
    bans.sanctions = {{SanctionKind::Ban, {}, u"10.0.0.1"_s, 0, u"<i>spam</i>"_s, u"ann"_s, 5}};
    m_asked->answer(m_asked->take(u"bans"_s), bans);
    AuditPage log;
    log.entries = {{9, 100, u"ann"_s, u"ban"_s, {}, u"10.0.0.1"_s, u"spam"_s},
                   {8, 90, {}, u"user-role"_s, {}, u"ann"_s, u"admin"_s}};
    m_asked->answer(m_asked->take(u"audit"_s), log);
}

void TestAdminWindow::cleanup()
{
    m_window.reset();
    m_asked.reset();
    m_model.reset();
}

TablePane *TestAdminWindow::pane(int tab) const
{
    return qobject_cast<TablePane *>(m_window->tabs()->widget(tab));
}

QPushButton *TestAdminWindow::button(QWidget &parent, const QString &text)
{
    for (QPushButton *one : parent.findChildren<QPushButton *>()) {
        if (one->text().remove(u'&').remove(QChar(0x2026)) == text)
            return one;
    }
    return nullptr;
}

void TestAdminWindow::confirm(QMessageBox *question)
{
    QVERIFY(question);
    for (QAbstractButton *one : question->buttons()) {
        if (question->buttonRole(one) == QMessageBox::DestructiveRole)
            one->click();
    }
}

void TestAdminWindow::listsEverything()
{
    const auto cell = [this](int tab, int row, int column) {
        return pane(tab)->table()->model()->index(row, column).data().toString();
    };
    QCOMPARE(cell(0, 0, AccountModel::Role), u"administrator"_s);
    QCOMPARE(cell(0, 1, AccountModel::Online), u"absent"_s);
    QCOMPARE(cell(0, 1, AccountModel::Seen), u"never"_s);
    QCOMPARE(cell(1, 1, 0), u"other"_s);
    QCOMPARE(cell(2, 0, SanctionModel::Until), u"for ever"_s);
    QCOMPARE(cell(2, 0, SanctionModel::Reason), u"<i>spam</i>"_s);
    QCOMPARE(cell(3, 1, AuditModel::By), u"the server's shell"_s);
    QCOMPARE(cell(3, 0, AuditModel::Verb), u"banned"_s);
    for (int tab = 0; tab < m_window->tabs()->count(); ++tab)
        QVERIFY(!pane(tab)->table()->model()->headerData(0, Qt::Horizontal).toString().isEmpty());
}

void TestAdminWindow::makesAdministrators()
{
    QPushButton *admin = button(*pane(0), u"Make Administrator"_s);
    QVERIFY(admin && !admin->isEnabled());
    pane(0)->select(1);
    QVERIFY(admin->isEnabled());
    admin->click();
    const auto one = m_asked->take();
    QCOMPARE(one.verb, u"user-role"_s);
    QCOMPARE(one.fields, QJsonObject({{u"name"_s, u"bob"_s}, {u"role"_s, u"admin"_s}}));
    m_asked->answer(one, Done{});
    QCOMPARE(admin->text().remove(u'&'), u"Take Administration Away"_s);
    admin->click();
    QCOMPARE(m_asked->take().fields[u"role"_s].toString(), QString());
}

void TestAdminWindow::saysWhyNot()
{
    pane(0)->select(0);
    button(*pane(0), u"Take Administration Away"_s)->click();
    m_asked->refuse(m_asked->take(), ErrorCode::NotAllowed, u"You are the last administrator."_s);
    bool said = false;
    for (const QLabel *label : pane(0)->findChildren<QLabel *>())
        said = said || (!label->isHidden() && label->text().contains(u"last administrator"_s));
    QVERIFY(said);
}

void TestAdminWindow::removesAccountsAfterAQuestion()
{
    pane(0)->select(1);
    button(*pane(0), u"Remove Account"_s)->click();
    QCOMPARE(m_asked->count(), 0);
    auto *question = m_window->findChild<QMessageBox *>();
    QVERIFY(question && question->text().contains(u"bob"_s));
    QCOMPARE(question->textFormat(), Qt::PlainText);
    question->checkBox()->click();
    confirm(question);
    const auto one = m_asked->take();
    QCOMPARE(one.verb, u"user-remove"_s);
    QCOMPARE(one.fields, QJsonObject({{u"name"_s, u"bob"_s}, {u"erase"_s, true}}));
    m_asked->answer(one, Done{});
    QCOMPARE(pane(0)->table()->model()->rowCount(), 1);
}

void TestAdminWindow::givesInviteCodes()
{
    button(*pane(0), u"New Invite Code"_s)->click();
    const auto one = m_asked->take();
    QCOMPARE(one.verb, u"invite-code"_s);
    m_asked->answer(one, InviteCode{u"c0de"_s, 1'700'000'000'000});
    auto *dialog = m_window->findChild<QDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QLineEdit *>()->text(), u"c0de"_s);
    button(*dialog, u"Copy"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), u"c0de"_s);
}

void TestAdminWindow::bansAndLifts()
{
    pane(2)->select(0);
    button(*pane(2), u"Lift"_s)->click();
    const auto lift = m_asked->take();
    QCOMPARE(lift.fields, QJsonObject({{u"name"_s, u"10.0.0.1"_s}}));
    m_asked->answer(lift, Done{});
    QCOMPARE(pane(2)->table()->model()->rowCount(), 0);
    button(*pane(2), u"Ban"_s)->click();
    auto *form = m_window->findChild<SanctionForm *>();
    QVERIFY(form);
    for (QLineEdit *line : form->findChildren<QLineEdit *>()) {
        if (line->accessibleName() == u"Whom"_s)
            line->setText(u"mallory"_s);
    }
    form->accept();
    const auto ban = m_asked->take();
    QVERIFY(!ban.fields.contains(u"room"_s));
    m_asked->answer(ban, Done{});
    QCOMPARE(m_asked->take().verb, u"bans"_s); // the list is asked for anew
    pane(0)->select(1);
    button(*pane(0), u"Kick"_s)->click();
    form = m_window->findChildren<SanctionForm *>().last();
    form->accept();
    QCOMPARE(m_asked->take().fields, QJsonObject({{u"room"_s, u"main"_s}, {u"name"_s, u"bob"_s}}));
}

void TestAdminWindow::opensRoomSettings()
{
    pane(1)->select(1);
    button(*pane(1), u"Settings"_s)->click();
    auto *settings = m_window->findChild<RoomSettings *>();
    QVERIFY(settings);
    QVERIFY(settings->windowTitle().contains(u"other"_s));
    QCOMPARE(settings->tabs()->count(), 3);
}

void TestAdminWindow::filtersTheLog()
{
    const QAbstractItemModel *rows = pane(3)->table()->model();
    pane(3)->filter()->setText(u"BANNED"_s);
    QCOMPARE(rows->rowCount(), 1);
    pane(3)->filter()->setText(u"nothing"_s);
    QCOMPARE(rows->rowCount(), 0);
    pane(3)->filter()->clear();
    QCOMPARE(rows->rowCount(), 2);
}

QTEST_MAIN(TestAdminWindow)
#include "tst_adminwindow.moc"
