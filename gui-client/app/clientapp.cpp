#include "gui-client/app/clientapp.h"

#include "gui-client/app/accounts.h"
#include "gui-client/app/failures.h"
#include "gui-client/app/intents.h"
#include "gui-client/app/modelwiring.h"
#include "gui-client/app/nearby.h"
#include "gui-client/app/openlink.h"
#include "gui-client/link/networkwatch.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/lockbutton.h"
#include "gui-client/widgets/loginwindow.h"
#include "gui-client/widgets/roomdesk.h"
#include "gui-client/widgets/roomview.h"
#include "shared/names.h"

#include <QHostAddress>
#include <QSplitter>
#include <QUrl>

#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

/// What a link to the server says of it.
JoinLink linkTo(const ServerAddress &server, const std::optional<ServerTrust> &trust)
{
    QHostAddress address(server.host);
    JoinLink link;
    link.port = server.port;
    if (trust && trust->by == ServerTrust::By::Key) // else the authority's word is enough
        link.fingerprint = trust->key;
    if (address.isNull()) {
        link.host = QString::fromLatin1(QUrl::toAce(server.host));
    } else {
        address.setScopeId({}); // which is this computer's
        link.host = address.toString();
    }
    return link;
}

} // namespace

ClientApp::ClientApp(LinkTools tools, const QString &settingsFile, QObject *parent)
    : QObject(parent), m_settings(settingsFile), m_known(KnownServers::fileBeside(settingsFile)),
      m_now(tools.now), m_alarms(tools.alarms), m_session(std::move(tools)),
      m_login(std::make_unique<LoginWindow>())
{
    connectLogin();
    connectLink();
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(1000); // what is lost with the process is no more than that
    connect(&m_draftTimer, &QTimer::timeout, this, &ClientApp::saveDrafts);
}

ClientApp::~ClientApp() = default;

void ClientApp::connectLogin()
{
    connect(m_login.get(), &LoginWindow::loginRequested, this, &ClientApp::login);
    connect(m_login.get(), &LoginWindow::quitRequested, this, &ClientApp::quit);
    connect(m_login.get(), &LoginWindow::cancelled, this, [this] { m_session.link().logout(); });
}

void ClientApp::connectLink()
{
    ServerLink &link = m_session.link();
    connect(&m_session, &ChatSession::loggedIn, this, &ClientApp::loggedIn);
    connect(&link, &ServerLink::stateChanged, this, &ClientApp::showState);
    connect(&link, &ServerLink::secured, this,
            [this](const ServerTrust &trust) { m_known.trust(m_address, trust, m_now()); });
    connect(&link, &ServerLink::lost, this, [this] { m_away.start(); });
    connect(&link, &ServerLink::reconnecting, this, [this](int seconds) {
        if (m_window)
            m_window->showConnection(ConnectionState::Waiting, seconds);
    });
    connect(&link, &ServerLink::failed, this, &ClientApp::fail);
    connect(&m_session, &ChatSession::acknowledged, this, &ClientApp::saveDraftsSoon);
    connect(&m_session, &ChatSession::messageFailed, this, &ClientApp::saveDraftsSoon);
    connect(&link, &ServerLink::loggedOut, this, &ClientApp::loggedOut);
}

void ClientApp::watchNetwork()
{
    reconnectOnNetworkChange(m_session.link());
}

void ClientApp::watchNeighbours()
{
    m_neighbours.setKnownKeys([this](const QString &name) { return keysOf(name); });
    m_nearby = std::make_unique<Nearby>(m_neighbours, m_alarms);
    m_login->setNearby(m_neighbours);
    if (!m_window)
        m_nearby->start();
}

void ClientApp::start(const Options &options)
{
    m_room = options.room;
    m_login->setAddress(options.server.isEmpty() ? m_settings.lastAddress() : options.server);
    m_login->setName(options.name.isEmpty() ? m_settings.lastName() : options.name);
    m_login->setProtocol(options.server.isEmpty() ? m_settings.lastProtocol()
                                                  : ChatProtocol::Automatic);
    if (options.link)
        m_login->setLink(*options.link);
    showServers();
    m_login->show();
    if (!m_known.fault().isEmpty())
        m_login->showMessage(m_known.fault());
    if (options.isComplete())
        login(m_login->request());
}

void ClientApp::login(const LoginRequest &request)
{
    const auto parsed = parseServerAddress(request.address, customaryPort(request.protocol));
    if (!std::holds_alternative<ServerAddress>(parsed)) {
        LoginFailure failure;
        failure.cause = LoginFailure::Cause::BadAddress;
        failure.host = request.address;
        m_login->showFailure(failure);
        return;
    }
    m_address = std::get<ServerAddress>(parsed);
    Credentials as(request.name);
    as.password = request.password;
    as.invite = request.invite;
    as.isNew = request.isNew;
    as.overPlainText = request.overPlainText;
    m_request = request;
    m_request.password.clear();
    m_request.invite.clear();
    m_hadInvite = !request.invite.isEmpty();
    Acquaintance known = m_known.acquaintance(m_address);
    known.pinned = request.key;
    known.announced = request.keyBegins;
    known.tryEncrypted = request.tryEncrypted;
    m_login->setBusy(true);
    m_session.open(m_address, as, request.protocol, known);
}

/// Of the servers that go by that name.
QList<Fingerprint> ClientApp::keysOf(const QString &serverName) const
{
    QList<Fingerprint> keys;
    const QList<KnownServer> servers = m_known.all();
    for (const KnownServer &server : servers) {
        if (server.trust && server.name == serverName)
            keys.append(server.trust->key);
    }
    return keys;
}

/// By which the address is completed.
void ClientApp::showServers()
{
    QList<ServerEntry> entries;
    const QList<KnownServer> servers = m_known.all();
    for (const KnownServer &server : servers)
        entries.append({toString(server.address), server.name, server.user});
    m_login->setServers(entries);
}

Capabilities ClientApp::capabilities() const
{
    return capabilitiesOf(m_session.link().protocol());
}

void ClientApp::loggedIn(ChatSession::Start start, const Greeting &greeting, const Welcome &welcome)
{
    if (start == ChatSession::Start::Fresh) {
        rememberLogin(greeting.server);
        m_login->forgetSecrets();
        m_request.isNew = false;
        m_model = std::make_unique<ChatModel>();
        wire(m_session, *m_model);
    }
    m_model->greet(greeting);
    m_model->welcome(welcome);
    if (start == ChatSession::Start::Fresh)
        openWindow();
    else
        showReturn(start);
    showLock();
}

void ClientApp::rememberLogin(const QString &serverName)
{
    m_settings.setLastLogin(toString(m_address), m_login->name());
    m_settings.setLastProtocol(m_request.protocol);
    m_known.setLogin(m_address, serverName, m_request.name);
    showServers();
}

void ClientApp::showLock()
{
    const KnownServer known = m_known.at(m_address);
    LockButton *lock = m_window->lock();
    if (!m_session.link().isEncrypted() || !known.trust)
        lock->showState(LockButton::State::Plain);
    else if (known.trust->by == ServerTrust::By::Authority)
        lock->showState(LockButton::State::Authorised, known.trust->key);
    else
        lock->showState(LockButton::State::Trusted, known.trust->key,
                        QDateTime::fromMSecsSinceEpoch(known.since).date());
}

void ClientApp::openWindow()
{
    m_intents = std::make_unique<Intents>(m_session, *m_model);
    loadDrafts();
    m_window = std::make_unique<ChatWindow>(*m_model, capabilities());
    m_accounts = std::make_unique<Accounts>(m_session, *m_model, *m_window);
    connectWindow();
    m_window->restoreGeometry(m_settings.windowGeometry());
    if (capabilities().rooms)
        m_window->findChild<QSplitter *>()->restoreState(m_settings.splitterState());
    if (capabilities().rooms)
        m_window->roomDesk()->setServer(linkTo(m_address, m_known.at(m_address).trust));
    m_window->show();
    m_login->hide();
    if (m_nearby)
        m_nearby->stop();
    m_login->setBusy(false);
    if (!m_known.fault().isEmpty())
        m_window->showError(m_known.fault());
    if (capabilities().rooms)
        enterRoom();
}

/// The one that is asked for, or else the one of the last time here.
void ClientApp::enterRoom()
{
    const QString last = m_known.at(m_address).room;
    const QString asked = m_request.room.isEmpty() ? m_room : m_request.room;
    m_room.clear();
    m_request.room.clear();
    if (!asked.isEmpty())
        m_intents->join(asked);
    else if (m_model->rooms()->find(last))
        m_model->setCurrentRoom(last);
    else if (checkName(last) == NameFault::None)
        m_intents->join(last);
}

void ClientApp::connectWindow()
{
    using Window = ChatWindow;
    ChatWindow *window = m_window.get();
    Intents *intents = m_intents.get();
    connect(m_model.get(), &ChatModel::draftsChanged, this, &ClientApp::saveDraftsSoon);
    connect(window, &Window::sendRequested, intents, &Intents::send);
    connect(window, &Window::retryRequested, intents, &Intents::retry);
    connect(window, &Window::removeRequested, intents, &Intents::remove);
    connect(window, &Window::editRequested, &m_session, &ChatSession::edit);
    connect(window, &Window::eraseRequested, &m_session, &ChatSession::erase);
    connect(&m_session, &ChatSession::editFailed, window->roomView(), &RoomView::returnEdit);
    connect(window, &Window::joinRequested, intents, &Intents::join);
    connect(intents, &Intents::keyWanted, window->roomDesk(), &RoomDesk::openKey);
    connect(intents, &Intents::failed, window, &Window::showError);
    connect(intents, &Intents::accountWanted, m_accounts.get(), &Accounts::carryOut);
    connect(m_accounts.get(), &Accounts::failed, window, &Window::showError);
    connect(intents, &Intents::tooMuch, this, &ClientApp::takeBack);
    connect(intents, &Intents::returned, window->roomView(), &RoomView::returnLine);
    connect(window, &Window::leaveRequested, &m_session, &ChatSession::leave);
    connect(window, &Window::privateRequested, m_model.get(), &ChatModel::openPrivate);
    connect(window, &Window::olderWanted, m_model.get(), &ChatModel::wantOlder);
    connect(window, &Window::gapWanted, m_model.get(), &ChatModel::wantGap);
    connect(window, &Window::aroundWanted, m_model.get(), &ChatModel::wantAround);
    connect(window, &Window::reconnectNow, &m_session.link(), &ServerLink::reconnectNow);
    connect(window, &Window::loginWanted, this, [this] {
        if (m_ended)
            showForm(LoginFailure(*m_ended));
    });
    connect(window, &Window::stopReconnecting, &m_session.link(), &ServerLink::stop);
    connect(window, &Window::linkActivated, this, &openLink);
    connect(window, &Window::closeRequested, this, &ClientApp::quit);
    connect(window, &Window::quitRequested, this, &ClientApp::quit);
}

/// What is too long for this server can be made shorter, which trying again would not do.
void ClientApp::takeBack(const QString &room, const QString &cid, const QString &typed)
{
    const QString why = m_intents->failureOf(room, cid);
    if (!m_window || !m_window->roomView()->takeBack(room, typed))
        return; // it stays among the messages, and can be edited there
    m_intents->remove(room, cid);
    m_window->showError(why);
}

void ClientApp::showState(ServerLink::State state)
{
    using State = ServerLink::State;
    if (!m_window)
        return;
    switch (state) {
    case State::Connecting:
    case State::LoggingIn:
        m_window->showConnection(ConnectionState::Connecting);
        break;
    case State::Idle:
        m_window->showConnection(ConnectionState::Offline);
        break;
    case State::Online:
        m_window->showConnection(ConnectionState::Connected);
        break;
    case State::Waiting: // its seconds are told right after
    case State::LoggingOut:
        break;
    }
}

void ClientApp::showReturn(ChatSession::Start start)
{
    const auto seconds = static_cast<int>(m_away.elapsed() / 1000);
    if (start == ChatSession::Start::Restarted)
        m_model->addNotice(tr("The server has begun anew: what was said before is not there any "
                              "more."));
    else if (seconds < 120)
        m_model->addNotice(tr("Connected again after %n second(s).", nullptr, seconds));
    else
        m_model->addNotice(tr("Connected again after %n minute(s).", nullptr, seconds / 60));
}

void ClientApp::fail(const LinkFailure &failure)
{
    const auto question = questionOf(failure, m_address);
    if (question && !m_window) {
        askAbout(failure, *question);
        return;
    }
    LoginFailure shown = toLoginFailure(failure, m_address, m_request.name);
    shown.registering = m_request.isNew;
    shown.withInvite = m_hadInvite;
    const QStringList features = m_session.link().greeting().features;
    shown.guests = features.isEmpty() || features.contains("guests"_L1);
    if (m_window && m_window->isVisible() && m_window->roomView()->isWriting()) {
        // The form would take the rest of the sentence.
        saveDrafts();
        m_ended = shown;
        m_window->showConnection(ConnectionState::Ended, 0, failureText(shown));
        return;
    }
    showForm(shown);
}

/// Over the form, which keeps what was typed until the person has answered.
void ClientApp::askAbout(const LinkFailure &failure, const ServerQuestion::Subject &subject)
{
    m_login->setBusy(false);
    m_login->show();
    auto *question = new ServerQuestion(subject, m_login.get());
    connect(question, &QDialog::accepted, this, [this, failure] { agree(failure); });
    question->open();
}

void ClientApp::agree(const LinkFailure &failure)
{
    if (failure.judgement)
        m_known.trust(m_address, {failure.judgement->by, failure.judgement->now.key}, m_now());
    else
        m_known.allowPlain(m_address);
    login(m_login->request());
}

void ClientApp::showForm(const LoginFailure &failure)
{
    m_ended.reset();
    if (m_nearby)
        m_nearby->start();
    m_login->show();
    m_login->showFailure(failure);
    closeWindow();
}

void ClientApp::closeWindow()
{
    if (!m_window)
        return;
    saveWindow();
    saveDrafts();
    m_draftTimer.stop();
    m_window->disconnect(this);
    m_window->hide();
    // Later, since one of their signals may have led here.
    m_session.disconnect(m_accounts.get());
    m_accounts.release()->deleteLater();
    m_window.release()->deleteLater();
    m_session.disconnect(m_intents.get());
    m_intents.release()->deleteLater();
    m_session.disconnect(m_model.get());
    m_session.link().disconnect(m_model.get());
    m_model->disconnect();
    m_model.release()->deleteLater();
}

void ClientApp::quit()
{
    if (std::exchange(m_quitting, true))
        return;
    m_login->hide();
    if (m_window) {
        saveWindow();
        m_window->hide();
        m_session.flushRead();
    }
    m_session.link().logout();
}

void ClientApp::loggedOut()
{
    m_login->setBusy(false);
    if (!m_quitting)
        return;
    closeWindow();
    emit finished();
}

void ClientApp::loadDrafts()
{
    m_model->restoreDrafts(m_settings.drafts(toString(m_address), m_request.name));
}

void ClientApp::saveWindow()
{
    if (capabilities().rooms)
        m_known.setRoom(m_address, m_model->currentRoom());
    // Without the lists at its sides the splitter's state says nothing about the next window.
    const QByteArray splitter = capabilities().rooms
            ? m_window->findChild<QSplitter *>()->saveState()
            : m_settings.splitterState();
    m_settings.setWindow(m_window->saveGeometry(), splitter);
}

/// Not at every key.
void ClientApp::saveDraftsSoon()
{
    if (m_window && !m_draftTimer.isActive())
        m_draftTimer.start();
}

void ClientApp::saveDrafts()
{
    QMap<QString, QString> drafts = m_model->drafts();
    // What was sent and did not arrive is not lost: it stands in the message box next time.
    for (const OutgoingMessage &message : m_session.unsent()) {
        QString &draft = drafts[message.room];
        draft = draft.isEmpty() ? message.text : message.text + u'\n' + draft;
    }
    m_settings.setDrafts(toString(m_address), m_request.name, drafts);
}

} // namespace teahouse::client
