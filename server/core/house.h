#pragma once

#include "server/core/addressmask.h"
#include "server/core/authenticator.h"
#include "server/core/clocktrust.h"
#include "server/core/comingmemberships.h"
#include "server/core/conversations.h"
#include "server/core/directory.h"
#include "server/core/emptyrooms.h"
#include "server/core/expectedguests.h"
#include "server/core/invitecodes.h"
#include "server/core/kickedout.h"
#include "server/core/limitshare.h"
#include "server/core/memberships.h"
#include "server/core/moment.h"
#include "server/core/quota.h"
#include "server/core/room.h"
#include "server/core/roomcatalog.h"
#include "server/core/sanctions.h"
#include "server/core/sharelimits.h"
#include "server/core/sharerate.h"

#include "shared/limits.h"
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
    Source source = {}; ///< where the peer connects from
};

/// One login of one user: who, while the connection is how.
struct Session
{
    SessionId id = 0;
    SessionSpec spec;
    UserId user = 0;   ///< 0: not logged in
    RoomId room = 0;   ///< Form::Line: the one room it sits in
    QString code = {}; ///< the invite code that it has given for its login

    /// One whose address is not known, of this very process, counts singly, too.
    LimitShare share() const
    {
        const bool isSingle = spec.source.isExempt || !spec.source.counted.isKnown();
        return {spec.source.counted, isSingle ? id : 0};
    }
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

/// Who wants to log in, and as what. An account is logged in to with its password; with a password
/// and an invite code (or where only accounts are let in) a free name is registered, with a code
/// alone a guest is let in.
struct LoginRequest
{
    QString name = {};
    std::optional<QString> password = {};
    QString resume = {};
    QString invite = {};
};

/// Who does something that only administrators may; without a name, the server's own shell.
struct Doer
{
    QString name = {};
};

/// What becomes of what a removed account has said.
enum class Erase { Nothing, Messages };

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

/// An invite code that is to be made.
struct NewInvite
{
    QString room = {};                   ///< a public room that it opens; empty: none
    int uses = 1;                        ///< 1 to limits::inviteUses
    int days = limits::inviteDaysCustom; ///< it is valid for, 1 to limits::inviteDays
};

/// What a session is in a place.
struct Standing
{
    Place place;
    Rank rank = Rank::Outsider;
};

/// Who may make an account by himself.
enum class Registration { Off, ByInvite, Open };

struct AccountSettings
{
    bool guests = true; ///< whether anybody is let in without a password
    Registration registration = Registration::Open;
    bool plainPasswords = false; ///< whether passwords may come from other hosts unencrypted
};

/// A room that is to be made.
struct NewRoom
{
    QString name;
    QString topic = {};
    std::optional<int> retention = {}; ///< days; nothing: as the setting says
    bool isClosed = false;
    QString key = {}; ///< empty: none
};

/// What of a room is to be otherwise; what says nothing stays.
struct RoomRules
{
    std::optional<bool> isClosed = {};
    std::optional<bool> isReadOnly = {};
    std::optional<QString> key = {};   ///< empty: none any more
    std::optional<int> retention = {}; ///< days, or keepForever
    QString owner = {};                ///< the account that is to be the only one; empty: as it is
};

/// Something that is done to somebody in a room, or on the whole server.
struct Measure
{
    std::optional<QString> room = {}; ///< as one calls it; nothing: the whole server
    QString name;                     ///< whose: a name, an address or a network
    QString reason = {};
    qint64 until = 0; ///< of a ban or a mute, in ms since 1970 UTC; 0: for ever
};

struct HouseSettings
{
    int rooms = 0;               ///< how many public rooms there may be
    int announceUpTo = 0;        ///< members of a room in which comings and goings are told
    int retention = keepForever; ///< of new rooms, and of those that always exist
    AccountSettings accounts = {};
    ShareLimits shares = {};
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
    using DoneThen = std::function<void(Result<Done>)>;
    using WelcomeThen = std::function<void(Result<Welcome>)>;
    using UserThen = std::function<void(Result<UserShown>)>;
    using InviteThen = std::function<void(Result<InviteCode>)>;
    using IgnoreThen = std::function<void(Result<IgnoreList>)>;
    using RoomThen = std::function<void(Result<RoomState>)>;
    using AuditThen = std::function<void(Result<AuditPage>)>;
    using ImposedThen = std::function<void(Result<Imposed>)>;

    /// Takes over what the store has of an earlier run. Both must outlive the House.
    House(Store &store, Passwords &passwords, RandomBytes random, HouseSettings settings,
          const Times &times);
    ~House();

    QString epoch() const { return m_store.epoch(); }
    void setSettings(const HouseSettings &settings);
    /// What time it is, to be told before whatever comes in is carried out. What the last thing
    /// that came in has left behind is cleared away: empty rooms in which nothing was said.
    void setTime(const Moment &now);

    // Sessions

    SessionId open(const SessionSpec &spec);
    /// The session speaks another way from now on; `form` counts before login only.
    void present(SessionId session, const EventEncoder &encoder, const QString &via, Form form);
    bool isLoggedIn(SessionId session) const;
    /// Where the session connects from; of one that there is not, nowhere.
    Source sourceOf(SessionId session) const;
    /// With whom the session shares the rate of its messages; nobody: a guest, or not known.
    LimitParty limitParty(SessionId session) const;
    int sessionCount() const { return static_cast<int>(m_sessions.size()); }
    /// How many are logged in, each once.
    int peopleCount() const { return static_cast<int>(m_directory.users().size()); }

    /// What the session is in a room, or without a name on the whole server. Nothing when it has
    /// not logged in or there is no such room.
    std::optional<Standing> standing(SessionId session, const std::optional<QString> &room) const;

    /// Logs a guest in, who enters `main`. With the secret of a guest who is here, that guest's
    /// other session is replaced without leave and enter lines. Errors: those of
    /// Directory::admit, AlreadyLoggedIn, Banned.
    Result<Welcome> login(SessionId session, const QString &name, const QString &resume,
                          qint64 now);

    /// Logs in to an account, as a guest, or registers; `then` may be called from inside. Errors:
    /// those of the other login() and of registerNew(), WrongPassword, PasswordRequired (of a
    /// registered name, or because guests are not let in), TlsRequired, SlowDown.
    void login(SessionId session, const LoginRequest &request, qint64 now, WelcomeThen then);

    /// Lets the session in without a name, into a public room, which is where it stays. Errors:
    /// NoSuchRoom, RoomFull, AlreadyLoggedIn, Banned, InviteRequired, RoomKey.
    Result<Done> enterAnonymously(SessionId session, const AnonymousEntry &entry);

    /// The public room of that name as it is written; empty: there is none.
    QString roomName(const QString &name) const;

    /// Makes sure that there is a public room of that name, which stays when it is empty. Errors:
    /// NameInvalid, AlreadyExists (it looks like another).
    Result<Done> keepRoom(const QString &name);

    /// The session is over: its user leaves, then the name is free. An id that is over already
    /// is ignored.
    void end(SessionId session, const QString &reason, qint64 now);

    /// Nobody reads the session's answers any more: the passwords of its that wait to be looked at
    /// are not, and are answered with Closing.
    void withdraw(SessionId session) { m_authenticator.withdraw(session); }

    // Accounts

    /// What a client may do about accounts here.
    const AccountSettings &accountSettings() const { return m_settings.accounts; }

    /// Registers a free name and logs in. Errors: those of Directory::admit, AlreadyLoggedIn,
    /// TlsRequired, TooLong and BadRequest (of the password), InviteRequired, NotAllowed, SlowDown
    /// and those of Store::put.
    void registerNew(SessionId session, const LoginRequest &request, qint64 now, WelcomeThen then);
    /// Makes an account of the guest, with all that he has. Errors as registerNew(),
    /// AlreadyExists (it is one), SlowDown (it is being made one).
    void registerGuest(SessionId session, const QString &password, const QString &invite,
                       qint64 now, UserThen then);
    /// Ends the account's other sessions. Errors: WrongPassword, NotAllowed (a guest), TooLong,
    /// BadRequest, TlsRequired, SlowDown and those of Store::put.
    void changePassword(SessionId session, const QString &old, const QString &password,
                        DoneThen then);
    /// Makes an account administrator, once, with the code of makeClaimCode(). Errors: NotAllowed,
    /// SlowDown and those of Store::put.
    void claim(SessionId session, const QString &code, qint64 now, UserThen then);
    /// Whether there has never been an administrator.
    bool isUnclaimed() const { return m_isUnclaimed; }
    /// The code that claim() takes from now on, to be shown where only the owner sees it.
    QString makeClaimCode();

    /// Whom one does not want to hear; somebody without a name as long as he is here. Errors:
    /// NoSuchUser, BadRequest (oneself), TooMany and those of Store::put.
    void ignore(SessionId session, const QString &name, IgnoreThen then);
    void unignore(SessionId session, const QString &name, IgnoreThen then);

    // Invite codes. Of an administrator, and of the shell, a code lets a guest in where guests are
    // not, and lets a name be registered where that takes one; whoever else has made it, it opens
    // its room. Whether one's rank allows it in that room is the caller's to ask; without a room
    // an administrator means none, and whoever else types lines the one that the session sits in.

    /// Keeps a code for the session's login, which uses it. Errors: AlreadyLoggedIn,
    /// InviteRequired (it is none, or used up), SlowDown.
    Result<Done> giveCode(SessionId session, const QString &code, qint64 now);
    /// Errors: LoginRequired, NotAllowed, NoSuchRoom, BadRequest (bounds), TooMany and those of
    /// Store::put.
    void makeInvite(SessionId session, const NewInvite &wanted, qint64 now, InviteThen then);
    /// Codes that are still good for something: of one room, or without a name all.
    Result<InviteList> invites(SessionId session, const QString &room,
                               const ListRange &range) const;
    /// Takes a code back, which is named whole or by its label: an administrator any, others their
    /// own, and those of rooms that they moderate. Errors: BadRequest (there is none) and those of
    /// Store::put.
    void endInvite(SessionId session, const QString &code, qint64 now, DoneThen then);

    // For administrators; errors besides: LoginRequired, NotAllowed

    Result<AccountList> accounts(SessionId session, const ListRange &range) const;
    /// Makes an account administrator, or ("none" or empty) takes that away. Errors: NoSuchUser,
    /// BadRequest, NotAllowed (the last one) and those of Store::put.
    void setRole(SessionId session, const QString &name, const QString &role, qint64 now,
                 DoneThen then);
    /// Its sessions end, and its name is nobody's for ever. Errors as setRole().
    void removeAccount(SessionId session, const QString &name, Erase erase, qint64 now,
                       DoneThen then);

    // The same for whoever has the server's shell

    AccountList accounts(const ListRange &range) const;
    void makeInvite(const Doer &doer, const NewInvite &wanted, qint64 now, InviteThen then);
    InviteList invites(const ListRange &range) const;
    void endInvite(const Doer &doer, const QString &code, qint64 now, DoneThen then);
    void addAccount(const Doer &doer, const QString &name, const QString &password, qint64 now,
                    DoneThen then);
    void setPassword(const Doer &doer, const QString &name, const QString &password, qint64 now,
                     DoneThen then);
    void setRole(const Doer &doer, const QString &name, const QString &role, qint64 now,
                 DoneThen then);
    void removeAccount(const Doer &doer, const QString &name, Erase erase, qint64 now,
                       DoneThen then);

    // Rooms

    /// Enters a public room; a Form::Line session moves there. Errors: NoSuchRoom, RoomFull,
    /// TooMany, Banned, InviteRequired, RoomKey.
    Result<RoomState> join(SessionId session, const QString &room, qint64 now);
    /// The same with a password, which counts where it is needed; answered once the store keeps
    /// the room in the account's list. Errors: SlowDown too, Unconfirmed (one is in it all the
    /// same).
    void join(SessionId session, const QString &room, const QString &key, qint64 now,
              RoomThen then);
    /// Makes a public room, which an account owns, and enters it. Errors: NameInvalid,
    /// AlreadyExists, TooMany, TooLong, SlowDown, Unconfirmed as join() and those of
    /// Store::putRoom.
    void create(SessionId session, const NewRoom &room, qint64 now, RoomThen then);
    /// Leaves a public room, or ends a private conversation for oneself: it is in one's list no
    /// more until one of the two writes there. Errors: NotMember, NoSuchRoom.
    Result<Done> leave(SessionId session, const QString &room, qint64 now);
    /// The same, answered once the store keeps it. Error: Unconfirmed too (one is out all the
    /// same).
    void leave(SessionId session, const QString &room, qint64 now, DoneThen then);

    /// The public rooms, besides those that one enters by invitation only and may not.
    RoomList rooms(SessionId session, const ListRange &range) const;
    /// The members of a room one is in. Errors: NoSuchRoom, NotMember.
    Result<PersonList> look(SessionId session, const QString &room, const ListRange &range) const;
    PersonList who(const ListRange &range) const;
    /// Adds the addresses of those in a list of look() or who(): for administrators as they are,
    /// for moderators of the list's room masked, for others not at all.
    void showAddresses(SessionId session, PersonList &list) const;
    Result<TopicShown> topic(SessionId session, const QString &room) const;

    // Messages

    /// Says something in a room one is in; `then` is called after it was delivered. Errors:
    /// NoSuchRoom, NotMember, NoSuchUser, TooLong, Muted, NotAllowed (the room is read-only) and
    /// those of Store::append.
    void say(SessionId session, const QString &room, const Speech &speech, SaidThen then);
    /// Says something in the private conversation with `to`. Errors: NoSuchUser, BadRequest,
    /// TooMany, TooLong and those of Store::append.
    void message(SessionId session, const QString &to, const Speech &speech, SaidThen then);
    /// Sets the topic, which is a numbered item. Errors as say().
    void setTopic(SessionId session, const QString &room, const QString &topic, TopicThen then);
    /// Gives one's own message another text, or erases it; both are numbered items. Moderators
    /// erase other people's, too. Errors: as say(), BadRequest (no text), NoSuchMessage,
    /// NotAllowed.
    void edit(SessionId session, const QString &room, quint64 seq, const QString &text,
              SaidThen then);
    void erase(SessionId session, const QString &room, quint64 seq, qint64 now, SaidThen then);

    // Power over others. Whether one's rank allows it at all is the caller's to ask; here it is
    // only held against the other's. Each is answered when it is kept. Errors of all: NoSuchRoom,
    // NoSuchUser, NotAllowed (the other has as high a rank), TooLong (a reason) and those of
    // Store::put.

    /// Puts somebody out of a room; out of `main`, off the server.
    void kick(SessionId session, const Measure &measure, qint64 now, DoneThen then);
    /// Keeps somebody out, or silent; with a person who is here the address, unless it is exempt
    /// from limits by address. Errors: NameInvalid, BadRequest (a time that is past, a network too
    /// large), TooMany.
    void impose(SessionId session, SanctionKind kind, const Measure &measure, qint64 now,
                ImposedThen then);
    /// Takes that back. Error: BadRequest (there is no such ban or mute).
    void lift(SessionId session, SanctionKind kind, const Measure &measure, qint64 now,
              DoneThen then);
    /// The bans and mutes of a room, or of the whole server.
    Result<SanctionList> sanctions(SessionId session, const std::optional<QString> &room,
                                   const ListRange &range, qint64 now) const;
    /// Makes an account something in a room, which is a numbered item. Errors: BadRequest (a
    /// guest), TooMany.
    void giveRole(SessionId session, const Measure &measure, RoomRole role, qint64 now,
                  DoneThen then);
    /// Lets somebody in where one enters by invitation or with a password, and says so: an
    /// account for good, a guest once. Error: TooMany.
    void invite(SessionId session, const Measure &measure, qint64 now, DoneThen then);
    /// Changes how a room is. Errors: BadRequest, TooMany, TooLong, SlowDown.
    void setRules(SessionId session, const QString &room, const RoomRules &rules, qint64 now,
                  RoomThen then);
    /// What was done with such powers in a room or anywhere; `before` as in AuditRequest.
    void audit(SessionId session, const std::optional<QString> &room, quint64 before, int limit,
               AuditThen then) const;

    /// What one is to be told of in a room; one's other sessions hear of it. Errors: NoSuchRoom,
    /// NotMember and those of Store::put.
    void setLevel(SessionId session, const QString &room, NotifyLevel level, DoneThen then);

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

    /// Says why one is not there; empty: one is. Errors: TooLong, Muted (anywhere).
    Result<Done> setAway(SessionId session, const QString &away);

    /// What is done now and then: counts of large rooms are told, empty rooms vanish, guests who
    /// did not come back are forgotten. To be called about once a second.
    void tick(const Times &times);

private:
    Session *find(SessionId session);
    const Session *find(SessionId session) const;
    const User *userOf(SessionId session) const;
    User *userOf(SessionId session);

    /// What a code has to be good for.
    enum class InvitePower { Room, Server };
    /// A use of a code that somebody is about to make.
    struct HeldInvite
    {
        QByteArray codeHash;
        RoomId room = 0; ///< that it opens; 0: none
        bool opensServer = false;
    };
    /// An account that is to be, once its password is hashed.
    struct NewAccount
    {
        AccountRecord record;
        QString password;
        std::optional<HeldInvite> invite = {};
        Requester by = {};
    };
    struct PasswordChange
    {
        SessionId except = 0; ///< goes on
        Requester by = {};
        std::optional<AuditRecord> audit = {};
        QByteArray verified = {}; ///< the hash that must still be the account's; empty: any
    };

    static UserInfo infoOf(const User &user);
    static Result<Done> checkPasswordText(const QString &password);
    Result<Done> mayTakePassword(const Session &session) const;
    Requester requesterOf(const Session &session, UserId account) const;
    QList<Change> trustedNow(UserId account, const LimitShare &share, qint64 now);
    void checkPassword(const Session &session, const QString &name, const QString &password,
                       DoneThen then);
    Result<Welcome> enterAs(SessionId session, UserId user, const QByteArray &hash, qint64 now);
    bool opensServer(const InviteRecord &invite) const;
    Result<HeldInvite> holdInvite(const Requester &by, const QString &code, InvitePower needed,
                                  qint64 now);
    void giveBack(const std::optional<HeldInvite> &invite);
    void useInvite(const HeldInvite &invite, std::function<bool(const Result<Done> &)> then);
    void takeBack(const QByteArray &codeHash);
    void keepInvites();
    void expireInvites(qint64 now);
    QList<MembershipRecord> membershipBy(RoomId room, UserId user) const;
    Result<Welcome> enterInvited(SessionId session, const Result<Welcome> &entered, RoomId room,
                                 qint64 now);
    void loginInvited(SessionId session, const LoginRequest &request, qint64 now, WelcomeThen then);
    bool isInvitedGuest(const LoginRequest &request, qint64 now) const;
    void openByInvite(SessionId session, const QString &code, const Welcome &entered,
                      WelcomeThen then, qint64 now);
    Result<QString> inviteRoom(SessionId session, const QString &name) const;
    InviteList listInvites(std::optional<RoomId> room, const ListRange &range) const;
    Result<std::optional<HeldInvite>> takeInvite(const Requester &by, const QString &code,
                                                 qint64 now);
    void makeAccount(const NewAccount &wanted, DoneThen then);
    void storeAccount(const NewAccount &wanted, DoneThen then);
    void setPassword(UserId user, const QString &password, const PasswordChange &change,
                     DoneThen then);
    Result<const User *> adminOf(SessionId session) const;
    bool isLastAdmin(UserId user) const;
    void setAdmin(UserId user, bool isAdmin, const AuditRecord &audit, DoneThen then);
    void retire(const AccountRecord &retired, const QString &by);
    void handOver(const MembershipRecord &heir, const QString &by, qint64 now);
    Result<Done> mayMakeAccount() const;
    Result<Done> takeRegistration(const LimitShare &share);
    void endSessions(UserId user, const Closing &why, SessionId except);
    void endSession(SessionId session, const Closing &why, qint64 now);
    void tellAcquaintances(const User &user) const;

    void commit(QList<Change> changes, std::function<void()> apply, DoneThen then);
    void commitFor(UserId account, QList<Change> changes, const std::function<void()> &apply,
                   DoneThen then);
    void commitAgain();
    void keepMembership(const MembershipRecord &record);
    void whenKept(UserId user, RoomId room, DoneThen then);
    void answerEntered(SessionId session, RoomId room, RoomThen then);
    void keepJoined(const User &user, RoomId room);

    bool isIgnored(UserId speaker, UserId by) const;
    void forgetUnknown(SessionId session);
    void noteIgnored(const IgnoreRecord &record);
    void changeIgnored(const User &user, const IgnoreRecord &record, IgnoreThen then);
    bool isHidden(SessionId session, const Item &item) const;
    void hideIgnored(SessionId session, QList<Item> &items) const;

    void eraseSome();
    void eraseUnkept();
    void eraseMessages(const QList<std::pair<RoomId, quint64>> &messages, quint64 next);
    void finishErasure();

    Result<Welcome> welcome(Session &session, User &user);
    Person personOf(UserId user, const QString &name, RoomId room) const;
    QList<RoomId> roomsOf(const Session &session) const;
    void addAbsent(const Room &room, UserId after, int limit, PersonList &list) const;
    static void tellOne(const Session &session, const Event &event, Side side);
    void tellSession(SessionId session, const Event &event) const;
    bool sitsIn(const Session &session, RoomId room) const;
    bool isPresent(const User &user, RoomId room) const;
    void standUp(const Session &session, User &user, Room &room, const QString &reason, qint64 now);
    void takeOver(Session &session, User &user);
    void seat(const Session &session, Room &room);
    void addListeners(const Room &room, QSet<UserId> &told, Audience &audience) const;
    void addListener(const User &user, QSet<UserId> &told, Audience &audience) const;
    void unseat(const Session &session, Room &room);

    // Rights
    Rank rankOf(const User &user, const Room *room) const;
    NotifyLevel levelOf(const User &user, RoomId room) const;
    RoomState stateFor(const Room &room, const User &viewer) const;
    RoomState presentState(const Room &room, const User &viewer) const;
    void tellState(const User &user, const Room &room, SessionId except = 0) const;
    void tellState(const Room &room) const;
    const SanctionRecord *muteOn(const User &user, RoomId room) const;
    std::optional<Error> silence(const User &user, const Room &room) const;
    MembershipRecord comingMembership(RoomId room, UserId user) const;
    void putMemberships(const QList<MembershipRecord> &records, QList<Change> also, DoneThen then);
    void commitMemberships(const QList<MembershipRecord> &records, QList<Change> also,
                           const std::function<void()> &apply, DoneThen then);
    QList<MembershipRecord> lostBy(UserId user, const Room &room) const;
    void loseMembership(UserId user, const Room &room);
    void forgetMember(UserId user, RoomId room);
    void beginMemberships(const QList<MembershipRecord> &records, QList<Change> &changes);
    void holdMemberships(const QList<MembershipRecord> &records);
    void endMemberships(const QList<MembershipRecord> &records);
    std::optional<MembershipRecord> heirOf(RoomId room, UserId owner) const;
    Result<Done> mayOwn(const Room &room, const User &user) const;
    Result<Done> mayOwnMore(UserId user) const;

    // Power over others
    struct Case;
    Result<Case> caseOf(SessionId session, const Measure &measure) const;
    AuditRecord entryOf(const Case &asked, const char *verb, const QString &text) const;
    Result<SanctionRecord> subjectOf(const Case &asked) const;
    Sanctions::Suspect suspectOf(const User &user, RoomId place) const;
    QList<Network> networksOf(const User &user) const;
    std::optional<Network> networkOfToken(const Case &asked) const;
    QString shownAddresses(const QList<Network> &networks, Rank viewer) const;
    bool comesFromExempt(const QString &name) const;
    const AddressMask &mask() const;
    qint64 knownSince(const User *user) const;
    const SanctionRecord *sanctionFor(const Case &asked, SanctionKind kind) const;
    std::optional<Error> refusedAfterKick(const Session &session, const QString &name,
                                          RoomId room) const;
    Result<Done> mayImpose(const Case &asked) const;
    const SanctionRecord *sanctionOn(const User &user, RoomId room, SanctionKind kind) const;
    std::optional<Error> refusedEntry(const Session &session, const QString &name,
                                      const User *account) const;
    void enforce(const SanctionRecord &record, qint64 now);
    void leaveBanned(User &user);
    void goToMain(SessionId session, qint64 now);
    bool isBanned(const AccountRecord &account, RoomId room) const;
    void enforceOnServer(qint64 now);
    bool updateMuted(User &user, RoomId place) const;
    void reviewMuted(User &user, RoomId place, const QString &by);
    void reviewMuted(RoomId place, const QString &by);
    void tellMuted(const User &user, RoomId place, const QString &by, SessionId except = 0) const;
    void noteKicked(UserId user, RoomId room);
    void putOut(UserId user, RoomId room, const Closing &why, qint64 now);
    void tellRole(const Case &asked, UserId user, DoneThen then);
    void invited(const Case &asked, UserId user);
    void eraseAnother(SessionId session, const QString &room, Item item, qint64 now, SaidThen then);

    // How rooms are
    Result<Done> mayMakeRoom(const Session &session, const User &user);
    bool giveWayToRoom();
    bool isDeserted(const Room &room) const;
    void removeDeserted();
    void make(SessionId session, RoomRecord record, qint64 now, RoomThen then);
    void made(SessionId session, RoomId room, const Result<Done> &kept, qint64 now, RoomThen then);
    struct Rules;
    Result<Rules> rulesFrom(SessionId session, const QString &room, const RoomRules &rules) const;
    void changeRules(SessionId session, const Rules &rules, RoomThen then);
    void putRules(const Rules &rules, DoneThen then);
    void applyRules(const Rules &rules, DoneThen then);
    void hashKey(SessionId session, const QString &key, PasswordDesk::HashThen then);

    static Result<QString> cleanTopic(const QString &topic);
    Result<QString> freshRoomName(const QString &name) const;
    Room &addRoom(RoomRecord record);
    void takeOverRooms(const StoredState &state);
    void keep(const Room &room);
    void keepGuest(User &user, qint64 until);
    bool isStored(UserId user) const;
    QList<UserId> meantBy(const QString &text, const User &speaker, const Room &room) const;
    void forgetPositions(User &user);
    void moveRead(User &user, const Room &room, quint64 seq);
    QList<RoomId> readable(SessionId session) const;
    bool isConversationAlive(const Room &room) const;
    void takeOverStandings(const StoredState &state);
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
    /// Who wants a conversation in somebody's list.
    enum class Wish { Own, Others };
    Result<Done> mayBegin(const Session &session, const User &user);
    Result<Done> makeSpace(User &user, Wish wish);
    Result<Done> makeSpaceOnServer();
    std::optional<RoomId> leastWanted(const User &user, Wish wish) const;
    void endConversation(User &user, Room &room, SessionId except);
    Result<Done> listAgain(User &user, Room &room, Wish wish);
    Result<Done> takeUp(User &speaker, Room &room);
    void noteAnswer(Room &room, const RoomLog::Delivery &delivery);
    void reclaimLabels(const User &user);
    Result<Room *> conversation(const Session &session, User &user, User &other);
    Room &beginConversation(const Session &session, User &user, User &other);
    /// False while something said in it is still under way.
    bool removeConversation(RoomId id);
    void removeRoom(Room &room);

    Place placeOf(const Room &room) const;
    Rank rankIn(const User &user, const Room &room) const;
    Result<Done> mayEnter(const User &user, const Room &room) const;
    Result<Done> isAdmitted(const User &user, const Room &room) const;
    void enter(const Session &session, User &user, Room &room);
    void leaveRoom(User &user, Room &room, const QString &reason, qint64 now);
    RoomState moveTo(Session &session, User &user, Room &room, qint64 now);

    void append(Room &room, RoomLog::Delivery delivery, SaidThen then);
    void deliver(Room &room, std::span<RoomLog::Delivery> deliveries);
    void deliverPrivately(Room &room, const RoomLog::Delivery &delivery);
    void tellConversation(const Room &room, const std::function<Event(UserId viewer)> &event,
                          UserId actor) const;
    void tellSessions(const User &user, const Event &event, Side side, SessionId except = 0) const;
    void tellCount(RoomId room) const;
    void retryLogs();

    // What is kept of rooms for lists, and of those that nobody needs
    void note(const MembershipRecord &record);
    bool isKnownTo(UserId user, const Room &room) const;
    void reviewSight(const Room &room, UserId user);
    void reviewCatalog(const Room &room);
    RoomState listed(const Room &room, const User &viewer) const;
    Result<Done> expect(const Room &room, UserId user);
    void expectNoMore(const Room &room, UserId user);
    bool isForsaken(const Room &room) const;
    void reviewEmpty(Room &room);
    void removeEmpty();

    /// Changes of which the store could not say whether they are kept.
    struct Unsure
    {
        QList<Change> changes;
        std::function<void()> apply;
    };
    /// A removed account whose messages are being deleted, and how far that has come.
    struct Erasure
    {
        UserId user = 0;
        QString name = {};
        quint64 before = 0;
        bool isSearched = false; ///< of rooms with history all is done
        RoomId room = 0;         ///< of the others, up to this one
    };

    Store &m_store;
    RandomBytes m_random;
    HouseSettings m_settings;
    Directory m_directory;
    std::unordered_map<SessionId, Session> m_sessions;
    std::map<RoomId, std::unique_ptr<Room>> m_rooms;
    NameIndex m_roomNames;
    int m_publicRooms = 0;
    RoomCatalog m_catalog; ///< of public rooms that are made
    ExpectedGuests m_expected;
    EmptyRooms m_empty;
    QSet<RoomId> m_untold;   ///< whose members were not told of somebody's coming or going
    QSet<RoomId> m_openLogs; ///< where items may be on their way to the store
    Conversations m_conversations;
    ShareRate m_newConversations;
    ShareRate m_registrations;
    Quota<LimitShare> m_madeFrom; ///< public rooms, by from where they were made in this run
    Quota<UserId> m_madeByGuest;  ///< those of them that no account has made
    QList<RoomId> m_deserted;     ///< may be empty with nothing said; to be looked at
    KickedOut m_kicked;
    mutable std::optional<AddressMask> m_mask; ///< made when it is first needed
    ComingMemberships m_comingMemberships;
    Sanctions m_sanctions;
    /// Rooms that the store has not taken yet, which nobody sees, and whose they are to be.
    QHash<RoomId, UserId> m_making;
    QSet<RoomId> m_underChange; ///< rooms whose rules are on their way to the store
    QList<RoomId> m_toRemove;   ///< private ones that nobody can come back to
    RoomId m_main = 0;
    QSet<RoomId> m_kept; ///< rooms that do not vanish
    /// Counts of what is unread that the store is asked for, with what comes meanwhile.
    std::vector<std::shared_ptr<Counting>> m_countings;
    QSet<RoomId> m_unstored; ///< rooms whose record the store could not take yet
    Authenticator m_authenticator;
    Memberships m_memberships;
    using MembershipKey = std::pair<UserId, RoomId>;
    QSet<MembershipKey> m_unkept; ///< those that the store could not take yet
    /// Those on their way to it that hold already, and who waits for the newest of each.
    QHash<MembershipKey, std::shared_ptr<std::vector<DoneThen>>> m_keeping;
    InviteCodes m_invites;
    QSet<QByteArray> m_unkeptInvites;       ///< by hash: those that the store could not take yet
    QSet<QString> m_invitedGuests;          ///< folded names of guests whom a code has let in
    QHash<UserId, QSet<UserId>> m_ignorers; ///< who does not want to hear somebody
    QList<Unsure> m_unsure;
    QSet<UserId> m_changing; ///< accounts with a change on its way to the store
    QList<Erasure> m_erasures;
    bool m_isErasing = false; ///< a step of the first one is under way
    bool m_isUnclaimed = true;
    QByteArray m_claimHash; ///< empty: nobody can claim
    Moment m_time;          ///< when what is being carried out came in
    Times m_times;          ///< that were told last
    qint64 m_now = 0;       ///< of them, the time by which things expire
    RoomId m_lastRoom = 0;
    SessionId m_lastSession = 0;
};

} // namespace teahouse::server
