#pragma once

#include "gui-client/app/commandline.h"
#include "gui-client/app/knownservers.h"
#include "gui-client/app/settings.h"
#include "gui-client/link/chatsession.h"
#include "gui-client/models/nearbymodel.h"
#include "gui-client/widgets/failuretext.h"
#include "gui-client/widgets/loginrequest.h"
#include "gui-client/widgets/serverquestion.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <optional>

namespace teahouse::client {

class Accounts;
class ChatModel;
class ChatWindow;
class Intents;
class LoginWindow;
class Nearby;

/// The client: shows the login window, then for each login a model and a chat window over one
/// session, and joins them. Owns everything; what its parts do is theirs.
class ClientApp : public QObject
{
    Q_OBJECT

public:
    ClientApp(LinkTools tools, const QString &settingsFile, QObject *parent = nullptr);
    ~ClientApp() override;

    /// Shows the login window, filled in; logs in at once when the options have all it takes.
    void start(const Options &options);

    /// Reconnects at once when the computer's network comes back.
    void watchNetwork();

    /// Offers servers of the local network, which are listened for while the login window is shown.
    void watchNeighbours();

    LoginWindow &loginWindow() { return *m_login; }
    ChatWindow *chatWindow() { return m_window.get(); } ///< null while nobody is logged in
    ChatModel *model() { return m_model.get(); }        ///< likewise
    ChatSession &session() { return m_session; }

public slots:
    /// Logs out in good order, keeps what is to be kept, then finished().
    void quit();

signals:
    void finished();

private:
    void connectLogin();
    void connectLink();
    void login(const LoginRequest &request);
    void showServers();
    QList<Fingerprint> keysOf(const QString &serverName) const;
    void showLock();
    void rememberLogin(const QString &serverName);
    void askAbout(const LinkFailure &failure, const ServerQuestion::Subject &subject);
    void agree(const LinkFailure &failure);
    void enterRoom();
    Capabilities capabilities() const;
    void loggedIn(ChatSession::Start start, const Greeting &greeting, const Welcome &welcome);
    void openWindow();
    void connectWindow();
    void closeWindow();
    void takeBack(const QString &room, const QString &cid, const QString &typed);
    void showState(ServerLink::State state);
    void showReturn(ChatSession::Start start);
    void fail(const LinkFailure &failure);
    void showForm(const LoginFailure &failure);
    void loggedOut();
    void loadDrafts();
    void saveWindow();
    void saveDrafts();
    void saveDraftsSoon();

    Settings m_settings;
    KnownServers m_known;
    std::function<qint64()> m_now;
    AlarmFactory m_alarms;
    NearbyModel m_neighbours;
    ChatSession m_session;
    std::unique_ptr<LoginWindow> m_login;
    std::unique_ptr<Nearby> m_nearby;
    std::unique_ptr<ChatModel> m_model;
    std::unique_ptr<Intents> m_intents;
    std::unique_ptr<ChatWindow> m_window;
    std::unique_ptr<Accounts> m_accounts;
    ServerAddress m_address;
    LoginRequest m_request;   ///< without its secrets
    bool m_hadInvite = false; ///< there was an invite code in it
    QString m_room;           ///< to be entered after the first login
    QElapsedTimer m_away;
    QTimer m_draftTimer;                 ///< until the drafts are written
    std::optional<LoginFailure> m_ended; ///< why the window that is still shown is not logged in
    bool m_quitting = false;
};

} // namespace teahouse::client
