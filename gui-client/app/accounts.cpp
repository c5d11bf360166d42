#include "gui-client/app/accounts.h"

#include "gui-client/link/chatsession.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/accountforms.h"
#include "gui-client/widgets/accountmenu.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/ignoredpeople.h"
#include "shared/names.h"

#include <QAction>

namespace teahouse::client {

using namespace Qt::StringLiterals;

Accounts::Accounts(ChatSession &session, ChatModel &model, ChatWindow &window, QObject *parent)
    : QObject(parent), m_session(session), m_model(model), m_window(window)
{
    connect(&model, &ChatModel::identityChanged, this, &Accounts::showUser);
    connect(&session, &ChatSession::accountChanged, this, &Accounts::showChange);
    connectMenu();
    showUser();
}

void Accounts::connectMenu()
{
    const AccountMenu *menu = m_window.accountMenu();
    connect(menu->registerName, &QAction::triggered, this, &Accounts::askToRegister);
    connect(menu->changePassword, &QAction::triggered, this, &Accounts::askToChangePassword);
    connect(menu->claim, &QAction::triggered, this, &Accounts::askToClaim);
    connect(menu->ignored, &QAction::triggered, this, &Accounts::showIgnored);
    connect(&m_window, &ChatWindow::ignoreRequested, this, &Accounts::ignore);
    connect(&m_window, &ChatWindow::unignoreRequested, this, &Accounts::unignore);
}

void Accounts::showUser()
{
    m_window.accountMenu()->setUser(m_model.user());
}

/// A form ends with the answer to its own question; only one can be open at a time.
void Accounts::open(AccountForm *form, const QString &verb)
{
    if (!m_session.link().isPasswordSafe())
        form->setUnprotected();
    connect(&m_session, &ChatSession::accountChanged, form, [form, verb](const QString &changed) {
        if (changed == verb)
            form->succeed();
    });
    connect(&m_session, &ChatSession::accountRefused, form,
            [form, verb](const QString &refused, const Error &error, const QString &text) {
                if (refused == verb)
                    form->refuse(error, text);
            });
    form->open();
}

void Accounts::allowWhere(const AccountForm &form)
{
    if (form.isAgreed())
        m_session.link().allowPlainText();
}

void Accounts::askToRegister()
{
    if (m_model.user().registered) {
        emit failed(tr("Your name is registered already."));
        return;
    }
    auto *form = new RegisterForm(m_model.ownName(), &m_window);
    const QStringList features = m_session.link().greeting().features;
    if (features.contains("invite"_L1) && !features.contains("register"_L1))
        form->askForInvite();
    connect(form, &RegisterForm::submitted, this,
            [this, form](const QString &password, const QString &invite) {
                allowWhere(*form);
                m_session.registerName(password, invite);
            });
    open(form, u"register"_s);
}

void Accounts::askToChangePassword()
{
    if (!m_model.user().registered) {
        emit failed(tr("You are a guest and have no password. /register makes your name an "
                       "account."));
        return;
    }
    auto *form = new PasswordForm(&m_window);
    connect(form, &PasswordForm::submitted, this,
            [this, form](const QString &old, const QString &password) {
                allowWhere(*form);
                m_session.changePassword(old, password);
            });
    open(form, u"passwd"_s);
}

void Accounts::askToClaim()
{
    if (!m_model.user().registered) {
        emit failed(tr("An administrator needs an account. /register makes your name one."));
        return;
    }
    if (!m_model.user().role.isEmpty()) {
        emit failed(tr("You are an administrator already."));
        return;
    }
    auto *form = new ClaimForm(&m_window);
    connect(form, &ClaimForm::submitted, this, [this, form](const QString &code) {
        allowWhere(*form);
        m_session.claim(code);
    });
    open(form, u"claim"_s);
}

void Accounts::showChange(const QString &verb)
{
    if (verb == "register"_L1)
        m_model.addNotice(tr("Your name is registered now. Log in with the password next time."));
    else if (verb == "passwd"_L1)
        m_model.addNotice(tr("Your password was changed."));
    else if (verb == "claim"_L1)
        m_model.addNotice(tr("You are an administrator of this server now."));
}

void Accounts::showIgnored()
{
    auto *list = new IgnoredPeople(&m_window);
    list->setNames(m_model.ignored());
    connect(list, &IgnoredPeople::unignoreRequested, this, &Accounts::unignore);
    connect(&m_model, &ChatModel::ignoredChanged, list,
            [this, list] { list->setNames(m_model.ignored()); });
    list->open();
}

void Accounts::ignore(const QString &name)
{
    if (foldedName(name) == foldedName(m_model.ownName()))
        emit failed(tr("You cannot ignore yourself."));
    else
        m_session.ignore(name);
}

void Accounts::unignore(const QString &name)
{
    m_session.unignore(name);
}

void Accounts::carryOut(const SlashCommand &command)
{
    if (command.verb == SlashVerb::Ignore)
        ignore(command.target);
    else if (command.verb == SlashVerb::Unignore)
        unignore(command.target);
    else if (command.verb == SlashVerb::Register)
        askToRegister();
    else if (command.verb == SlashVerb::Passwd)
        askToChangePassword();
    else if (command.verb == SlashVerb::Claim)
        askToClaim();
}

} // namespace teahouse::client
