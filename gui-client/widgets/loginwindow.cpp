#include "gui-client/widgets/loginwindow.h"

#include "gui-client/widgets/accountfields.h"
#include "gui-client/widgets/appicon.h"
#include "gui-client/widgets/nearbylist.h"
#include "gui-client/widgets/passwordedit.h"
#include "gui-client/widgets/rowtext.h"
#include "gui-client/widgets/screenkeeper.h"
#include "gui-client/widgets/scrollbody.h"
#include "gui-client/widgets/wrappedlabel.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace teahouse::client {

LoginWindow::LoginWindow(QWidget *parent)
    : QWidget(parent), m_picture(new QLabel(this)), m_heading(new QLabel(this)),
      m_subtitle(new QLabel(this)), m_addressLabel(new QLabel(this)),
      m_address(new QLineEdit(this)), m_servers(new ServerCompleter(this)),
      m_linkNote(new WrappedLabel(this)), m_nearby(new NearbyList(this)),
      m_nameLabel(new QLabel(this)), m_name(new QLineEdit(this)),
      m_nameNote(new WrappedLabel(this)), m_account(new AccountFields(this)),
      m_protocolLabel(new QLabel(this)), m_protocol(new QComboBox(this)),
      m_message(new WrappedLabel(this)), m_progress(new QProgressBar(this)),
      m_tryEncrypted(new QPushButton(this)), m_login(new QPushButton(this)),
      m_cancel(new QPushButton(this)), m_quit(new QAction(this))
{
    setWindowIcon(appIcon());
    buildForm();
    bindActions();
    retranslate();
    protocolChosen();
    setBusy(false);
}

void LoginWindow::buildForm()
{
    m_picture->setPixmap(appIcon().pixmap(64, 64));
    m_picture->setAlignment(Qt::AlignCenter);
    QFont large = m_heading->font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setBold(true);
    m_heading->setFont(large);
    for (QLabel *label : {m_heading, m_subtitle, m_addressLabel, m_nameLabel, m_nameNote,
                          m_protocolLabel, m_message})
        label->setTextFormat(Qt::PlainText);
    m_heading->setAlignment(Qt::AlignCenter);
    m_subtitle->setAlignment(Qt::AlignCenter);
    m_addressLabel->setBuddy(m_address);
    m_nameLabel->setBuddy(m_name);
    m_protocolLabel->setBuddy(m_protocol);
    m_address->setMaxLength(2 * JoinLink::longest); // what is too long is told, and not cut
    m_address->setCompleter(m_servers);
    m_linkNote->hide();
    m_tryEncrypted->hide();
    m_name->setMaxLength(200);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_login->setDefault(true);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_tryEncrypted);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_login);
    auto *window = new QVBoxLayout(this);
    window->setContentsMargins(28, 24, 28, 24);
    window->setSpacing(6);
    window->addStretch();
    window->addWidget(buildBody());
    window->addSpacing(10);
    window->addLayout(buttons);
    window->addStretch();
    keepOnScreen(*this);
    resize(characterWidth(*this) * 58, 1); // grows when it is shown
}

/// All but the buttons, which stay in sight where this has to scroll.
QWidget *LoginWindow::buildBody()
{
    auto *fields = new QWidget(this);
    auto *column = new QVBoxLayout(fields);
    column->setContentsMargins({});
    column->setSpacing(6);
    column->addWidget(m_picture);
    column->addWidget(m_heading);
    column->addWidget(m_subtitle);
    column->addSpacing(16);
    column->addWidget(m_addressLabel);
    column->addWidget(m_address);
    column->addWidget(m_linkNote);
    column->addWidget(m_nearby);
    column->addSpacing(6);
    column->addWidget(m_nameLabel);
    column->addWidget(m_name);
    column->addWidget(m_nameNote);
    column->addSpacing(6);
    column->addWidget(m_account);
    column->addSpacing(6);
    column->addWidget(m_protocolLabel);
    column->addWidget(m_protocol);
    column->addSpacing(6);
    column->addWidget(buildMessage());
    column->addWidget(m_progress);
    m_body = new ScrollBody(fields, this);
    return m_body;
}

QWidget *LoginWindow::buildMessage()
{
    m_message->setFrameShape(QFrame::StyledPanel);
    m_message->setMargin(8);
    m_message->setAutoFillBackground(true);
    m_message->setBackgroundRole(QPalette::ToolTipBase);
    m_message->setForegroundRole(QPalette::ToolTipText);
    m_message->hide();
    return m_message;
}

/// In the language of the moment; the choice stays.
void LoginWindow::fillProtocols()
{
    const std::pair<ChatProtocol, QString> protocols[] = {
            {ChatProtocol::Automatic, tr("Automatic", "protocol")},
            {ChatProtocol::Teahouse, tr("Teahouse", "protocol")},
            {ChatProtocol::Tea, tr("Tea", "protocol")},
            {ChatProtocol::Wx, tr("wx", "protocol")},
            {ChatProtocol::Guest, tr("Guest chat", "protocol")},
            {ChatProtocol::Relay, tr("Relay", "protocol")},
            {ChatProtocol::Line, tr("Line", "protocol")},
            {ChatProtocol::Nul, tr("NUL-framed", "protocol")},
    };
    const ChatProtocol chosen = protocol();
    const QSignalBlocker quiet(m_protocol);
    m_protocol->clear();
    for (const auto &[protocol, text] : protocols)
        m_protocol->addItem(text, static_cast<int>(protocol));
    setProtocol(chosen);
}

void LoginWindow::protocolChosen()
{
    clearMessage();
    updateFields();
    m_address->setPlaceholderText(
            tr("host or host:port (usually %1)").arg(QString::number(customaryPort(protocol()))));
}

bool LoginWindow::asksForName() const
{
    return capabilitiesOf(protocol()).names;
}

void LoginWindow::updateFields()
{
    m_account->setAvailable(!m_busy && capabilitiesOf(protocol()).accounts);
    m_name->setEnabled(!m_busy && asksForName());
    m_nameLabel->setEnabled(asksForName());
    m_nameNote->setVisible(!asksForName());
    m_nameNote->setText(protocol() == ChatProtocol::Line
                                ? tr("This kind of server asks for no name and does not tell who "
                                     "said what.")
                                : tr("This kind of server asks for no name: the others see the "
                                     "address you come from."));
    m_name->setAccessibleDescription(asksForName() ? QString() : m_nameNote->text());
    grow();
}

void LoginWindow::bindActions()
{
    connect(m_protocol, &QComboBox::currentIndexChanged, this, &LoginWindow::protocolChosen);
    connect(m_login, &QPushButton::clicked, this, &LoginWindow::submit);
    connect(m_cancel, &QPushButton::clicked, this, &LoginWindow::cancelled);
    connect(m_tryEncrypted, &QPushButton::clicked, this, &LoginWindow::tryEncrypted);
    connect(m_name, &QLineEdit::textEdited, this, &LoginWindow::clearMessage);
    connect(m_address, &QLineEdit::textEdited, this, &LoginWindow::addressEdited);
    connect(m_servers, &ServerCompleter::userKnown, this, &LoginWindow::setName);
    connect(m_address, &QLineEdit::textChanged, m_account, &AccountFields::forgetServer);
    connect(m_address, &QLineEdit::textChanged, this, [this] { m_keyBegins.clear(); });
    connect(m_nearby, &NearbyList::chosen, this, &LoginWindow::takeNearby);
    connect(m_nearby, &NearbyList::entered, this, &LoginWindow::enterNearby);
    connect(m_nearby, &NearbyList::refused, this, &LoginWindow::refuseNearby);
    connect(m_nearby, &NearbyList::layoutChanged, this, &LoginWindow::grow);
    connect(m_account, &AccountFields::edited, this, &LoginWindow::clearMessage);
    connect(m_account, &AccountFields::layoutChanged, this, [this] {
        updateLogin();
        grow();
    });
    // QKeySequence::Quit is empty on generic platforms.
    m_quit->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Q), QKeySequence(Qt::CTRL | Qt::Key_W)});
    addAction(m_quit);
    connect(m_quit, &QAction::triggered, this, &LoginWindow::quitRequested);
}

QString LoginWindow::address() const
{
    return m_address->text().trimmed();
}

QString LoginWindow::name() const
{
    return m_name->text().trimmed();
}

LoginRequest LoginWindow::request() const
{
    LoginRequest request{address(), asksForName() ? name() : QString(), protocol()};
    m_account->fill(request);
    fillFromLink(request);
    request.keyBegins = m_keyBegins;
    return request;
}

void LoginWindow::setNearby(NearbyModel &model)
{
    m_nearby->setModel(model);
}

void LoginWindow::takeNearby(const QString &address, const QString &keyBegins)
{
    setProtocol(ChatProtocol::Automatic);
    m_address->setText(address);
    m_keyBegins = keyBegins;
    clearMessage();
}

/// Nobody gets in without a name by a stray double click.
void LoginWindow::enterNearby()
{
    if (name().isEmpty())
        m_name->setFocus();
    else
        submit();
}

void LoginWindow::refuseNearby(const QString &name)
{
    showMessage(tr("This is not the \u201c%1\u201d that you know: its key is another. If its owner "
                   "has told you of a new one, enter its address.")
                        .arg(rowtext::isolated(name)));
    m_nearby->setFocus();
}

ChatProtocol LoginWindow::protocol() const
{
    return static_cast<ChatProtocol>(m_protocol->currentData().toInt()); // nothing: Automatic
}

void LoginWindow::setProtocol(ChatProtocol protocol)
{
    m_protocol->setCurrentIndex(std::max(0, m_protocol->findData(static_cast<int>(protocol))));
}

void LoginWindow::setAddress(const QString &address)
{
    forgetLink();
    m_address->setText(address);
    m_typed = address.size();
    focusFirstEmpty();
}

void LoginWindow::setName(const QString &name)
{
    m_name->setText(name);
    focusFirstEmpty();
}

void LoginWindow::setBusy(bool busy)
{
    m_busy = busy;
    for (QWidget *widget : {static_cast<QWidget *>(m_address), static_cast<QWidget *>(m_nearby),
                            static_cast<QWidget *>(m_protocol), static_cast<QWidget *>(m_login)})
        widget->setEnabled(!busy);
    updateFields();
    m_progress->setVisible(busy);
    m_cancel->setVisible(busy);
    m_login->setVisible(!busy);
    if (busy) {
        clearMessage();
        m_cancel->setFocus();
    } else {
        focusFirstEmpty();
    }
}

void LoginWindow::showFailure(const LoginFailure &failure)
{
    showMessage(failureText(failure));
    m_tryEncrypted->setVisible(failure.cause == LoginFailure::Cause::Silent);
    if (m_account->react(failure)) {
        grow();
    } else if (failure.cause == LoginFailure::Cause::Server) {
        m_name->setFocus();
        m_name->selectAll();
    } else if (failure.cause == LoginFailure::Cause::Silent
               || failure.cause == LoginFailure::Cause::NotTeahouse) {
        m_protocol->setFocus();
    } else if (failure.cause != LoginFailure::Cause::Closing) {
        m_address->setFocus();
    }
    m_body->reveal(m_message);
}

void LoginWindow::showMessage(const QString &text)
{
    setBusy(false);
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    m_message->setAccessibleName(text);
    grow();
    if (!text.isEmpty())
        m_body->reveal(m_message);
}

/// As high as the fields are; where there is no room for that, they go before the picture.
void LoginWindow::grow()
{
    m_picture->show();
    growToContents(*this);
    if (isVisible() && layout()->totalHeightForWidth(width()) > height()) {
        m_picture->hide();
        growToContents(*this);
    }
    QWidget *focused = focusWidget();
    if (focused && m_body->isAncestorOf(focused))
        m_body->reveal(focused);
}

void LoginWindow::forgetSecrets()
{
    m_account->forgetSecrets();
    forgetLink();
}

void LoginWindow::clearMessage()
{
    m_message->clear();
    m_message->hide();
    m_tryEncrypted->hide();
}

void LoginWindow::updateLogin()
{
    m_login->setText(m_account->isNew() ? tr("Create Accoun&t") : tr("&Login"));
}

void LoginWindow::submit()
{
    if (m_busy)
        return;
    if (isJoinLink(address())) {
        takeLink(address()); // and the person reads what it brings
        return;
    }
    LoginFailure failure;
    if (address().isEmpty()) {
        failure.cause = LoginFailure::Cause::BadAddress;
        showFailure(failure);
    } else if (name().isEmpty()
               && (m_account->isNew()
                   || (asksForName() && protocol() != ChatProtocol::Automatic))) {
        // With Automatic the server may be of a kind that asks for no name.
        failure.cause = LoginFailure::Cause::Server;
        failure.error.code = ErrorCode::NameEmpty;
        showFailure(failure);
    } else if (const QString fault = m_account->fault(); !fault.isEmpty()) {
        QWidget *wrong = focusWidget();
        showMessage(fault);
        if (wrong)
            wrong->setFocus();
        m_body->reveal(m_message);
    } else {
        clearMessage();
        emit loginRequested(request());
    }
}

void LoginWindow::focusFirstEmpty()
{
    if (m_address->text().isEmpty())
        m_address->setFocus();
    else if (m_name->text().isEmpty() && asksForName())
        m_name->setFocus();
    else if (m_account->isEnabled() && m_account->isEmpty())
        m_account->setFocus();
    else
        m_login->setFocus();
}

/// Fields and buttons leave Enter to the window, so that one press does one thing.
void LoginWindow::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool cancels = event->key() == Qt::Key_Escape || (enter && m_cancel->hasFocus());
    if (m_busy && cancels)
        emit cancelled();
    else if (enter && !m_busy)
        submit();
    else
        QWidget::keyPressEvent(event);
}

void LoginWindow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    grow();
    focusFirstEmpty();
}

void LoginWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void LoginWindow::retranslate()
{
    setWindowTitle(tr("Log In - Teahouse"));
    m_heading->setText(tr("Teahouse"));
    m_subtitle->setText(tr("Take a seat: who are you, and where shall we meet?"));
    m_addressLabel->setText(tr("Server &address"));
    m_address->setAccessibleName(tr("Server address"));
    m_nameLabel->setText(tr("User &name"));
    m_name->setPlaceholderText(tr("how the others will see you"));
    m_name->setAccessibleName(tr("User name"));
    m_protocolLabel->setText(tr("&Protocol"));
    m_protocol->setAccessibleName(tr("Protocol"));
    m_protocol->setToolTip(
            tr("What the server speaks. Choose it by hand for a server that does not greet."));
    fillProtocols();
    protocolChosen();
    m_progress->setAccessibleName(tr("Connecting"));
    updateLogin();
    m_cancel->setText(tr("&Cancel"));
    m_tryEncrypted->setText(tr("Try &Encrypted"));
    showLink();
    m_quit->setText(tr("&Quit"));
}

} // namespace teahouse::client
