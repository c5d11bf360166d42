#pragma once

#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace teahouse::client {

/// A message on its way to the server.
struct OutgoingMessage
{
    QString room;
    QString text;
    QString cid; ///< by which the server recognises it when it is sent again
    bool action = false;

    bool operator==(const OutgoingMessage &) const = default;
};

/// The messages that were written and not yet acknowledged, in the order they were written. Keeps
/// them through lost connections: what was under way is sent again under the same cid, which the
/// server takes once. Knows nothing of sockets; whoever owns it asks for next() until it has none.
class Outbox
{
public:
    explicit Outbox(std::function<QString()> newCid);

    /// Takes a message and gives it its cid; `message.cid` is ignored.
    QString add(OutgoingMessage message);

    /// The next message to send, which then counts as under way; nothing when all are, or when
    /// as many as the server takes at once are.
    std::optional<OutgoingMessage> next();

    /// The server has it: it is done.
    void acknowledged(const QString &cid);

    /// The server refused it: it rests here until retry() or remove().
    void refused(const QString &cid);

    /// The server does not know yet whether it has it: it rests here until acknowledged(), retry()
    /// or remove(). After a lost connection it is sent again.
    void unconfirmed(const QString &cid);

    /// Puts a message that rests back in line, behind all others.
    void retry(const QString &cid);

    /// Forgets a message that is not under way; nothing happens to one that is.
    void remove(const QString &cid);

    /// What was under way will have to be sent again.
    void connectionLost();

    /// As if the server had refused all of them. For when it cannot know any more which ones it
    /// has taken.
    void refuseAll();

    /// All that is not acknowledged, refused ones too, in order.
    QList<OutgoingMessage> unsent() const;

    /// Forgets everything.
    void clear();

    bool isEmpty() const { return m_entries.isEmpty(); }

private:
    enum class State { Waiting, UnderWay, Refused, Unconfirmed };
    struct Entry
    {
        OutgoingMessage message;
        State state = State::Waiting;
    };
    void rest(const QString &cid, State state);
    qsizetype indexOf(const QString &cid) const;

    std::function<QString()> m_newCid;
    QList<Entry> m_entries;
    int m_underWay = 0;
};

} // namespace teahouse::client
