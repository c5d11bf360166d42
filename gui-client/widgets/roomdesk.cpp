#include "gui-client/widgets/roomdesk.h"

#include "gui-client/models/permissions.h"
#include "gui-client/widgets/adminwindow.h"
#include "gui-client/widgets/chatactions.h"
#include "gui-client/widgets/createroom.h"
#include "gui-client/widgets/invitationbar.h"
#include "gui-client/widgets/inviteform.h"
#include "gui-client/widgets/linkform.h"
#include "gui-client/widgets/peoplepane.h"
#include "gui-client/widgets/personactions.h"
#include "gui-client/widgets/roomdirectory.h"
#include "gui-client/widgets/roomkeyform.h"
#include "gui-client/widgets/roomlist.h"
#include "gui-client/widgets/roomsettings.h"
#include "gui-client/widgets/roomview.h"
#include "gui-client/widgets/roomwords.h"
#include "gui-client/widgets/topicform.h"
#include "gui-client/widgets/transcriptview.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

#include <algorithm>
#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

RoomDesk::RoomDesk(ChatModel &model, const Parts &parts, QWidget *window)
    : QObject(window), m_model(model), m_parts(parts), m_window(window),
      m_person(new PersonActions(model, window))
{
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this,
            [this] { m_model.setSilence(m_model.currentRoom(), {}); });
    connectActions();
    connectMenus();
    connectRoom();
    connect(m_person, &PersonActions::failed, this, &RoomDesk::failed);
    connect(m_person, &PersonActions::done, &m_model, &ChatModel::addNotice);
    connect(&m_model, &ChatModel::currentRoomChanged, this, &RoomDesk::follow);
    connect(&m_model, &ChatModel::identityChanged, this, &RoomDesk::follow);
    connect(m_model.rooms(), &RoomListModel::dataChanged, this, &RoomDesk::follow);
    connect(&m_model, &ChatModel::silenceChanged, this, &RoomDesk::follow);
    connect(&m_model, &ChatModel::closureChanged, this, &RoomDesk::follow);
    connect(&m_model, &ChatModel::noticed, this, [this](const Notice &notice) {
        const auto room = m_model.rooms()->find(notice.room);
        m_model.addNotice(roomwords::notice(notice, room ? room->role : RoomRole::None));
    });
    connect(&m_model, &ChatModel::draftFound, this, [this](const QString &room, const QString &text) {
        m_model.transcript(room)->addNotice(
                tr("You wrote this earlier to someone with this name, and did not send it: %1")
                        .arg(text),
                m_model.now());
    });
    connect(&m_model, &ChatModel::invited, m_parts.invitations, &InvitationBar::add);
    connect(&m_model, &ChatModel::roomAdded, m_parts.invitations, &InvitationBar::remove);
    connect(m_parts.invitations, &InvitationBar::joinRequested, this, &RoomDesk::joinRequested);
    follow();
}

void RoomDesk::connectActions()
{
    const ChatActions &actions = *m_parts.actions;
    connect(actions.join, &QAction::triggered, this, &RoomDesk::openDirectory);
    connect(actions.create, &QAction::triggered, this, [this] { openCreate({}); });
    connect(actions.topic, &QAction::triggered, this, &RoomDesk::openTopic);
    connect(actions.settings, &QAction::triggered, this,
            [this] { openSettings(m_model.currentRoom()); });
    connect(actions.invite, &QAction::triggered, this, &RoomDesk::openInvite);
    connect(actions.inviteLink, &QAction::triggered, this, &RoomDesk::openInviteLink);
    connect(actions.administration, &QAction::triggered, this, &RoomDesk::openAdministration);
}

void RoomDesk::connectMenus()
{
    connect(m_parts.actions->notifications, &QMenu::aboutToShow, this, [this] {
        m_parts.actions->notifications->clear();
        fillLevels(m_parts.actions->notifications, m_model.currentRoom());
    });
    connect(m_parts.actions->person, &QMenu::aboutToShow, this,
            [this] { fillPerson(m_parts.actions->person); });
    connect(m_parts.rooms, &RoomList::menuOpening, this, &RoomDesk::fillRoom);
    const auto fill = [this](QMenu *menu, const QString &name) {
        m_person->fill(menu, m_model.currentRoom(), name);
    };
    connect(m_parts.people, &PeoplePane::menuOpening, this, fill);
    connect(m_parts.view->transcript(), &TranscriptView::personMenuOpening, this, fill);
    connect(m_parts.view, &RoomView::speakAgainRequested, this,
            [this] { m_model.setSilence(m_model.currentRoom(), {}); });
}

/// How one comes into a room and out of it.
void RoomDesk::connectRoom()
{
    const RoomView *view = m_parts.view;
    connect(m_parts.actions->leave, &QAction::triggered, this,
            [this] { leave(m_model.currentRoom()); });
    connect(m_parts.rooms, &RoomList::leaveRequested, this, &RoomDesk::leave);
    connect(m_parts.rooms, &RoomList::chosen, view, &RoomView::focusBox);
    connect(m_parts.invitations, &InvitationBar::focusReleased, view, &RoomView::focusBox);
    connect(view, &RoomView::written, &m_model, &ChatModel::noteWriting);
    connect(view, &RoomView::leaveRequested, this, [this] { leave(m_model.currentRoom()); });
    connect(view, &RoomView::joinAgainRequested, this,
            [this] { emit joinRequested(m_model.currentRoom()); });
    connect(&m_model, &ChatModel::roomOpened, this, &RoomDesk::focusOpened);
    connect(&m_model, &ChatModel::roomRenamed, view, &RoomView::rename);
    connect(&m_model, &ChatModel::numbersVoid, view, &RoomView::voidEdits);
}

/// Whoever has opened a room can write in it at once; but going through the list by the arrow keys
/// goes on.
void RoomDesk::focusOpened()
{
    if (!m_parts.rooms->hasFocus())
        m_parts.view->focusBox();
}

void RoomDesk::leave(const QString &room)
{
    if (m_model.closure(room)) {
        m_model.dismiss(room);
        return;
    }
    m_model.noteLeaving(room);
    emit leaveRequested(room);
}

RoomState RoomDesk::current() const
{
    return m_model.rooms()->find(m_model.currentRoom()).value_or(RoomState{});
}

void RoomDesk::openDirectory()
{
    auto *directory = new RoomDirectory(m_model, m_window);
    connect(directory, &RoomDirectory::createWanted, this, &RoomDesk::openCreate);
    directory->open();
}

void RoomDesk::openCreate(const QString &name)
{
    (new CreateRoom(m_model, name, m_window))->open();
}

void RoomDesk::openKey(const QString &room)
{
    (new RoomKeyForm(m_model, room, m_window))->open();
}

void RoomDesk::openTopic()
{
    const RoomState room = current();
    (new TopicForm(*m_model.errands(), room.room, room.topic, m_window))->open();
}

void RoomDesk::openSettings(const QString &room)
{
    if (const auto state = m_model.rooms()->find(room); state && !isPrivateRoom(room))
        (new RoomSettings(m_model, *state, m_window))->open();
}

void RoomDesk::openInvite()
{
    auto *form = new InviteForm(*m_model.errands(), m_model.currentRoom(), m_window);
    connect(form, &InviteForm::carriedOut, &m_model, &ChatModel::addNotice);
    form->open();
}

void RoomDesk::setServer(const JoinLink &server)
{
    m_server = server;
    m_parts.actions->inviteLink->setVisible(!server.host.isEmpty());
}

/// To the current room where that is one that others can enter, else to the server.
void RoomDesk::openInviteLink()
{
    const RoomState room = current();
    JoinLink link = m_server;
    if (!isPrivateRoom(room.room) && room.room != "main"_L1 && !m_model.closure(room.room))
        link.room = room.room;
    const Barrier barrier = barrierTo(Deed::MakeCode, {m_model.user(), room});
    const auto codes = barrier == Barrier::None ? LinkForm::Codes::Offered
                                                : LinkForm::Codes::Hidden;
    auto *form = new LinkForm(*m_model.errands(), link, codes, m_window);
    connect(form, &LinkForm::carriedOut, &m_model, &ChatModel::addNotice);
    form->open();
}

void RoomDesk::openAdministration()
{
    if (!m_admin)
        m_admin = new AdminWindow(m_model, m_window);
    m_admin->open();
}

void RoomDesk::follow()
{
    const ChatActions &actions = *m_parts.actions;
    const RoomState room = current();
    const Standing own{m_model.user(), room};
    const auto closure = m_model.closure(room.room);
    const bool isRoom = !room.room.isEmpty() && !isPrivateRoom(room.room) && !closure;
    actions.leave->setEnabled(!room.room.isEmpty());
    actions.settings->setEnabled(isRoom);
    actions.notifications->setEnabled(isRoom);
    const auto offer = [&](QAction *action, Deed deed) {
        const Barrier barrier = barrierTo(deed, own);
        action->setEnabled(isRoom && barrier == Barrier::None);
        action->setToolTip(roomwords::barrier(barrier));
        action->setStatusTip(roomwords::barrier(barrier));
    };
    offer(actions.topic, Deed::ChangeTopic);
    offer(actions.invite, Deed::Invite);
    actions.setAdministrator(own.isAdmin());
    m_parts.view->transcript()->setMayDelete(
            isRoom && barrierTo(Deed::DeleteMessage, own) == Barrier::None);
    followClosure();
    followSilence();
    if (!own.isAdmin() && m_admin)
        m_admin->close();
}

/// A room that the user is no longer in says why, and how to go on.
void RoomDesk::followClosure()
{
    const QString room = m_model.currentRoom();
    const auto closure = m_model.closure(room);
    const bool mayReturn = closure && !isPrivateRoom(room) && closure->why != Closure::Why::Banned;
    m_parts.view->setClosed(closure ? roomwords::closure(*closure, room) : QString(),
                            mayReturn ? ClosedBar::Return::Offered : ClosedBar::Return::Hidden);
}

/// The message box says why nothing can be written.
void RoomDesk::followSilence()
{
    m_silence.stop();
    const QString room = m_model.currentRoom();
    const bool isOpen = !room.isEmpty() && !m_model.closure(room);
    const Barrier barrier = !isOpen ? Barrier::None
                                    : barrierTo(Deed::Speak, {m_model.user(), current()});
    const auto silence = m_model.silence(room);
    if (barrier != Barrier::None) {
        m_parts.view->setSilent(roomwords::barrier(barrier), RoomView::SpeakAgain::Later);
    } else if (!silence) {
        m_parts.view->setSilent({}, RoomView::SpeakAgain::Later);
    } else {
        m_parts.view->setSilent(roomwords::silence(*silence),
                                silence->isTold ? RoomView::SpeakAgain::Later
                                                : RoomView::SpeakAgain::OnTrial);
        // A timer cannot wait for longer than 24 days; nobody keeps the window open for so long.
        constexpr qint64 longest = 24LL * 24 * 60 * 60 * 1000;
        if (silence->until > 0)
            m_silence.start(static_cast<int>(
                    std::clamp<qint64>(silence->until - m_model.now(), 0, longest)));
    }
}

void RoomDesk::fillLevels(QMenu *menu, const QString &room)
{
    const RoomState state = m_model.rooms()->find(room).value_or(RoomState{});
    auto *group = new QActionGroup(menu);
    const QList<std::pair<NotifyLevel, QString>> levels{
            {NotifyLevel::All, tr("&All Messages")},
            {NotifyLevel::Mentions, tr("Only What Is for &Me")},
            {NotifyLevel::None, tr("&Nothing")}};
    for (const auto &[level, text] : levels) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(state.level == level);
        group->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, room, level = level] { setLevel(room, level); });
    }
}

void RoomDesk::setLevel(const QString &room, NotifyLevel level)
{
    static const QStringList words{u"all"_s, u"mentions"_s, u"none"_s};
    const QJsonObject fields{{u"room"_s, room},
                             {u"level"_s, words.at(static_cast<qsizetype>(level))}};
    const auto ended = [this, room, level](const Reply &reply, const QString &text) {
        if (reply)
            m_model.setLevel(room, level);
        else
            emit failed(roomwords::refusal(u"level"_s, reply.error(), text));
    };
    m_model.errands()->ask(u"level"_s, fields, this, ended);
}

/// In the menu bar: about whoever is selected in the list of people.
void RoomDesk::fillPerson(QMenu *menu)
{
    menu->clear();
    const QString name = m_parts.people->currentName();
    if (name.isEmpty())
        menu->addAction(tr("Select somebody in the list of people first."))->setEnabled(false);
    else
        m_parts.people->fillMenu(menu, name);
}

void RoomDesk::fillRoom(QMenu *menu, const QString &room)
{
    if (isPrivateRoom(room) || m_model.closure(room) || !m_parts.actions->settings->isVisible())
        return;
    menu->addSeparator();
    fillLevels(menu->addMenu(tr("&Notifications")), room);
    menu->addAction(tr("&Settings\u2026"), this, [this, room] { openSettings(room); });
}

} // namespace teahouse::client
