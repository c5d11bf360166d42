#pragma once

#include "shared/chatprotocol.h"

#include <QObject>

class QAction;
class QMainWindow;
class QMenu;

namespace teahouse::client {

/// Every action of the chat window, with its shortcut, in the menus of its menu bar.
class ChatActions : public QObject
{
    Q_OBJECT

public:
    explicit ChatActions(QMainWindow *window);

    QAction *close;
    QAction *quit;
    QAction *join;
    QAction *create;
    QAction *leave;
    QAction *topic;
    QAction *settings;
    QAction *invite;
    QAction *inviteLink; ///< hidden until it is known what would stand in it
    QAction *administration;
    QMenu *notifications; ///< filled by whoever knows the room
    QMenu *person;        ///< filled by whoever knows who is selected
    QAction *users;       ///< checkable
    QAction *previousRoom;
    QAction *nextRoom;
    QAction *newest;
    QAction *firstNew;
    QAction *editLast;
    QAction *deleteLast;
    QAction *complete;
    QAction *find;
    QAction *findEverywhere;
    QAction *about;

    void retranslate();

    /// The server's administration is for administrators only.
    void setAdministrator(bool isAdmin) const;

    /// Hides, and so disables, what the server cannot do.
    void setCapabilities(const Capabilities &capabilities);

private:
    void bindShortcuts();

    QMenu *m_file;
    QMenu *m_edit;
    QMenu *m_room;
    QMenu *m_view;
    QMenu *m_help;
};

} // namespace teahouse::client
