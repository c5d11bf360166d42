#pragma once

#include "gui-client/input/slashcommand.h"
#include "shared/error.h"
#include "shared/reply.h"

#include <QJsonObject>
#include <QObject>

namespace teahouse::client {

class ChatModel;
struct TranscriptRow;
class ChatSession;

/// Carries out what people do in the chat window: lines from the message box, with their commands,
/// and what the menus and buttons ask for. Owned by ClientApp for the time of one login.
class Intents : public QObject
{
    Q_OBJECT

public:
    Intents(ChatSession &session, ChatModel &model, QObject *parent = nullptr);

    /// Why a message was not sent; plain text, empty when it was.
    QString failureOf(const QString &room, const QString &cid) const;

public slots:
    void send(const QString &room, const QString &text);
    void retry(const QString &room, const QString &cid);
    void remove(const QString &room, const QString &cid);

    /// Enters a room and shows it.
    void join(const QString &room);

signals:
    /// A message was not taken since it is too long or has too many lines; `typed`: as it was
    /// written.
    void tooMuch(const QString &room, const QString &cid, const QString &typed);
    /// Something could not be done; one line of plain text.
    void failed(const QString &text);
    /// A command that opens a form, or is about people whom one does not want to hear.
    void accountWanted(const teahouse::client::SlashCommand &command);
    /// A line was not understood and was not sent: the person may want to correct it.
    void returned(const QString &text);
    /// One enters the room with a password.
    void keyWanted(const QString &room);

private:
    bool can(SlashVerb verb) const;
    void carryOut(const QString &room, const SlashCommand &command);
    void say(const QString &room, const QString &text);
    void act(const QString &room, const QString &text);
    void whisper(const QString &name, const QString &text);
    void joinWith(const QString &room, const QString &key);
    void show(const QString &room, quint64 askedAt);
    void moderate(const QString &room, const SlashCommand &command);
    void sanction(const QString &room, const SlashCommand &command);
    void giveRole(const QString &room, const SlashCommand &command);
    void setLevel(const QString &room, const QString &level);
    void ask(const QString &verb, const QJsonObject &fields, const QString &done);
    void topic(const QString &room, const QString &text);
    void showHelp();
    void showUsers(const PersonList &users);
    void showJoined(const RoomState &room);
    const TranscriptRow *rowOf(const QString &room, const QString &cid) const;
    void offerBack(const QString &room, const QString &cid, const Error &error);
    void showRefusal(const QString &verb, const Error &error, const QString &text);

    ChatSession &m_session;
    ChatModel &m_model;
    QString m_wanted;       ///< the room to show once it is entered, folded
    quint64 m_wantedAt = 0; ///< ChatModel::writing() when that was asked for
};

} // namespace teahouse::client
