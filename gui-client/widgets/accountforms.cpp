#include "gui-client/widgets/accountforms.h"

#include "gui-client/widgets/failuretext.h"
#include "gui-client/widgets/passwordedit.h"
#include "gui-client/widgets/rowtext.h"

#include <QCheckBox>
#include <QLineEdit>

namespace teahouse::client {

AccountForm::AccountForm(QWidget *parent) : Form(parent), m_plain(new QCheckBox(body()))
{
    worded(m_plain, [this] {
        m_plain->setText(tr("&Send it over the unencrypted connection"));
        m_plain->setToolTip(tr("Others on the network could read it."));
    });
}

void AccountForm::finish(const LiveText &button)
{
    addRow(m_plain);
    setRowVisible(m_plain, false);
    setSubmitText(button);
}

PasswordEdit *AccountForm::addPassword(const LiveText &label)
{
    auto *edit = new PasswordEdit(body());
    addRow(label, edit);
    return edit;
}

QLineEdit *AccountForm::addLine(const LiveText &label)
{
    auto *edit = new QLineEdit(body());
    edit->setMaxLength(100);
    addRow(label, edit);
    return edit;
}

void AccountForm::setUnprotected()
{
    setRowVisible(m_plain, true);
}

bool AccountForm::isAgreed() const
{
    return m_plain->isChecked();
}

void AccountForm::submit()
{
    if (!m_plain->isHidden() && !isAgreed()) {
        complain(tr("The connection to the server is not encrypted: others on the network could "
                    "read what you send. Nothing was sent; you may allow it here."),
                 m_plain);
        return;
    }
    setBusy(true);
    send();
}

void AccountForm::succeed()
{
    done(Accepted);
}

void AccountForm::refuse(const Error &error, const QString &serverText)
{
    QWidget *field = nullptr;
    const QString text = error.code == ErrorCode::Closing
            ? tr("There is no connection to the server. Please try again once there is.")
            : reason(error, serverText, field);
    complain(text, field);
}

RegisterForm::RegisterForm(const QString &name, QWidget *parent) : AccountForm(parent)
{
    setTitle([] { return tr("Register This Name"); });
    addText([name] {
        return tr("With an account the name %1 is yours, also while you are not here: you keep "
                  "your rooms and find what was written to you. You log in with the password from "
                  "then on.")
                .arg(rowtext::isolated(name));
    });
    m_password = addPassword([] { return tr("&Password:"); });
    m_repeated = addPassword([] { return tr("Password, once &more:"); });
    m_invite = addLine([] { return tr("&Invite code:"); });
    setRowVisible(m_invite, false);
    finish([] { return tr("&Register"); });
    m_password->setFocus();
}

void RegisterForm::askForInvite()
{
    setRowVisible(m_invite, true);
}

void RegisterForm::send()
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
    setTitle([] { return tr("Change Password"); });
    addText([] { return tr("Your other devices will have to log in again."); });
    m_old = addPassword([] { return tr("&Old password:"); });
    m_password = addPassword([] { return tr("&New password:"); });
    m_repeated = addPassword([] { return tr("New password, once &more:"); });
    finish([] { return tr("&Change"); });
    m_old->setFocus();
}

void PasswordForm::send()
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
    setTitle([] { return tr("Become Administrator"); });
    addText([] {
        return tr("As long as the server has no administrator it prints a code at its start. "
                  "Whoever enters it becomes the administrator.");
    });
    m_code = addLine([] { return tr("&Code:"); });
    finish([] { return tr("&Become Administrator"); });
    m_code->setFocus();
}

void ClaimForm::send()
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
