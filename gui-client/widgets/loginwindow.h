#pragma once

#include "gui-client/widgets/failuretext.h"
#include "gui-client/widgets/loginrequest.h"
#include "gui-client/widgets/servercompleter.h"
#include "shared/joinlink.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace teahouse::client {

class AccountFields;
class NearbyList;
class NearbyModel;
class ScrollBody;

/// The form that asks where and as whom: server address, user name, password, Login; and for a
/// server that cannot be told by its greeting, what it speaks. A failure is shown on the form
/// itself and what was typed stays. Knows nothing of connections: it says what is wanted and is
/// told what came of it. A link to a server that is pasted into the address fills the form in and
/// does nothing else. In loginwindow_link.cpp is what is about links.
class LoginWindow : public QWidget
{
    Q_OBJECT

public:
    explicit LoginWindow(QWidget *parent = nullptr);

    QString address() const;
    QString name() const;
    ChatProtocol protocol() const;
    bool isBusy() const { return m_busy; }
    LoginRequest request() const;

    /// Offers the servers of that model, which outlives the window.
    void setNearby(NearbyModel &model);

public slots:
    /// What was used last; the focus goes to the first field that is empty.
    void setAddress(const QString &address);
    void setName(const QString &name);
    void setProtocol(teahouse::ChatProtocol protocol);

    /// Fills the form in. What the link brings holds until another address is typed, or the login
    /// came about.
    void setLink(const teahouse::JoinLink &link);

    /// By which the address is completed.
    void setServers(const QList<teahouse::client::ServerEntry> &servers);

    /// While a connection is being made the fields rest and Login has become Cancel.
    void setBusy(bool busy);

    /// Ends being busy and says why on the form.
    void showFailure(const teahouse::client::LoginFailure &failure);

    /// The same with any plain text, for instance why a session has ended.
    void showMessage(const QString &text);

    /// The login came about: secrets are not kept here.
    void forgetSecrets();

signals:
    void loginRequested(const teahouse::client::LoginRequest &request);
    void cancelled(); ///< while busy
    void quitRequested();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void addressEdited(const QString &text);
    void takeLink(const QString &text);
    void forgetLink();
    void showLink();
    void fillFromLink(LoginRequest &request) const;
    void tryEncrypted();

    void buildForm();
    QWidget *buildBody();
    QWidget *buildMessage();
    void fillProtocols();
    void protocolChosen();
    void updateFields();
    void updateLogin();
    bool asksForName() const;
    void takeNearby(const QString &address, const QString &keyBegins);
    void enterNearby();
    void refuseNearby(const QString &name);
    void bindActions();
    void retranslate();
    void submit();
    void focusFirstEmpty();
    void clearMessage();
    void grow();

    QLabel *m_picture;
    QLabel *m_heading;
    QLabel *m_subtitle;
    QLabel *m_addressLabel;
    QLineEdit *m_address;
    ServerCompleter *m_servers;
    QLabel *m_linkNote; ///< what the link brings
    NearbyList *m_nearby;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_nameNote; ///< why no name is asked for
    AccountFields *m_account;
    QLabel *m_protocolLabel;
    QComboBox *m_protocol;
    ScrollBody *m_body = nullptr;
    QLabel *m_message;
    QProgressBar *m_progress;
    QPushButton *m_tryEncrypted; ///< where a server says nothing
    QPushButton *m_login;
    QPushButton *m_cancel;
    QAction *m_quit;
    std::optional<JoinLink> m_link;
    qsizetype m_typed = 0; ///< characters of the address before the last edit
    QString m_keyBegins;   ///< of the server that was chosen among those nearby
    bool m_busy = false;
};

} // namespace teahouse::client
