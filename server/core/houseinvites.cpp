#include "server/core/house.h"

#include "server/core/corelog.h"
#include "shared/limits.h"
#include "shared/names.h"

#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int codeBytes = 16;

const Guess inviteCode{.kind = Guess::Kind::InviteCode};

Error badRequest(const QString &why)
{
    return {.code = ErrorCode::BadRequest, .subject = why};
}

Result<Done> checkBounds(const NewInvite &wanted)
{
    if (wanted.uses < 1 || wanted.uses > limits::inviteUses)
        return badRequest(u"an invite code is good for 1 to %1 people"_s.arg(limits::inviteUses));
    if (wanted.days < 1 || wanted.days > limits::inviteDays)
        return badRequest(u"an invite code is valid for 1 to %1 days"_s.arg(limits::inviteDays));
    return Done{};
}

} // namespace

/// Whether a code lets people in and register. Of anybody but administrators it opens only its
/// room, whoever was one when it was made.
bool House::opensServer(const InviteRecord &invite) const
{
    if (invite.by.isEmpty())
        return true;
    const AccountRecord *maker = m_directory.findAccount(invite.by);
    return maker && maker->admin;
}

/// Holds a use of a code, which is nobody else's until giveBack() or useInvite(). Errors: SlowDown,
/// InviteRequired.
Result<House::HeldInvite> House::holdInvite(const Requester &by, const QString &code,
                                            InvitePower needed, qint64 now)
{
    if (const Result<Done> may = m_authenticator.mayGuess(by, inviteCode); !may)
        return may.error();
    const auto invite = m_invites.usable(codeHash(code), m_times.expiryAt(now));
    if (!invite) {
        m_authenticator.guessedWrong(by, inviteCode);
        return Error{.code = ErrorCode::InviteRequired};
    }
    const bool isStrong = opensServer(*invite);
    if (needed == InvitePower::Server && !isStrong)
        return Error{.code = ErrorCode::InviteRequired};
    m_invites.hold(invite->codeHash);
    return HeldInvite{invite->codeHash, invite->room, isStrong};
}

void House::giveBack(const std::optional<HeldInvite> &invite)
{
    if (invite)
        m_invites.release(invite->codeHash);
}

/// Has the store keep that a use is gone, then does what it allows, which may still fail: the use
/// is given back then. Error: InviteRequired (the code was taken back meanwhile).
void House::useInvite(const HeldInvite &invite, std::function<bool(const Result<Done> &)> then)
{
    const auto used = m_invites.use(invite.codeHash);
    if (!used) {
        then(Error{.code = ErrorCode::InviteRequired});
        return;
    }
    m_store.put({*used}, [this, hash = invite.codeHash, then = std::move(then)](auto kept) {
        if (then(kept))
            m_invites.settle(hash);
        else
            takeBack(hash);
    });
}

/// What a code was used for has not come about.
void House::takeBack(const QByteArray &hash)
{
    m_invites.unuse(hash);
    m_unkeptInvites.insert(hash);
    keepInvites();
}

/// Tried until it is kept.
void House::keepInvites()
{
    const QSet<QByteArray> unkept = std::exchange(m_unkeptInvites, {});
    for (const QByteArray &hash : unkept) {
        const InviteRecord record = m_invites.present({.codeHash = hash});
        m_store.put({record}, [this, hash](const Result<Done> &kept) {
            if (!kept && kept.error().code != ErrorCode::NoSuchRoom)
                m_unkeptInvites.insert(hash);
        });
    }
}

/// What an account becomes in the room that its code opens: a member where not everybody may
/// enter, if it is nothing there yet.
QList<MembershipRecord> House::membershipBy(RoomId roomId, UserId user) const
{
    const Room *room = findRoom(roomId);
    if (!room || !room->isGuarded() || m_memberships.roleCount(roomId) >= limits::rolesPerRoom)
        return {};
    MembershipRecord record = comingMembership(roomId, user);
    if (record.role != RoomRole::None)
        return {};
    record.role = RoomRole::Member;
    return {record};
}

/// A session that has logged in goes to the room that its code opens. Where it may not (it is
/// banned there, or the room is full), the login stands.
Result<Welcome> House::enterInvited(SessionId id, const Result<Welcome> &entered, RoomId roomId,
                                    qint64 now)
{
    const Room *room = entered ? findRoom(roomId) : nullptr;
    const User *user = room ? userOf(id) : nullptr;
    if (!user)
        return entered;
    const QString name = room->name();
    if (!user->registered && room->isGuarded() && !expect(*room, user->id))
        return entered;
    if (!join(id, name, now))
        return entered;
    Result<Welcome> there = welcome(*find(id), *userOf(id));
    there.value().room = name;
    return there;
}

Result<Done> House::giveCode(SessionId id, const QString &code, qint64 now)
{
    Session *session = find(id);
    if (!session)
        return Error{.code = ErrorCode::Closing};
    if (session->user != 0)
        return Error{.code = ErrorCode::AlreadyLoggedIn};
    const Result<HeldInvite> held = holdInvite(requesterOf(*session, 0), code, InvitePower::Room,
                                               now);
    if (!held)
        return held.error();
    giveBack(*held);
    session->code = code;
    return Done{};
}

/// Lets a guest in by a code.
void House::loginInvited(SessionId id, const LoginRequest &request, qint64 now, WelcomeThen then)
{
    const Session *session = find(id);
    if (const auto refused = refusedEntry(*session, request.name, nullptr))
        return then(*refused);
    const InvitePower needed = m_settings.accounts.guests ? InvitePower::Room : InvitePower::Server;
    const Result<HeldInvite> invite = holdInvite(requesterOf(*session, 0), request.invite, needed,
                                                 now);
    if (!invite)
        return then(invite.error());
    const Result<UserId> name = m_directory.hold(request.name);
    if (!name) {
        giveBack(*invite);
        return then(name.error());
    }
    useInvite(*invite,
              [=, this, held = *name, room = invite->room, as = request.name,
               then = std::move(then)](const Result<Done> &kept) {
                  m_directory.release(held);
                  const Result<Welcome> entered = kept ? login(id, as, {}, now)
                                                       : Result<Welcome>(kept.error());
                  if (entered)
                      m_invitedGuests.insert(foldedName(entered->user.name));
                  then(enterInvited(id, entered, room, now));
                  return entered.ok();
              });
}

/// Whether it is a guest who was let in by a code in this run and comes back.
bool House::isInvitedGuest(const LoginRequest &request, qint64 now) const
{
    const auto known = request.resume.isEmpty()
            ? std::nullopt
            : m_directory.nameOf(request.resume, m_times.expiryAt(now));
    if (!known || !m_invitedGuests.contains(foldedName(*known)))
        return false;
    return request.name.isEmpty() || foldedName(request.name) == foldedName(*known);
}

/// Somebody has logged in to an account with a code, which counts where it opens a room that the
/// account is nothing in. Whatever is wrong with it, the login stands.
void House::openByInvite(SessionId id, const QString &code, const Welcome &entered,
                         WelcomeThen then, qint64 now)
{
    const User *user = userOf(id);
    const auto held = user
            ? holdInvite(requesterOf(*find(id), user->id), code, InvitePower::Room, now)
            : Result<HeldInvite>(Error{.code = ErrorCode::Closing});
    if (!held)
        return then(entered);
    const RoomId room = held->room;
    const QList<MembershipRecord> records = membershipBy(room, user->id);
    if (room == 0 || records.isEmpty()) {
        giveBack(*held);
        return then(enterInvited(id, entered, room, now));
    }
    const auto used = m_invites.use(held->codeHash);
    commitMemberships(
            records, {*used}, [this, hash = held->codeHash] { m_invites.settle(hash); },
            [=, this, hash = held->codeHash, then = std::move(then)](const Result<Done> &kept) {
                if (!kept && kept.error().code != ErrorCode::Unconfirmed)
                    takeBack(hash);
                if (!userOf(id))
                    return then(Error{.code = ErrorCode::Closing});
                then(enterInvited(id, entered, kept ? room : 0, now));
            });
}

/// Without a name an administrator means no room, and whoever else types lines the room that the
/// session sits in. Errors: LoginRequired, NotAllowed.
Result<QString> House::inviteRoom(SessionId id, const QString &name) const
{
    const Session *session = find(id);
    const User *user = userOf(id);
    if (!user)
        return Error{.code = ErrorCode::LoginRequired};
    if (!name.isEmpty() || user->admin)
        return name;
    const Room *room = findRoom(session->room);
    if (session->spec.form == Form::Line && room && rankOf(*user, room) >= Rank::Moderator)
        return room->name();
    return Error{.code = ErrorCode::NotAllowed};
}

void House::makeInvite(SessionId id, const NewInvite &wanted, qint64 now, InviteThen then)
{
    const Result<QString> room = inviteRoom(id, wanted.room);
    if (!room)
        return then(room.error());
    NewInvite invite = wanted;
    invite.room = *room;
    makeInvite(Doer{userOf(id)->name}, invite, now, std::move(then));
}

void House::makeInvite(const Doer &doer, const NewInvite &wanted, qint64 now, InviteThen then)
{
    const Room *room = wanted.room.isEmpty() ? nullptr : findPublic(wanted.room);
    if (!room && !wanted.room.isEmpty())
        return then(Error{.code = ErrorCode::NoSuchRoom, .subject = wanted.room});
    if (room && room->id() == m_main) // which is open to everybody
        room = nullptr;
    if (const Result<Done> fits = checkBounds(wanted); !fits)
        return then(fits.error());
    expireInvites(m_times.expiryAt(now));
    if (m_invites.count() >= limits::invites)
        return then(Error{.code = ErrorCode::TooMany,
                          .subject = u"invite codes that nobody has used"_s,
                          .number = limits::invites});
    if (!doer.name.isEmpty() && m_invites.countBy(doer.name) >= limits::invitesPerPerson)
        return then(Error{.code = ErrorCode::TooMany,
                          .subject = u"invite codes of yours that nobody has used"_s,
                          .number = limits::invitesPerPerson});
    const QString code = QString::fromLatin1(m_random(codeBytes).toHex());
    const qint64 until = m_times.lastingAt(now)
            + std::chrono::milliseconds(std::chrono::hours(24) * wanted.days).count();
    const InviteRecord invite{.codeHash = codeHash(code),
                              .by = doer.name,
                              .until = until,
                              .uses = wanted.uses,
                              .room = room ? room->id() : 0};
    const InviteCode answer{.code = code,
                            .until = until,
                            .uses = wanted.uses,
                            .room = room ? room->name() : QString(),
                            .label = codeLabel(invite.codeHash)};
    const AuditRecord audit{.time = now,
                            .by = doer.name,
                            .verb = u"invite-code"_s,
                            .room = invite.room,
                            .roomName = answer.room,
                            .text = wanted.uses == 1 ? QString()
                                                     : u"for %1 people"_s.arg(wanted.uses)};
    m_invites.put(invite); // nobody knows it before it is kept
    commit(
            {invite, audit}, [] {},
            [this, answer, hash = invite.codeHash, then = std::move(then)](const auto &kept) {
                if (!kept && kept.error().code != ErrorCode::Unconfirmed)
                    m_invites.remove(hash);
                then(kept ? Result<InviteCode>(answer) : Result<InviteCode>(kept.error()));
            });
}

/// Codes that nobody has used in time go.
void House::expireInvites(qint64 now)
{
    for (const InviteRecord &expired : m_invites.expire(now))
        m_store.put({expired}, [](const Result<Done> &) {}); // else the next start does it
}

InviteList House::listInvites(std::optional<RoomId> room, const ListRange &range) const
{
    InviteList list;
    for (const InviteRecord &invite : m_invites.all()) {
        const QString label = codeLabel(invite.codeHash);
        if ((room && invite.room != *room) || (!range.after.isEmpty() && label <= range.after))
            continue;
        if (list.codes.size() == range.limit) {
            list.more = true;
            break;
        }
        const Room *opened = findRoom(invite.room);
        list.codes.append({.label = label,
                           .by = invite.by,
                           .room = opened ? opened->name() : QString(),
                           .uses = invite.uses,
                           .until = invite.until});
        list.next = label;
    }
    return list;
}

Result<InviteList> House::invites(SessionId id, const QString &name, const ListRange &range) const
{
    const Result<QString> wanted = inviteRoom(id, name);
    if (!wanted)
        return wanted.error();
    if (wanted->isEmpty())
        return listInvites(std::nullopt, range);
    const Room *room = findPublic(*wanted);
    if (!room)
        return Error{.code = ErrorCode::NoSuchRoom, .subject = *wanted};
    return listInvites(room->id(), range);
}

InviteList House::invites(const ListRange &range) const
{
    return listInvites(std::nullopt, range);
}

/// Codes of others say nothing of themselves to those who may not take them back.
void House::endInvite(SessionId id, const QString &code, qint64 now, DoneThen then)
{
    const User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    const auto invite = m_invites.find(code);
    const Room *room = invite ? findRoom(invite->room) : nullptr;
    const bool isModerator = room && rankOf(*user, room) >= Rank::Moderator;
    const bool may = user->admin || isModerator
            || (invite && user->registered && invite->by == user->name);
    endInvite(Doer{user->name}, may ? code : QString(), now, std::move(then));
}

void House::endInvite(const Doer &doer, const QString &code, qint64 now, DoneThen then)
{
    const auto invite = m_invites.find(code);
    if (!invite)
        return then(badRequest(u"there is no such invite code, or no longer"_s));
    const Room *room = findRoom(invite->room);
    const AuditRecord audit{.time = now,
                            .by = doer.name,
                            .verb = u"invite-code-end"_s,
                            .room = invite->room,
                            .roomName = room ? room->name() : QString(),
                            .target = codeLabel(invite->codeHash)};
    m_invites.remove(invite->codeHash); // at once: nobody uses it any more
    InviteRecord ended = *invite;
    ended.used = true;
    commit(
            {ended, audit}, [] {},
            [this, before = *invite, then = std::move(then)](const Result<Done> &kept) {
                if (!kept && kept.error().code != ErrorCode::Unconfirmed)
                    m_invites.put(before);
                then(kept);
            });
}

} // namespace teahouse::server
