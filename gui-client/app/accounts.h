#pragma once

#include "gui-client/input/slashcommand.h"

#include <QObject>

namespace teahouse::client {

class AccountForm;
class ChatModel;
class ChatSession;
class ChatWindow;

/// What people do about their own account, and whom they ignore: opens the forms and brings what
/// is typed there to the session and the answers back. Owned by ClientApp for the time of one
/// login.
class Accounts : public QObject
{
    Q_OBJECT

public:
    Accounts(ChatSession &session, ChatModel &model, ChatWindow &window, QObject *parent = nullptr);

public slots:
    void askToRegister();
    void askToChangePassword();
    void askToClaim();
    void showIgnored();
    void ignore(const QString &name);
    void unignore(const QString &name);

    /// The same by the commands of the message box.
    void carryOut(const teahouse::client::SlashCommand &command);

signals:
    /// Something could not be done; one line of plain text.
    void failed(const QString &text);

private:
    void open(AccountForm *form, const QString &verb);
    void allowWhere(const AccountForm &form);
    void connectMenu();
    void showUser();
    void showChange(const QString &verb);

    ChatSession &m_session;
    ChatModel &m_model;
    ChatWindow &m_window;
};

} // namespace teahouse::client
