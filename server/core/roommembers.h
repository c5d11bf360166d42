#pragma once

#include "server/core/records.h"

#include <QHash>

#include <ranges>
#include <vector>

namespace teahouse::server {

/// Who is in a room, in order of arrival. Owned by its Room; knows ids only.
class RoomMembers
{
public:
    /// One of the people in the room; several sessions of one user are one member.
    struct Member
    {
        UserId user = 0;
        quint64 arrival = 0; ///< grows with every arrival in the room; never 0
    };

    /// Adds somebody behind all others; false when they were here already.
    bool admit(UserId user);
    /// Takes somebody out; false when they were not here.
    bool dismiss(UserId user);
    bool has(UserId user) const { return m_arrivals.contains(user); }

    const std::vector<Member> &all() const { return m_members; }
    /// Those who arrived after a number, found without looking at the others. 0: all.
    std::ranges::subrange<std::vector<Member>::const_iterator> after(quint64 arrival) const;

private:
    std::vector<Member>::const_iterator firstAfter(quint64 arrival) const;

    std::vector<Member> m_members;
    QHash<UserId, quint64> m_arrivals;
    quint64 m_last = 0;
};

} // namespace teahouse::server
