#pragma once

#include "server/core/records.h"

#include <variant>

namespace teahouse::server {

/// The room that a change is about; 0: none.
inline RoomId roomOf(const Change &change)
{
    if (const auto *membership = std::get_if<MembershipRecord>(&change))
        return membership->room;
    if (const auto *sanction = std::get_if<SanctionRecord>(&change))
        return sanction->room;
    if (const auto *invite = std::get_if<InviteRecord>(&change))
        return invite->room;
    return 0;
}

} // namespace teahouse::server
