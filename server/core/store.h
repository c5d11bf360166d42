#pragma once

#include "shared/item.h"
#include "shared/result.h"

#include <QList>
#include <QString>

#include <functional>

namespace teahouse::server {

/// A room as the store knows it; never reused.
using RoomId = quint64;
/// Who speaks: an account or a guest, by id and not by name; never reused. 0: the server itself.
using UserId = quint64;

/// One item on its way into a room's log.
struct AppendRequest
{
    RoomId room = 0;
    UserId sender = 0;
    QString cid; ///< (room, sender, cid) is unique for limits::cidValid; empty: never a retry
    Item item;   ///< `room`, `seq` and `time` are given by the store
};

/// What an append has become.
struct Appended
{
    quint64 seq = 0;
    qint64 time = 0;       ///< milliseconds since 1970 UTC, never decreasing in a room
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

/// Keeps what was said. Asynchronous: no call blocks, every one ends with exactly one call of
/// its continuation, through an Executor and never before the call has returned; calls on one
/// room end in the order they were made.
///
/// Owned by the app; must outlive the House. Destroying it drops continuations not yet called.
class Store
{
public:
    virtual ~Store() = default;

    /// Tells whether numbers can be trusted to go on: another word means they may have been
    /// rewound.
    virtual QString epoch() const = 0;

    /// Adds an item under the room's next number. Errors: Conflict (the cid was used for another
    /// text), StoreFull and StoreUnavailable (certainly not said), Unconfirmed.
    virtual void append(AppendRequest request, std::function<void(Result<Appended>)> then) = 0;

    /// Reads a page. Errors: StoreUnavailable.
    virtual void page(PageRequest request, std::function<void(Result<LogPage>)> then) = 0;

    /// Forgets a room that has vanished, with all it held.
    virtual void forget(RoomId room) = 0;

    /// Calls `then` once the answers that are ready now have all been given, those of a whole
    /// commit for instance; never before the call has returned.
    virtual void afterAnswers(std::function<void()> then) = 0;
};

} // namespace teahouse::server
