#pragma once

#include "gui-client/widgets/worded.h"

#include <QDialog>
#include <QPointer>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace teahouse::client {

class ScrollBody;

/// A form that stays open, with what was typed, until what it asks for was done; otherwise it says
/// why not. Its words follow the language. Deletes itself when it is closed.
class Form : public QDialog
{
    Q_OBJECT

public:
    QPushButton *submitButton() const { return m_submit; }

    /// What stands below the fields about what went wrong.
    QString error() const;

    void accept() override; ///< submits; the form stays

protected:
    explicit Form(QWidget *parent);

    /// Where the fields are; its form has rows by addRow(). They scroll where there is no room.
    QWidget *body() const;
    QVBoxLayout *column() const { return m_column; }

    void setTitle(const LiveText &title);

    /// A labelled field, which is called like its label.
    void addRow(const LiveText &label, QWidget *field);
    void addRow(QWidget *field);
    void setRowVisible(QWidget *field, bool visible);

    /// What is in the field may have so many code points: more of it is not asked for, and stays to
    /// be shortened.
    void setLimit(QLineEdit *field, int characters);

    /// A line of plain text above what follows.
    QLabel *addText(const LiveText &text);

    void setSubmitText(const LiveText &text);
    void showError(const QString &text);

    /// Says what is wrong, and leads to the field that is to be corrected; null for none.
    void complain(const QString &text, QWidget *field);

    /// While it is busy it cannot be changed or submitted.
    void setBusy(bool busy);
    bool isBusy() const { return m_busy; }

    void showEvent(QShowEvent *event) override;

    /// Reads the fields and asks.
    virtual void submit() = 0;

private:
    struct Limit
    {
        QLineEdit *field;
        int characters;
    };
    bool isWithinLimits();

    QVBoxLayout *m_column;
    QWidget *m_body;
    QFormLayout *m_form;
    ScrollBody *m_area;
    QLabel *m_error;
    QPushButton *m_submit;
    QPointer<QWidget> m_focused;
    QList<Limit> m_limits;
    bool m_busy = false;
};

} // namespace teahouse::client
