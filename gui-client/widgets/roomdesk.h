#pragma once

#include "gui-client/models/chatmodel.h"
#include "shared/joinlink.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QMenu;

namespace teahouse::client {

class AdminWindow;
class ChatActions;
class InvitationBar;
class PeoplePane;
class PersonActions;
class RoomList;
class RoomView;

/// What the chat window does about rooms and the people in them: opens the forms, fills the menus
/// and says when one may not speak. Owned by ChatWindow, whose parts it works with.
class RoomDesk : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        ChatActions *actions;
        RoomList *rooms;
        RoomView *view;
        PeoplePane *people;
        InvitationBar *invitations;
    };

    RoomDesk(ChatModel &model, const Parts &parts, QWidget *window);

    /// What invitation links say of the server: all but a room. Without it none are offered.
    void setServer(const JoinLink &server);

public slots:
    void openDirectory();
    void openCreate(const QString &name);
    void openKey(const QString &room);
    void openTopic();
    void openSettings(const QString &room);
    void openInvite();
    void openInviteLink();
    void openAdministration();

    /// Leaves a room; one that is closed already without asking the server.
    void leave(const QString &room);

    /// Follows the current room and what one is in it.
    void follow();

signals:
    /// A line of plain text above the message box.
    void failed(const QString &text);
    void joinRequested(const QString &room);
    void leaveRequested(const QString &room);

private:
    void connectActions();
    void connectMenus();
    void connectRoom();
    void focusOpened();
    void fillLevels(QMenu *menu, const QString &room);
    void fillPerson(QMenu *menu);
    void fillRoom(QMenu *menu, const QString &room);
    void setLevel(const QString &room, NotifyLevel level);
    void followClosure();
    void followSilence();
    RoomState current() const;

    ChatModel &m_model;
    Parts m_parts;
    QWidget *m_window;
    PersonActions *m_person;
    QPointer<AdminWindow> m_admin;
    JoinLink m_server; ///< without a host: not known
    QTimer m_silence;  ///< until one may speak again
};

} // namespace teahouse::client
