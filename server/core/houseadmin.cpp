#include "server/core/housecase.h"

#include "server/core/corelog.h"
#include "shared/limits.h"
#include "shared/names.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

Error noSuchUser(const QString &name)
{
    return {.code = ErrorCode::NoSuchUser, .subject = name};
}

} // namespace

/// The administrator whose session it is. Errors: LoginRequired, NotAllowed.
Result<const User *> House::adminOf(SessionId id) const
{
    const User *user = userOf(id);
    if (!user)
        return Error{.code = ErrorCode::LoginRequired};
    if (!user->admin)
        return Error{.code = ErrorCode::NotAllowed};
    return user;
}

Result<AccountList> House::accounts(SessionId id, const ListRange &range) const
{
    const Result<const User *> admin = adminOf(id);
    if (!admin)
        return admin.error();
    return accounts(range);
}

AccountList House::accounts(const ListRange &range) const
{
    const auto &byName = m_directory.accountNames();
    AccountList list;
    auto next = range.after.isEmpty() ? byName.begin()
                                      : byName.upper_bound(foldedName(range.after));
    for (; next != byName.end(); ++next) {
        if (list.accounts.size() == range.limit) {
            list.more = true;
            break;
        }
        const AccountRecord &account = *m_directory.account(next->second);
        list.accounts.append({account.name, account.admin, m_directory.find(account.id) != nullptr,
                              account.created, account.seen});
        list.next = account.name;
    }
    return list;
}

/// Whether nobody would be administrator without this one.
bool House::isLastAdmin(UserId id) const
{
    const auto &accounts = m_directory.accounts();
    return accounts.contains(id) && accounts.at(id).admin
            && std::none_of(accounts.begin(), accounts.end(), [this, id](const auto &entry) {
                   return entry.first != id && entry.second.admin
                           && !m_changing.contains(entry.first);
               });
}

void House::setAdmin(UserId id, bool isAdmin, const AuditRecord &audit, DoneThen then)
{
    AccountRecord changed = *m_directory.account(id);
    changed.admin = isAdmin;
    const auto apply = [this, id, isAdmin] {
        const AccountRecord *before = m_directory.account(id);
        if (before->passwordHash.isEmpty())
            return;
        AccountRecord present = *before;
        present.admin = isAdmin;
        m_directory.putAccount(present);
        if (isAdmin) { // the code has had its use
            m_isUnclaimed = false;
            m_claimHash.clear();
        }
        qCInfo(coreLog, "the account %llu is %s", id,
               isAdmin ? "an administrator" : "no administrator");
        User *user = m_directory.find(id);
        if (!user)
            return;
        tellAcquaintances(*user);
        // A mute or a ban of an address means no administrators.
        const QList<RoomId> places = QList<RoomId>{0} + user->rooms;
        for (const RoomId place : places)
            reviewMuted(*user, place, {});
        for (const RoomId place : places) {
            const User *reviewed = m_directory.find(id);
            const auto *ban = reviewed ? sanctionOn(*reviewed, place, SanctionKind::Ban) : nullptr;
            if (ban)
                enforce(*ban, m_now);
        }
    };
    commitFor(id, {changed, audit}, apply, std::move(then));
}

void House::setRole(SessionId id, const QString &name, const QString &role, qint64 now,
                    DoneThen then)
{
    const Result<const User *> admin = adminOf(id);
    if (!admin)
        return then(admin.error());
    setRole(Doer{(*admin)->name}, name, role, now, std::move(then));
}

void House::setRole(const Doer &doer, const QString &name, const QString &role, qint64 now,
                    DoneThen then)
{
    const bool isAdmin = role == "admin"_L1;
    if (!isAdmin && !role.isEmpty() && role != "none"_L1)
        return then(Error{.code = ErrorCode::BadRequest,
                          .subject = u"the role is \"admin\" or \"none\""_s});
    const AccountRecord *account = m_directory.findAccount(name);
    if (!account)
        return then(noSuchUser(name));
    if (account->admin == isAdmin)
        return then(Done{});
    if (isLastAdmin(account->id))
        return then(Error{.code = ErrorCode::NotAllowed,
                          .other = u"the last administrator remains one"_s});
    setAdmin(account->id, isAdmin,
             {.time = now,
              .by = doer.name,
              .verb = u"user-role"_s,
              .target = account->name,
              .text = isAdmin ? u"admin"_s : u"none"_s},
             std::move(then));
}

void House::removeAccount(SessionId id, const QString &name, Erase erase, qint64 now, DoneThen then)
{
    const Result<const User *> admin = adminOf(id);
    if (!admin)
        return then(admin.error());
    removeAccount(Doer{(*admin)->name}, name, erase, now, std::move(then));
}

void House::removeAccount(const Doer &doer, const QString &name, Erase erase, qint64 now,
                          DoneThen then)
{
    const AccountRecord *account = m_directory.findAccount(name);
    if (!account)
        return then(noSuchUser(name));
    if (isLastAdmin(account->id))
        return then(Error{.code = ErrorCode::NotAllowed,
                          .other = u"the last administrator remains one"_s});
    AccountRecord retired = *account;
    retired.passwordHash.clear();
    retired.admin = false;
    retired.erasing = erase == Erase::Messages;
    QList<Change> changes = {retired};
    QList<MembershipRecord> heirs;
    QSet<RoomId> rooms;
    for (const MembershipRecord &record :
         m_memberships.ofUser(retired.id) + m_comingMemberships.ofUser(retired.id)) {
        if (rooms.contains(record.room) || !findRoom(record.room))
            continue;
        rooms.insert(record.room);
        changes.append(MembershipRecord{.room = record.room, .user = retired.id});
        if (comingMembership(record.room, retired.id).role != RoomRole::Owner)
            continue;
        if (const auto heir = heirOf(record.room, retired.id))
            heirs.append(*heir);
    }
    const User *user = m_directory.findBearer(name);
    for (auto it = user->ignored.begin(); it != user->ignored.end(); ++it)
        changes.append(IgnoreRecord{retired.id, it.key(), it.value(), true});
    changes.append(AuditRecord{.time = now,
                               .by = doer.name,
                               .verb = u"user-remove"_s,
                               .target = retired.name,
                               .text = retired.erasing ? u"erase"_s : QString()});
    if (m_changing.contains(retired.id)) // refused
        return commitFor(
                retired.id, {}, [] {}, std::move(then));
    for (const MembershipRecord &heir : std::as_const(heirs)) {
        const Room &room = *findRoom(heir.room);
        changes.append(AuditRecord{.time = now,
                                   .by = doer.name,
                                   .verb = u"role"_s,
                                   .room = heir.room,
                                   .roomName = room.name(),
                                   .target = m_directory.account(heir.user)->name,
                                   .text = u"owner"_s});
    }
    beginMemberships(heirs, changes);
    const auto apply = [this, retired, heirs, by = doer.name, now] {
        retire(retired, by);
        holdMemberships(heirs);
        for (const MembershipRecord &heir : heirs)
            handOver(heir, by, now);
    };
    commitFor(retired.id, std::move(changes), apply,
              [this, heirs, then = std::move(then)](const Result<Done> &kept) {
                  if (!kept && kept.error().code != ErrorCode::Unconfirmed)
                      endMemberships(heirs);
                  then(kept);
              });
}

/// A room of a removed account belongs to somebody else, says whoever removed it; for the shell,
/// which has no name, the heir does.
void House::handOver(const MembershipRecord &heir, const QString &by, qint64 now)
{
    const Room *room = findRoom(heir.room);
    const AccountRecord *account = m_directory.account(heir.user);
    if (!room || !account)
        return;
    const User *doer = by.isEmpty() ? nullptr : m_directory.findBearer(by);
    tellRole({.by = doer ? doer->id : heir.user,
              .byName = doer ? doer->name : account->name,
              .room = heir.room,
              .roomName = room->name(),
              .name = account->name,
              .now = now},
             heir.user, [](const Result<Done> &) {});
}

/// The account is nobody's any more.
void House::retire(const AccountRecord &retired, const QString &by)
{
    qCInfo(coreLog, "the account %llu was removed", retired.id);
    Closing why{ClosingCode::Kicked, u"Your account was removed."_s};
    why.by = by;
    endSessions(retired.id, why, 0);
    if (const User *user = m_directory.findDeparted(retired.id)) {
        const auto ignored = user->ignored.keys();
        for (const UserId other : ignored)
            m_ignorers[other].remove(retired.id);
        m_toRemove += m_conversations.of(retired.id);
    }
    const QList<MembershipRecord> records = m_memberships.ofUser(retired.id);
    for (const MembershipRecord &record : records)
        note({.room = record.room, .user = retired.id});
    m_authenticator.trusted().forget(retired.id);
    m_directory.putAccount(retired);
    m_toRemove.removeIf([this](RoomId room) {
        return !findRoom(room) || isConversationAlive(*findRoom(room));
    });
    m_store.forgetGuest(retired.id); // what was read and mentioned
    if (retired.erasing)
        m_erasures.append({retired.id, retired.name});
}

void House::addAccount(const Doer &doer, const QString &name, const QString &password, qint64 now,
                       DoneThen then)
{
    Q_UNUSED(doer)
    for (const Result<Done> &may : {checkPasswordText(password), mayMakeAccount()}) {
        if (!may)
            return then(may.error());
    }
    const Result<UserId> id = m_directory.hold(name);
    if (!id)
        return then(id.error());
    const AccountRecord account{.id = *id, .name = normalizedName(name), .created = now};
    makeAccount({.record = account, .password = password}, std::move(then));
}

void House::setPassword(const Doer &doer, const QString &name, const QString &password, qint64 now,
                        DoneThen then)
{
    if (const Result<Done> may = checkPasswordText(password); !may)
        return then(may.error());
    const AccountRecord *account = m_directory.findAccount(name);
    if (!account)
        return then(noSuchUser(name));
    setPassword(account->id, password,
                {.audit = AuditRecord{.time = now,
                                      .by = doer.name,
                                      .verb = u"passwd"_s,
                                      .target = account->name}},
                std::move(then));
}

} // namespace teahouse::server
