#pragma once

#include "gui-client/widgets/failuretext.h"
#include "gui-client/widgets/loginrequest.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace teahouse::client {

class PasswordEdit;

/// The part of the login window that is about accounts: the password, whether to create an
/// account, and what a server's refusal has shown to be needed.
class AccountFields : public QWidget
{
    Q_OBJECT

public:
    explicit AccountFields(QWidget *parent = nullptr);

    /// Fills in what is asked for.
    void fill(LoginRequest &request) const;

    bool isNew() const;
    bool isEmpty() const; ///< no password was typed

    /// What is wrong with what was typed, as far as that can be told here; the focus goes to it.
    QString fault();

    /// Shows what the failure asks for; whether the focus is in a field of these now.
    bool react(const LoginFailure &failure);

    /// Where there are no accounts nothing can be typed.
    void setAvailable(bool available);

    /// What was agreed for one server does not hold for another.
    void forgetServer();

    /// Secrets are not kept longer than they are needed.
    void forgetSecrets();

    PasswordEdit *password() const { return m_password; }

signals:
    void edited();
    void layoutChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void update();
    void retranslate();

    QLabel *m_passwordLabel;
    PasswordEdit *m_password;
    QCheckBox *m_isNew;
    QLabel *m_repeatedLabel;
    PasswordEdit *m_repeated;
    QLabel *m_inviteLabel;
    QLineEdit *m_invite;
    QCheckBox *m_plain;
    bool m_needsInvite = false;
    bool m_asksPlain = false;
};

} // namespace teahouse::client
