#pragma once

#include "shared/chatprotocol.h"
#include "shared/roominfo.h"

#include <QMenu>

namespace teahouse::client {

/// The menu that is about oneself on the server. Offers what makes sense for what one is: a guest
/// may register, an account change its password or become an administrator.
class AccountMenu : public QMenu
{
    Q_OBJECT

public:
    explicit AccountMenu(QWidget *parent = nullptr);

    QAction *who; ///< says as what one is logged in; cannot be chosen
    QAction *registerName;
    QAction *changePassword;
    QAction *claim;
    QAction *ignored;

    void setUser(const UserInfo &user);
    void setCapabilities(const Capabilities &capabilities);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    UserInfo m_user;
};

} // namespace teahouse::client
