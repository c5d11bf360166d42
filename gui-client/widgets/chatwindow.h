#pragma once

#include "gui-client/models/historyfrom.h"
#include "gui-client/widgets/connectionbar.h"
#include "shared/chatprotocol.h"

#include <QMainWindow>
#include <QUrl>

class QSplitter;

namespace teahouse::client {

class AccountMenu;
class ChatActions;
class ChatModel;
class Finder;
class InvitationBar;
class LockButton;
class PeoplePane;
class RoomDesk;
class RoomList;
class RoomView;
class SearchPane;

/// The chat window: rooms, transcript, message box, people. Composes its parts, turns what the
/// person does into intents and does nothing about them itself. Shows `model`, which must outlive
/// it, and only what the server is capable of.
class ChatWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit ChatWindow(ChatModel &model,
                        const Capabilities &capabilities = capabilitiesOf(ChatProtocol::Teahouse),
                        QWidget *parent = nullptr);
    ~ChatWindow() override;

    RoomView *roomView() const { return m_roomView; }
    SearchPane *searchPane() const { return m_search; }
    AccountMenu *accountMenu() const { return m_account; }
    RoomDesk *roomDesk() const { return m_desk; }
    LockButton *lock() const { return m_lock; }

public slots:
    /// `seconds`: until the next attempt; `reason`: plain text.
    void showConnection(teahouse::client::ConnectionState state, int seconds = 0,
                        const QString &reason = {});

    /// One line of plain text above the message box; empty takes it away.
    void showError(const QString &text);

signals:
    void sendRequested(const QString &room, const QString &text);
    void retryRequested(const QString &room, const QString &cid);
    void removeRequested(const QString &room, const QString &cid);
    void editRequested(const QString &room, quint64 seq, const QString &text);
    void eraseRequested(const QString &room, quint64 seq); ///< and it was confirmed
    void joinRequested(const QString &room);
    void leaveRequested(const QString &room);
    void privateRequested(const QString &name);
    void ignoreRequested(const QString &name);
    void unignoreRequested(const QString &name);
    void olderWanted(const QString &room);
    void gapWanted(const QString &room, teahouse::client::HistoryFrom from, quint64 edge);
    void aroundWanted(const QString &room, quint64 seq);
    void reconnectNow();
    void stopReconnecting();
    void loginWanted();    ///< the session has ended, and the user has read why
    void closeRequested(); ///< the window is closing, by whatever means: leave cleanly
    void quitRequested();

    /// A link was clicked; only http, https and mailto come here.
    void linkActivated(const QUrl &url);

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void build();
    void connectActions();
    void connectSearch();
    void connectView();
    void connectTranscript();
    void connectModel();
    void applyCapabilities(const Capabilities &capabilities);
    void showRoom(const QString &room);
    void updateTitle();
    void updateActive();
    void updateRoom();
    void togglePeople(bool shown);
    void updatePanes();
    void confirmDelete(quint64 seq);
    void deleteLast();
    void showAbout();

    ChatModel &m_model;
    ChatActions *m_actions;
    AccountMenu *m_account;
    QSplitter *m_splitter;
    RoomList *m_rooms;
    RoomView *m_roomView;
    PeoplePane *m_people;
    SearchPane *m_search;
    Finder *m_finder;
    ConnectionBar *m_bar;
    InvitationBar *m_invitations;
    RoomDesk *m_desk;
    LockButton *m_lock;
};

} // namespace teahouse::client
