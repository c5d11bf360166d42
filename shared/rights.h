#pragma once

#include <QAnyStringView>
#include <QLatin1StringView>

#include <array>
#include <optional>
#include <span>

namespace teahouse {

/// How much somebody may do in a place, from least to most; each may do what those before may.
enum class Rank {
    Outsider,  ///< logged in, but not in the room
    Anonymous, ///< in the room without a name
    Guest,     ///< in the room with a name
    Account,   ///< the same with a registered name
    Member,    ///< of an invite-only room, or invited into one
    Moderator,
    Owner,
    Admin, ///< of the server; everywhere, in a room or not
    Nobody,
};

/// What kinds of places there are.
enum class PlaceKind {
    Server, ///< no room at all
    Main,   ///< the room that everybody is in and nobody owns
    Open,
    Closed, ///< one enters by invitation only
    Conversation,
};

/// Where something is to be done.
struct Place
{
    PlaceKind kind = PlaceKind::Server;
    bool isReadOnly = false; ///< only moderators speak there
    bool hasKey = false;     ///< one enters with a password

    bool operator==(const Place &) const = default;
};

/// One row of the table of rights: the least rank that a verb needs, place by place.
struct Right
{
    const char *verb;               ///< of the command table, or what `note` tells
    std::array<Rank, 5> places;     ///< in the order of PlaceKind
    Rank readOnly = Rank::Outsider; ///< in a room that is read-only, at least
    const char *note = "";          ///< what it means, where the verb alone does not say it
    Rank withKey = Rank::Outsider;  ///< in a room with a password, at least

    Rank needed(const Place &place) const;
};

/// All of them: the one list. The dispatcher and the client's menus read it, docs/protocol.md
/// prints it.
std::span<const Right> allRights();

/// The row of a verb; null for one that needs no more than its stage in the command table.
const Right *rightOf(QAnyStringView verb);

/// Whether somebody of that rank may do it there; true for a verb without a row.
bool isAllowed(QAnyStringView verb, const Place &place, Rank rank);

/// `moderator` and so on, for the documentation; empty for Rank::Outsider.
QLatin1StringView rankName(Rank rank);

// Rights that a verb's arguments decide about, which core looks at.
inline constexpr QLatin1StringView deleteOthers("delete another's");
inline constexpr QLatin1StringView setTopic("set topic");

} // namespace teahouse
