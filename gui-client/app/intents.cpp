#include "gui-client/app/intents.h"

#include "gui-client/link/chatsession.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/failuretext.h"
#include "shared/names.h"

#include <QCoreApplication>

namespace teahouse::client {

using namespace Qt::StringLiterals;

Intents::Intents(ChatSession &session, ChatModel &model, QObject *parent)
    : QObject(parent), m_session(session), m_model(model)
{
    // Connected after the model, which knows the room by then.
    connect(&session, &ChatSession::roomJoined, this, &Intents::showJoined);
    connect(&session, &ChatSession::usersReceived, this, &Intents::showUsers);
    connect(&session, &ChatSession::requestFailed, this, &Intents::showRefusal);
}

void Intents::send(const QString &room, const QString &text)
{
    const auto parsed = parseSlash(text);
    if (const auto *command = std::get_if<SlashCommand>(&parsed)) {
        if (can(command->verb)) {
            carryOut(room, *command);
        } else {
            if (!holdsSecret(text))
                emit returned(text);
            emit failed(tr("That is not possible on this server."));
        }
        return;
    }
    emit returned(text);
    const auto &error = std::get<SlashError>(parsed);
    switch (error.kind) {
    case SlashError::Kind::Unknown:
        emit failed(tr("There is no command /%1. /help lists them; //%1 says it as text.")
                            .arg(error.command));
        break;
    case SlashError::Kind::TargetMissing:
        emit failed(tr("/%1 needs a name.").arg(error.command));
        break;
    case SlashError::Kind::TextMissing:
        emit failed(tr("/%1 needs a text.").arg(error.command));
        break;
    }
}

bool Intents::can(SlashVerb verb) const
{
    const Capabilities able = capabilitiesOf(m_session.link().protocol());
    switch (verb) {
    case SlashVerb::Say:
    case SlashVerb::Help:
        return true;
    case SlashVerb::Me:
        return able.actions;
    case SlashVerb::Msg:
        return able.whispers;
    case SlashVerb::Join:
    case SlashVerb::Create:
    case SlashVerb::Leave:
    case SlashVerb::Topic:
        return able.rooms;
    case SlashVerb::Away:
        return able.away;
    case SlashVerb::Who:
        return able.users;
    case SlashVerb::Ignore:
    case SlashVerb::Unignore:
    case SlashVerb::Register:
    case SlashVerb::Passwd:
    case SlashVerb::Claim:
        return able.accounts;
    }
    return false;
}

void Intents::carryOut(const QString &room, const SlashCommand &command)
{
    switch (command.verb) {
    case SlashVerb::Say:
        return say(room, command.text);
    case SlashVerb::Me:
        return act(room, command.text);
    case SlashVerb::Msg:
        return whisper(command.target, command.text);
    case SlashVerb::Join:
        return join(command.target);
    case SlashVerb::Create:
        m_wanted = foldedName(command.target);
        return m_session.create(command.target, command.text);
    case SlashVerb::Leave:
        return m_session.leave(room);
    case SlashVerb::Topic:
        return topic(room, command.text);
    case SlashVerb::Away:
        return m_session.setAway(command.text);
    case SlashVerb::Who:
        return m_session.listUsers();
    case SlashVerb::Ignore:
    case SlashVerb::Unignore:
    case SlashVerb::Register:
    case SlashVerb::Passwd:
    case SlashVerb::Claim:
        emit accountWanted(command);
        return;
    case SlashVerb::Help:
        return showHelp();
    }
}

void Intents::say(const QString &room, const QString &text)
{
    if (!text.isEmpty())
        m_model.addPending(room, m_session.say(room, text), text, false);
}

void Intents::act(const QString &room, const QString &text)
{
    m_model.addPending(room, m_session.act(room, text), text, true);
}

void Intents::whisper(const QString &name, const QString &text)
{
    m_model.openPrivate(name);
    say(m_model.currentRoom(), text);
}

void Intents::topic(const QString &room, const QString &text)
{
    if (!text.isEmpty()) {
        m_session.setTopic(room, text);
        return;
    }
    const auto known = m_model.rooms()->find(room);
    const QString shown = known ? known->topic : QString();
    m_model.addNotice(shown.isEmpty() ? tr("This room has no topic.") : tr("Topic: %1").arg(shown));
}

void Intents::showHelp()
{
    for (const SlashRow &row : slashCommands()) {
        if (!can(row.verb))
            continue;
        const auto translated = [](const char *text) {
            return QCoreApplication::translate("SlashCommand", text);
        };
        const QString usage = u'/' + QLatin1StringView(row.name)
                + (row.usage[0] == '\0' ? QString() : u' ' + translated(row.usage));
        //: a command and what it does
        m_model.addNotice(tr("%1 – %2").arg(usage, translated(row.help)));
    }
}

void Intents::showUsers(const PersonList &users)
{
    QStringList names;
    for (const Person &person : users.people)
        names.append(person.away.isEmpty() ? person.name
                                           : tr("%1 (away: %2)").arg(person.name, person.away));
    //: between the names of a list
    QString list = names.join(tr(", "));
    if (users.more)
        list += tr(" …");
    m_model.addNotice(tr("On the server: %1").arg(list));
}

void Intents::retry(const QString &room, const QString &cid)
{
    m_model.retry(room, cid);
    m_session.retry(cid);
}

void Intents::remove(const QString &room, const QString &cid)
{
    m_model.removePending(room, cid);
    m_session.remove(cid);
}

void Intents::join(const QString &room)
{
    if (m_model.hasRoom(room)) {
        m_model.setCurrentRoom(room);
        return;
    }
    m_wanted = foldedName(room);
    m_session.join(room);
}

void Intents::create(const QString &room)
{
    m_wanted = foldedName(room);
    m_session.create(room, {});
}

void Intents::showJoined(const RoomState &room)
{
    if (foldedName(room.room) != m_wanted)
        return;
    m_wanted.clear();
    m_model.setCurrentRoom(room.room);
}

void Intents::showRefusal(const QString &verb, const Error &error, const QString &text)
{
    // Who is in a room was not asked for by the person.
    if (verb == "edit"_L1 || verb == "delete"_L1)
        emit failed(changeErrorText(error, text));
    else if (verb != "look"_L1)
        emit failed(errorText(error, text));
}

} // namespace teahouse::client
