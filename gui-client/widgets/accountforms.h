#pragma once

#include "shared/error.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace teahouse::client {

class PasswordEdit;

/// A small form about one's account. Stays open until the server has agreed, says on itself why it
/// has not, and keeps what was typed. Knows nothing of connections: it says what is wanted and is
/// told what came of it. Deletes itself when it is closed.
class AccountForm : public QDialog
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

    void accept() override; ///< sends it; the form stays

protected:
    PasswordEdit *addPassword(const QString &label);
    QLineEdit *addLine(const QString &label);
    QLabel *labelOf(const QWidget *field) const;
    void finish(const QString &title, const QString &intro, const QString &button);
    void complain(const QString &text, QWidget *field);

    /// Sends what was typed, unless something is wrong with it.
    virtual void submit() = 0;

    /// The refusal in words, and the field it is about; null for none.
    virtual QString reason(const Error &error, const QString &serverText, QWidget *&field) = 0;

private:
    void addLabel(const QString &text, QWidget *field);
    void setBusy(bool busy);
    void makeRoom();

    QLabel *m_intro;
    QVBoxLayout *m_fields;
    QCheckBox *m_plain = nullptr;
    QLabel *m_message = nullptr;
    QPushButton *m_ok = nullptr;
    bool m_busy = false;
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
    void submit() override;
    QString reason(const Error &error, const QString &serverText, QWidget *&field) override;

private:
    PasswordEdit *m_password;
    PasswordEdit *m_repeated;
    QLineEdit *m_invite;
    QLabel *m_inviteLabel;
};

class PasswordForm : public AccountForm
{
    Q_OBJECT

public:
    explicit PasswordForm(QWidget *parent);

signals:
    void submitted(const QString &old, const QString &password);

protected:
    void submit() override;
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
    void submit() override;
    QString reason(const Error &error, const QString &serverText, QWidget *&field) override;

private:
    QLineEdit *m_code;
};

} // namespace teahouse::client
