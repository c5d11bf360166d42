#pragma once

#include "server/core/records.h"

#include "shared/item.h"
#include "shared/origin.h"
#include "shared/result.h"

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QString>

#include <functional>

namespace teahouse::server {

/// One item on its way into a room's log.
struct AppendRequest
{
    RoomId room = 0;
    UserId sender = 0;
    QString cid; ///< (room, sender, cid) is unique for limits::cidValid; empty: never a retry
    Item item;   ///< `room`, `seq` and `time` are given by the store
    QList<UserId> mentions = {}; ///< whom the message means, besides the sender
    Origin origin = {};          ///< not kept; for whom it is told to when it is stored late
    LineEnd lineEnd = LineEnd::Customary; ///< the same
    bool isModeration = false;            ///< a deletion of what somebody else has said
};

/// What an append has become.
struct Appended
{
    quint64 seq = 0;
    qint64 time = 0;       ///< milliseconds since 1970 UTC; see Item
    quint64 first = 0;     ///< the oldest number the room still keeps
    bool repeated = false; ///< a retry: the numbers are those of the first time
};

/// A stretch of a room's log, oldest first.
struct LogPage
{
    QList<Item> items;
    bool more = false; ///< there is more in the direction asked for
    quint64 first = 0; ///< the oldest number kept in the room; 0: nothing is
};

/// Which part of a room's log is wanted: the newest items before `before`, or the oldest after
/// `after`. With neither, the newest of all.
struct PageRequest
{
    RoomId room = 0;
    quint64 before = 0; ///< 0: not asked with `before`
    quint64 after = 0;  ///< counts when `forwards`
    bool forwards = false;
    int limit = 0; ///< 1 to limits::page
};

/// Which messages are looked for: those that fit everything asked for. At least one of `text`
/// and `from` is given.
struct SearchRequest
{
    QList<RoomId> rooms = {}; ///< only in these
    QString text = {};  ///< each of these words; of Chinese, Japanese and Thai any piece of text
    QString from = {};  ///< the speaker's name at the time, in any case; empty: anybody
    qint64 since = 0;   ///< not earlier, in milliseconds since 1970 UTC
    qint64 until = 0;   ///< earlier than this; 0: up to now
    quint64 before = 0; ///< goes on behind a page: its `next`; 0: from the newest on
    int limit = 0;      ///< 1 to limits::page
};

/// What was found, newest first, in the messages' present state.
struct FoundPage
{
    struct Found
    {
        RoomId room = 0;
        Item item;
        quint64 place = 0; ///< `before` for what comes behind it
    };
    QList<Found> found;
    bool more = false; ///< there may be more; a page may be short of `limit` all the same
    quint64 next = 0;  ///< `before` of the next page
};

/// Whose unread messages are counted. Nothing counts that somebody says whom the user ignores now,
/// whenever it was said.
struct UnreadFor
{
    UserId user = 0;
    QSet<UserId> ignored = {};
};

/// Up to which number what is unread of a room is counted.
struct UnreadRange
{
    RoomId room = 0;
    quint64 upTo = 0;
};

/// What a user has not read of a room.
struct Unread
{
    RoomId room = 0;
    bool known = false; ///< whether the user has ever had a position in the room
    quint64 read = 0;   ///< the position: read up to here
    int messages = 0;   ///< behind the position, by others who are not ignored; counted up to
                        ///< limits::unreadCount, among the newest limits::unreadLook items
    int mentions = 0;   ///< those of them that mean the user; counted up to the same limit
};

/// What a store tells by itself.
struct StoreNews
{
    /// An item was stored after its append had been answered with Unconfirmed.
    std::function<void(const AppendRequest &request, const Appended &appended)> storedLate = {};

    /// A room has lost its oldest items, or all, though nothing was said in it; `first` is the
    /// oldest number that it still keeps, 0: nothing is.
    std::function<void(RoomId room, quint64 first)> dropped = {};
};

/// Keeps what was said. Asynchronous: no call blocks, every one that has a continuation ends with
/// exactly one call of it, through an Executor and never before the call has returned; what
/// is appended to one room ends in the order it was appended. A read sees what was answered before
/// it, and of what is under way whatever changes earlier items (edits, deletions) or was put. Every
/// answer comes within limits::storeDeadline.
///
/// Owned by the app; must outlive the House. Destroying it drops continuations not yet called.
class Store
{
public:
    using AppendThen = std::function<void(Result<Appended>)>;

    virtual ~Store() = default;

    /// Tells whether numbers can be trusted to go on: another word means they may have been
    /// rewound.
    virtual QString epoch() const = 0;

    /// What was there when the store was opened; to be asked once, before anything else.
    virtual StoredState takeState() = 0;

    /// Whom to tell what nobody has asked for; to be set before the first append.
    virtual void setNews(StoreNews news) = 0;

    // Items

    /// Adds an item under the room's next number, to a room that was put. An edit or a deletion
    /// brings its message to the present state, a topic becomes the room's. Errors: Conflict (the
    /// cid was used for another text), NoSuchMessage (an edit or deletion of what is no message
    /// here), NotAllowed (of somebody else's
    /// message, unless it is moderation), StoreFull and StoreUnavailable (certainly
    /// not said), Unconfirmed (it may be stored yet).
    virtual void append(AppendRequest request, AppendThen then) = 0;

    /// Reads a page. Errors: StoreUnavailable.
    virtual void page(PageRequest request, std::function<void(Result<LogPage>)> then) = 0;

    /// Looks for messages. Errors: BadRequest (no word in `text`), StoreUnavailable.
    virtual void search(SearchRequest request, std::function<void(Result<FoundPage>)> then) = 0;

    // Rooms and people

    /// Keeps what a room is now: name, pair and retention. Of a new room the topic, too, which is
    /// changed by items alone, so that no put can bring an older one back. Errors: StoreFull,
    /// StoreUnavailable, Unconfirmed.
    virtual void putRoom(RoomRecord room, std::function<void(Result<Done>)> then) = 0;

    /// Keeps these changes, all of them or none, behind whatever was given to the store before. An
    /// account takes the place of the guest of its id. Errors: NoSuchRoom (one of a room that was
    /// not put), StoreFull, StoreUnavailable, Unconfirmed.
    virtual void put(QList<Change> changes, std::function<void(Result<Done>)> then) = 0;

    /// Reads the audit log. Errors: StoreUnavailable.
    virtual void audit(AuditRequest request, std::function<void(Result<AuditPage>)> then) = 0;

    /// Forgets a room that has vanished, with all it held, roles and bans too.
    virtual void forget(RoomId room) = 0;

    /// Keeps a guest, or what has changed of one. Tried again until it is stored.
    virtual void putGuest(GuestRecord guest) = 0;

    /// Forgets a guest who cannot come back, and what was read and mentioned; of an account only
    /// these.
    virtual void forgetGuest(UserId guest) = 0;

    // What was read

    /// Moves a user's position in a room, forwards only. Tried again until it is stored.
    virtual void putRead(UserId user, RoomId room, quint64 seq) = 0;

    /// What a user has not read of each of these rooms, in their order. Errors: StoreUnavailable.
    virtual void unread(UnreadFor whose, QList<UnreadRange> rooms,
                        std::function<void(Result<QList<Unread>>)> then) = 0;

    /// Does a small step of what is to be done now and then (expired items, erased words); to be
    /// called about once a second.
    virtual void tick() = 0;

    /// What an earlier run has believed of the clock.
    virtual ClockState clock() const { return {}; }

    /// What is believed from now on, to be kept for the next run, and by which time things expire.
    /// Without it the store believes its clock.
    virtual void setClock(const ClockState &state, qint64 expiry)
    {
        Q_UNUSED(state);
        Q_UNUSED(expiry);
    }

    /// Calls `then` once the answers that are ready now have all been given, those of a whole
    /// commit for instance; never before the call has returned.
    virtual void afterAnswers(std::function<void()> then) = 0;
};

} // namespace teahouse::server
