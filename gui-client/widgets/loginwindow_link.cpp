// What the login window does with links to servers; the rest is in loginwindow.cpp.
#include "gui-client/widgets/linkwords.h"
#include "gui-client/widgets/loginwindow.h"

#include <QLabel>
#include <QLineEdit>

#include <utility>

namespace teahouse::client {

/// A link is taken when it is pasted: one that is being typed is not whole until Login is pressed.
void LoginWindow::addressEdited(const QString &text)
{
    const qsizetype before = std::exchange(m_typed, text.size());
    clearMessage();
    if (isJoinLink(text) && text.size() > before + 1)
        takeLink(text);
    else if (!isJoinLink(text))
        forgetLink();
}

void LoginWindow::takeLink(const QString &text)
{
    const auto parsed = parseJoinLink(text);
    if (const auto *fault = std::get_if<LinkFault>(&parsed)) {
        showMessage(linkFaultText(*fault));
        m_address->setFocus();
    } else {
        setLink(std::get<JoinLink>(parsed));
    }
}

void LoginWindow::setLink(const JoinLink &link)
{
    setAddress(linkAddress(link));
    m_link = link;
    setProtocol(ChatProtocol::Automatic);
    clearMessage();
    showLink();
}

void LoginWindow::forgetLink()
{
    m_link.reset();
    showLink();
}

void LoginWindow::showLink()
{
    const QString contents = m_link ? linkContents(*m_link) : QString();
    m_linkNote->setText(contents);
    m_linkNote->setVisible(!contents.isEmpty());
    m_address->setAccessibleDescription(contents);
    grow();
}

/// The code lets a guest in, or a name be registered; an account needs none.
void LoginWindow::fillFromLink(LoginRequest &request) const
{
    if (!m_link)
        return;
    request.room = m_link->room;
    request.key = m_link->fingerprint;
    if (request.invite.isEmpty() && (request.isNew || request.password.isEmpty()))
        request.invite = m_link->code;
}

void LoginWindow::setServers(const QList<ServerEntry> &servers)
{
    m_servers->setServers(servers);
}

void LoginWindow::tryEncrypted()
{
    clearMessage();
    LoginRequest wanted = request();
    wanted.tryEncrypted = true;
    emit loginRequested(wanted);
}

} // namespace teahouse::client
