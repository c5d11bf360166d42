#include "server/core/housecase.h"

#include "shared/limits.h"
#include "shared/names.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

Error badRequest(const QString &why)
{
    return {.code = ErrorCode::BadRequest, .subject = why};
}

Error errorOf(const SanctionRecord &record)
{
    return {.code = record.kind == SanctionKind::Ban ? ErrorCode::Banned : ErrorCode::Muted,
            .other = record.reason,
            .number = record.until};
}

Closing closingOf(const SanctionRecord &ban)
{
    return {ClosingCode::Banned, sentence(errorOf(ban)), ban.reason, ban.until, ban.by};
}

/// Whether a network is so large that banning it is a slip or a prank.
bool isTooLarge(const Network &network)
{
    const auto anyIpv4 = parseNetwork(u"::ffff:0:0/96"_s);
    if (network.contains(anyIpv4->base) || anyIpv4->contains(network.base))
        return network.prefix < anyIpv4->prefix + limits::shortestNetwork4;
    return network.prefix < limits::shortestNetwork6;
}

const char *verbOf(SanctionKind kind, bool lifted)
{
    if (kind == SanctionKind::Ban)
        return lifted ? "unban" : "ban";
    return lifted ? "unmute" : "mute";
}

} // namespace

/// From where somebody comes, or came who has left, without what is exempt from limits by address:
/// there a sanction would hit all who share it. Of one without a name, it may be all that is known.
QList<Network> House::networksOf(const User &user) const
{
    constexpr int most = 4;
    QList<Network> networks;
    for (const SessionId id : user.sessions) {
        const Source &source = find(id)->spec.source;
        const bool isMeant = source.address.isKnown() && !source.isExempt
                && (source.counted.isKnown() || user.anonymous);
        const Network network = server::networkOf(source);
        if (isMeant && networks.size() < most && !networks.contains(network))
            networks.append(network);
    }
    const NetAddress &left = user.share.counted;
    if (user.sessions.isEmpty() && left.isKnown() && !isNeighbour(left) && user.share.session == 0)
        networks.append({left, left.low == 0 ? 64 : 128});
    return networks;
}

/// What a ban or a mute is to hold against: whoever is called so, with the address; else a token or
/// an address; else a name of nobody who is here.
Result<SanctionRecord> House::subjectOf(const Case &asked) const
{
    SanctionRecord record{.room = asked.room,
                          .until = asked.until,
                          .reason = asked.reason,
                          .by = asked.byName,
                          .time = asked.now};
    const User *named = m_directory.findBearer(asked.name);
    if (!named)
        named = m_directory.findAnonymous(asked.name);
    if (!named) // whoever leaves in time is meant all the same
        named = m_directory.findDeparted(m_directory.findMeant(foldedName(asked.name)));
    if (named) {
        if (rankOf(*named, findRoom(asked.room)) >= asked.rank)
            return Error{.code = ErrorCode::NotAllowed};
        record.subject = foldedName(named->name);
        record.shown = named->name;
        record.addresses = networksText(networksOf(*named));
    } else if (const auto meant = networkOfToken(asked)) {
        record.subject = server::subjectOf(*meant);
        record.shown = asked.name;
    } else if (const auto network = parseNetwork(asked.name)) {
        if (isTooLarge(*network))
            return badRequest(u"a network has at least %1 bits of IPv4, or %2 of IPv6"_s
                                      .arg(limits::shortestNetwork4)
                                      .arg(limits::shortestNetwork6));
        record.subject = server::subjectOf(*network);
        record.shown = networkText(*network);
    } else {
        record.shown = normalizedName(asked.name);
        const NameFault fault = checkName(record.shown);
        if (fault != NameFault::None)
            return Error{.code = ErrorCode::NameInvalid,
                         .subject = record.shown.left(limits::name),
                         .other = faultText(fault)};
        record.subject = foldedName(record.shown);
    }
    return record;
}

const AddressMask &House::mask() const
{
    constexpr int keyBytes = 32;
    if (!m_mask)
        m_mask.emplace(m_random(keyBytes));
    return *m_mask;
}

/// The address of somebody who is in the room, or anywhere for one who asks for the whole server,
/// or that a sanction there means.
std::optional<Network> House::networkOfToken(const Case &asked) const
{
    if (!AddressMask::isToken(asked.name))
        return std::nullopt;
    const Room *room = findRoom(asked.room);
    for (const auto &[id, session] : m_sessions) {
        if (!session.spec.source.address.isKnown() || (room && !room->has(session.user)))
            continue;
        const Network network = server::networkOf(session.spec.source);
        if (mask().token(network) == asked.name)
            return network;
    }
    return m_sanctions.findNetwork(asked.room, [&](const Network &network) {
        return mask().token(network) == asked.name;
    });
}

/// Addresses as somebody of a rank may see them.
QString House::shownAddresses(const QList<Network> &networks, Rank viewer) const
{
    if (viewer < Rank::Moderator)
        return {};
    QStringList shown;
    for (const Network &network : networks)
        shown += viewer >= Rank::Admin ? networkText(network) : mask().token(network);
    return shown.join(u", "_s);
}

/// Not everything by one who cannot put it right: half of the places are for the others.
Result<Done> House::mayImpose(const Case &asked) const
{
    const int most = asked.room == 0 ? limits::sanctionsOfServer : limits::sanctionsPerRoom;
    const auto tooMany = [](const QString &what, int number) {
        return Error{.code = ErrorCode::TooMany, .subject = what, .number = number};
    };
    if (m_sanctions.count(asked.room) >= most)
        return tooMany(u"bans and mutes"_s, most);
    const bool isOwner = asked.room != 0 && asked.rank >= Rank::Owner;
    if (!isOwner && m_sanctions.countBy(asked.room, asked.byName) >= most / 2)
        return tooMany(u"bans and mutes that one person has imposed"_s, most / 2);
    return Done{};
}

void House::impose(SessionId id, SanctionKind kind, const Measure &measure, qint64 now,
                   ImposedThen then)
{
    Result<Case> asked = caseOf(id, measure);
    if (!asked)
        return then(asked.error());
    asked.value().now = now;
    if (measure.until != 0 && measure.until <= now)
        return then(badRequest(u"\"until\" is past"_s));
    Result<SanctionRecord> subject = subjectOf(*asked);
    if (!subject)
        return then(subject.error());
    SanctionRecord record = *subject;
    record.kind = kind;
    if (const Result<Done> may = mayImpose(*asked); !may)
        return then(may.error());
    asked.value().name = record.shown;
    const QList<Network> networks = server::networksOf(record);
    asked.value().addresses = networksText(networks);
    QString terms = record.reason;
    if (record.until != 0)
        terms = termsText(record.until, record.reason).trimmed();
    const AuditRecord entry = entryOf(*asked, verbOf(kind, false), terms);
    Imposed imposed{.kind = kind, .name = record.shown};
    if (!record.addresses.isEmpty())
        imposed.address = shownAddresses(networks, asked->rank);
    imposed.isNameOnly = record.addresses.isEmpty() && comesFromExempt(asked->name);
    // Whoever is kept out of a room is no member of it afterwards, either.
    const Room *room = kind == SanctionKind::Ban ? findRoom(record.room) : nullptr;
    const User *meant = room ? m_directory.findBearer(record.subject) : nullptr;
    const UserId out = meant ? meant->id : 0;
    const auto apply = [this, record, now, out] {
        if (record.room != 0 && !findRoom(record.room))
            return;
        m_sanctions.apply(record);
        enforce(record, now);
        forgetMember(out, record.room);
    };
    commitMemberships(meant ? lostBy(out, *room) : QList<MembershipRecord>(), {record, entry},
                      apply, [imposed, then = std::move(then)](const Result<Done> &kept) {
                          then(kept ? Result<Imposed>(imposed) : Result<Imposed>(kept.error()));
                      });
}

/// Whether whoever is called so is here, and only from addresses that many may share.
bool House::comesFromExempt(const QString &name) const
{
    const User *user = m_directory.findBearer(name);
    if (!user)
        user = m_directory.findAnonymous(name);
    return user && std::any_of(user->sessions.begin(), user->sessions.end(), [this](SessionId id) {
               return find(id)->spec.source.isExempt;
           });
}

/// The one that is meant by a name, an address or a token.
const SanctionRecord *House::sanctionFor(const Case &asked, SanctionKind kind) const
{
    if (const auto *named = m_sanctions.find(asked.room, kind,
                                             foldedName(normalizedName(asked.name)), asked.name))
        return named;
    auto network = networkOfToken(asked);
    if (!network)
        network = parseNetwork(asked.name);
    return network ? m_sanctions.findOn(asked.room, kind, *network) : nullptr;
}

void House::lift(SessionId id, SanctionKind kind, const Measure &measure, qint64 now, DoneThen then)
{
    Result<Case> asked = caseOf(id, measure);
    if (!asked)
        return then(asked.error());
    asked.value().now = now;
    const SanctionRecord *found = sanctionFor(*asked, kind);
    if (!found)
        return then(badRequest((kind == SanctionKind::Ban ? u"\"%1\" is not banned here"_s
                                                          : u"\"%1\" is not muted here"_s)
                                       .arg(asked->name.left(limits::name))));
    // As little as one can impose it on somebody of one's own rank can one take it from him, or
    // from oneself.
    const User *meant = m_directory.findBearer(found->subject);
    if (meant && asked->rank < Rank::Admin && rankOf(*meant, findRoom(asked->room)) >= asked->rank)
        return then(Error{.code = ErrorCode::NotAllowed});
    SanctionRecord record = *found;
    record.lifted = true;
    asked.value().name = record.shown;
    asked.value().addresses = networksText(server::networksOf(record));
    const AuditRecord entry = entryOf(*asked, verbOf(kind, true), {});
    const auto apply = [this, record, by = asked->byName] {
        m_sanctions.apply(record);
        reviewMuted(record.room, by);
    };
    commit({record, entry}, apply, std::move(then));
}

Result<SanctionList> House::sanctions(SessionId id, const std::optional<QString> &name,
                                      const ListRange &range, qint64 now) const
{
    if (!userOf(id))
        return Error{.code = ErrorCode::LoginRequired};
    RoomId place = 0;
    QString label;
    if (name) {
        const Result<Room *> room = findFor(id, *name);
        if (!room)
            return room.error();
        place = (*room)->id();
        label = (*room)->name();
    }
    const Rank viewer = rankOf(*userOf(id), findRoom(place));
    const auto shown = [&](const SanctionRecord &record) {
        // One on an address that was written says it already.
        const bool isSaid = record.shown == networkText(server::networksOf(record).value(0));
        return SanctionList::Sanction{
                .kind = record.kind,
                .room = label,
                .subject = record.shown,
                .until = record.until,
                .reason = record.reason,
                .by = record.by,
                .time = record.time,
                .address = isSaid ? QString() : shownAddresses(server::networksOf(record), viewer)};
    };
    return m_sanctions.page(place, range.after.toULongLong(), range.limit, m_times.expiryAt(now),
                            shown);
}

/// Since when somebody has an account; of one who has none the end of time.
qint64 House::knownSince(const User *user) const
{
    const AccountRecord *account = user && user->registered ? m_directory.account(user->id)
                                                            : nullptr;
    return account ? account->created : Sanctions::Suspect().knownSince;
}

/// Somebody with a name, without the addresses. A moderator is not taken for somebody else.
Sanctions::Suspect House::suspectOf(const User &user, RoomId place) const
{
    const bool isKnown = rankOf(user, findRoom(place)) >= Rank::Moderator;
    return {.name = user.name, .knownSince = isKnown ? 0 : knownSince(&user)};
}

/// What holds against somebody there. One on an address means no moderator, who might share it
/// with the one it is meant for.
const SanctionRecord *House::sanctionOn(const User &user, RoomId place, SanctionKind kind) const
{
    if (m_sanctions.count(place) == 0)
        return nullptr;
    if (const auto *named = m_sanctions.on(place, kind, suspectOf(user, place), m_now))
        return named;
    if (rankOf(user, findRoom(place)) >= Rank::Moderator)
        return nullptr;
    for (const SessionId id : user.sessions) {
        const Session *session = find(id);
        const auto *found = session
                ? m_sanctions.on(place, kind, {{}, session->spec.source.address, knownSince(&user)},
                                 m_now)
                : nullptr;
        if (found)
            return found;
    }
    return nullptr;
}

/// Whether somebody of this name, the account of which is known, is kept off the server, or out of
/// `main`, where everybody comes in.
std::optional<Error> House::refusedEntry(const Session &session, const QString &name,
                                         const User *account) const
{
    if (m_sanctions.isEmpty())
        return std::nullopt;
    for (const RoomId place : {RoomId(0), m_main}) {
        Sanctions::Suspect suspect{.name = name};
        if (account)
            suspect = suspectOf(*account, place);
        const bool spared = account && rankOf(*account, findRoom(place)) >= Rank::Moderator;
        suspect.address = spared ? NetAddress() : session.spec.source.address;
        if (const auto *ban = m_sanctions.on(place, SanctionKind::Ban, suspect, m_now))
            return errorOf(*ban);
    }
    return std::nullopt;
}

/// Whoever was put out a moment ago and has no account waits a little.
std::optional<Error> House::refusedAfterKick(const Session &session, const QString &name,
                                             RoomId room) const
{
    if (m_kicked.isEmpty())
        return std::nullopt;
    const qint64 wait = m_kicked.wait(room, {foldedName(name), session.share()}, m_time.steady);
    if (wait == 0)
        return std::nullopt;
    return Error{.code = ErrorCode::SlowDown, .retryMs = static_cast<int>(wait)};
}

/// Whether an account, here or not, is kept out of a room by its name.
bool House::isBanned(const AccountRecord &account, RoomId room) const
{
    const User *user = m_directory.findReachable(account.id);
    const auto isKeptOut = [&](RoomId place) {
        const Sanctions::Suspect suspect = user ? suspectOf(*user, place)
                                                : Sanctions::Suspect{.name = account.name};
        return m_sanctions.on(place, SanctionKind::Ban, suspect, m_now) != nullptr;
    };
    return isKeptOut(0) || isKeptOut(m_main) || isKeptOut(room);
}

void House::enforce(const SanctionRecord &record, qint64 now)
{
    if (record.kind == SanctionKind::Mute)
        return reviewMuted(record.room, record.by);
    if (record.room == 0)
        return enforceOnServer(now);
    const Room &room = *findRoom(record.room);
    const std::vector<Room::Member> members = room.members();
    for (const Room::Member &member : members) {
        const User *user = m_directory.find(member.user);
        const auto *ban = user ? sanctionOn(*user, record.room, SanctionKind::Ban) : nullptr;
        if (!ban)
            continue;
        Closing why = closingOf(*ban);
        why.text = u"%1: %2"_s.arg(room.name(), why.text);
        putOut(member.user, record.room, why, now);
        loseMembership(member.user, room);
    }
    for (const UserId expected : m_expected.in(record.room)) {
        const User *user = m_directory.find(expected);
        if (user && sanctionOn(*user, record.room, SanctionKind::Ban))
            expectNoMore(room, expected);
    }
}

/// Rooms of its list that an account is banned from are in it no more when it comes back.
void House::leaveBanned(User &user)
{
    const QList<RoomId> rooms = user.joined;
    for (const RoomId room : rooms) {
        // Whoever is in the room by another session was looked at when the ban came.
        if (user.rooms.contains(room) || !sanctionOn(user, room, SanctionKind::Ban))
            continue;
        user.joined.removeOne(room);
        keepJoined(user, room);
        loseMembership(user.id, *findRoom(room));
    }
}

void House::enforceOnServer(qint64 now)
{
    QList<std::pair<SessionId, Closing>> banned;
    for (const auto &[id, session] : m_sessions) {
        const User *user = m_directory.find(session.user);
        const auto *ban = user
                ? sanctionOn(*user, 0, SanctionKind::Ban)
                : m_sanctions.on(0, SanctionKind::Ban, {{}, session.spec.source.address, 0},
                                 m_times.expiryAt(now));
        if (ban)
            banned.append({id, closingOf(*ban)});
    }
    for (const auto &[id, why] : std::as_const(banned))
        endSession(id, why, now);
}

/// Notes what silences somebody in a place; whether that is something else than before.
bool House::updateMuted(User &user, RoomId place) const
{
    const SanctionRecord *mute = sanctionOn(user, place, SanctionKind::Mute);
    const auto before = user.muted.constFind(place);
    if (mute ? before != user.muted.cend() && *before == *mute : before == user.muted.cend())
        return false;
    if (mute)
        user.muted.insert(place, *mute);
    else
        user.muted.remove(place);
    return true;
}

/// The same, and tells him; `by` has lifted a mute, or nobody did and it is over.
void House::reviewMuted(User &user, RoomId place, const QString &by)
{
    if (updateMuted(user, place))
        tellMuted(user, place, by);
}

/// A mute of a room, or of the whole server, has come or gone.
void House::reviewMuted(RoomId place, const QString &by)
{
    if (const Room *room = findRoom(place)) {
        for (const Room::Member &member : room->members())
            reviewMuted(*m_directory.find(member.user), place, by);
    } else if (place == 0) {
        for (const auto &[id, user] : m_directory.users())
            reviewMuted(*m_directory.find(id), 0, by);
    }
}

void House::tellMuted(const User &user, RoomId place, const QString &by, SessionId except) const
{
    const Room *room = findRoom(place);
    const bool hasPrograms = std::any_of(
            user.sessions.begin(), user.sessions.end(),
            [this](SessionId id) { return find(id)->spec.form == Form::Object; });
    QList<RoomId> concerned;
    if (hasPrograms)
        concerned = room ? QList{place} : user.joined + visibleConversations(user);
    for (const RoomId id : std::as_const(concerned))
        tellState(user, *findRoom(id), except);
    const QString where = room ? u"in "_s + room->name() : u"on the whole server"_s;
    Notice notice{.text = {},
                  .level = u"info"_s,
                  .kind = u"unmuted"_s,
                  .room = room ? room->name() : QString(),
                  .by = by};
    const auto mute = user.muted.constFind(place);
    if (mute != user.muted.cend()) {
        notice.kind = u"muted"_s;
        notice.by = mute->by;
        notice.reason = mute->reason;
        notice.until = mute->until;
        notice.text = u"%1 has muted you %2"_s.arg(mute->by, where)
                + termsText(mute->until, mute->reason);
    } else {
        notice.text = by.isEmpty() ? u"You are no longer muted %1."_s.arg(where)
                                   : u"%1 has unmuted you %2."_s.arg(by, where);
    }
    tellSessions(user, notice, Side::Other, except);
}

} // namespace teahouse::server
