#pragma once

#include "server/store/itemtable.h"

#include <map>

namespace teahouse::server {

/// What is done now and then, in small steps, on the writer's connection: items expire, what
/// forgotten rooms held is removed, cids and the oldest of the audit log are forgotten, the search
/// index follows, and erased words leave its pages. Functions throw DatabaseError.
class Housekeeping
{
public:
    /// All of these must outlive the housekeeping.
    Housekeeping(Database &database, RoomTable &rooms, ItemTable &items, SearchIndex &index);

    /// One step at `now` (milliseconds since 1970 UTC, by which things expire), within the caller's
    /// transaction. Whether there is more to do at once.
    bool step(qint64 now);

    /// The transaction of the last step was rolled back, and everything is as before.
    void startOver();

private:
    bool expireItems(qint64 now);
    bool expireItemsOf(RoomId room, qint64 now);
    bool removeLeftovers();
    void expireCids(qint64 now);
    bool expireAudit();
    void rewriteIndex(qint64 now);

    RoomTable &m_rooms;
    ItemTable &m_items;
    SearchIndex &m_index;

    Statement m_nextToExpire;
    Statement m_firstFresh;
    Statement m_lastExpired;
    Statement m_leftover;
    Statement m_nothingLeft;
    Statement m_removeCids;
    Statement m_removePositions;
    Statement m_nextCids;
    Statement m_removeCid;
    Statement m_auditIds;
    Statement m_auditCount;
    Statement m_auditMost;
    Statement m_removeAudit;

    RoomId m_lastLooked = 0; ///< the rooms behind this one are looked at next
    struct CidKey
    {
        RoomId room = 0;
        UserId sender = 0;
        QString cid = {};
    } m_lastCid; ///< the cids behind this one are looked at next
    /// Rooms whose items up to these are all dated in the future.
    std::map<RoomId, quint64> m_passedOver;
    bool m_isRewriting = false;
    quint64 m_auditSeen = 0;  ///< up to this entry the log is not too long
    qint64 m_cidsFrom = 0;    ///< no round through the cids begins before
    qint64 m_rewriteFrom = 0; ///< no rewriting of the index begins before
};

} // namespace teahouse::server
