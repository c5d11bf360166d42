#include "gui-client/widgets/invitationbar.h"

#include "gui-client/widgets/rowtext.h"
#include "gui-client/widgets/wrappedlabel.h"
#include "shared/names.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace teahouse::client {

InvitationBar::InvitationBar(QWidget *parent)
    : QFrame(parent), m_text(new WrappedLabel(this)), m_join(new QPushButton(this)),
      m_dismiss(new QPushButton(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 4, 10, 4);
    row->addWidget(m_text, 1);
    row->addWidget(m_join);
    row->addWidget(m_dismiss);
    for (QPushButton *button : {m_join, m_dismiss})
        button->setFocusPolicy(Qt::TabFocus); // a click takes no keys from the message box
    connect(m_join, &QPushButton::clicked, this, [this] {
        const QString room = m_invitations.first().room;
        remove(room);
        emit joinRequested(room);
    });
    connect(m_dismiss, &QPushButton::clicked, this, [this] { remove(m_invitations.first().room); });
    showFirst();
}

void InvitationBar::add(const Invitation &invitation)
{
    remove(invitation.room); // the latest of them counts
    if (m_invitations.size() < most)
        m_invitations.append(invitation);
    showFirst();
}

void InvitationBar::remove(const QString &room)
{
    const QString key = foldedName(room);
    m_invitations.removeIf([&key](const Invitation &one) { return foldedName(one.room) == key; });
    showFirst();
}

void InvitationBar::showFirst()
{
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    setVisible(!m_invitations.isEmpty());
    if (hadFocus && m_invitations.isEmpty())
        emit focusReleased();
    m_join->setText(tr("Join"));
    m_dismiss->setText(tr("Not Now"));
    if (m_invitations.isEmpty())
        return;
    const Invitation &first = m_invitations.first();
    m_text->setText(tr("%1 invites you to %2.")
                            .arg(rowtext::isolated(first.by), rowtext::isolated(first.room)));
    m_join->setAccessibleName(tr("Join %1").arg(first.room));
    m_dismiss->setAccessibleName(tr("Do not join %1 now").arg(first.room));
}

void InvitationBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        showFirst();
}

} // namespace teahouse::client
