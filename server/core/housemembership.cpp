#include "server/core/housecase.h"

#include "shared/limits.h"
#include "shared/text.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

NotifyLevel House::levelOf(const User &user, RoomId room) const
{
    return user.registered ? m_memberships.of(room, user.id).level
                           : user.levels.value(room, NotifyLevel::All);
}

RoomState House::stateFor(const Room &room, const User &viewer) const
{
    RoomState state = room.state(viewer.id);
    state.role = m_memberships.role(room.id(), viewer.id);
    state.level = levelOf(viewer, room.id());
    if (const SanctionRecord *mute = muteOn(viewer, room.id())) {
        state.isMuted = true;
        state.mutedUntil = mute->until;
        state.mutedReason = mute->reason;
    }
    return state;
}

/// The same with what the viewer has read, as far as memory knows.
RoomState House::presentState(const Room &room, const User &viewer) const
{
    RoomState state = stateFor(room, viewer);
    state.read = std::min(viewer.read.value(room.id(), state.last), state.last);
    return state;
}

/// The sessions of somebody that have the room in their list are told how it is for him now.
void House::tellState(const User &user, const Room &room, SessionId except) const
{
    std::optional<RoomChanged> changed;
    for (const SessionId id : user.sessions) {
        const Session &session = *find(id);
        if (id == except || session.spec.form != Form::Object
            || (!room.isPrivate() && !sitsIn(session, room.id())))
            continue;
        if (!changed)
            changed = RoomChanged{presentState(room, user)};
        tellSession(id, *changed);
    }
}

/// Everybody in the room is told.
void House::tellState(const Room &room) const
{
    for (const Room::Member &member : room.members())
        tellState(*m_directory.find(member.user), room);
}

/// What keeps somebody from speaking in a room, there or on the whole server: what lasts longest.
/// Looked up only where there may be something.
const SanctionRecord *House::muteOn(const User &user, RoomId room) const
{
    const SanctionRecord *longest = nullptr;
    for (const RoomId place : {room, RoomId(0)}) {
        const SanctionRecord *mute = user.muted.contains(place)
                ? sanctionOn(user, place, SanctionKind::Mute)
                : nullptr;
        if (mute
            && (!longest || mute->until == 0
                || (longest->until != 0 && mute->until > longest->until)))
            longest = mute;
    }
    return longest;
}

/// Why somebody may not speak in a room.
std::optional<Error> House::silence(const User &user, const Room &room) const
{
    const SanctionRecord *mute = user.muted.isEmpty() ? nullptr : muteOn(user, room.id());
    if (mute)
        return Error{.code = ErrorCode::Muted, .other = mute->reason, .number = mute->until};
    if (room.isReadOnly() && rankOf(user, &room) < Rank::Moderator)
        return Error{.code = ErrorCode::NotAllowed};
    return std::nullopt;
}

MembershipRecord House::comingMembership(RoomId room, UserId user) const
{
    const MembershipRecord now = m_memberships.of(room, user);
    MembershipRecord coming = m_comingMemberships.newest(room, user).value_or(now);
    coming.isJoined = now.isJoined; // which holds at once
    return coming;
}

/// They hold once they are kept, together with what else is to be.
void House::putMemberships(const QList<MembershipRecord> &records, QList<Change> also,
                           DoneThen then)
{
    commitMemberships(
            records, std::move(also), [] {}, std::move(then));
}

/// The same, with what follows from it.
void House::commitMemberships(const QList<MembershipRecord> &records, QList<Change> also,
                              const std::function<void()> &apply, DoneThen then)
{
    beginMemberships(records, also);
    commit(
            std::move(also),
            [this, records, apply] {
                holdMemberships(records);
                apply();
            },
            [this, records, then = std::move(then)](const Result<Done> &kept) {
                // What may be kept after all is still coming.
                if (!kept && kept.error().code != ErrorCode::Unconfirmed)
                    endMemberships(records);
                then(kept);
            });
}

/// What an account loses that is put out of a room: where not everybody may enter, whatever would
/// let it in again; elsewhere a membership, which would do that if the room became private. Only
/// an owner remains one.
QList<MembershipRecord> House::lostBy(UserId user, const Room &room) const
{
    MembershipRecord record = comingMembership(room.id(), user);
    const bool losesRole = record.role == RoomRole::Member
            || (record.role == RoomRole::Moderator && room.isGuarded());
    if (!losesRole && !(record.isJoined && room.isGuarded()))
        return {};
    if (losesRole)
        record.role = RoomRole::None;
    record.isJoined = false;
    return {record};
}

/// The same at once, for whoever is found to be kept out.
void House::loseMembership(UserId user, const Room &room)
{
    const QList<MembershipRecord> lost = lostBy(user, room);
    for (const MembershipRecord &record : lost)
        keepMembership(record);
}

/// Somebody who is not in the room is not expected any more, and does not keep it in a list.
void House::forgetMember(UserId id, RoomId roomId)
{
    const Room *room = findRoom(roomId);
    User *user = m_directory.find(id);
    if (!user)
        user = m_directory.findDeparted(id);
    if (!room || !user || room->has(id))
        return;
    expectNoMore(*room, id);
    if (user->joined.removeOne(roomId))
        keepJoined(*user, roomId);
}

/// They are on their way to the store, as a part of these changes.
void House::beginMemberships(const QList<MembershipRecord> &records, QList<Change> &changes)
{
    for (const MembershipRecord &record : records) {
        m_comingMemberships.begin(record);
        changes.append(record);
    }
}

/// The store keeps them.
void House::holdMemberships(const QList<MembershipRecord> &records)
{
    endMemberships(records);
    for (MembershipRecord record : records) {
        if (!findRoom(record.room))
            continue;
        const AccountRecord *account = m_directory.account(record.user);
        if (!account || account->passwordHash.isEmpty()) {
            // The account was removed meanwhile, and is nothing anywhere.
            keepMembership({.room = record.room, .user = record.user});
            continue;
        }
        record.isJoined = m_memberships.of(record.room, record.user).isJoined;
        note(record);
    }
}

void House::endMemberships(const QList<MembershipRecord> &records)
{
    for (const MembershipRecord &record : records)
        m_comingMemberships.end(record);
}

/// Who is to own a room whose owner goes: of those with the highest role who may enter it the one
/// whose account is the oldest. Nothing where somebody else owns it, too, or nobody has a role.
std::optional<MembershipRecord> House::heirOf(RoomId room, UserId owner) const
{
    std::optional<MembershipRecord> heir;
    QSet<UserId> candidates;
    for (const MembershipRecord &known :
         m_memberships.rolesOf(room) + m_comingMemberships.ofRoom(room)) {
        if (candidates.contains(known.user))
            continue;
        candidates.insert(known.user);
        const MembershipRecord record = comingMembership(room, known.user);
        const AccountRecord *account = m_directory.account(record.user);
        if (record.user == owner || !account || isBanned(*account, room))
            continue;
        if (record.role == RoomRole::Owner)
            return std::nullopt;
        if (record.role > (heir ? heir->role : RoomRole::None))
            heir = record;
    }
    if (heir)
        heir->role = RoomRole::Owner;
    return heir;
}

/// Nobody is given a room that he has not entered by himself: how many one may own is limited.
Result<Done> House::mayOwn(const Room &room, const User &user) const
{
    if (!room.has(user.id) && !comingMembership(room.id(), user.id).isJoined)
        return Error{.code = ErrorCode::BadRequest,
                     .subject = u"%1 has to be in the room before owning it"_s.arg(user.name)};
    return mayOwnMore(user.id);
}

Result<Done> House::mayOwnMore(UserId user) const
{
    qsizetype owned = std::count(m_making.cbegin(), m_making.cend(), user);
    for (const MembershipRecord &record : m_memberships.ofUser(user))
        owned += record.role == RoomRole::Owner && !m_making.contains(record.room) ? 1 : 0;
    const qint64 left = m_settings.rooms - m_publicRooms;
    const int most = fairPart(left, partOfRooms(limits::ownedRooms));
    if (owned < most)
        return Done{};
    return Error{.code = ErrorCode::TooMany,
                 .subject = u"rooms that belong to one account"_s,
                 .number = most};
}

void House::setLevel(SessionId id, const QString &name, NotifyLevel level, DoneThen then)
{
    const Result<Room *> room = findOwn(id, name);
    if (!room)
        return then(room.error());
    const auto tell = [this, id, roomId = (*room)->id()] {
        const User *user = userOf(id);
        const Room *changed = findRoom(roomId);
        if (!user || !changed)
            return;
        tellState(*user, *changed, id);
    };
    User &user = *userOf(id);
    if (!user.registered) {
        user.levels[(*room)->id()] = level;
        tell();
        return then(Done{});
    }
    MembershipRecord record = comingMembership((*room)->id(), user.id);
    record.level = level;
    putMemberships({record}, {}, [tell, then = std::move(then)](const Result<Done> &kept) {
        if (kept)
            tell();
        then(kept);
    });
}

} // namespace teahouse::server
