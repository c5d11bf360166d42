#include "gui-client/widgets/connectionbar.h"

#include "gui-client/widgets/wrappedlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

namespace teahouse::client {

ConnectionBar::ConnectionBar(QWidget *parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_text(new WrappedLabel(this)),
      m_now(new QPushButton(this)), m_stop(new QPushButton(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    m_icon->setPixmap(style()->standardIcon(QStyle::SP_MessageBoxWarning).pixmap(size, size));
    m_text->setForegroundRole(QPalette::ToolTipText);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 6);
    layout->setSpacing(8);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_now);
    layout->addWidget(m_stop);
    for (QPushButton *button : {m_now, m_stop})
        button->setFocusPolicy(Qt::TabFocus); // a click takes no keys from the message box
    connect(m_now, &QPushButton::clicked, this, [this] {
        if (m_state == ConnectionState::Ended)
            emit loginWanted();
        else
            emit reconnectNow();
    });
    connect(m_stop, &QPushButton::clicked, this, &ConnectionBar::stopReconnecting);
    retranslate();
    hide();
}

void ConnectionBar::showState(ConnectionState state, int seconds, const QString &reason)
{
    m_state = state;
    m_seconds = seconds;
    m_reason = reason;
    m_now->setVisible(state != ConnectionState::Connected && state != ConnectionState::Connecting);
    m_stop->setVisible(state == ConnectionState::Waiting || state == ConnectionState::Connecting);
    retranslate();
    setVisible(state != ConnectionState::Connected);
}

void ConnectionBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ConnectionBar::retranslate()
{
    QString text;
    switch (m_state) {
    case ConnectionState::Connected:
        break;
    case ConnectionState::Waiting:
        text = tr("Connection lost, reconnecting in %n s", nullptr, m_seconds);
        break;
    case ConnectionState::Connecting:
        text = tr("Connection lost, reconnecting\u2026");
        break;
    case ConnectionState::Offline:
        text = tr("Not connected");
        break;
    case ConnectionState::Ended:
        text = m_reason;
        break;
    }
    if (!m_reason.isEmpty() && m_state != ConnectionState::Ended)
        text = tr("%1. %2", "how the connection is, and why").arg(text, m_reason);
    m_text->setText(text);
    const bool isEnded = m_state == ConnectionState::Ended;
    if (isEnded)
        m_now->setText(tr("&Log In\u2026"));
    else
        m_now->setText(m_state == ConnectionState::Offline ? tr("Reconnec&t") : tr("&Now"));
    m_now->setAccessibleName(isEnded ? tr("Log in again") : tr("Reconnect now"));
    m_stop->setText(tr("S&top"));
    m_stop->setAccessibleName(tr("Stop reconnecting"));
}

} // namespace teahouse::client
