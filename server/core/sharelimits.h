#pragma once

#include "server/core/quota.h"

#include "shared/limits.h"

#include <algorithm>

namespace teahouse::server {

/// How much of what is scarce one person, or all who share limits by address, may take.
struct ShareLimits
{
    int roomsPerGuest = limits::roomsPerGuest;
    int roomsPerAddress = limits::roomsPerAddress;
    int registrationBurst = limits::registrationBurst;
    int registrationsPerHour = limits::registrationsPerHour;
    int conversations = limits::privateRooms; ///< of all users together
    int unansweredPerPerson = limits::unansweredPerPerson;
    int unansweredPerAddress = limits::unansweredPerAddress;
};

/// What part of the rooms that are left one may take: some even when few are.
inline PartRule partOfRooms(int most)
{
    return {.divisor = 150, .least = std::min(most, 3), .most = most};
}

} // namespace teahouse::server
