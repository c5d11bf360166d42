#pragma once

#include "gui-client/models/closure.h"
#include "gui-client/models/drafts.h"
#include "gui-client/models/errands.h"
#include "gui-client/models/historyfrom.h"
#include "gui-client/models/peoplemodel.h"
#include "gui-client/models/roomlistmodel.h"
#include "gui-client/models/searchmodel.h"
#include "gui-client/models/transcriptmodel.h"
#include "shared/event.h"
#include "shared/reply.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>
#include <map>
#include <memory>

namespace teahouse::client {

/// That one may not speak in a room, until when and why.
struct Silence
{
    qint64 until = 0; ///< milliseconds since 1970 UTC; 0: no end is known
    QString reason;
    QString by = {};     ///< who has muted one; may be unknown
    bool isTold = false; ///< the server says when it is over

    bool operator==(const Silence &) const = default;
};

/// Somebody wants one to enter a room.
struct Invitation
{
    QString by;
    QString room;

    bool operator==(const Invitation &) const = default;
};

/// Everything one login knows: the rooms, what was said in each, who is there, what is unread and
/// what was typed but not sent. Fed with what the server says; asks by signals for what is missing.
/// Room names are found in upper and lower case alike. Knows no link and no widget.
class ChatModel : public QObject
{
    Q_OBJECT

public:
    explicit ChatModel(QObject *parent = nullptr);
    ~ChatModel() override;

    /// Milliseconds since 1970 UTC, for what has no time of its own. The system's unless set.
    void setClock(std::function<qint64()> clock) { m_clock = std::move(clock); }

    // What the server says.

    /// Another epoch than before makes every room load again.
    void greet(const Greeting &greeting);

    /// Asks for missed messages, and by joinWanted() for rooms that the server has forgotten.
    void welcome(const Welcome &welcome);
    void apply(const Event &event);

    /// A page of history; `edge` is the number that it was to end before, or to begin after.
    void applyHistory(const QString &room, const HistoryPage &page, quint64 edge);
    void applyMembers(const QString &room, const PersonList &people);
    void roomJoined(const RoomState &room);
    void roomLeft(const QString &room);

    /// A room of which the server forgot that the user is in it, and into which it did not let the
    /// user again.
    void joinRefused(const QString &room);

    /// What one is now: a guest may have registered.
    void setUser(const UserInfo &user);

    /// Whom one does not want to hear: their messages are not shown, and count for nothing.
    void setIgnored(const QStringList &names);

    /// What was asked for will not be answered. Messages on their way stay so.
    void connectionLost();

    /// A page of history could not be had.
    void historyFailed(const QString &room, HistoryFrom from, quint64 edge);

    // Own messages.
    void addPending(const QString &room, const QString &cid, const QString &text, bool action);
    void confirm(const QString &room, const QString &cid, quint64 seq, qint64 time);
    void fail(const QString &room, const QString &cid, const QString &text,
              RowState state = RowState::Failed);
    void retry(const QString &room, const QString &cid);
    void removePending(const QString &room, const QString &cid);
    void markAllPendingFailed(const QString &text);

    /// A line from the client itself in the current room.
    void addNotice(const QString &text);

    // What the person does.

    /// Opens the conversation with somebody, which the server learns of with the first message.
    void openPrivate(const QString &name);

    /// Shows a room because the user wants to see it; ignored unless it is known. Nothing else may
    /// change the current room: somebody may be writing in it.
    void setCurrentRoom(const QString &room);

    /// The user has asked the server to leave a room.
    void noteLeaving(const QString &room);

    /// Leaves a room that is only shown because it was the current one, or has unsent text in it.
    /// Its draft is kept for when the user comes back.
    void dismiss(const QString &room);

    /// Why the user is no longer in a room that is still shown; nothing while they are in it.
    std::optional<Closure> closure(const QString &room) const;

    /// The user has written something. By writing(), which grows with it, what was asked for some
    /// time ago can tell whether the user has gone on writing since.
    void noteWriting() { ++m_writing; }
    quint64 writing() const { return m_writing; }

    /// Whether the newest message of the current room is before somebody's eyes.
    void setActive(bool active);

    /// Asks for the page before the oldest message, unless that is under way or there is none.
    void wantOlder(const QString &room);

    /// Asks for a page of a gap, at its upper end (Before) or at its lower (After).
    void wantGap(const QString &room, teahouse::client::HistoryFrom from, quint64 edge);

    /// Asks for what surrounds a number, unless it is there.
    void wantAround(const QString &room, quint64 seq);

    /// What the server has agreed to.
    void setLevel(const QString &room, NotifyLevel level);

    /// The server does not let one speak in a room; nothing: it may be tried again.
    void setSilence(const QString &room, const std::optional<Silence> &silence);
    std::optional<Silence> silence(const QString &room) const;

    void setDraft(const QString &room, const QString &text);
    QString draft(const QString &room) const;

    /// The drafts of an earlier start. One to somebody who is a guest now may have been meant for
    /// another one of that name: it is not put into the box, but told by draftFound().
    void restoreDrafts(const QMap<QString, QString> &drafts);

    /// All of them, those of rooms that are not known here included.
    QMap<QString, QString> drafts() const { return m_drafts.all(); }

    // What is known.
    QString ownName() const { return m_user.name; }
    UserInfo user() const { return m_user; }
    QStringList ignored() const { return m_ignored; }
    bool isIgnored(const QString &name) const;

    /// Whom one may name in a room, but for oneself: whoever spoke last first, then who is there.
    QStringList namesIn(const QString &room) const;

    /// Rooms that one may want to enter: those one is in, and what else was heard of.
    QStringList roomNames() const;
    void noteRoom(const QString &room);
    QString serverName() const { return m_server; }
    QString currentRoom() const { return m_current; }

    /// Whether the user is in that room.
    bool hasRoom(const QString &room) const;
    int totalUnread() const { return m_roomList.unread(); }
    RoomListModel *rooms() { return &m_roomList; }
    const RoomListModel *rooms() const { return &m_roomList; }
    SearchModel *search() { return &m_search; }
    Errands *errands() { return &m_errands; }
    qint64 now() const { return m_clock(); }

    /// Null for a room that is not known; lives until roomRemoved().
    TranscriptModel *transcript(const QString &room) const;
    PeopleModel *people(const QString &room) const;

signals:
    void roomAdded(const QString &room);
    void roomRemoved(const QString &room); ///< its models are deleted afterwards
    void currentRoomChanged(const QString &room);
    void roomOpened(const QString &room); ///< the user wanted to see it, shown before or not
    void roomRenamed(const QString &from, const QString &to);
    void closureChanged(const QString &room);
    void draftsChanged();

    /// A text that was written to an earlier bearer of a name, and is a draft no longer.
    void draftFound(const QString &room, const QString &text);
    void unreadChanged(int total);
    void identityChanged(); ///< the own name, what one is on the server, or the server's name
    void silenceChanged(const QString &room);
    void invited(const teahouse::client::Invitation &invitation);

    /// Something of a kind for which there are better words than the server's. Names are clean.
    void noticed(const teahouse::Notice &notice);

    void ignoredChanged();

    /// The server was reset: numbers of messages mean other messages now, or none.
    void numbersVoid();

    /// Somebody spoke to the user, or in private, while that was not before their eyes.
    void mentioned(const QString &room, const teahouse::Item &item);

    // What the link should ask for.
    void historyWanted(const QString &room, teahouse::client::HistoryFrom from, quint64 seq);
    void membersWanted(const QString &room);
    void joinWanted(const QString &room);
    void readMoved(const QString &room, quint64 seq);

    /// The server ends the session, and why.
    void closing(const teahouse::Closing &closing);

    /// What surrounds the wanted number cannot be had.
    void aroundFailed(const QString &room);

private:
    struct Room;

    void handle(const ItemAdded &added);
    void applyRole(Room &room, const Item &item);
    void handle(const Entered &entered);
    void handle(const Left &left);
    void handle(const CountChanged &changed);
    void handle(const UserChanged &changed);
    void handle(const RoomChanged &changed);
    void handle(const ReadMoved &moved);
    void handle(const Notice &notice);
    void followMute(const RoomState &state, Room &room);
    void noteMuter(const Notice &notice);
    void handle(const Ping &) { }
    void handle(const Closing &event) { emit closing(event); }

    // Rooms that the user is no longer in, in chatmodel_closed.cpp.
    void gone(const QString &name);
    void leaveBehind(Room &room, const Closure &closure);
    void close(Room &room, const Closure &closure);
    void reopen(Room &room);
    void noteWhy(const Notice &notice);
    void remove(Room &room);
    void removeIfDone(const QString &room);
    void retire(const QString &conversation);
    void noteNamesake(Room &conversation);
    QStringList settle(const QList<RoomState> &known);
    bool hasUnsent(const Room &room) const;
    void checkDraft(const Room &conversation);

    Room *find(const QString &room) const;
    Room *ensure(const RoomState &state);
    bool isOwn(const QString &name) const;
    bool isWatched(const Room &room) const;
    bool isMention(const Room &room, const QString &text) const;
    void update(const QString &room, const std::function<void(RoomState &)> &change);
    void count(Room &room, const Item &item);

    // People, in chatmodel_people.cpp.
    bool withholds(const RoomState &state);
    void release();

    // What was read, in chatmodel_read.cpp.
    RoomState withReading(Room &room, RoomState state);
    void markRead(Room &room);
    void recount(Room &room);
    void leaveReading(Room &room);

    // What is loaded, in chatmodel_history.cpp.
    void catchUp(Room &room, quint64 last);
    void goOnCatchingUp(Room &room, const HistoryPage &page, quint64 edge);
    void load(Room &room);
    void loadNewest(Room &room);
    void loadMarker(Room &room);
    void becomeShared(Room &room);
    void lookAgain(const QString &name);
    void presence(Room &room, const QString &name, Presence change);

    std::map<QString, std::unique_ptr<Room>> m_rooms; ///< by folded name
    RoomListModel m_roomList;
    SearchModel m_search;
    Errands m_errands;
    std::function<qint64()> m_clock;
    UserInfo m_user;
    QStringList m_ignored;
    QSet<QString> m_ignoredKeys;          ///< the folded names
    QHash<QString, RoomState> m_withheld; ///< conversations with them, by folded name
    QStringList m_noted;                  ///< rooms that were heard of, the latest first
    Drafts m_drafts;
    QSet<QString> m_restored; ///< conversations with drafts of an earlier start, folded
    QString m_server;
    QString m_epoch;
    QString m_current;
    quint64 m_writing = 0;
    bool m_active = false;
    bool m_wasReset = false; ///< the server knows nothing of what was before this connection
};

} // namespace teahouse::client
