#include "gui-client/widgets/personactions.h"

#include "tests/gui-client/widgets/errandfixture.h"

#include <QAction>
#include <QMenu>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using test::AskedErrands;

namespace {

/// Ann in the room `tea`, and what she can do about the people there.
struct Desk
{
    explicit Desk(RoomRole role, const QString &standing = {})
    {
        test::logIn(model, role, standing);
    }

    ChatModel model;
    AskedErrands asked{model};
    QWidget window;
    PersonActions actions{model, &window};
};

} // namespace

/// The menus about somebody: what is offered to whom, and what it asks for.
class TestPersonActions : public QObject
{
    Q_OBJECT

private slots:
    void offersModeratorsWhatTheyMay();
    void saysWhyNot();
    void hasEachUndo();
    void givesAndTakesRoles();
    void handsOverAfterAQuestion();
    void invitesToAnotherRoom();
    void tellsWhatWasRefused();
    void opensTheFormsForSanctions();
    void leavesConversationsAlone();
    void namesAreNoMnemonics();

private:
    static QAction *find(const QMenu &menu, const QString &text);
};

QAction *TestPersonActions::find(const QMenu &menu, const QString &text)
{
    for (QAction *action : menu.actions()) {
        if (action->text().remove(u'&').remove(QChar(0x2026)) == text)
            return action;
    }
    return nullptr;
}

void TestPersonActions::offersModeratorsWhatTheyMay()
{
    Desk desk(RoomRole::Moderator);
    QMenu menu;
    desk.actions.fill(&menu, u"tea"_s, u"bob"_s);
    for (const auto &text : {u"Kick"_s, u"Mute"_s, u"Unmute"_s, u"Ban"_s, u"Unban"_s})
        QVERIFY2(find(menu, text)->isEnabled(), qPrintable(text));
    for (const auto &text : {u"Make Moderator"_s, u"Make Member"_s, u"Make Owner"_s})
        QVERIFY2(!find(menu, text)->isEnabled(), qPrintable(text));
    QVERIFY(!find(menu, u"Unban from the Server"_s));
}

void TestPersonActions::saysWhyNot()
{
    Desk desk(RoomRole::None);
    QMenu menu;
    desk.actions.fill(&menu, u"tea"_s, u"bob"_s);
    const QAction *kick = find(menu, u"Kick"_s);
    QVERIFY(!kick->isEnabled());
    QVERIFY(kick->toolTip().contains(u"moderators"_s));
    QVERIFY(menu.toolTipsVisible());
    for (const QAction *action : menu.actions())
        QVERIFY2(action->isSeparator() || action->isEnabled() || !action->toolTip().isEmpty(),
                 qPrintable(action->text()));
}

void TestPersonActions::hasEachUndo()
{
    Desk desk(RoomRole::None, u"admin"_s);
    QSignalSpy done(&desk.actions, &PersonActions::done);
    QMenu menu;
    desk.actions.fill(&menu, u"tea"_s, u"gone"_s); // somebody who is not there any more
    QVERIFY(!find(menu, u"Kick"_s)->isEnabled());
    find(menu, u"Unban"_s)->trigger();
    auto one = desk.asked.take();
    QCOMPARE(one.verb, u"unban"_s);
    QCOMPARE(one.fields, QJsonObject({{u"room"_s, u"tea"_s}, {u"name"_s, u"gone"_s}}));
    desk.asked.answer(one, Done{});
    QCOMPARE(done.size(), 1);
    find(menu, u"Unmute"_s)->trigger();
    QCOMPARE(desk.asked.take().verb, u"unmute"_s);
    find(menu, u"Unban from the Server"_s)->trigger();
    one = desk.asked.take();
    QCOMPARE(one.verb, u"unban"_s);
    QVERIFY(!one.fields.contains(u"room"_s));
}

void TestPersonActions::givesAndTakesRoles()
{
    Desk desk(RoomRole::Owner);
    QMenu menu;
    desk.actions.fill(&menu, u"tea"_s, u"bob"_s);
    QVERIFY(!find(menu, u"Take the Role Away"_s)->isEnabled()); // he has none
    find(menu, u"Make Moderator"_s)->trigger();
    QCOMPARE(desk.asked.take().fields,
             QJsonObject(
                     {{u"room"_s, u"tea"_s}, {u"name"_s, u"bob"_s}, {u"role"_s, u"moderator"_s}}));
    Item item;
    item.room = u"tea"_s;
    item.seq = 1;
    item.kind = ItemKind::Role;
    item.name = u"bob"_s;
    item.role = u"moderator"_s;
    desk.model.apply(ItemAdded{item, {}});
    QMenu again;
    desk.actions.fill(&again, u"tea"_s, u"bob"_s);
    QVERIFY(!find(again, u"Make Moderator"_s)->isEnabled());
    find(again, u"Take the Role Away"_s)->trigger();
    QCOMPARE(desk.asked.take().fields[u"role"_s].toString(), QString());
    QMenu guest;
    desk.actions.fill(&guest, u"tea"_s, u"gus"_s);
    QVERIFY(find(guest, u"Make Moderator"_s)->toolTip().contains(u"account"_s));
}

void TestPersonActions::handsOverAfterAQuestion()
{
    Desk desk(RoomRole::Owner);
    QMenu menu;
    desk.actions.fill(&menu, u"tea"_s, u"bob"_s);
    find(menu, u"Make Owner"_s)->trigger();
    QCOMPARE(desk.asked.count(), 0);
    auto *question = desk.window.findChild<QMessageBox *>();
    QVERIFY(question);
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    QCOMPARE(desk.asked.take().fields[u"role"_s].toString(), u"owner"_s);
}

void TestPersonActions::invitesToAnotherRoom()
{
    Desk desk(RoomRole::None);
    RoomState garden;
    garden.room = u"garden"_s;
    desk.model.roomJoined(garden);
    QMenu menu;
    desk.actions.fill(&menu, u"tea"_s, u"bob"_s);
    const QMenu *rooms = find(menu, u"Invite to Room"_s)->menu();
    QCOMPARE(rooms->actions().size(), 1); // not the room they are both in, and not main
    rooms->actions().first()->trigger();
    QCOMPARE(desk.asked.take().fields,
             QJsonObject({{u"room"_s, u"garden"_s}, {u"name"_s, u"bob"_s}}));
    QMenu self;
    desk.actions.fill(&self, u"tea"_s, u"ann"_s);
    QVERIFY(!find(self, u"Invite to Room"_s)->isEnabled());
}

void TestPersonActions::tellsWhatWasRefused()
{
    Desk desk(RoomRole::Moderator);
    QSignalSpy failed(&desk.actions, &PersonActions::failed);
    QMenu menu;
    desk.actions.fill(&menu, u"tea"_s, u"bob"_s);
    find(menu, u"Unmute"_s)->trigger();
    desk.asked.refuse(desk.asked.take(), ErrorCode::NoSuchUser);
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.first().first().toString().contains(u"bob"_s));
}

void TestPersonActions::opensTheFormsForSanctions()
{
    Desk desk(RoomRole::Moderator);
    QMenu menu;
    desk.actions.fill(&menu, u"tea"_s, u"bob"_s);
    find(menu, u"Ban"_s)->trigger();
    QCOMPARE(desk.window.findChildren<SanctionForm *>().size(), 1);
}

void TestPersonActions::leavesConversationsAlone()
{
    Desk desk(RoomRole::Owner);
    QMenu menu;
    desk.actions.fill(&menu, u"@bob"_s, u"bob"_s);
    QVERIFY(!find(menu, u"Kick"_s));
    QVERIFY(!find(menu, u"Ban"_s));
    QVERIFY(find(menu, u"Invite to Room"_s));
}

void TestPersonActions::namesAreNoMnemonics()
{
    Desk desk(RoomRole::None);
    RoomState odd;
    odd.room = u"R&D"_s;
    desk.model.roomJoined(odd);
    QMenu menu;
    desk.actions.fill(&menu, u"tea"_s, u"bob"_s);
    const QMenu *rooms = find(menu, u"Invite to Room"_s)->menu();
    QCOMPARE(rooms->actions().first()->text(), u"R&&D"_s);
}

QTEST_MAIN(TestPersonActions)
#include "tst_personactions.moc"
