#include "gui-client/widgets/chatwindow.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/accountmenu.h"
#include "gui-client/widgets/appicon.h"
#include "gui-client/widgets/chatactions.h"
#include "gui-client/widgets/deletequestion.h"
#include "gui-client/widgets/finder.h"
#include "gui-client/widgets/invitationbar.h"
#include "gui-client/widgets/lockbutton.h"
#include "gui-client/widgets/messageedit.h"
#include "gui-client/widgets/peoplepane.h"
#include "gui-client/widgets/roomdesk.h"
#include "gui-client/widgets/roomlist.h"
#include "gui-client/widgets/roomview.h"
#include "gui-client/widgets/screenkeeper.h"
#include "gui-client/widgets/searchpane.h"
#include "gui-client/widgets/transcriptview.h"
#include "gui-client/widgets/worded.h"

#include <QAction>
#include <QCloseEvent>
#include <QCoreApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace teahouse::client {

ChatWindow::ChatWindow(ChatModel &model, const Capabilities &capabilities, QWidget *parent)
    : QMainWindow(parent), m_model(model), m_actions(new ChatActions(this)),
      m_account(new AccountMenu(this)), m_splitter(new QSplitter(Qt::Horizontal, this)),
      m_rooms(new RoomList(model, this)), m_roomView(new RoomView(this)),
      m_people(new PeoplePane(this)), m_search(new SearchPane(*model.search(), this)),
      m_finder(new Finder(model, *m_roomView, *m_search, this)), m_bar(new ConnectionBar(this)),
      m_invitations(new InvitationBar(this)),
      m_desk(new RoomDesk(model, {m_actions, m_rooms, m_roomView, m_people, m_invitations}, this)),
      m_lock(new LockButton(this))
{
    setWindowIcon(appIcon());
    build();
    applyCapabilities(capabilities);
    connectActions();
    connectSearch();
    connectView();
    connectTranscript();
    connectModel();
    showRoom(model.currentRoom());
    m_roomView->edit()->setFocus();
}

ChatWindow::~ChatWindow() = default;

void ChatWindow::build()
{
    menuBar()->insertMenu(menuBar()->actions().constLast(), m_account); // help stays the last
    menuBar()->setCornerWidget(m_lock);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_rooms);
    m_splitter->addWidget(m_roomView);
    m_splitter->addWidget(m_people);
    m_splitter->addWidget(m_search);
    m_splitter->setStretchFactor(1, 1);
    const int em = characterWidth(*this);
    m_rooms->setMinimumWidth(em * 10);
    m_people->setMinimumWidth(em * 16);
    m_search->setMinimumWidth(em * 26);
    m_splitter->setSizes({em * 22, em * 80, em * 26, em * 44});
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_invitations);
    column->addWidget(m_splitter, 1);
    setCentralWidget(centre);
    keepOnScreen(*this);
    resize(em * 128, fontMetrics().height() * 36);
}

void ChatWindow::applyCapabilities(const Capabilities &capabilities)
{
    m_actions->setCapabilities(capabilities);
    m_account->setCapabilities(capabilities);
    m_roomView->setCapabilities(capabilities);
    m_people->setCapabilities(capabilities);
    m_roomView->edit()->setNames([this, capabilities] {
        return KnownNames{m_model.namesIn(m_model.currentRoom()), m_model.ignored(),
                          m_model.roomNames(), capabilities};
    });
    m_rooms->setVisible(capabilities.rooms || capabilities.whispers);
    m_people->setVisible(capabilities.people);
}

void ChatWindow::connectActions()
{
    // Closing the window is one path, whether by button, menu, shortcut or frame.
    connect(m_actions->close, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->quit, &QAction::triggered, this, &ChatWindow::quitRequested);
    connect(m_desk, &RoomDesk::failed, this, &ChatWindow::showError);
    connect(m_desk, &RoomDesk::joinRequested, this, &ChatWindow::joinRequested);
    connect(m_desk, &RoomDesk::leaveRequested, this, &ChatWindow::leaveRequested);
    connect(m_actions->users, &QAction::toggled, this, &ChatWindow::togglePeople);
    connect(m_actions->previousRoom, &QAction::triggered, this, [this] { m_rooms->step(-1); });
    connect(m_actions->nextRoom, &QAction::triggered, this, [this] { m_rooms->step(1); });
    connect(m_actions->newest, &QAction::triggered, m_roomView->transcript(),
            &TranscriptView::scrollToNewest);
    connect(m_actions->firstNew, &QAction::triggered, m_roomView->transcript(),
            &TranscriptView::scrollToFirstNew);
    connect(m_actions->editLast, &QAction::triggered, m_roomView, &RoomView::editLast);
    connect(m_actions->deleteLast, &QAction::triggered, this, &ChatWindow::deleteLast);
    connect(m_actions->complete, &QAction::triggered, m_roomView->edit(),
            [edit = m_roomView->edit()] {
                edit->setFocus();
                edit->complete();
            });
    connect(m_actions->about, &QAction::triggered, this, &ChatWindow::showAbout);
}

void ChatWindow::connectSearch()
{
    connect(m_actions->find, &QAction::triggered, this,
            [this] { m_finder->open(SearchPane::Scope::Room); });
    connect(m_actions->findEverywhere, &QAction::triggered, this,
            [this] { m_finder->open(SearchPane::Scope::Everywhere); });
    connect(m_roomView, &RoomView::escaped, m_finder, &Finder::escapeRoom);
    connect(m_finder, &Finder::shownChanged, this, &ChatWindow::updatePanes);
    connect(m_finder, &Finder::failed, this, &ChatWindow::showError);
}

void ChatWindow::connectView()
{
    connect(m_roomView, &RoomView::editRequested, this, [this](quint64 seq, const QString &text) {
        emit editRequested(m_model.currentRoom(), seq, text);
    });
    connect(m_roomView, &RoomView::deleteRequested, this, &ChatWindow::confirmDelete);
    connect(m_roomView, &RoomView::sendRequested, this,
            [this](const QString &text) { emit sendRequested(m_model.currentRoom(), text); });
    connect(m_roomView, &RoomView::draftChanged, &m_model, &ChatModel::setDraft);
    connect(m_roomView, &RoomView::usersToggled, this, &ChatWindow::togglePeople);
    connect(m_roomView, &RoomView::closeRequested, this, &QWidget::close);
    connect(m_people, &PeoplePane::privateRequested, this, &ChatWindow::privateRequested);
    connect(m_people, &PeoplePane::ignoreRequested, this, &ChatWindow::ignoreRequested);
    connect(m_people, &PeoplePane::unignoreRequested, this, &ChatWindow::unignoreRequested);
    connect(m_bar, &ConnectionBar::reconnectNow, this, &ChatWindow::reconnectNow);
    connect(m_bar, &ConnectionBar::loginWanted, this, &ChatWindow::loginWanted);
    connect(m_bar, &ConnectionBar::stopReconnecting, this, &ChatWindow::stopReconnecting);
}

void ChatWindow::connectTranscript()
{
    const TranscriptView *view = m_roomView->transcript();
    connect(view, &TranscriptView::editRequested, m_roomView, &RoomView::startEditing);
    connect(view, &TranscriptView::deleteRequested, this, &ChatWindow::confirmDelete);
    connect(view, &TranscriptView::gapWanted, this, [this](HistoryFrom from, quint64 edge) {
        emit gapWanted(m_model.currentRoom(), from, edge);
    });
    connect(view, &TranscriptView::aroundWanted, this,
            [this](quint64 seq) { emit aroundWanted(m_model.currentRoom(), seq); });
    connect(view, &TranscriptView::linkActivated, this, &ChatWindow::linkActivated);
    connect(view, &TranscriptView::privateRequested, this, &ChatWindow::privateRequested);
    connect(view, &TranscriptView::ignoreRequested, this, &ChatWindow::ignoreRequested);
    connect(view, &TranscriptView::retryRequested, this,
            [this](const QString &cid) { emit retryRequested(m_model.currentRoom(), cid); });
    connect(view, &TranscriptView::rewriteRequested, this,
            [this](const QString &cid, const QString &text) {
                emit removeRequested(m_model.currentRoom(), cid);
                m_roomView->rewrite(text);
            });
    connect(view, &TranscriptView::removeRequested, this,
            [this](const QString &cid) { emit removeRequested(m_model.currentRoom(), cid); });
    connect(view, &TranscriptView::olderWanted, this,
            [this] { emit olderWanted(m_model.currentRoom()); });
    connect(view, &TranscriptView::atNewestChanged, this, &ChatWindow::updateActive);
    connect(view, &TranscriptView::placed, this, &ChatWindow::updateActive);
}

void ChatWindow::connectModel()
{
    connect(&m_model, &ChatModel::currentRoomChanged, this, &ChatWindow::showRoom);
    connect(&m_model, &ChatModel::roomRenamed, this, &ChatWindow::updateTitle);
    connect(&m_model, &ChatModel::unreadChanged, this, &ChatWindow::updateTitle);
    connect(&m_model, &ChatModel::identityChanged, this, &ChatWindow::updateTitle);
    connect(m_model.rooms(), &RoomListModel::dataChanged, this, &ChatWindow::updateRoom);
}

void ChatWindow::showRoom(const QString &room)
{
    m_roomView->setRoom(room, m_model.transcript(room), m_model.draft(room));
    m_roomView->setPeople(m_model.people(room));
    m_people->setModel(m_model.people(room));
    updateRoom();
    updateTitle();
    updateActive();
}

/// What the room list knows about the current room.
void ChatWindow::updateRoom()
{
    const RoomState state = m_model.rooms()->find(m_model.currentRoom()).value_or(RoomState{});
    m_roomView->setTopic(state.topic);
    m_roomView->setUnread(state.unread);
    m_people->setCount(state.members);
}

void ChatWindow::updateTitle()
{
    const QString room = m_model.currentRoom();
    QStringList parts;
    if (!room.isEmpty())
        parts.append(room);
    // Where there is one room it is called like the server.
    if (!m_model.serverName().isEmpty() && m_model.serverName() != room)
        parts.append(m_model.serverName());
    parts.append(tr("Teahouse"));
    const QString title = parts.join(QStringLiteral(" - "));
    const int unread = m_model.totalUnread();
    setWindowTitle(unread > 0 ? QStringLiteral("(%1) %2").arg(QString::number(unread), title)
                              : title);
}

void ChatWindow::updateActive()
{
    const bool isInSight = isActiveWindow() && !isMinimized()
            && m_roomView->transcript()->isVisible();
    m_model.setActive(isInSight && m_roomView->transcript()->isAtNewest());
}

void ChatWindow::togglePeople(bool shown)
{
    m_actions->users->setChecked(shown);
    m_roomView->usersButton()->setChecked(shown);
    updatePanes();
}

/// Searching takes the place of the people: there may not be room for both.
void ChatWindow::updatePanes()
{
    const bool searching = !m_search->isHidden();
    m_people->setVisible(m_actions->users->isVisible() && m_actions->users->isChecked()
                         && !searching);
}

void ChatWindow::confirmDelete(quint64 seq)
{
    const TranscriptModel *transcript = m_roomView->transcript()->model();
    const auto row = transcript ? transcript->rowAt(seq) : std::nullopt;
    if (!row)
        return;
    const QString room = m_model.currentRoom();
    QMessageBox *box = askToDelete(this, transcript->row(*row),
                                   [this, room, seq] { emit eraseRequested(room, seq); });
    connect(&m_model, &ChatModel::numbersVoid, box, &QDialog::reject); // it is another one now
}

void ChatWindow::deleteLast()
{
    const TranscriptModel *transcript = m_roomView->transcript()->model();
    if (const auto row = transcript ? transcript->lastOwn() : std::nullopt)
        confirmDelete(transcript->row(*row).seq);
}

void ChatWindow::showConnection(ConnectionState state, int seconds, const QString &reason)
{
    const bool hadFocus = m_bar->isAncestorOf(focusWidget());
    m_bar->showState(state, seconds, reason);
    if (hadFocus && !m_bar->isVisible())
        m_roomView->focusBox(); // and not whatever comes next
}

void ChatWindow::showError(const QString &text)
{
    m_roomView->showError(text);
}

void ChatWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(appIcon().pixmap(64, 64));
    box->setTextFormat(Qt::PlainText);
    worded(box, [box] {
        box->setWindowTitle(tr("About Teahouse"));
        box->setText(tr("Teahouse %1").arg(QCoreApplication::applicationVersion()));
        box->setInformativeText(tr("A private chat for people who share a network."));
    });
    box->open();
}

void ChatWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange || event->type() == QEvent::WindowStateChange) {
        updateActive();
    } else if (event->type() == QEvent::LanguageChange) {
        m_actions->retranslate();
        updateTitle();
    }
}

void ChatWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    emit closeRequested();
}

} // namespace teahouse::client
