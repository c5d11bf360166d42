#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace teahouse::client {

/// A field for a secret: shown as dots unless the eye beside it is pressed, and with a hint while
/// Caps Lock seems to be on.
class PasswordEdit : public QWidget
{
    Q_OBJECT

public:
    explicit PasswordEdit(QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text);
    void clear() { setText({}); }

    QLineEdit *field() const { return m_field; }
    QToolButton *eye() const { return m_eye; } ///< checkable
    bool isCapsLockShown() const;

    /// How assistive programs call the field.
    void setFieldName(const QString &name);

signals:
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void show(bool visible);
    void notice(const QKeyEvent &key);
    void paintEye();
    void retranslate();

    QLineEdit *m_field;
    QToolButton *m_eye;
    QLabel *m_capsLock;
};

/// What is wrong with a password that somebody chose, and typed twice; empty when nothing is.
QString newPasswordFault(const QString &password, const QString &repeated);

} // namespace teahouse::client
