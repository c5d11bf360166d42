#include "gui-client/widgets/closedbar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace teahouse::client {

ClosedBar::ClosedBar(QWidget *parent)
    : QWidget(parent), m_text(new QLabel(this)), m_join(new QPushButton(this)),
      m_leave(new QPushButton(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setForegroundRole(QPalette::ToolTipText);
    m_text->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 4, 10, 4);
    row->addWidget(m_text, 1);
    for (QPushButton *button : {m_join, m_leave}) {
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    }
    connect(m_join, &QPushButton::clicked, this, &ClosedBar::joinRequested);
    connect(m_leave, &QPushButton::clicked, this, &ClosedBar::leaveRequested);
    retranslate();
    hide();
}

void ClosedBar::show(const QString &why, Return way)
{
    m_text->setText(why);
    m_join->setVisible(way == Return::Offered);
    setVisible(!why.isEmpty());
}

void ClosedBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ClosedBar::retranslate()
{
    m_join->setText(tr("Join Again"));
    m_leave->setText(tr("Go to main"));
}

} // namespace teahouse::client
