#include "gui-client/app/intents.h"

#include "gui-client/input/sanctionwords.h"
#include "gui-client/link/chatsession.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/failuretext.h"
#include "gui-client/widgets/roomwords.h"
#include "gui-client/widgets/rowtext.h"
#include "shared/names.h"
#include "shared/text.h"

#include <QCoreApplication>

namespace teahouse::client {

using namespace Qt::StringLiterals;

Intents::Intents(ChatSession &session, ChatModel &model, QObject *parent)
    : QObject(parent), m_session(session), m_model(model)
{
    // Connected after the model, which knows the room by then.
    connect(&session, &ChatSession::roomJoined, this, &Intents::showJoined);
    connect(&session, &ChatSession::usersReceived, this, &Intents::showUsers);
    connect(&session, &ChatSession::messageFailed, this, &Intents::offerBack);
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
    return isPossible(verb, capabilitiesOf(m_session.link().protocol()));
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
        return joinWith(command.target, command.text);
    case SlashVerb::Create:
        m_wanted = foldedName(command.target);
        m_wantedAt = m_model.writing();
        return m_session.create(command.target, command.text);
    case SlashVerb::Leave:
        m_model.noteLeaving(room);
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
    case SlashVerb::Invite:
    case SlashVerb::Kick:
    case SlashVerb::Ban:
    case SlashVerb::Unban:
    case SlashVerb::Mute:
    case SlashVerb::Unmute:
        return moderate(room, command);
    case SlashVerb::Role:
        return giveRole(room, command);
    case SlashVerb::Level:
        return setLevel(room, command.text);
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
    say(u'@' + cleanLine(name), text);
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

const TranscriptRow *Intents::rowOf(const QString &room, const QString &cid) const
{
    const TranscriptModel *transcript = m_model.transcript(room);
    const auto row = transcript ? transcript->rowOfCid(cid) : std::nullopt;
    return row ? &transcript->row(*row) : nullptr;
}

QString Intents::failureOf(const QString &room, const QString &cid) const
{
    const TranscriptRow *row = rowOf(room, cid);
    return row ? row->error : QString();
}

void Intents::offerBack(const QString &room, const QString &cid, const Error &error)
{
    const TranscriptRow *row = rowOf(room, cid);
    if (row && (error.code == ErrorCode::TooLong || error.code == ErrorCode::TooMany))
        emit tooMuch(room, cid, rowtext::typed(*row));
}

void Intents::join(const QString &room)
{
    joinWith(room, {});
}

void Intents::joinWith(const QString &room, const QString &key)
{
    if (m_model.hasRoom(room)) {
        m_model.setCurrentRoom(room);
        return;
    }
    QJsonObject fields{{u"room"_s, room}};
    if (!key.isEmpty())
        fields[u"key"_s] = key;
    const quint64 askedAt = m_model.writing();
    const auto ended = [this, room, askedAt](const Reply &reply, const QString &text) {
        if (reply) {
            if (const auto *joined = std::get_if<RoomJoined>(&*reply))
                show(joined->room.room, askedAt);
            return;
        }
        Error error = reply.error();
        error.subject = room;
        // A form that opens under somebody's fingers would take the rest of their sentence.
        if (error.code == ErrorCode::RoomKey && m_model.writing() == askedAt)
            emit keyWanted(room);
        else if (error.code == ErrorCode::RoomKey)
            emit failed(tr("%1 needs a password. Join it from the list of rooms.")
                                .arg(rowtext::isolated(room)));
        else
            emit failed(roomwords::refusal(u"join"_s, error, text));
    };
    m_model.errands()->ask(u"join"_s, fields, this, ended);
}

/// Shows a room that was entered, unless the user has begun to write elsewhere since they asked.
void Intents::show(const QString &room, quint64 askedAt)
{
    if (m_model.writing() == askedAt || m_model.currentRoom().isEmpty())
        m_model.setCurrentRoom(room);
    else
        m_model.addNotice(tr("You are in %1 now. Choose it in the list of rooms.")
                                  .arg(rowtext::isolated(room)));
}

void Intents::moderate(const QString &room, const SlashCommand &command)
{
    const QString &name = command.target;
    const QString shown = rowtext::isolated(name);
    QJsonObject fields{{u"room"_s, room}, {u"name"_s, name}};
    switch (command.verb) {
    case SlashVerb::Kick:
        if (!command.text.isEmpty())
            fields[u"reason"_s] = command.text;
        return ask(u"kick"_s, fields, tr("%1 was kicked.").arg(shown));
    case SlashVerb::Invite:
        return ask(u"invite"_s, fields,
                   tr("%1 was invited to %2.").arg(shown, rowtext::isolated(room)));
    case SlashVerb::Unmute:
        return ask(u"unmute"_s, fields, tr("%1 may speak again.").arg(shown));
    case SlashVerb::Unban:
        if (!parseSanction(command.text).isForServer)
            return ask(u"unban"_s, fields, tr("%1 may enter this room again.").arg(shown));
        return ask(u"unban"_s, {{u"name"_s, name}}, tr("%1 may log in again.").arg(shown));
    default:
        return sanction(room, command);
    }
}

void Intents::sanction(const QString &room, const SlashCommand &command)
{
    const bool mute = command.verb == SlashVerb::Mute;
    const SanctionWords words = parseSanction(command.text);
    QJsonObject fields{{u"name"_s, command.target}};
    if (mute || !words.isForServer)
        fields[u"room"_s] = room;
    if (words.length > 0)
        fields[u"until"_s] = m_model.now() + words.length;
    if (!words.reason.isEmpty())
        fields[u"reason"_s] = words.reason;
    const QString shown = rowtext::isolated(command.target);
    if (mute)
        ask(u"mute"_s, fields, tr("%1 was muted.").arg(shown));
    else
        ask(u"ban"_s, fields, tr("%1 was banned.").arg(shown));
}

void Intents::giveRole(const QString &room, const SlashCommand &command)
{
    const QString role = command.text.toLower();
    ask(u"role"_s,
        {{u"room"_s, room},
         {u"name"_s, command.target},
         {u"role"_s, role == "none"_L1 ? QString() : role}},
        {}); // everybody sees the new role
}

void Intents::setLevel(const QString &room, const QString &level)
{
    const QStringList words{u"all"_s, u"mentions"_s, u"none"_s};
    const auto chosen = words.indexOf(level.toLower());
    if (chosen < 0) {
        emit returned(u"/level "_s + level);
        emit failed(tr("/level needs all, mentions or none."));
        return;
    }
    const auto ended = [this, room, chosen](const Reply &reply, const QString &text) {
        if (!reply) {
            emit failed(roomwords::refusal(u"level"_s, reply.error(), text));
            return;
        }
        m_model.setLevel(room, static_cast<NotifyLevel>(chosen));
        const QStringList done{tr("You are told of all messages in this room."),
                               tr("You are told of what is for you in this room."),
                               tr("You are told of nothing in this room.")};
        m_model.addNotice(done.at(chosen));
    };
    m_model.errands()->ask(u"level"_s, {{u"room"_s, room}, {u"level"_s, words.at(chosen)}}, this,
                           ended);
}

/// `done`: said when it was; empty where everybody sees it anyway.
void Intents::ask(const QString &verb, const QJsonObject &fields, const QString &done)
{
    const auto ended = [this, verb, fields, done](const Reply &reply, const QString &text) {
        if (reply) {
            if (!done.isEmpty())
                m_model.addNotice(roomwords::withAddress(done, *reply));
            return;
        }
        Error error = reply.error();
        error.subject = fields[u"name"_s].toString();
        emit failed(roomwords::refusal(verb, error, text));
    };
    m_model.errands()->ask(verb, fields, this, ended);
}

void Intents::showJoined(const RoomState &room)
{
    if (foldedName(room.room) != m_wanted)
        return;
    m_wanted.clear();
    show(room.room, m_wantedAt);
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
