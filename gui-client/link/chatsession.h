#pragma once

#include "gui-client/link/outbox.h"
#include "gui-client/link/serverlink.h"

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

    explicit ChatSession(LinkTools tools, QObject *parent = nullptr);

    ServerLink &link() { return m_link; }
    const ServerLink &link() const { return m_link; }

    /// A new session; forgets the old one.
    void open(const ServerAddress &address, const QString &name,
              ChatProtocol protocol = ChatProtocol::Teahouse);

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
    void markRead(const QString &room, quint64 seq);
    void listUsers();

    void loadNewest(const QString &room);
    /// The page that ends before number `seq`.
    void loadBefore(const QString &room, quint64 seq);
    /// The page that begins after number `seq`.
    void loadAfter(const QString &room, quint64 seq);
    /// All pages, one after the other.
    void loadMembers(const QString &room);

signals:
    void loggedIn(teahouse::client::ChatSession::Start start, const teahouse::Greeting &greeting,
                  const teahouse::Welcome &welcome);
    void eventReceived(const teahouse::Event &event);
    void historyReceived(const QString &room, const teahouse::HistoryPage &page);
    void historyFailed(const QString &room);
    /// One page of who is in a room.
    void membersReceived(const QString &room, const teahouse::PersonList &members);
    /// Everybody on the server; a page.
    void usersReceived(const teahouse::PersonList &users);
    void roomJoined(const teahouse::RoomState &room);
    void roomLeft(const QString &room);
    void acknowledged(const QString &room, const QString &cid, const teahouse::Said &said);
    void messageFailed(const QString &room, const QString &cid, const teahouse::Error &error,
                       const QString &text);
    /// Something other than a message was refused.
    void requestFailed(const QString &verb, const teahouse::Error &error, const QString &text);

private:
    void begin(const Greeting &greeting, const Welcome &welcome);
    void loadHistory(const QString &room, const QJsonObject &range);
    void look(const QString &room, const QString &after);
    void enter(const QString &verb, const QJsonObject &fields, const QString &room);
    QString queue(OutgoingMessage message);
    void pump();
    void send(const OutgoingMessage &message);
    void messageEnded(const OutgoingMessage &message, const Outcome &outcome);
    void ask(const QString &verb, const QJsonObject &fields, const QString &subject,
             const std::function<void(const Answer &)> &answered = {});

    ServerLink m_link;
    Outbox m_outbox;
    QString m_epoch;
};

} // namespace teahouse::client
