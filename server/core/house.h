#pragma once

#include "server/core/directory.h"
#include "server/core/netaddress.h"
#include "server/core/room.h"

#include "shared/origin.h"
#include "shared/reply.h"
#include "shared/request.h"
#include "shared/rights.h"

#include <QSet>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace teahouse::server {

/// What a connection is to core, when it opens.
struct SessionSpec
{
    EventSink *sink = nullptr;             ///< outlives the session
    const EventEncoder *encoder = nullptr; ///< outlives the House
    QString via;                           ///< the door's name
    Form form = Form::Line;
    NetAddress address = {}; ///< where the peer connects from
};

/// One login of one user: who, while the connection is how.
struct Session
{
    SessionId id = 0;
    SessionSpec spec;
    UserId user = 0; ///< 0: not logged in
    RoomId room = 0; ///< Form::Line: the one room it sits in
};

/// What a message says, before it has a number.
struct Speech
{
    QString text = {};
    QString cid = {}; ///< empty: never a retry
    bool action = false;
    quint64 replyTo = 0;
    LineEnd lineEnd = LineEnd::Customary;
};

/// A part of a list that may be long.
struct ListRange
{
    QString after; ///< the `next` of the page before; empty: from the start
    int limit = 0; ///< 1 to limits::page
};

/// Which messages a session looks for; what each field means stands at SearchRequest.
struct SearchQuery
{
    QString room; ///< as its user calls it; empty: every room one may read
    QString text;
    QString from;
    qint64 since = 0;
    qint64 until = 0;
    quint64 before = 0;
    int limit = 0;
};

/// What a session is in a place.
struct Standing
{
    Place place;
    Rank rank = Rank::Outsider;
};

struct HouseSettings
{
    int rooms = 0;               ///< how many public rooms there may be
    int announceUpTo = 0;        ///< members of a room in which comings and goings are told
    int retention = keepForever; ///< of new rooms, and of those that always exist
};

/// Everything that is shared: who is here, which rooms there are, who hears what. The one object
/// that publishes. Knows no sockets, no clock (`now` is ms since 1970 UTC) and no wire format.
/// Owned by the app.
///
/// Calls name the session; an unknown one, or one that has not logged in, is refused with
/// LoginRequired. Rooms are named as the session's user calls them; an empty name is the room
/// that a Form::Line session sits in.
class House
{
public:
    using SaidThen = std::function<void(Result<Said>)>;
    using TopicThen = std::function<void(Result<TopicShown>)>;
    using PageThen = std::function<void(Result<HistoryPage>)>;
    using SearchThen = std::function<void(Result<SearchPage>)>;
    using RoomsThen = std::function<void(QList<RoomState>)>;

    /// Takes over what the store has of an earlier run. The store must outlive the House.
    House(Store &store, RandomBytes random, HouseSettings settings, qint64 now);
    ~House();

    QString epoch() const { return m_store.epoch(); }
    void setSettings(const HouseSettings &settings) { m_settings = settings; }

    // Sessions

    SessionId open(const SessionSpec &spec);
    /// The session speaks another way from now on.
    void present(SessionId session, const EventEncoder &encoder, const QString &via, Form form);
    bool isLoggedIn(SessionId session) const;
    int sessionCount() const { return static_cast<int>(m_sessions.size()); }

    /// What the session is in a room, or without a name on the whole server. Nothing when it has
    /// not logged in or there is no such room.
    std::optional<Standing> standing(SessionId session, const std::optional<QString> &room) const;

    /// Logs a guest in, who enters `main`. With the secret of a guest who is here, that guest's
    /// other session is replaced without leave and enter lines. Errors: those of
    /// Directory::admit, AlreadyLoggedIn.
    Result<Welcome> login(SessionId session, const QString &name, const QString &resume,
                          qint64 now);

    /// Lets the session in without a name, into a public room, which is where it stays. Errors:
    /// NoSuchRoom, RoomFull, AlreadyLoggedIn.
    Result<Done> enterAnonymously(SessionId session, const AnonymousEntry &entry);

    /// Makes sure that there is a public room of that name, which stays when it is empty. Errors:
    /// NameInvalid, AlreadyExists (it looks like another).
    Result<Done> keepRoom(const QString &name);

    /// The session is over: its user leaves, then the name is free. An id that is over already
    /// is ignored.
    void end(SessionId session, const QString &reason, qint64 now);

    // Rooms

    /// Enters a public room; a Form::Line session moves there. Errors: NoSuchRoom, RoomFull,
    /// TooMany.
    Result<RoomState> join(SessionId session, const QString &room, qint64 now);
    /// Makes a public room and enters it; `retention` in days, without it the setting. Errors:
    /// NameInvalid, AlreadyExists, TooMany, TooLong.
    Result<RoomState> create(SessionId session, const QString &room, const QString &topic,
                             qint64 now, std::optional<int> retention = {});
    /// Leaves a public room. Errors: NotMember.
    Result<Done> leave(SessionId session, const QString &room, qint64 now);

    RoomList rooms(const ListRange &range) const;
    /// The members of a room one is in. Errors: NoSuchRoom, NotMember.
    Result<PersonList> look(SessionId session, const QString &room, const ListRange &range) const;
    PersonList who(const ListRange &range) const;
    Result<TopicShown> topic(SessionId session, const QString &room) const;

    // Messages

    /// Says something in a room one is in; `then` is called after it was delivered. Errors:
    /// NoSuchRoom, NotMember, NoSuchUser, TooLong and those of Store::append.
    void say(SessionId session, const QString &room, const Speech &speech, SaidThen then);
    /// Says something in the private conversation with `to`. Errors: NoSuchUser, BadRequest,
    /// TooMany, TooLong and those of Store::append.
    void message(SessionId session, const QString &to, const Speech &speech, SaidThen then);
    /// Sets the topic, which is a numbered item. Errors as say().
    void setTopic(SessionId session, const QString &room, const QString &topic, TopicThen then);
    /// Gives one's own message another text, or erases it; both are numbered items. Errors: as
    /// say(), BadRequest (no text), NoSuchMessage, NotAllowed.
    void edit(SessionId session, const QString &room, quint64 seq, const QString &text,
              SaidThen then);
    void erase(SessionId session, const QString &room, quint64 seq, SaidThen then);

    // History

    /// A page of history. Errors: NoSuchRoom, NotMember and those of Store::page.
    void history(SessionId session, const QString &room, PageRequest page, PageThen then);
    /// Looks for messages in the rooms that one is in. Errors: NoSuchRoom, NotMember, TooLong,
    /// BadRequest (nothing to look for) and those of Store::search.
    void search(SessionId session, const SearchQuery &query, SearchThen then);
    /// One has read a room up to `seq`; one's other sessions are told. A number behind the last
    /// is the last, and one before the position changes nothing. Errors: NoSuchRoom, NotMember.
    Result<Done> read(SessionId session, const QString &room, quint64 seq);
    /// Brings rooms that one is in, as a login or a join has told of them, to the present, with
    /// one's position and what is unread behind it. Never fails: what the store cannot count just
    /// now is estimated.
    void countUnread(SessionId session, QList<RoomState> rooms, RoomsThen then);

    /// Says why one is not there; empty: one is. Error: TooLong.
    Result<Done> setAway(SessionId session, const QString &away);

    /// What is done now and then: counts of large rooms are told, empty rooms vanish, guests who
    /// did not come back are forgotten. To be called about once a second.
    void tick(qint64 now);

private:
    Session *find(SessionId session);
    const Session *find(SessionId session) const;
    const User *userOf(SessionId session) const;
    User *userOf(SessionId session);

    Result<Welcome> welcome(Session &session, User &user);
    void takeOver(Session &session, User &user);
    void seat(const Session &session, Room &room);
    void addListeners(const Room &room, QSet<UserId> &told, Audience &audience) const;
    void addListener(const User &user, QSet<UserId> &told, Audience &audience) const;
    void unseat(const Session &session, Room &room);

    static Result<QString> cleanTopic(const QString &topic);
    Result<QString> freshRoomName(const QString &name) const;
    Room &addRoom(RoomRecord record);
    void takeOverRooms(const StoredState &state);
    void keep(const Room &room);
    void keepGuest(User &user, qint64 until);
    bool isStored(UserId user) const;
    QList<UserId> meantBy(const QString &text, const User &speaker, const Room &room) const;
    void moveRead(User &user, const Room &room, quint64 seq);
    QList<RoomId> readable(const User &user) const;
    QList<RoomId> visibleConversations(const User &user) const;
    void changeMessage(SessionId session, const QString &room, Item item, SaidThen then);
    struct Counting;
    void countedUnread(Counting &counting, const QList<Unread> &counts);
    void countOn(const Room &room, const RoomLog::Delivery &delivery);
    Room *findRoom(RoomId id) const;
    Room *findPublic(const QString &name) const;
    Result<Room *> findFor(SessionId session, const QString &name) const;
    Result<Room *> findOwn(SessionId session, const QString &name) const;
    Room *findConversation(const User &user, QStringView other) const;
    Room *conversationWith(const User &user, UserId other) const;
    Result<Done> makeSpace(User &user);
    void reclaimLabels(const User &user);
    Result<Room *> conversation(User &user, User &other);
    /// False while something said in it is still under way.
    bool removeConversation(RoomId id);
    void removeRoom(Room &room);

    Place placeOf(const Room &room) const;
    static Rank rankIn(const User &user, const Room &room);
    Result<Done> mayEnter(const User &user, const Room &room) const;
    void enter(const Session &session, User &user, Room &room);
    void leaveRoom(User &user, Room &room, const QString &reason, qint64 now);
    RoomState moveTo(Session &session, User &user, Room &room, qint64 now);

    void append(Room &room, RoomLog::Delivery delivery, SaidThen then);
    void deliver(Room &room, std::span<RoomLog::Delivery> deliveries);
    void deliverPrivately(Room &room, const RoomLog::Delivery &delivery);
    void tellConversation(const Room &room, const std::function<Event(UserId viewer)> &event,
                          UserId actor) const;
    void tellSessions(const User &user, const Event &event, Side side, SessionId except = 0) const;
    void tellCount(Room &room);

    Store &m_store;
    HouseSettings m_settings;
    Directory m_directory;
    std::unordered_map<SessionId, Session> m_sessions;
    std::map<RoomId, std::unique_ptr<Room>> m_rooms;
    NameIndex m_roomNames;
    std::map<QString, RoomId> m_publicRooms; ///< by folded name
    int m_conversations = 0;                 ///< private ones among m_rooms
    QList<RoomId> m_toRemove;                ///< private ones that nobody can come back to
    RoomId m_main = 0;
    QSet<RoomId> m_kept; ///< rooms that do not vanish
    /// Counts of what is unread that the store is asked for, with what comes meanwhile.
    std::vector<std::shared_ptr<Counting>> m_countings;
    QSet<RoomId> m_unstored; ///< rooms whose record the store could not take yet
    RoomId m_lastRoom = 0;
    SessionId m_lastSession = 0;
};

} // namespace teahouse::server
