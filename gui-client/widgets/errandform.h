#pragma once

#include "gui-client/models/errands.h"

#include <QDialog>
#include <QPointer>

class QFormLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace teahouse::client {

/// A form by which the server is asked for something. Stays open, with what was typed, until the
/// server has agreed; otherwise it says why not.
class ErrandForm : public QDialog
{
    Q_OBJECT

public:
    ErrandForm(Errands &errands, QWidget *parent);

    QPushButton *submitButton() const { return m_submit; }

    /// What stands below the fields about what went wrong.
    QString error() const;

    void accept() override;

protected:
    /// Where the fields are; its form has rows by addRow().
    QWidget *body() const { return m_body; }
    QVBoxLayout *column() const { return m_column; }
    Errands &errands() const { return m_errands; }

    /// A labelled field, which is called like its label.
    QLabel *addRow(const QString &label, QWidget *field);
    void addRow(QWidget *field);

    /// A line of plain text above what follows.
    QLabel *addText(const QString &text);

    void setSubmitText(const QString &text);
    void showError(const QString &text);

    /// Asks, and can be asked for nothing else until the answer is there.
    void ask(const QString &verb, const QJsonObject &fields);

    /// Reads the fields and asks.
    virtual void submit() = 0;

    /// The server has agreed, or not.
    virtual void succeeded(const Answer &answer);
    virtual void refused(const QString &verb, const Error &error, const QString &text);

private:
    void setBusy(bool busy);

    Errands &m_errands;
    QVBoxLayout *m_column;
    QWidget *m_body;
    QFormLayout *m_form;
    QLabel *m_error;
    QPushButton *m_submit;
    QPointer<QWidget> m_focused;
    bool m_busy = false;
};

} // namespace teahouse::client
