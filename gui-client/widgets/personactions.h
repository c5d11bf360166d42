#pragma once

#include "gui-client/models/permissions.h"
#include "gui-client/widgets/sanctionform.h"

#include <QObject>

class QAction;
class QMenu;

namespace teahouse::client {

class ChatModel;

/// What may be done about somebody, for the menus in which their name is met. What may not be done
/// is there too, disabled, and says why.
class PersonActions : public QObject
{
    Q_OBJECT

public:
    /// `window`: over which its forms open.
    PersonActions(ChatModel &model, QWidget *window);

    /// Adds what may be done about somebody who was seen in a room.
    void fill(QMenu *menu, const QString &room, const QString &name);

signals:
    /// Something could not be done, or was done; a line of plain text.
    void failed(const QString &text);
    void done(const QString &text);

private:
    /// Whom a menu is about, and what one is there.
    struct Subject
    {
        Standing own;
        Person person;
        bool isHere = false;
    };
    Subject subjectOf(const QString &room, const QString &name) const;
    void addInvitations(QMenu *menu, const Subject &subject);
    void addSanctions(QMenu *menu, const Subject &subject);
    void addRoles(QMenu *menu, const Subject &subject);
    QAction *add(QMenu *menu, const QString &text, const QString &why,
                 const std::function<void()> &triggered);
    void openForm(const Subject &subject, SanctionForm::Kind kind);
    void ask(const QString &verb, const QJsonObject &fields, const QString &doneText);
    void giveRole(const Subject &subject, RoomRole role);

    ChatModel &m_model;
    QWidget *m_window;
};

} // namespace teahouse::client
