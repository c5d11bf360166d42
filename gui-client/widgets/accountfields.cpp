#include "gui-client/widgets/accountfields.h"

#include "gui-client/widgets/passwordedit.h"

#include <QCheckBox>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace teahouse::client {

namespace {

/// Whether another password would help.
bool isForPassword(const LoginFailure &failure)
{
    switch (failure.cause) {
    case LoginFailure::Cause::NoAccounts:
        return true;
    case LoginFailure::Cause::Closing:
        return failure.closing.code == ClosingCode::PasswordChanged;
    case LoginFailure::Cause::Server:
        return failure.error.code == ErrorCode::WrongPassword
                || failure.error.code == ErrorCode::PasswordRequired
                || failure.error.code == ErrorCode::TlsRequired || !failure.guests;
    default:
        return false;
    }
}

} // namespace

AccountFields::AccountFields(QWidget *parent)
    : QWidget(parent), m_passwordLabel(new QLabel(this)), m_password(new PasswordEdit(this)),
      m_isNew(new QCheckBox(this)), m_repeatedLabel(new QLabel(this)),
      m_repeated(new PasswordEdit(this)), m_inviteLabel(new QLabel(this)),
      m_invite(new QLineEdit(this)), m_plain(new QCheckBox(this))
{
    for (QLabel *label : {m_passwordLabel, m_repeatedLabel, m_inviteLabel})
        label->setTextFormat(Qt::PlainText);
    m_passwordLabel->setBuddy(m_password->field());
    m_repeatedLabel->setBuddy(m_repeated->field());
    m_inviteLabel->setBuddy(m_invite);
    m_invite->setMaxLength(100);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_passwordLabel, m_password, m_isNew, m_repeatedLabel,
                                          m_repeated, m_inviteLabel, m_invite, m_plain})
        column->addWidget(widget);
    setFocusProxy(m_password);
    connect(m_isNew, &QCheckBox::toggled, this, [this] {
        update();
        emit edited();
    });
    for (const PasswordEdit *edit : {m_password, m_repeated})
        connect(edit, &PasswordEdit::edited, this, &AccountFields::edited);
    connect(m_invite, &QLineEdit::textEdited, this, &AccountFields::edited);
    retranslate();
    update();
}

void AccountFields::fill(LoginRequest &request) const
{
    if (!isEnabled())
        return;
    request.password = m_password->text();
    request.isNew = isNew();
    request.invite = isNew() && m_needsInvite ? m_invite->text().trimmed() : QString();
    request.overPlainText = m_plain->isChecked();
}

bool AccountFields::isNew() const
{
    return isEnabled() && m_isNew->isChecked();
}

bool AccountFields::isEmpty() const
{
    return m_password->text().isEmpty();
}

QString AccountFields::fault()
{
    if (!isNew())
        return {};
    const QString fault = newPasswordFault(m_password->text(), m_repeated->text());
    if (!fault.isEmpty()) {
        PasswordEdit *wrong = newPasswordFault(m_password->text(), m_password->text()).isEmpty()
                ? m_repeated
                : m_password;
        wrong->setFocus();
        wrong->field()->selectAll();
    }
    return fault;
}

bool AccountFields::react(const LoginFailure &failure)
{
    QWidget *wanted = nullptr;
    if (failure.cause == LoginFailure::Cause::PlainText) {
        m_asksPlain = true;
        wanted = m_plain;
    } else if (failure.cause == LoginFailure::Cause::Server && failure.registering
               && failure.error.code == ErrorCode::InviteRequired) {
        m_needsInvite = true;
        wanted = m_invite;
        m_invite->selectAll();
    } else if (isForPassword(failure)) {
        wanted = m_password;
    } else if (failure.cause != LoginFailure::Cause::Server) {
        return false;
    }
    update();
    if (!wanted)
        return false;
    wanted->setFocus();
    if (wanted == m_password)
        m_password->field()->selectAll();
    return true;
}

void AccountFields::setAvailable(bool available)
{
    setEnabled(available);
    update();
}

void AccountFields::forgetServer()
{
    m_needsInvite = m_asksPlain = false;
    m_plain->setChecked(false);
    update();
}

void AccountFields::forgetSecrets()
{
    m_password->clear();
    m_repeated->clear();
    m_invite->clear();
    m_isNew->setChecked(false);
}

/// Shows what there is to fill in, and no more.
void AccountFields::update()
{
    for (QWidget *widget : std::initializer_list<QWidget *>{m_repeatedLabel, m_repeated})
        widget->setVisible(isNew());
    for (QWidget *widget : std::initializer_list<QWidget *>{m_inviteLabel, m_invite})
        widget->setVisible(isNew() && m_needsInvite);
    m_plain->setVisible(isEnabled() && m_asksPlain);
    emit layoutChanged();
}

void AccountFields::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void AccountFields::retranslate()
{
    m_passwordLabel->setText(tr("Pass&word"));
    m_password->field()->setPlaceholderText(tr("empty for guests"));
    m_password->setFieldName(tr("Password"));
    m_isNew->setText(tr("C&reate an account with this name"));
    m_repeatedLabel->setText(tr("Password, once &more"));
    m_repeated->setFieldName(tr("Password, once more"));
    m_inviteLabel->setText(tr("&Invite code"));
    m_invite->setAccessibleName(tr("Invite code"));
    m_plain->setText(tr("&Send the password without encryption"));
}

} // namespace teahouse::client
