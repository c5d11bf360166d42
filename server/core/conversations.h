#pragma once

#include "server/core/limitshare.h"
#include "server/core/quota.h"
#include "server/core/records.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <deque>
#include <set>

namespace teahouse::server {

/// Which private conversations there are, who has begun them, and which were never answered.
/// Knows neither who lists them nor what is said there. Owned by the House.
class Conversations
{
public:
    /// How long one that nobody answers counts against whoever has begun it, in ms.
    static constexpr qint64 freshFor = 24LL * 3600 * 1000;

    /// One of an earlier run.
    void add(const RoomRecord &record);
    /// A new one, begun by the first of its pair at a time of Moment::steady.
    void begin(const RoomRecord &record, const LimitShare &share, qint64 now);
    /// It was answered, or somebody has ended it or taken it up again.
    void update(const RoomRecord &record);
    void remove(const RoomRecord &record);
    /// Forgets how fresh those are whose time is over.
    void expire(qint64 now);

    /// The one of these two; 0 when there is none.
    RoomId find(UserId one, UserId other) const { return m_byPair.value(key(one, other)); }
    /// All that somebody has, ended or not.
    QList<RoomId> of(UserId user) const { return m_byUser.value(user).values(); }
    int count() const { return static_cast<int>(m_byPair.size()); }
    /// How many of them somebody has begun.
    int begunBy(UserId user) const { return m_begun.count(user); }
    /// How many of these are fresh and nobody has answered.
    int unansweredBy(UserId user) const { return m_freshByUser.count(user); }
    int unansweredFrom(const LimitShare &share) const { return m_freshByShare.count(share); }
    /// Under whose limits it was begun, while it is not answered.
    LimitShare shareOf(RoomId room) const { return m_unanswered.holder(room); }

    /// What is given up when there are too many: what both have ended, else of those that were
    /// never answered the oldest of the share that has most. 0: nothing.
    RoomId firstToGiveWay() const;

private:
    using Key = std::pair<UserId, UserId>;
    struct Fresh
    {
        RoomId room = 0;
        qint64 until = 0;
    };

    static Key key(UserId one, UserId other) { return std::minmax(one, other); }
    void noteAnswered(RoomId room);

    QHash<Key, RoomId> m_byPair;
    QHash<UserId, QSet<RoomId>> m_byUser; ///< no empty ones
    Quota<UserId> m_begun;
    Quota<LimitShare> m_unanswered;
    Quota<LimitShare> m_freshByShare; ///< of the unanswered ones
    Quota<UserId> m_freshByUser;
    std::deque<Fresh> m_fresh;    ///< by time; some may be answered
    std::set<RoomId> m_abandoned; ///< both have ended them
};

} // namespace teahouse::server
