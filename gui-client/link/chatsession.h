#pragma once

#include "gui-client/link/outbox.h"
#include "gui-client/link/serverlink.h"

#include <QJsonObject>
#include <QMap>
#include <QSet>

namespace teahouse::client {

/// Chatting over a link: the requests that the model's wishes and people's actions become, and
/// their answers. Keeps messages in an Outbox until the server has them. Knows no model: what is
/// missing in a room is for the model to know and to ask for.
class ChatSession : public QObject
{
    Q_OBJECT

public:
    enum class Start {
        Fresh,     ///< the first login of this session
        Resumed,   ///< after a lost connection; nothing was forgotten
        Restarted, ///< the server has begun anew: all that was known is void
    };
    Q_ENUM(Start)

    /// Which page of a room's history.
    enum class Page { Newest, Before, After };
    Q_ENUM(Page)

    explicit ChatSession(LinkTools tools, QObject *parent = nullptr);

    ServerLink &link() { return m_link; }
    const ServerLink &link() const { return m_link; }

    /// A new session; forgets the old one.
    void open(const ServerAddress &address, const Credentials &as,
              ChatProtocol protocol = ChatProtocol::Teahouse, const Acquaintance &known = {});

    /// Says it when there is a connection; the cid by which it is acknowledged.
    QString say(const QString &room, const QString &text);
    /// The same for `/me`.
    QString act(const QString &room, const QString &text);
    void retry(const QString &cid);
    void remove(const QString &cid);

    QList<OutgoingMessage> unsent() const { return m_outbox.unsent(); }

    void join(const QString &room);
    void create(const QString &room, const QString &topic);
    void leave(const QString &room);
    void setTopic(const QString &room, const QString &topic);
    void setAway(const QString &text);
    void listUsers();

    /// One's own message, by its number.
    void edit(const QString &room, quint64 seq, const QString &text);
    void erase(const QString &room, quint64 seq);

    /// Moves one's position. The server is told at once, and then once a second at most.
    void markRead(const QString &room, quint64 seq);
    /// Tells what has not been told yet.
    void flushRead();

    /// Asks for the page that ends before number `edge`, or that begins after it.
    void loadPage(const QString &room, Page page, quint64 edge);

    // One's account, in chatsession_account.cpp. Each of the first three ends with accountChanged()
    // or accountRefused().

    /// The guest that one is becomes an account.
    void registerName(const QString &password, const QString &invite);
    void changePassword(const QString &old, const QString &password);
    /// Becomes an administrator by the server's one-time code.
    void claim(const QString &code);

    /// Whom one does not want to hear, on all devices.
    void ignore(const QString &name);
    void unignore(const QString &name);

    /// Searches by the arguments of the verb; `ticket` comes back with the answer.
    void search(quint64 ticket, const QJsonObject &query);

    /// Asks for anything by the arguments of its verb; `ticket` comes back with the answer. A room
    /// that was entered by it is told like any other.
    void carryOut(quint64 ticket, const QString &verb, const QJsonObject &fields);

    /// All pages, one after the other.
    void loadMembers(const QString &room);

signals:
    void loggedIn(teahouse::client::ChatSession::Start start, const teahouse::Greeting &greeting,
                  const teahouse::Welcome &welcome);
    void eventReceived(const teahouse::Event &event);
    void historyReceived(const QString &room, const teahouse::HistoryPage &page, quint64 edge);
    void historyFailed(const QString &room, teahouse::client::ChatSession::Page page, quint64 edge);
    void searchAnswered(quint64 ticket, const teahouse::SearchPage &page);
    /// `Closing` stands for a connection that was lost, or that there is none.
    void searchFailed(quint64 ticket, const teahouse::Error &error, const QString &text);
    void carriedOut(quint64 ticket, const teahouse::Answer &answer);
    /// `Closing` stands for a connection that was lost, or that there is none.
    void notCarriedOut(quint64 ticket, const teahouse::Error &error, const QString &text);
    /// One page of who is in a room.
    void membersReceived(const QString &room, const teahouse::PersonList &members);
    /// Everybody on the server; a page.
    void usersReceived(const teahouse::PersonList &users);
    void roomJoined(const teahouse::RoomState &room);
    void roomLeft(const QString &room);
    void acknowledged(const QString &room, const QString &cid, const teahouse::Said &said);
    void messageFailed(const QString &room, const QString &cid, const teahouse::Error &error,
                       const QString &text);
    /// A message was not edited; the text is not to be lost.
    void editFailed(const QString &room, quint64 seq, const QString &edited);
    /// What one is was told anew.
    void userChanged(const teahouse::UserInfo &user);
    /// A request about the own account was carried out; `verb` tells which.
    void accountChanged(const QString &verb);
    /// It was not; `Closing` stands for a connection that was lost, or that there is none.
    void accountRefused(const QString &verb, const teahouse::Error &error, const QString &text);
    void ignoredChanged(const QStringList &names);
    /// Something other than a message was refused.
    void requestFailed(const QString &verb, const teahouse::Error &error, const QString &text);

private:
    void begin(const Greeting &greeting, const Welcome &welcome);
    void take(const Event &event);
    void look(const QString &room, const QString &after);
    void enter(const QString &verb, const QJsonObject &fields, const QString &room);
    QString queue(OutgoingMessage message);
    void pump();
    void note(const Event &event);
    void send(const OutgoingMessage &message);
    void messageEnded(const OutgoingMessage &message, const Outcome &outcome);
    void askSecretly(const QString &verb, const QJsonObject &fields,
                     const std::function<void(const Outcome &)> &done);
    void askIgnored(const QString &verb, const QString &name);
    void ask(const QString &verb, const QJsonObject &fields, const QString &subject,
             const std::function<void(const Answer &)> &answered = {});

    ServerLink m_link;
    Outbox m_outbox;
    std::unique_ptr<Alarm> m_readAlarm;
    QMap<QString, quint64> m_read; ///< positions that the server has not been told of
    QSet<QString> m_conversations; ///< private rooms that the server knows, by folded name
    QString m_epoch;
};

} // namespace teahouse::client
