#include "gui-client/widgets/chatactions.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace teahouse::client {

ChatActions::ChatActions(QMainWindow *window)
    : QObject(window), close(new QAction(this)), quit(new QAction(this)), join(new QAction(this)),
      create(new QAction(this)), leave(new QAction(this)), topic(new QAction(this)),
      settings(new QAction(this)), invite(new QAction(this)), inviteLink(new QAction(this)),
      administration(new QAction(this)), notifications(new QMenu(window)),
      person(new QMenu(window)), users(new QAction(this)), previousRoom(new QAction(this)),
      nextRoom(new QAction(this)), newest(new QAction(this)), firstNew(new QAction(this)),
      editLast(new QAction(this)), deleteLast(new QAction(this)), complete(new QAction(this)),
      find(new QAction(this)), findEverywhere(new QAction(this)), about(new QAction(this)),
      m_file(window->menuBar()->addMenu(QString())), m_edit(window->menuBar()->addMenu(QString())),
      m_room(window->menuBar()->addMenu(QString())), m_view(window->menuBar()->addMenu(QString())),
      m_help(window->menuBar()->addMenu(QString()))
{
    users->setCheckable(true);
    users->setChecked(true);
    m_file->addActions({close, quit});
    m_edit->addActions({find, findEverywhere});
    m_edit->addSeparator();
    m_edit->addActions({editLast, deleteLast});
    m_edit->addSeparator();
    m_edit->addAction(complete);
    m_room->addActions({join, create, leave});
    m_room->addSeparator();
    m_room->addActions({topic, settings, invite, inviteLink});
    m_room->addMenu(notifications);
    m_room->addMenu(person);
    m_room->addSeparator();
    m_room->addAction(administration);
    for (QMenu *menu : {m_room, notifications, person})
        menu->setToolTipsVisible(true);
    inviteLink->setVisible(false);
    setAdministrator(false);
    m_view->addAction(users);
    m_view->addSeparator();
    m_view->addActions({previousRoom, nextRoom, firstNew, newest});
    m_help->addAction(about);
    bindShortcuts();
    retranslate();
}

/// Bound one by one: QKeySequence::Quit is empty on generic platforms.
void ChatActions::bindShortcuts()
{
    close->setShortcut(Qt::CTRL | Qt::Key_W);
    quit->setShortcut(Qt::CTRL | Qt::Key_Q);
    quit->setMenuRole(QAction::QuitRole);
    join->setShortcut(Qt::CTRL | Qt::Key_J);
    create->setShortcut(Qt::CTRL | Qt::Key_N);
    settings->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_T);
    invite->setShortcut(Qt::CTRL | Qt::Key_I);
    inviteLink->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_I);
    administration->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_A);
    topic->setShortcut(Qt::CTRL | Qt::Key_T);
    users->setShortcut(Qt::CTRL | Qt::Key_U);
    previousRoom->setShortcut(Qt::ALT | Qt::Key_Up);
    nextRoom->setShortcut(Qt::ALT | Qt::Key_Down);
    newest->setShortcut(Qt::CTRL | Qt::Key_End);
    firstNew->setShortcut(Qt::ALT | Qt::Key_Home);
    find->setShortcut(Qt::CTRL | Qt::Key_F);
    findEverywhere->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    complete->setShortcuts(
            {QKeySequence(Qt::CTRL | Qt::Key_Space), QKeySequence(Qt::ALT | Qt::Key_Slash)});
    about->setMenuRole(QAction::AboutRole);
}

void ChatActions::setCapabilities(const Capabilities &capabilities)
{
    for (QAction *action : {join, create, leave, topic, settings, invite})
        action->setVisible(capabilities.rooms);
    m_room->menuAction()->setVisible(capabilities.rooms);
    for (QAction *action : {previousRoom, nextRoom})
        action->setVisible(capabilities.rooms || capabilities.whispers);
    users->setVisible(capabilities.people);
    for (QAction *action : {find, findEverywhere})
        action->setVisible(capabilities.search);
    for (QAction *action : {editLast, deleteLast})
        action->setVisible(capabilities.editing);
    firstNew->setVisible(capabilities.history);
}

void ChatActions::setAdministrator(bool isAdmin) const
{
    administration->setVisible(isAdmin);
    administration->setEnabled(isAdmin);
}

void ChatActions::retranslate()
{
    m_file->setTitle(tr("&File"));
    m_edit->setTitle(tr("&Edit"));
    m_room->setTitle(tr("&Room"));
    m_view->setTitle(tr("&View"));
    m_help->setTitle(tr("&Help"));
    close->setText(tr("&Close"));
    quit->setText(tr("&Quit"));
    join->setText(tr("&Join\u2026"));
    create->setText(tr("C&reate\u2026"));
    leave->setText(tr("&Leave"));
    topic->setText(tr("&Topic\u2026"));
    settings->setText(tr("&Settings\u2026"));
    invite->setText(tr("&Invite\u2026"));
    inviteLink->setText(tr("Invitation Lin&k\u2026"));
    notifications->setTitle(tr("&Notifications"));
    person->setTitle(tr("&Person"));
    administration->setText(tr("&Administration\u2026"));
    users->setText(tr("&Users"));
    previousRoom->setText(tr("&Previous Room"));
    nextRoom->setText(tr("&Next Room"));
    newest->setText(tr("Jump to the Ne&west Message"));
    firstNew->setText(tr("Jump to the First New &Message"));
    editLast->setText(tr("&Edit My Last Message"));
    deleteLast->setText(tr("&Delete My Last Message\u2026"));
    complete->setText(tr("Complete a &Name or Command"));
    find->setText(tr("&Find in This Room\u2026"));
    findEverywhere->setText(tr("Find in &All Rooms\u2026"));
    about->setText(tr("&About Teahouse"));
}

} // namespace teahouse::client
