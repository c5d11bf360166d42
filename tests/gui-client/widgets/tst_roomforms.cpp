#include "gui-client/widgets/createroom.h"
#include "gui-client/widgets/inviteform.h"
#include "gui-client/widgets/retentionedit.h"
#include "gui-client/widgets/roomdirectory.h"
#include "gui-client/widgets/roomkeyform.h"
#include "gui-client/widgets/roomsettings.h"
#include "gui-client/widgets/sanctionform.h"
#include "gui-client/widgets/tablepane.h"
#include "gui-client/widgets/topicform.h"
#include "shared/limits.h"
#include "tests/gui-client/widgets/errandfixture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QTreeView>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using test::AskedErrands;

namespace {

/// The settings of the room `tea`, opened by its owner; its tables are not answered.
struct Settings
{
    Settings()
    {
        form.setAttribute(Qt::WA_DeleteOnClose, false);
        form.show();
        asked.take(u"bans"_s);
        asked.take(u"audit"_s);
    }

    ChatModel model;
    AskedErrands asked{(test::logIn(model, RoomRole::Owner), model)};
    RoomSettings form{model, *model.rooms()->find(u"tea"_s), nullptr};
};

} // namespace

/// The forms about rooms: what they ask the server for, and that nothing typed is lost when it says
/// no.
class TestRoomForms : public QObject
{
    Q_OBJECT

private slots:
    void directoryListsAndFilters();
    void directoryJoinsWhatIsSelected();
    void directoryAsksForThePassword();
    void directoryEntersWhatIsNotListed();
    void directoryShowsARoomOnesIn();
    void directoryLooksFurtherForTheFilter();
    void createsWithEverything();
    void createKeepsWhatWasTyped();
    void createNeedsAName();
    void keepWhatIsTooLong();
    void topicStaysWhenItIsRefused();
    void keyFormTriesAgain();
    void settingsChangeOnlyWhatWasChanged();
    void settingsSaveTheTopicFirst();
    void settingsAskBeforeErasing();
    void settingsTakeThePasswordAway();
    void settingsAreShownToMembers();
    void settingsHandOver();
    void settingsListBansAndLog();
    void kicksMutesAndBans();
    void bansFromTheServer();
    void bansByAddress();
    void invites();

private:
    static QWidget *field(QWidget &form, const QString &name);
    static void type(QWidget &form, const QString &name, const QString &text);
    static RoomJoined joined(const QString &room);
    static RoomState room(const QString &name, const QString &topic = {});
};

/// By the name under which it is read aloud.
QWidget *TestRoomForms::field(QWidget &form, const QString &name)
{
    for (QWidget *widget : form.findChildren<QWidget *>()) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

void TestRoomForms::type(QWidget &form, const QString &name, const QString &text)
{
    auto *line = qobject_cast<QLineEdit *>(field(form, name));
    QVERIFY2(line, qPrintable(name));
    line->clear();
    QTest::keyClicks(line, text);
}

RoomState TestRoomForms::room(const QString &name, const QString &topic)
{
    RoomState state;
    state.room = name;
    state.topic = topic;
    return state;
}

RoomJoined TestRoomForms::joined(const QString &name)
{
    return {room(name)};
}

void TestRoomForms::directoryListsAndFilters()
{
    ChatModel model;
    AskedErrands asked(model);
    RoomDirectory directory(model, nullptr);
    directory.show();
    RoomState shut = room(u"shut"_s, u"<b>Secrets</b>"_s);
    shut.isClosed = shut.hasKey = true;
    asked.answer(asked.take(u"rooms"_s),
                 RoomList{{room(u"garden"_s, u"Plants"_s), shut}, false, {}});
    const QAbstractItemModel *rows = directory.pane()->table()->model();
    QCOMPARE(rows->rowCount(), 2);
    QCOMPARE(rows->index(1, RoomDirectoryModel::Marks).data().toString(),
             u"invitation only, password"_s);
    QCOMPARE(rows->index(1, RoomDirectoryModel::Topic).data().toString(), u"<b>Secrets</b>"_s);
    QVERIFY(!directory.submitButton()->isEnabled());
    QTest::keyClicks(directory.pane()->filter(), u"PLANT"_s);
    QCOMPARE(rows->rowCount(), 1);
    directory.pane()->filter()->setText(u"password"_s);
    QCOMPARE(rows->rowCount(), 1);
    QCOMPARE(rows->index(0, 0).data().toString(), u"shut"_s);
}

void TestRoomForms::directoryJoinsWhatIsSelected()
{
    ChatModel model;
    test::logIn(model, RoomRole::None);
    AskedErrands asked(model);
    auto *directory = new RoomDirectory(model, nullptr);
    QSignalSpy accepted(directory, &QDialog::accepted);
    asked.answer(asked.take(u"rooms"_s), RoomList{{room(u"garden"_s)}, false, {}});
    directory->show();
    directory->pane()->select(0);
    QTest::keyClick(directory->pane()->filter(), Qt::Key_Return);
    const auto join = asked.take(u"join"_s);
    QCOMPARE(join.fields, QJsonObject({{u"room"_s, u"garden"_s}}));
    QVERIFY(!directory->submitButton()->isEnabled()); // it is asked only once
    model.roomJoined(room(u"garden"_s));
    asked.answer(join, joined(u"garden"_s));
    QCOMPARE(accepted.size(), 1);
    QCOMPARE(model.currentRoom(), u"garden"_s);
}

void TestRoomForms::directoryAsksForThePassword()
{
    ChatModel model;
    test::logIn(model, RoomRole::None);
    AskedErrands asked(model);
    RoomDirectory directory(model, nullptr);
    directory.setAttribute(Qt::WA_DeleteOnClose, false);
    directory.show();
    RoomState locked = room(u"cellar"_s);
    asked.answer(asked.take(u"rooms"_s), RoomList{{locked}, false, {}});
    QVERIFY(!directory.keyEdit()->isVisible());
    directory.pane()->select(0);
    directory.accept();
    asked.refuse(asked.take(u"join"_s), ErrorCode::RoomKey);
    QVERIFY(directory.keyEdit()->isVisible());
    QVERIFY(directory.error().contains(u"password"_s));
    directory.accept();
    QCOMPARE(asked.count(), 0); // without a password there is nothing to try
    QTest::keyClicks(directory.keyEdit(), u"wrong"_s);
    directory.accept();
    asked.refuse(asked.take(u"join"_s), ErrorCode::RoomKey);
    QCOMPARE(directory.keyEdit()->text(), u"wrong"_s);
    QVERIFY(directory.isVisible());
    directory.keyEdit()->setText(u"right"_s);
    directory.accept();
    QCOMPARE(asked.take(u"join"_s).fields,
             QJsonObject({{u"room"_s, u"cellar"_s}, {u"key"_s, u"right"_s}}));
}

void TestRoomForms::directoryEntersWhatIsNotListed()
{
    ChatModel model;
    AskedErrands asked(model);
    RoomDirectory directory(model, nullptr);
    directory.show();
    asked.refuse(asked.take(u"rooms"_s), ErrorCode::Closing);
    bool said = false;
    for (const QLabel *label : directory.findChildren<QLabel *>())
        said = said || label->text().contains(u"no connection"_s);
    QVERIFY(said);
    directory.pane()->filter()->setText(u" hidden "_s);
    directory.accept();
    const auto join = asked.take(u"join"_s);
    QCOMPARE(join.fields[u"room"_s].toString(), u"hidden"_s);
    asked.refuse(join, ErrorCode::InviteRequired);
    QVERIFY(directory.error().contains(u"invitation"_s));
    QCOMPARE(directory.pane()->filter()->text(), u" hidden "_s);
}

void TestRoomForms::directoryShowsARoomOnesIn()
{
    ChatModel model;
    test::logIn(model, RoomRole::None);
    AskedErrands asked(model);
    auto *directory = new RoomDirectory(model, nullptr);
    asked.take(u"rooms"_s);
    QSignalSpy accepted(directory, &QDialog::accepted);
    directory->pane()->filter()->setText(u"MAIN"_s);
    directory->accept();
    QCOMPARE(asked.count(), 0);
    QCOMPARE(accepted.size(), 1);
    QCOMPARE(model.currentRoom(), u"main"_s);
}

void TestRoomForms::directoryLooksFurtherForTheFilter()
{
    ChatModel model;
    AskedErrands asked(model);
    RoomDirectory directory(model, nullptr);
    asked.answer(asked.take(u"rooms"_s), RoomList{{room(u"aaa"_s)}, true, u"aaa"_s});
    QCOMPARE(asked.count(), 0);
    directory.pane()->filter()->setText(u"zzz"_s);
    const auto more = asked.take(u"rooms"_s);
    QCOMPARE(more.fields[u"after"_s].toString(), u"aaa"_s);
    asked.answer(more, RoomList{{room(u"zzz"_s)}, false, {}});
    QCOMPARE(directory.pane()->table()->model()->rowCount(), 1);
}

void TestRoomForms::createsWithEverything()
{
    ChatModel model;
    test::logIn(model, RoomRole::None);
    AskedErrands asked(model);
    auto *form = new CreateRoom(model, {}, nullptr);
    QSignalSpy accepted(form, &QDialog::accepted);
    type(*form, u"Name"_s, u"garden"_s);
    type(*form, u"Topic"_s, u"Plants"_s);
    type(*form, u"Password"_s, u"sesame"_s);
    form->findChild<QCheckBox *>()->click();
    form->findChild<RetentionEdit *>()->setRetention(30);
    form->accept();
    const auto create = asked.take(u"create"_s);
    QCOMPARE(create.fields,
             QJsonObject({{u"room"_s, u"garden"_s},
                          {u"topic"_s, u"Plants"_s},
                          {u"private"_s, true},
                          {u"key"_s, u"sesame"_s},
                          {u"retention"_s, 30}}));
    model.roomJoined(room(u"garden"_s));
    asked.answer(create, joined(u"garden"_s));
    QCOMPARE(model.currentRoom(), u"garden"_s);
    QCOMPARE(accepted.size(), 1);
}

void TestRoomForms::createKeepsWhatWasTyped()
{
    ChatModel model;
    AskedErrands asked(model);
    CreateRoom form(model, u"garden"_s, nullptr);
    form.show();
    type(form, u"Topic"_s, u"Plants"_s);
    form.accept();
    const auto create = asked.take(u"create"_s);
    QCOMPARE(create.fields, QJsonObject({{u"room"_s, u"garden"_s}, {u"topic"_s, u"Plants"_s}}));
    asked.refuse(create, ErrorCode::AlreadyExists);
    QVERIFY(form.isVisible());
    QVERIFY(form.error().contains(u"exists"_s));
    QCOMPARE(qobject_cast<QLineEdit *>(field(form, u"Topic"_s))->text(), u"Plants"_s);
    QVERIFY(form.submitButton()->isEnabled());
}

void TestRoomForms::keepWhatIsTooLong()
{
    ChatModel model;
    test::logIn(model, RoomRole::Owner);
    AskedErrands asked(model);
    CreateRoom create(model, u"garden"_s, nullptr);
    const auto refuses = [&asked](auto &form, const QString &label, int limit) {
        // One too many, and the last one of two UTF-16 units.
        const QString text = QString(limit, u'x') + u"\U0001F375"_s;
        qobject_cast<QLineEdit *>(field(form, label))->setText(text);
        const qsizetype before = asked.count();
        form.accept();
        return asked.count() == before && form.error().contains(QString::number(limit))
                && qobject_cast<QLineEdit *>(field(form, label))->text() == text;
    };
    QVERIFY(refuses(create, u"Topic"_s, limits::topic));
    type(create, u"Topic"_s, {});
    QVERIFY(refuses(create, u"Name"_s, limits::name));
    RoomSettings settings(model, *model.rooms()->find(u"tea"_s), nullptr);
    QVERIFY(refuses(settings, u"Topic"_s, limits::topic));
    SanctionForm sanction(model,
                          {SanctionForm::Kind::Kick, SanctionForm::Reach::Room, u"tea"_s, u"bob"_s},
                          nullptr);
    QVERIFY(refuses(sanction, u"Reason"_s, limits::reason));
    InviteForm invite(*model.errands(), u"tea"_s, nullptr);
    QVERIFY(refuses(invite, u"Name"_s, limits::name));
    RoomKeyForm key(model, u"tea"_s, nullptr);
    QVERIFY(refuses(key, u"Password of the room"_s, limits::roomKey));
}

void TestRoomForms::topicStaysWhenItIsRefused()
{
    ChatModel model;
    AskedErrands asked(model);
    auto *form = new TopicForm(*model.errands(), u"tea"_s, u"Green"_s, nullptr);
    const QPointer guard(form);
    form->show();
    type(*form, u"Topic of this room"_s, u" Black "_s);
    form->accept();
    const auto first = asked.take(u"topic"_s);
    QCOMPARE(first.fields, QJsonObject({{u"room"_s, u"tea"_s}, {u"text"_s, u"Black"_s}}));
    asked.refuse(first, ErrorCode::NotAllowed);
    QVERIFY(form->isVisible());
    QVERIFY(!form->error().isEmpty());
    form->accept();
    asked.answer(asked.take(u"topic"_s), {});
    QTRY_VERIFY(!guard);
}

void TestRoomForms::createNeedsAName()
{
    ChatModel model;
    AskedErrands asked(model);
    CreateRoom form(model, u"  "_s, nullptr);
    form.accept();
    QCOMPARE(asked.count(), 0);
    QVERIFY(!form.error().isEmpty());
}

void TestRoomForms::keyFormTriesAgain()
{
    ChatModel model;
    test::logIn(model, RoomRole::None);
    AskedErrands asked(model);
    auto *form = new RoomKeyForm(model, u"cellar"_s, nullptr);
    QSignalSpy accepted(form, &QDialog::accepted);
    type(*form, u"Password of the room"_s, u"wrong"_s);
    form->accept();
    asked.refuse(asked.take(u"join"_s), ErrorCode::RoomKey);
    QCOMPARE(form->error(), u"That is not the room's password."_s);
    type(*form, u"Password of the room"_s, u"right"_s);
    form->accept();
    const auto join = asked.take(u"join"_s);
    QCOMPARE(join.fields[u"key"_s].toString(), u"right"_s);
    model.roomJoined(room(u"cellar"_s));
    asked.answer(join, joined(u"cellar"_s));
    QCOMPARE(accepted.size(), 1);
    QCOMPARE(model.currentRoom(), u"cellar"_s);
}

void TestRoomForms::settingsChangeOnlyWhatWasChanged()
{
    ChatModel model;
    test::logIn(model, RoomRole::Owner);
    AskedErrands asked(model);
    auto *form = new RoomSettings(model, *model.rooms()->find(u"tea"_s), nullptr);
    asked.take(u"bans"_s);
    asked.take(u"audit"_s);
    QSignalSpy accepted(form, &QDialog::accepted);
    for (QCheckBox *box : form->findChildren<QCheckBox *>()) {
        if (box->text().contains(u"speak"_s))
            box->click();
    }
    form->accept();
    const auto set = asked.take();
    QCOMPARE(set.verb, u"room-set"_s);
    QCOMPARE(set.fields, QJsonObject({{u"room"_s, u"tea"_s}, {u"read_only"_s, true}}));
    asked.answer(set, joined(u"tea"_s));
    QCOMPARE(accepted.size(), 1);
}

void TestRoomForms::settingsSaveTheTopicFirst()
{
    Settings settings;
    type(settings.form, u"Topic"_s, u"Black tea"_s);
    settings.form.findChildren<QCheckBox *>().first()->click();
    settings.form.accept();
    const auto topic = settings.asked.take();
    QCOMPARE(topic.verb, u"topic"_s);
    QCOMPARE(topic.fields, QJsonObject({{u"room"_s, u"tea"_s}, {u"text"_s, u"Black tea"_s}}));
    settings.asked.answer(topic, Done{});
    const auto set = settings.asked.take();
    QCOMPARE(set.verb, u"room-set"_s);
    QCOMPARE(set.fields[u"private"_s].toBool(), true);
    settings.asked.refuse(set, ErrorCode::NotAllowed);
    QVERIFY(settings.form.isVisible());
    QVERIFY(!settings.form.error().isEmpty());
    settings.form.accept(); // the topic is not set again
    QCOMPARE(settings.asked.take().verb, u"room-set"_s);
}

void TestRoomForms::settingsAskBeforeErasing()
{
    Settings settings;
    settings.form.findChild<RetentionEdit *>()->setRetention(0);
    bool warned = false;
    for (const QLabel *label : settings.form.findChildren<QLabel *>())
        warned = warned || (label->isVisible() && label->text().contains(u"erased"_s));
    QVERIFY(warned);
    settings.form.accept();
    QCOMPARE(settings.asked.count(), 0);
    auto *question = settings.form.findChild<QMessageBox *>();
    QVERIFY(question);
    QCOMPARE(question->textFormat(), Qt::PlainText);
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    QCOMPARE(settings.asked.take().fields,
             QJsonObject({{u"room"_s, u"tea"_s}, {u"retention"_s, 0}}));
}

void TestRoomForms::settingsTakeThePasswordAway()
{
    ChatModel model;
    test::logIn(model, RoomRole::Owner);
    AskedErrands asked(model);
    RoomState state = *model.rooms()->find(u"tea"_s);
    state.hasKey = true;
    RoomSettings form(model, state, nullptr);
    form.setAttribute(Qt::WA_DeleteOnClose, false);
    asked.take(u"bans"_s);
    asked.take(u"audit"_s);
    QCheckBox *locked = nullptr;
    for (QCheckBox *box : form.findChildren<QCheckBox *>()) {
        if (box->text().contains(u"password"_s))
            locked = box;
    }
    QVERIFY(locked && locked->isChecked());
    locked->click();
    form.accept();
    QCOMPARE(asked.take().fields, QJsonObject({{u"room"_s, u"tea"_s}, {u"key"_s, QString()}}));
}

void TestRoomForms::settingsAreShownToMembers()
{
    ChatModel model;
    test::logIn(model, RoomRole::Member);
    AskedErrands asked(model);
    RoomState state = *model.rooms()->find(u"tea"_s);
    state.retention = 7;
    RoomSettings form(model, state, nullptr);
    QCOMPARE(form.findChild<RetentionEdit *>()->retention(), 7);
    QVERIFY(!form.findChild<RetentionEdit *>()->isEnabled());
    for (const QCheckBox *box : form.findChildren<QCheckBox *>())
        QVERIFY(!box->isEnabled());
    QCOMPARE(form.tabs()->count(), 1);
    QCOMPARE(asked.count(), 0);
    type(form, u"Topic"_s, u"Everybody may"_s);
    form.accept();
    QCOMPARE(asked.take().verb, u"topic"_s);
}

void TestRoomForms::settingsHandOver()
{
    Settings settings;
    auto *owner = qobject_cast<QComboBox *>(field(settings.form, u"New owner"_s));
    QVERIFY(owner);
    QCOMPARE(owner->count(), 1); // a guest cannot own a room, and ann does
    QCOMPARE(owner->itemText(0), u"bob"_s);
    owner->setEditText(u"bob"_s);
    for (QPushButton *button : settings.form.findChildren<QPushButton *>()) {
        if (button->text().contains(u"Hand Over"_s))
            button->click();
    }
    auto *question = settings.form.findChild<QMessageBox *>();
    QVERIFY(question && question->text().contains(u"bob"_s));
    QCOMPARE(settings.asked.count(), 0);
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    QCOMPARE(settings.asked.take().fields,
             QJsonObject({{u"room"_s, u"tea"_s}, {u"owner"_s, u"bob"_s}}));
}

void TestRoomForms::settingsListBansAndLog()
{
    ChatModel model;
    test::logIn(model, RoomRole::Moderator);
    AskedErrands asked(model);
    RoomSettings moderator(model, *model.rooms()->find(u"tea"_s), nullptr);
    QCOMPARE(moderator.tabs()->count(), 2); // the log is for the owner
    QCOMPARE(asked.take().verb, u"bans"_s);
    moderator.showSanctions();
    QCOMPARE(moderator.tabs()->currentIndex(), 1);
    RoomState own = *model.rooms()->find(u"tea"_s);
    own.role = RoomRole::Owner;
    RoomSettings owner(model, own, nullptr);
    QCOMPARE(owner.tabs()->count(), 3);
    const auto *log = owner.tabs()->widget(2)->findChild<QTreeView *>();
    QVERIFY(log->isColumnHidden(AuditModel::Room)); // there is but one
    QVERIFY(!log->isColumnHidden(AuditModel::Text));
}

void TestRoomForms::kicksMutesAndBans()
{
    ChatModel model;
    model.setClock([] { return 1000; });
    test::logIn(model, RoomRole::Moderator);
    AskedErrands asked(model);
    using Kind = SanctionForm::Kind;
    const auto order = [](Kind kind) {
        return SanctionForm::Order{kind, SanctionForm::Reach::Room, u"tea"_s, u"bob"_s};
    };
    auto *kick = new SanctionForm(model, order(Kind::Kick), nullptr);
    QSignalSpy done(kick, &SanctionForm::carriedOut);
    type(*kick, u"Reason"_s, u"too loud"_s);
    kick->accept();
    const auto first = asked.take();
    QCOMPARE(first.verb, u"kick"_s);
    QCOMPARE(first.fields,
             QJsonObject(
                     {{u"room"_s, u"tea"_s}, {u"name"_s, u"bob"_s}, {u"reason"_s, u"too loud"_s}}));
    asked.answer(first, Done{});
    QCOMPARE(done.size(), 1);
    auto *mute = new SanctionForm(model, order(Kind::Mute), nullptr);
    mute->accept();
    const auto second = asked.take();
    QCOMPARE(second.verb, u"mute"_s);
    QCOMPARE(second.fields[u"until"_s].toInteger(), 1000 + 3'600'000);
    asked.refuse(second, ErrorCode::NotAllowed, u"Too high."_s);
    QVERIFY(mute->error().contains(u"Too high."_s));
    delete mute;
    auto *ban = new SanctionForm(model, order(Kind::Ban), nullptr);
    auto *length = qobject_cast<QComboBox *>(field(*ban, u"For how long"_s));
    length->setCurrentIndex(length->count() - 1);
    ban->accept();
    const auto third = asked.take();
    QCOMPARE(third.verb, u"ban"_s);
    QVERIFY(!third.fields.contains(u"until"_s));
    QCOMPARE(third.fields[u"room"_s].toString(), u"tea"_s);
    delete ban;
}

void TestRoomForms::bansFromTheServer()
{
    ChatModel model;
    AskedErrands asked(model);
    SanctionForm form(
            model, {SanctionForm::Kind::Ban, SanctionForm::Reach::RoomOrServer, u"tea"_s, u"bob"_s},
            nullptr);
    qobject_cast<QComboBox *>(field(form, u"Where"_s))->setCurrentIndex(1);
    form.accept();
    QVERIFY(!asked.take().fields.contains(u"room"_s));
}

void TestRoomForms::bansByAddress()
{
    ChatModel model;
    AskedErrands asked(model);
    SanctionForm form(model, {SanctionForm::Kind::Ban, SanctionForm::Reach::Server, {}, {}},
                      nullptr);
    form.accept();
    QCOMPARE(asked.count(), 0);
    QVERIFY(!form.error().isEmpty());
    type(form, u"Whom"_s, u"10.0.0.0/8"_s);
    form.accept();
    QCOMPARE(asked.take().fields[u"name"_s].toString(), u"10.0.0.0/8"_s);
    SanctionForm guest(
            model, {SanctionForm::Kind::Ban, SanctionForm::Reach::Room, u"tea"_s, u"guest~ab12"_s},
            nullptr);
    bool said = false;
    for (const QLabel *label : guest.findChildren<QLabel *>())
        said = said || label->text().contains(u"address"_s);
    QVERIFY(said);
}

void TestRoomForms::invites()
{
    ChatModel model;
    AskedErrands asked(model);
    auto *form = new InviteForm(*model.errands(), u"tea"_s, nullptr);
    QSignalSpy done(form, &InviteForm::carriedOut);
    form->accept();
    QCOMPARE(asked.count(), 0);
    type(*form, u"Name"_s, u"bob"_s);
    form->accept();
    const auto invite = asked.take();
    QCOMPARE(invite.fields, QJsonObject({{u"room"_s, u"tea"_s}, {u"name"_s, u"bob"_s}}));
    asked.answer(invite, Done{});
    QCOMPARE(done.size(), 1);
}

QTEST_MAIN(TestRoomForms)
#include "tst_roomforms.moc"
