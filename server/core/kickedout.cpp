#include "server/core/kickedout.h"

#include <algorithm>

namespace teahouse::server {

void KickedOut::add(RoomId room, const Stranger &who, qint64 until)
{
    m_names.insert({room, who.folded}, until);
    m_shares.insert({room, who.share}, until);
}

qint64 KickedOut::wait(RoomId room, const Stranger &who, qint64 now) const
{
    const qint64 until = std::max(m_names.value({room, who.folded}, now),
                                  m_shares.value({room, who.share}, now));
    return std::max<qint64>(until - now, 0);
}

void KickedOut::expire(qint64 now)
{
    const auto isOver = [now](const auto &entry) { return entry.value() <= now; };
    m_names.removeIf(isOver);
    m_shares.removeIf(isOver);
}

} // namespace teahouse::server
