#include "gui-client/widgets/errandform.h"

#include "gui-client/widgets/roomwords.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace teahouse::client {

ErrandForm::ErrandForm(Errands &errands, QWidget *parent)
    : QDialog(parent), m_errands(errands), m_column(new QVBoxLayout(this)),
      m_body(new QWidget(this)), m_form(new QFormLayout(m_body)), m_error(new QLabel(this)),
      m_submit(nullptr)
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setMargin(6);
    m_error->setAutoFillBackground(true);
    m_error->setBackgroundRole(QPalette::ToolTipBase);
    m_error->setForegroundRole(QPalette::ToolTipText);
    m_error->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_submit = buttons->button(QDialogButtonBox::Ok);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_column->addWidget(m_body);
    m_column->addWidget(m_error);
    m_column->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 58);
}

QString ErrandForm::error() const
{
    return m_error->isHidden() ? QString() : m_error->text();
}

QLabel *ErrandForm::addRow(const QString &label, QWidget *field)
{
    auto *shown = new QLabel(label, m_body);
    shown->setTextFormat(Qt::PlainText);
    shown->setBuddy(field);
    m_form->addRow(shown, field);
    QString name = label;
    QWidget *named = field->focusProxy() ? field->focusProxy() : field;
    named->setAccessibleName(name.remove(u'&').remove(u':').remove(QChar(0xFF1A)));
    return shown;
}

void ErrandForm::addRow(QWidget *field)
{
    m_form->addRow(field);
}

QLabel *ErrandForm::addText(const QString &text)
{
    auto *label = new QLabel(m_body);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setText(text);
    m_form->addRow(label);
    return label;
}

void ErrandForm::setSubmitText(const QString &text)
{
    m_submit->setText(text);
}

void ErrandForm::showError(const QString &text)
{
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
}

/// Enter and the button mean to ask; the form closes when the server agrees.
void ErrandForm::accept()
{
    if (m_busy || !m_submit->isEnabled())
        return;
    showError({});
    submit();
}

void ErrandForm::ask(const QString &verb, const QJsonObject &fields)
{
    setBusy(true);
    m_errands.ask(verb, fields, this, [this, verb](const Reply &reply, const QString &text) {
        setBusy(false);
        if (reply)
            succeeded(*reply);
        else
            refused(verb, reply.error(), text);
    });
}

void ErrandForm::succeeded(const Answer &)
{
    QDialog::accept();
}

void ErrandForm::refused(const QString &verb, const Error &error, const QString &text)
{
    showError(roomwords::refusal(verb, error, text));
}

void ErrandForm::setBusy(bool busy)
{
    // A disabled field loses the focus; whoever corrects it goes on where they were.
    if (busy)
        m_focused = focusWidget();
    m_busy = busy;
    m_submit->setEnabled(!busy);
    m_body->setEnabled(!busy);
    if (!busy && m_focused)
        m_focused->setFocus();
}

} // namespace teahouse::client
