#include "shared/rights.h"

#include <algorithm>

namespace teahouse {

namespace {

using enum Rank;

constexpr std::array rights = {
        // verb              server    main       open       closed     conversation   read-only
        Right{"say", {Nobody, Anonymous, Anonymous, Guest, Guest}, Moderator},
        Right{"me", {Nobody, Guest, Guest, Guest, Nobody}, Moderator},
        Right{"edit", {Nobody, Guest, Guest, Guest, Guest}, Moderator, "one's own message"},
        Right{"delete", {Nobody, Guest, Guest, Guest, Guest}, Outsider, "one's own message"},
        Right{"delete another's",
              {Nobody, Moderator, Moderator, Moderator, Nobody},
              Outsider,
              "`delete` of what somebody else has said"},
        Right{"topic", {Nobody, Guest, Guest, Guest, Nobody}},
        Right{"set topic", {Nobody, Guest, Guest, Guest, Nobody}, Moderator, "`topic` with a text"},
        Right{"look", {Nobody, Guest, Guest, Guest, Guest}},
        Right{"history", {Nobody, Guest, Guest, Guest, Guest}},
        Right{"last", {Nobody, Guest, Guest, Guest, Nobody}},
        Right{"search",
              {Guest, Guest, Guest, Guest, Guest},
              Outsider,
              "server: in the rooms that one is in"},
        Right{"read", {Nobody, Guest, Guest, Guest, Guest}},
        Right{"level", {Nobody, Guest, Guest, Guest, Guest}},
        Right{"join",
              {Nobody, Outsider, Outsider, Outsider, Nobody},
              Outsider,
              "invite-only: members, and those who were invited; others get `invite-required`"},
        Right{"leave",
              {Nobody, Guest, Guest, Guest, Guest},
              Outsider,
              "conversation: ends it for oneself, until one of the two writes again"},
        Right{"invite", {Nobody, Nobody, Guest, Moderator, Nobody}, Outsider, "", Moderator},
        Right{"kick", {Nobody, Moderator, Moderator, Moderator, Nobody}},
        Right{"mute", {Admin, Moderator, Moderator, Moderator, Nobody}},
        Right{"unmute", {Admin, Moderator, Moderator, Moderator, Nobody}},
        Right{"ban", {Admin, Moderator, Moderator, Moderator, Nobody}},
        Right{"unban", {Admin, Moderator, Moderator, Moderator, Nobody}},
        Right{"bans", {Admin, Moderator, Moderator, Moderator, Nobody}},
        Right{"role", {Nobody, Owner, Owner, Owner, Nobody}},
        Right{"room-set", {Nobody, Owner, Owner, Owner, Nobody}},
        Right{"audit", {Admin, Owner, Owner, Owner, Nobody}},
        Right{"passwd", {Account, Account, Account, Account, Account}},
        Right{"claim", {Account, Account, Account, Account, Account}},
        Right{"invite-code",
              {Admin, Admin, Moderator, Moderator, Nobody},
              Outsider,
              "a code for the room; one for none is an administrator's"},
        Right{"invite-codes", {Admin, Admin, Moderator, Moderator, Nobody}},
        Right{"accounts", {Admin, Admin, Admin, Admin, Admin}},
        Right{"user-role", {Admin, Admin, Admin, Admin, Admin}},
        Right{"user-remove", {Admin, Admin, Admin, Admin, Admin}},
};

constexpr std::array rankNames = {"",          "anonymous", "guest", "account", "member",
                                  "moderator", "owner",     "admin", "nobody"};

} // namespace

Rank Right::needed(const Place &place) const
{
    Rank needed = places.at(static_cast<size_t>(place.kind));
    if (place.isReadOnly)
        needed = std::max(needed, readOnly);
    return place.hasKey ? std::max(needed, withKey) : needed;
}

std::span<const Right> allRights()
{
    return rights;
}

const Right *rightOf(QAnyStringView verb)
{
    const auto *found = std::find_if(rights.begin(), rights.end(), [&](const Right &right) {
        return verb == QAnyStringView(QLatin1StringView(right.verb));
    });
    return found == rights.end() ? nullptr : found;
}

bool isAllowed(QAnyStringView verb, const Place &place, Rank rank)
{
    const Right *right = rightOf(verb);
    if (!right)
        return true;
    const Rank needed = right->needed(place);
    return needed != Nobody && rank >= needed;
}

QLatin1StringView rankName(Rank rank)
{
    return QLatin1StringView(rankNames.at(static_cast<size_t>(rank)));
}

} // namespace teahouse
