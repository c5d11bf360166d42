#include "server/core/housecase.h"

#include "shared/limits.h"
#include "shared/names.h"
#include "shared/text.h"
#include "shared/wire/valuecodec.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

QString roleText(RoomRole role, const QString &room)
{
    return role == RoomRole::None ? u"You have no role in %1 any more."_s.arg(room)
                                  : u"You are %1 in %2 now."_s.arg(wire::roleName(role), room);
}

} // namespace

Result<House::Case> House::caseOf(SessionId id, const Measure &measure) const
{
    const User *user = userOf(id);
    if (!user)
        return Error{.code = ErrorCode::LoginRequired};
    Case asked{.by = user->id,
               .byName = user->name,
               .name = measure.name,
               .reason = cleanLine(measure.reason).trimmed(),
               .until = measure.until};
    if (codePoints(asked.reason) > limits::reason)
        return Error{
                .code = ErrorCode::TooLong, .subject = u"a reason"_s, .number = limits::reason};
    const Room *room = nullptr;
    if (measure.room) {
        const Result<Room *> found = findFor(id, *measure.room);
        if (!found)
            return found.error();
        room = *found;
        if (room->isPrivate())
            return Error{.code = ErrorCode::NotAllowed};
        asked.room = room->id();
        asked.roomName = room->name();
    }
    asked.rank = rankOf(*user, room);
    return asked;
}

AuditRecord House::entryOf(const Case &asked, const char *verb, const QString &text) const
{
    return {.time = asked.now,
            .by = asked.byName,
            .verb = QString::fromLatin1(verb),
            .room = asked.room,
            .roomName = asked.roomName,
            .target = asked.name,
            .text = text,
            .addresses = asked.addresses};
}

void House::kick(SessionId id, const Measure &measure, qint64 now, DoneThen then)
{
    Result<Case> asked = caseOf(id, measure);
    if (!asked)
        return then(asked.error());
    asked.value().now = now;
    const Room *room = findRoom(asked->room);
    const User *target = m_directory.findBearer(asked->name);
    if (!target)
        target = m_directory.findAnonymous(asked->name);
    // Who may come back at any time can be put out as well.
    const bool isMember = room && target
            && (room->has(target->id) || (room->isGuarded() && isKnownTo(target->id, *room)));
    if (!isMember)
        return then(Error{.code = ErrorCode::NoSuchUser, .subject = asked->name});
    if (rankOf(*target, room) >= asked->rank)
        return then(Error{.code = ErrorCode::NotAllowed});
    asked.value().name = target->name;
    asked.value().addresses = networksText(networksOf(*target));
    QString text = u"%1 has put you out of %2"_s.arg(asked->byName, asked->roomName);
    text += asked->reason.isEmpty() ? u"."_s : u": "_s + asked->reason;
    const Closing why{ClosingCode::Kicked, text, asked->reason, 0, asked->byName};
    const auto lost = lostBy(target->id, *room);
    const RoomRole before = comingMembership(asked->room, target->id).role;
    const bool losesRole = !lost.isEmpty() && lost.first().role != before;
    const auto apply = [this, user = target->id, asked = *asked, losesRole, why, now] {
        noteKicked(user, asked.room);
        putOut(user, asked.room, why, now);
        forgetMember(user, asked.room);
        if (losesRole)
            tellRole(asked, user, [](const Result<Done> &) {});
    };
    commitMemberships(lost, {entryOf(*asked, "kick", asked->reason)}, apply, std::move(then));
}

/// Somebody without an account does not come back at once, nor under another name.
void House::noteKicked(UserId id, RoomId room)
{
    const User *user = m_directory.find(id);
    const Session *session = user ? find(user->sessions.value(0)) : nullptr;
    if (!session || user->registered)
        return;
    const qint64 until = m_time.steady + std::chrono::milliseconds(limits::kickRest).count();
    m_kicked.add(room, {foldedName(user->name), session->share()}, until);
}

/// Takes somebody out of a room. A text session goes back to `main`; who is in `main`, or has no
/// other place, is taken off the server.
void House::putOut(UserId id, RoomId roomId, const Closing &why, qint64 now)
{
    User *user = m_directory.find(id);
    Room *room = findRoom(roomId);
    if (!user || !room || !room->has(id))
        return;
    const QList<SessionId> sessions = user->sessions;
    if (roomId == m_main || user->anonymous) {
        for (const SessionId session : sessions)
            endSession(session, why, now);
        return;
    }
    QList<SessionId> seated;
    for (const SessionId sessionId : sessions) {
        if (!sitsIn(*find(sessionId), roomId))
            continue;
        seated.append(sessionId);
        unseat(*find(sessionId), *room);
    }
    user->joined.removeOne(roomId);
    keepJoined(*user, roomId);
    leaveRoom(*user, *room, closingName(why.code), now);
    RoomState gone;
    gone.room = room->name();
    for (const SessionId sessionId : std::as_const(seated)) {
        tellSession(sessionId, RoomChanged{gone, true});
        tellSession(sessionId,
                    Notice{why.text, u"info"_s, closingName(why.code), room->name(), why.by,
                           why.reason, why.until});
        goToMain(sessionId, now);
    }
}

/// A text session whose room is no longer there for it goes where everybody is.
void House::goToMain(SessionId id, qint64 now)
{
    Session *session = find(id);
    if (session->spec.form != Form::Line)
        return;
    session->room = 0;
    User &user = *m_directory.find(session->user);
    if (const auto banned = refusedEntry(*session, user.name, &user))
        endSession(id, {ClosingCode::Banned, sentence(*banned)}, now);
    else
        moveTo(*session, user, *findRoom(m_main), now);
}

void House::giveRole(SessionId id, const Measure &measure, RoomRole role, qint64 now, DoneThen then)
{
    Result<Case> asked = caseOf(id, measure);
    if (!asked)
        return then(asked.error());
    asked.value().now = now;
    const Room *room = findRoom(asked->room);
    const User *target = m_directory.findBearer(asked->name);
    if (!room || !target)
        return then(Error{.code = ErrorCode::NoSuchUser, .subject = asked->name});
    if (!target->registered)
        return then(
                Error{.code = ErrorCode::BadRequest,
                      .subject = u"%1 is a guest: only accounts have roles"_s.arg(target->name)});
    if (role == RoomRole::Owner && room->id() == m_main)
        return then(Error{.code = ErrorCode::BadRequest, .subject = u"main has no owner"_s});
    const RoomRole before = comingMembership(room->id(), target->id).role;
    const bool stepsDown = target->id == asked->by && role < before;
    const bool isAbove = rankOf(*target, room) < asked->rank
            && (rankOfRole(role) < asked->rank || asked->rank >= Rank::Owner);
    if (!isAbove && !stepsDown)
        return then(Error{.code = ErrorCode::NotAllowed});
    if (role == before)
        return then(Done{});
    if (before == RoomRole::None && m_memberships.roleCount(room->id()) >= limits::rolesPerRoom)
        return then(Error{.code = ErrorCode::TooMany,
                          .subject = u"roles in a room"_s,
                          .number = limits::rolesPerRoom});
    if (role == RoomRole::Owner) {
        if (const Result<Done> may = mayOwn(*room, *target); !may)
            return then(may);
    }
    MembershipRecord record = comingMembership(room->id(), target->id);
    record.role = role;
    // Where the role was what let somebody in, they are out without it.
    const bool isOut = role == RoomRole::None && !stepsDown && room->isGuarded();
    record.isJoined = record.isJoined && !isOut;
    asked.value().name = target->name;
    const QString given = role == RoomRole::None ? u"none"_s : QString(wire::roleName(role));
    const Closing why{ClosingCode::Kicked,
                      u"%1 has put you out of %2."_s.arg(asked->byName, asked->roomName),
                      {},
                      0,
                      asked->byName};
    const auto apply = [this, user = target->id, roomId = asked->room, isOut, why, now] {
        if (!isOut)
            return;
        putOut(user, roomId, why, now);
        forgetMember(user, roomId);
    };
    commitMemberships({record}, {entryOf(*asked, "role", given)}, apply,
                      [this, asked = *asked, user = target->id,
                       then = std::move(then)](const Result<Done> &kept) {
                          if (kept)
                              tellRole(asked, user, then);
                          else
                              then(kept);
                      });
}

/// Somebody has become something in a room: a numbered item of it.
void House::tellRole(const Case &asked, UserId id, DoneThen then)
{
    Room *room = findRoom(asked.room);
    if (!room)
        return then(Done{});
    if (!m_directory.findReachable(id)) // was removed meanwhile
        return then(Error{.code = ErrorCode::NoSuchUser, .subject = asked.name});
    const RoomRole role = m_memberships.role(asked.room, id);
    Item item;
    item.kind = ItemKind::Role;
    item.from = asked.byName;
    item.name = asked.name;
    item.role = wire::roleName(role);
    const auto tell = [this, id, roomId = asked.room, by = asked.byName, role] {
        User *user = m_directory.find(id);
        const Room *changed = findRoom(roomId);
        if (!user || !changed)
            return;
        if (changed->has(id)) {
            tellState(*user, *changed);
            reviewMuted(*user, roomId, by); // a mute of an address means no moderator
        }
        const QString name = changed->name();
        tellSessions(*user, Notice{roleText(role, name), u"info"_s, u"role"_s, name, by},
                     Side::Other);
        if (const SanctionRecord *ban = sanctionOn(*user, roomId, SanctionKind::Ban))
            enforce(*ban, m_now); // nor does a ban of an address
    };
    // The role holds whether the item can be added or not.
    append(*room, {std::move(item), asked.by},
           [tell, then = std::move(then)](const Result<Said> &) {
               tell();
               then(Done{});
           });
}

void House::invite(SessionId id, const Measure &measure, qint64 now, DoneThen then)
{
    Result<Case> asked = caseOf(id, measure);
    if (!asked)
        return then(asked.error());
    asked.value().now = now;
    const Room *room = findRoom(asked->room);
    const User *target = m_directory.findBearer(asked->name);
    if (!room || !target)
        return then(Error{.code = ErrorCode::NoSuchUser, .subject = asked->name});
    asked.value().name = target->name;
    const AuditRecord entry = entryOf(*asked, "invite", {});
    const bool isGuarded = room->isClosed() || room->hasKey();
    const bool needsRole = target->registered && isGuarded
            && comingMembership(room->id(), target->id).role == RoomRole::None;
    const auto tell = [this, asked = *asked, user = target->id, needsRole,
                       then = std::move(then)](const Result<Done> &kept) {
        if (!kept)
            return then(kept);
        invited(asked, user);
        if (needsRole)
            tellRole(asked, user, then);
        else
            then(Done{});
    };
    if (needsRole) {
        if (m_memberships.roleCount(room->id()) >= limits::rolesPerRoom)
            return tell(Error{.code = ErrorCode::TooMany,
                              .subject = u"roles in a room"_s,
                              .number = limits::rolesPerRoom});
        MembershipRecord record = comingMembership(room->id(), target->id);
        record.role = RoomRole::Member;
        return putMemberships({record}, {entry}, tell);
    }
    if (!isGuarded)
        return tell(Done{}); // everybody may come in: no power was used, nothing is to be kept
    if (!target->registered && !room->has(target->id)) {
        if (const Result<Done> expected = expect(*room, target->id); !expected)
            return tell(expected.error());
    }
    commit(
            {entry}, [] {}, tell);
}

void House::invited(const Case &asked, UserId id)
{
    const User *user = m_directory.find(id);
    const Room *room = findRoom(asked.room);
    if (!user || !room || room->has(id) || isIgnored(asked.by, id))
        return;
    const QString text = u"%1 invites you to %2: join %2"_s.arg(asked.byName, room->name());
    tellSessions(*user, Notice{text, u"info"_s, u"invited"_s, room->name(), asked.byName},
                 Side::Other);
}

void House::audit(SessionId id, const std::optional<QString> &name, quint64 before, int limit,
                  AuditThen then) const
{
    AuditRequest request{.before = before, .limit = limit};
    if (!userOf(id))
        return then(Error{.code = ErrorCode::LoginRequired});
    if (name) {
        const Result<Room *> room = findFor(id, *name);
        if (!room)
            return then(room.error());
        request.room = (*room)->id();
    }
    const Rank viewer = rankOf(*userOf(id), findRoom(request.room));
    m_store.audit(request, [this, viewer, then = std::move(then)](Result<AuditPage> page) {
        if (!page)
            return then(page.error());
        for (AuditPage::Entry &entry : page.value().entries)
            entry.address = shownAddresses(networksFrom(entry.address), viewer);
        then(std::move(page));
    });
}

/// What somebody else has said is deleted: the log says by whom and whose it was.
void House::eraseAnother(SessionId id, const QString &name, Item item, qint64 now, SaidThen then)
{
    Result<Case> asked = caseOf(id, {.room = name, .name = {}});
    if (!asked)
        return then(asked.error());
    asked.value().now = now;
    const auto erase = [this, asked = *asked, item, then](const Result<Done> &kept) {
        Room *room = findRoom(asked.room);
        if (!kept)
            return then(kept.error());
        if (!room)
            return then(Error{.code = ErrorCode::NoSuchRoom, .subject = asked.roomName});
        RoomLog::Delivery delivery{item, asked.by};
        delivery.isModeration = true;
        append(*room, std::move(delivery), then);
    };
    findRoom(asked->room)
            ->log()
            .page({.before = item.target + 1, .limit = 1},
                  [this, asked = *asked, target = item.target, erase](const auto &page) mutable {
                      if (page && !page->items.isEmpty() && page->items.first().seq == target)
                          asked.name = page->items.first().from;
                      commit(
                              {entryOf(asked, "delete", u"message %1"_s.arg(target))}, [] {},
                              erase);
                  });
}

} // namespace teahouse::server
