#include "gui-client/widgets/retentionedit.h"

#include "gui-client/widgets/worded.h"
#include "shared/limits.h"
#include "shared/roominfo.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

namespace teahouse::client {

RetentionEdit::RetentionEdit(QWidget *parent)
    : QWidget(parent), m_choice(new QComboBox(this)), m_days(new QSpinBox(this))
{
    m_days->setRange(1, limits::retentionDays);
    m_days->setValue(30);
    m_days->hide();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_choice);
    row->addWidget(m_days);
    row->addStretch(1);
    setFocusProxy(m_choice);
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_days->setVisible(index == Days);
        emit changed();
    });
    worded(this, [this] {
        setChoices(*m_choice, {tr("Keep for ever"), tr("Keep for some days"), tr("Keep nothing")});
        m_choice->setAccessibleName(tr("What was said"));
        m_days->setAccessibleName(tr("Days to keep what was said"));
        showDays(m_days->value());
    });
    connect(m_days, &QSpinBox::valueChanged, this, &RetentionEdit::showDays);
    connect(m_days, &QSpinBox::valueChanged, this, &RetentionEdit::changed);
}

void RetentionEdit::showDays(int days)
{
    m_days->setSuffix(tr(" day(s)", "behind a number in a field", days));
}

int RetentionEdit::retention() const
{
    if (m_choice->currentIndex() == Forever)
        return keepForever;
    return m_choice->currentIndex() == Nothing ? 0 : m_days->value();
}

void RetentionEdit::setRetention(int days)
{
    if (days > 0)
        m_days->setValue(days);
    m_choice->setCurrentIndex(days == keepForever ? Forever : (days == 0 ? Nothing : Days));
}

} // namespace teahouse::client
