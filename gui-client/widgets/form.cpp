#include "gui-client/widgets/form.h"

#include "gui-client/input/textlimits.h"
#include "gui-client/widgets/screenkeeper.h"
#include "gui-client/widgets/scrollbody.h"
#include "gui-client/widgets/wrappedlabel.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace teahouse::client {

Form::Form(QWidget *parent)
    : QDialog(parent), m_column(new QVBoxLayout(this)), m_body(new QWidget(this)),
      m_form(new QFormLayout(m_body)), m_area(new ScrollBody(m_body, this)),
      m_error(new WrappedLabel(this)), m_submit(nullptr)
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_error->setMargin(6);
    m_error->setAutoFillBackground(true);
    m_error->setBackgroundRole(QPalette::ToolTipBase);
    m_error->setForegroundRole(QPalette::ToolTipText);
    m_error->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_submit = buttons->button(QDialogButtonBox::Ok);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_column->addWidget(m_area);
    m_column->addWidget(m_error);
    m_column->addWidget(buttons);
    keepOnScreen(*this);
    resize(characterWidth(*this) * 58, 1); // grows when it is shown
}

QString Form::error() const
{
    return m_error->isHidden() ? QString() : m_error->text();
}

void Form::setTitle(const LiveText &title)
{
    worded(this, [this, title] { setWindowTitle(title()); });
}

void Form::addRow(const LiveText &label, QWidget *field)
{
    auto *shown = new QLabel(m_body);
    shown->setTextFormat(Qt::PlainText);
    shown->setBuddy(field);
    m_form->addRow(shown, field);
    QWidget *named = field->focusProxy() ? field->focusProxy() : field;
    worded(named, [shown, named, label] {
        shown->setText(label());
        named->setAccessibleName(spokenLabel(label()));
    });
}

void Form::addRow(QWidget *field)
{
    m_form->addRow(field);
}

void Form::setRowVisible(QWidget *field, bool visible)
{
    m_form->setRowVisible(field, visible);
}

QLabel *Form::addText(const LiveText &text)
{
    auto *label = new WrappedLabel(m_body);
    worded(label, [label, text] { label->setText(text()); });
    m_form->addRow(label);
    return label;
}

void Form::setSubmitText(const LiveText &text)
{
    worded(m_submit, [this, text] { m_submit->setText(text()); });
}

void Form::showError(const QString &text)
{
    m_error->setText(text);
    m_error->setAccessibleName(text);
    m_error->setVisible(!text.isEmpty());
    if (!text.isEmpty())
        growToContents(*this);
}

void Form::complain(const QString &text, QWidget *field)
{
    setBusy(false);
    showError(text);
    if (!field)
        return;
    field->setFocus();
    auto *line = qobject_cast<QLineEdit *>(field->focusProxy() ? field->focusProxy() : field);
    if (line)
        line->selectAll();
}

void Form::showEvent(QShowEvent *event)
{
    growToContents(*this);
    QDialog::showEvent(event); // puts it over its parent, by its size
}

QWidget *Form::body() const
{
    return m_area;
}

/// Enter and the button mean to ask; the form closes when it was done.
void Form::accept()
{
    if (m_busy || !m_submit->isEnabled())
        return;
    showError({});
    if (isWithinLimits())
        submit();
}

void Form::setLimit(QLineEdit *field, int characters)
{
    m_limits.append({field, characters});
}

bool Form::isWithinLimits()
{
    for (const auto &[field, characters] : std::as_const(m_limits)) {
        if (!field->isEnabled())
            continue;
        if (const Excess excess = excessOf(field->text().trimmed(), characters)) {
            complain(tr("That has %n characters too many. Shorten it to %1.", nullptr, excess.by)
                             .arg(excess.limit),
                     field);
            field->deselect();
            return false;
        }
    }
    return true;
}

void Form::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
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
