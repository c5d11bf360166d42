#include "gui-client/widgets/accountforms.h"

#include "gui-client/widgets/failuretext.h"
#include "gui-client/widgets/passwordedit.h"
#include "gui-client/widgets/rowtext.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace teahouse::client {

AccountForm::AccountForm(QWidget *parent)
    : QDialog(parent), m_intro(new QLabel(this)), m_fields(new QVBoxLayout)
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_fields->setSpacing(6);
    setMinimumWidth(fontMetrics().averageCharWidth() * 54);
}

/// What stands around the fields; behind them in the order of Tab, and so made after them.
void AccountForm::finish(const QString &title, const QString &intro, const QString &button)
{
    setWindowTitle(title);
    m_intro->setText(intro);
    m_plain = new QCheckBox(tr("&Send it over the unencrypted connection"), this);
    m_plain->setToolTip(tr("Others on the network could read it."));
    m_plain->hide();
    m_message = new QLabel(this);
    m_message->setMargin(8);
    m_message->setFrameShape(QFrame::StyledPanel);
    m_message->setAutoFillBackground(true);
    m_message->setBackgroundRole(QPalette::ToolTipBase);
    m_message->setForegroundRole(QPalette::ToolTipText);
    m_message->hide();
    for (QLabel *label : {m_intro, m_message}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(button);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(10);
    column->addWidget(m_intro);
    column->addLayout(m_fields);
    column->addWidget(m_plain);
    column->addWidget(m_message);
    column->addStretch();
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &AccountForm::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void AccountForm::addLabel(const QString &text, QWidget *field)
{
    auto *label = new QLabel(text, this);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(field);
    m_fields->addWidget(label);
}

QLabel *AccountForm::labelOf(const QWidget *field) const
{
    for (QLabel *label : findChildren<QLabel *>()) {
        if (label->buddy() == field)
            return label;
    }
    return nullptr;
}

PasswordEdit *AccountForm::addPassword(const QString &label)
{
    auto *edit = new PasswordEdit(this);
    addLabel(label, edit->field());
    m_fields->addWidget(edit);
    edit->setFieldName(QString(label).remove(u'&'));
    return edit;
}

QLineEdit *AccountForm::addLine(const QString &label)
{
    auto *edit = new QLineEdit(this);
    edit->setMaxLength(100);
    addLabel(label, edit);
    m_fields->addWidget(edit);
    edit->setAccessibleName(QString(label).remove(u'&'));
    return edit;
}

void AccountForm::setUnprotected()
{
    m_plain->show();
}

bool AccountForm::isAgreed() const
{
    return m_plain->isChecked();
}

void AccountForm::accept()
{
    if (m_busy)
        return;
    if (!m_plain->isHidden() && !isAgreed()) {
        complain(tr("The connection to the server is not encrypted: others on the network could "
                    "read what you send. Nothing was sent; you may allow it here."),
                 m_plain);
        return;
    }
    m_message->hide();
    setBusy(true);
    submit();
}

void AccountForm::succeed()
{
    QDialog::accept();
}

void AccountForm::refuse(const Error &error, const QString &serverText)
{
    QWidget *field = nullptr;
    const QString text = error.code == ErrorCode::Closing
            ? tr("There is no connection to the server. Please try again once there is.")
            : reason(error, serverText, field);
    complain(text, field);
}

void AccountForm::complain(const QString &text, QWidget *field)
{
    setBusy(false);
    m_message->setText(text);
    m_message->setAccessibleName(text);
    m_message->show();
    makeRoom();
    if (!field)
        return;
    field->setFocus();
    auto *line = qobject_cast<QLineEdit *>(field->focusProxy() ? field->focusProxy() : field);
    if (line)
        line->selectAll();
}

void AccountForm::setBusy(bool busy)
{
    m_busy = busy;
    m_ok->setEnabled(!busy);
}

/// Wrapped texts are not part of a window's own size hint.
void AccountForm::makeRoom()
{
    layout()->activate();
    const int wanted = layout()->totalHeightForWidth(width());
    if (height() < wanted)
        resize(width(), wanted);
}

RegisterForm::RegisterForm(const QString &name, QWidget *parent) : AccountForm(parent)
{
    m_password = addPassword(tr("&Password"));
    m_repeated = addPassword(tr("Password, once &more"));
    m_invite = addLine(tr("&Invite code"));
    m_inviteLabel = labelOf(m_invite);
    m_invite->hide();
    m_inviteLabel->hide();
    finish(tr("Register This Name"),
           tr("With an account the name %1 is yours, also while you are not here: you keep your "
              "rooms and find what was written to you. You log in with the password from then on.")
                   .arg(rowtext::isolated(name)),
           tr("&Register"));
}

void RegisterForm::askForInvite()
{
    m_inviteLabel->show();
    m_invite->show();
}

void RegisterForm::submit()
{
    const QString password = m_password->text();
    const QString fault = newPasswordFault(password, m_repeated->text());
    if (!fault.isEmpty())
        complain(fault, newPasswordFault(password, password).isEmpty() ? m_repeated : m_password);
    else
        emit submitted(password, m_invite->text().trimmed());
}

QString RegisterForm::reason(const Error &error, const QString &serverText, QWidget *&field)
{
    LoginFailure failure;
    failure.cause = LoginFailure::Cause::Server;
    failure.error = error;
    failure.text = serverText;
    failure.registering = true;
    failure.withInvite = !m_invite->text().trimmed().isEmpty();
    if (error.code == ErrorCode::InviteRequired) {
        askForInvite();
        field = m_invite;
    }
    return failureText(failure);
}

PasswordForm::PasswordForm(QWidget *parent) : AccountForm(parent)
{
    m_old = addPassword(tr("&Old password"));
    m_password = addPassword(tr("&New password"));
    m_repeated = addPassword(tr("New password, once &more"));
    finish(tr("Change Password"), tr("Your other devices will have to log in again."),
           tr("&Change"));
}

void PasswordForm::submit()
{
    const QString password = m_password->text();
    const QString fault = newPasswordFault(password, m_repeated->text());
    if (m_old->text().isEmpty())
        complain(tr("Please enter your old password."), m_old);
    else if (!fault.isEmpty())
        complain(fault, newPasswordFault(password, password).isEmpty() ? m_repeated : m_password);
    else
        emit submitted(m_old->text(), password);
}

QString PasswordForm::reason(const Error &error, const QString &serverText, QWidget *&field)
{
    if (error.code != ErrorCode::WrongPassword)
        return errorText(error, serverText);
    field = m_old;
    return tr("The old password is not right. Please check it.");
}

ClaimForm::ClaimForm(QWidget *parent) : AccountForm(parent)
{
    m_code = addLine(tr("&Code"));
    finish(tr("Become Administrator"),
           tr("As long as the server has no administrator it prints a code at its start. Whoever "
              "enters it becomes the administrator."),
           tr("&Become Administrator"));
}

void ClaimForm::submit()
{
    const QString code = m_code->text().trimmed();
    if (code.isEmpty())
        complain(tr("Please enter the code."), m_code);
    else
        emit submitted(code);
}

QString ClaimForm::reason(const Error &error, const QString &serverText, QWidget *&field)
{
    if (error.code != ErrorCode::NotAllowed && error.code != ErrorCode::WrongPassword)
        return errorText(error, serverText);
    field = m_code;
    return tr("That is not the code of the server's last start, or there is an administrator "
              "already.");
}

} // namespace teahouse::client
