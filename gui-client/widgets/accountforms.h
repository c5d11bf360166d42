#pragma once

#include "gui-client/widgets/form.h"
#include "shared/error.h"

class QCheckBox;
class QLineEdit;

namespace teahouse::client {

class PasswordEdit;

/// A small form about one's account. Knows nothing of connections: it says what is wanted and is
/// told what came of it.
class AccountForm : public Form
{
    Q_OBJECT

public:
    explicit AccountForm(QWidget *parent);

    /// Where others may listen the person has to agree first.
    void setUnprotected();
    bool isAgreed() const;

    /// The server has agreed.
    void succeed();

    /// It has not; the focus goes to what is to be corrected.
    void refuse(const Error &error, const QString &serverText);

protected:
    PasswordEdit *addPassword(const LiveText &label);
    QLineEdit *addLine(const LiveText &label);

    /// What stands below the fields, and so is made after them.
    void finish(const LiveText &button);

    void submit() final;

    /// Sends what was typed, unless something is wrong with it.
    virtual void send() = 0;

    /// The refusal in words, and the field it is about; null for none.
    virtual QString reason(const Error &error, const QString &serverText, QWidget *&field) = 0;

private:
    QCheckBox *m_plain;
};

/// The guest that one is becomes an account.
class RegisterForm : public AccountForm
{
    Q_OBJECT

public:
    RegisterForm(const QString &name, QWidget *parent);

    /// The server takes nobody without one.
    void askForInvite();

signals:
    void submitted(const QString &password, const QString &invite);

protected:
    void send() override;
    QString reason(const Error &error, const QString &serverText, QWidget *&field) override;

private:
    PasswordEdit *m_password;
    PasswordEdit *m_repeated;
    QLineEdit *m_invite;
};

class PasswordForm : public AccountForm
{
    Q_OBJECT

public:
    explicit PasswordForm(QWidget *parent);

signals:
    void submitted(const QString &old, const QString &password);

protected:
    void send() override;
    QString reason(const Error &error, const QString &serverText, QWidget *&field) override;

private:
    PasswordEdit *m_old;
    PasswordEdit *m_password;
    PasswordEdit *m_repeated;
};

/// One becomes an administrator by the code that the server has printed at its start.
class ClaimForm : public AccountForm
{
    Q_OBJECT

public:
    explicit ClaimForm(QWidget *parent);

signals:
    void submitted(const QString &code);

protected:
    void send() override;
    QString reason(const Error &error, const QString &serverText, QWidget *&field) override;

private:
    QLineEdit *m_code;
};

} // namespace teahouse::client
