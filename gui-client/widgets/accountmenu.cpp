#include "gui-client/widgets/accountmenu.h"

#include "gui-client/widgets/rowtext.h"

#include <QAction>
#include <QEvent>

namespace teahouse::client {

AccountMenu::AccountMenu(QWidget *parent)
    : QMenu(parent), who(addAction(QString())), registerName(nullptr), changePassword(nullptr),
      claim(nullptr), ignored(nullptr)
{
    who->setEnabled(false);
    addSeparator();
    registerName = addAction(QString());
    changePassword = addAction(QString());
    claim = addAction(QString());
    addSeparator();
    ignored = addAction(QString());
    setUser({});
}

void AccountMenu::setUser(const UserInfo &user)
{
    m_user = user;
    registerName->setEnabled(!user.registered);
    changePassword->setEnabled(user.registered);
    claim->setEnabled(user.registered && user.role.isEmpty());
    retranslate();
}

void AccountMenu::setCapabilities(const Capabilities &capabilities)
{
    menuAction()->setVisible(capabilities.accounts);
    for (QAction *action : {registerName, changePassword, claim, ignored})
        action->setVisible(capabilities.accounts);
}

void AccountMenu::changeEvent(QEvent *event)
{
    QMenu::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void AccountMenu::retranslate()
{
    // In a menu an ampersand marks a key.
    const QString name = rowtext::isolated(m_user.name).replace(u'&', QStringLiteral("&&"));
    setTitle(tr("&Account"));
    if (!m_user.registered)
        who->setText(tr("%1, a guest").arg(name));
    else if (m_user.role.isEmpty())
        who->setText(tr("%1, with an account").arg(name));
    else
        who->setText(tr("%1, an administrator").arg(name));
    registerName->setText(tr("&Register This Name\u2026"));
    changePassword->setText(tr("Change &Password\u2026"));
    claim->setText(tr("&Become Administrator\u2026"));
    ignored->setText(tr("&Ignored People\u2026"));
}

} // namespace teahouse::client
