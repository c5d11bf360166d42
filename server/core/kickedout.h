#pragma once

#include "server/core/limitshare.h"
#include "server/core/records.h"

#include <QHash>

#include <utility>

namespace teahouse::server {

/// Who was put out of which room a moment ago and has no account, and so has to wait before
/// coming back, under another name, too. Times are those of Moment::steady. Owned by the House.
class KickedOut
{
public:
    /// Somebody without an account.
    struct Stranger
    {
        QString folded = {}; ///< the folded name
        LimitShare share = {};
    };

    void add(RoomId room, const Stranger &who, qint64 until);
    /// How long he has to wait, in ms; 0: not at all.
    qint64 wait(RoomId room, const Stranger &who, qint64 now) const;
    void expire(qint64 now);
    bool isEmpty() const { return m_names.isEmpty() && m_shares.isEmpty(); }

private:
    QHash<std::pair<RoomId, QString>, qint64> m_names; ///< until when
    QHash<std::pair<RoomId, LimitShare>, qint64> m_shares;
};

} // namespace teahouse::server
