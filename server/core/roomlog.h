#pragma once

#include "server/core/store.h"

#include "shared/origin.h"

#include <functional>
#include <map>
#include <memory>
#include <span>

namespace teahouse::server {

/// The order of one room: items go through the store, and come out strictly by number, without a
/// hole, whatever order the store answers in. What the store answers at once comes out at once, so
/// that it can be told in one piece. Owned by its Room; must
/// outlive what is under way here, which idle() tells.
class RoomLog
{
public:
    /// A committed item on its way to the members; `sender` and `cid` are empty for one that
    /// was fetched to fill a hole.
    struct Delivery
    {
        Item item;
        UserId sender = 0;
        QString cid = {};
        Origin origin = {};
        LineEnd lineEnd = LineEnd::Customary;
        QList<UserId> mentions = {}; ///< whom it means
        bool isModeration = false;   ///< a deletion of what somebody else has said
    };
    /// Called with items in order, which may be moved from.
    using Deliver = std::function<void(std::span<Delivery>)>;
    using Then = std::function<void(Result<Appended>)>;

    RoomLog(RoomId room, Store &store, Deliver deliver);

    /// Goes on where an earlier run has ended; before anything else.
    void startAt(quint64 first, quint64 last);

    /// Adds an item, whose number and time are not known yet. Once it is stored it is delivered,
    /// and then `then` is called; on an error (those of Store::append) only `then` is. A repeated
    /// append is not delivered again.
    void append(Delivery delivery, Then then);

    /// An item was stored after all whose append() had ended with Unconfirmed: it is delivered.
    void storedLate(const AppendRequest &request, const Appended &appended);

    /// The room keeps nothing below this number any more; 0: nothing at all.
    void dropped(quint64 first) { m_first = first; }

    /// A page of what was delivered; errors as Store::page.
    void page(PageRequest request, std::function<void(Result<LogPage>)> then);

    /// Asks again for a hole that the store could not fill; called now and then.
    void retry();

    quint64 first() const { return m_first; }
    quint64 last() const { return m_last; }
    /// When the last item was delivered that came in this run, in ms since 1970; 0: none did.
    qint64 lastTime() const { return m_lastTime; }
    bool idle() const { return m_underWay == 0 && m_waiting.empty(); }

private:
    struct Answer
    {
        Appended appended;
        Then then;
    };
    struct Arrived
    {
        Delivery delivery;
        Answer answer; ///< to who appended it, if that was done here
    };

    void committed(Delivery delivery, Answer answer);
    void deliverSoon();
    void deliverInOrder();
    void fetchHole();
    void fillHole(const LogPage &page);

    RoomId m_room;
    Store &m_store;
    Deliver m_deliver;
    std::map<quint64, Arrived> m_waiting; ///< stored items that are not delivered yet
    quint64 m_first = 0;
    quint64 m_last = 0;
    qint64 m_lastTime = 0;
    int m_underWay = 0;
    bool m_fetching = false;
    std::shared_ptr<RoomLog *> m_soon; ///< while deliverSoon() waits, which looks for this
};

} // namespace teahouse::server
