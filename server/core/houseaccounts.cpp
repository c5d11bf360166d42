#include "server/core/house.h"

#include "server/core/corelog.h"
#include "shared/limits.h"
#include "shared/names.h"
#include "shared/text.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// When a change of the same account may be through, in milliseconds.
constexpr int underWay = 1000;

const Guess claimCode{.kind = Guess::Kind::ClaimCode};

Error notAllowed(const QString &why)
{
    return {.code = ErrorCode::NotAllowed, .other = why};
}

} // namespace

/// A password that nobody could have is not looked at.
Result<Done> House::checkPasswordText(const QString &password)
{
    const int length = codePoints(password);
    if (length > limits::passwordMost)
        return Error{.code = ErrorCode::TooLong,
                     .subject = u"a password"_s,
                     .number = limits::passwordMost};
    if (length < limits::passwordLeast)
        return Error{
                .code = ErrorCode::BadRequest,
                .subject = u"a password has at least %1 characters"_s.arg(limits::passwordLeast)};
    return Done{};
}

UserInfo House::infoOf(const User &user)
{
    return {user.name, user.registered, user.admin ? u"admin"_s : QString()};
}

/// Whether an account may be made now, and with which invitation, of which a use is held.
Result<std::optional<House::HeldInvite>> House::takeInvite(const Requester &by, const QString &code,
                                                           qint64 now)
{
    if (m_settings.accounts.registration == Registration::Off)
        return notAllowed(u"only the server's administrators make accounts"_s);
    if (const Result<Done> may = mayMakeAccount(); !may)
        return may.error();
    const bool isFull = m_directory.accountCount() >= limits::accounts - limits::invitedAccounts;
    const bool isNeeded = isFull || m_settings.accounts.registration == Registration::ByInvite;
    if (code.isEmpty() && isNeeded)
        return Error{.code = ErrorCode::InviteRequired};
    if (code.isEmpty())
        return std::optional<HeldInvite>();
    const Result<HeldInvite> held = holdInvite(
            by, code, isNeeded ? InvitePower::Server : InvitePower::Room, now);
    if (!held)
        return held.error();
    return std::optional(*held);
}

/// Whether there is space for one account more. Error: TooMany.
Result<Done> House::mayMakeAccount() const
{
    if (m_directory.accountCount() < limits::accounts)
        return Done{};
    return Error{.code = ErrorCode::TooMany,
                 .subject = u"accounts on this server"_s,
                 .number = limits::accounts};
}

/// One account more that was made from there without an invitation.
Result<Done> House::takeRegistration(const LimitShare &share)
{
    const qint64 wait = m_registrations.take(share, m_time.steady);
    if (wait <= 0)
        return Done{};
    return Error{.code = ErrorCode::SlowDown, .retryMs = static_cast<int>(wait)};
}

/// Makes the account once its password is hashed; its user's name is held.
void House::makeAccount(const NewAccount &wanted, DoneThen then)
{
    m_authenticator.hash(wanted.by, wanted.password,
                         [this, wanted, then = std::move(then)](const Result<QByteArray> &hash) {
                             if (!hash) {
                                 giveBack(wanted.invite);
                                 m_directory.release(wanted.record.id);
                                 return then(hash.error());
                             }
                             NewAccount account = wanted;
                             account.record.passwordHash = *hash;
                             storeAccount(account, then);
                         });
}

void House::storeAccount(const NewAccount &wanted, DoneThen then)
{
    const AccountRecord account = wanted.record;
    QList<Change> changes = {account};
    QList<MembershipRecord> memberships;
    if (wanted.invite) {
        const auto used = m_invites.use(wanted.invite->codeHash);
        if (!used) {
            m_directory.release(account.id);
            return then(Error{.code = ErrorCode::InviteRequired});
        }
        changes.append(*used);
        memberships = membershipBy(wanted.invite->room, account.id);
    }
    beginMemberships(memberships, changes);
    const auto apply = [this, account, memberships, invite = wanted.invite,
                        share = wanted.by.share] {
        if (invite)
            m_invites.settle(invite->codeHash);
        m_directory.putAccount(account);
        m_directory.release(account.id);
        holdMemberships(memberships);
        qCInfo(coreLog, "the account %llu was made", account.id);
        if (const QList<Change> trust = trustedNow(account.id, share, account.created);
            !trust.isEmpty())
            m_store.put(trust, {});
        const User *user = m_directory.find(account.id);
        if (!user)
            return;
        for (const RoomId room : user->joined) // those of now: it took a while to get here
            keepJoined(*user, room);
        tellAcquaintances(*user);
    };
    commit(std::move(changes), apply,
           [this, wanted, memberships, then = std::move(then)](const Result<Done> &made) {
               if (!made && made.error().code != ErrorCode::Unconfirmed) {
                   endMemberships(memberships);
                   if (wanted.invite)
                       takeBack(wanted.invite->codeHash);
                   m_directory.release(wanted.record.id);
               }
               then(made);
           });
}

void House::registerNew(SessionId id, const LoginRequest &request, qint64 now, WelcomeThen then)
{
    const Session *session = find(id);
    if (!session)
        return then(Error{.code = ErrorCode::Closing});
    if (session->user != 0)
        return then(Error{.code = ErrorCode::AlreadyLoggedIn});
    if (const auto refused = refusedEntry(*session, request.name, nullptr))
        return then(*refused);
    const QString password = request.password.value_or(QString());
    for (const Result<Done> &may : {mayTakePassword(*session), checkPasswordText(password)}) {
        if (!may)
            return then(may.error());
    }
    const Requester by = requesterOf(*session, 0);
    const Result<std::optional<HeldInvite>> invite = takeInvite(by, request.invite, now);
    if (!invite)
        return then(invite.error());
    const Result<UserId> user = m_directory.hold(request.name);
    if (!user) {
        giveBack(*invite);
        return then(user.error());
    }
    const LimitShare share = session->share();
    const bool isInvited = invite->has_value() && (*invite)->opensServer;
    const RoomId room = invite->has_value() ? (*invite)->room : 0;
    if (const Result<Done> may = isInvited ? Done{} : takeRegistration(share); !may) {
        giveBack(*invite);
        m_directory.release(*user);
        return then(may.error());
    }
    const AccountRecord account{.id = *user, .name = normalizedName(request.name), .created = now};
    makeAccount({account, password, *invite, by},
                [=, this, userId = *user, then = std::move(then)](const Result<Done> &made) {
                    if (!made && !isInvited && made.error().code != ErrorCode::Unconfirmed)
                        m_registrations.giveBack(share);
                    if (!made)
                        return then(made.error());
                    const Result<Welcome> entered = enterAs(
                            id, userId, m_directory.account(userId)->passwordHash, now);
                    then(enterInvited(id, entered, room, now));
                });
}

void House::registerGuest(SessionId id, const QString &password, const QString &invite, qint64 now,
                          UserThen then)
{
    const User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    if (user->registered)
        return then(Error{.code = ErrorCode::AlreadyExists, .subject = user->name});
    if (user->anonymous)
        return then(notAllowed(u"whoever has no name has no account"_s));
    // With the password of the request before, whose answer may be lost with its connection.
    if (m_directory.isHeld(user->id))
        return then(Error{.code = ErrorCode::SlowDown, .retryMs = underWay});
    for (const Result<Done> &may : {mayTakePassword(*find(id)), checkPasswordText(password)}) {
        if (!may)
            return then(may.error());
    }
    const Requester by = requesterOf(*find(id), 0);
    const Result<std::optional<HeldInvite>> taken = takeInvite(by, invite, now);
    if (!taken)
        return then(taken.error());
    const LimitShare share = find(id)->share();
    const bool isInvited = taken->has_value() && (*taken)->opensServer;
    if (const Result<Done> may = isInvited ? Done{} : takeRegistration(share); !may) {
        giveBack(*taken);
        return then(may.error());
    }
    m_directory.hold(*user);
    const AccountRecord account{.id = user->id, .name = user->name, .created = now, .seen = now};
    makeAccount({account, password, *taken, by},
                [this, id, share, isInvited, then = std::move(then)](const Result<Done> &made) {
                    const User *registered = userOf(id);
                    if (!made && !isInvited && made.error().code != ErrorCode::Unconfirmed)
                        m_registrations.giveBack(share);
                    if (!made)
                        then(made.error());
                    else if (!registered)
                        then(Error{.code = ErrorCode::Closing});
                    else
                        then(UserShown{infoOf(*registered)});
                });
}

void House::changePassword(SessionId id, const QString &old, const QString &password, DoneThen then)
{
    const User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    if (!user->registered)
        return then(notAllowed(u"only an account has a password; register first"_s));
    if (const Result<Done> may = checkPasswordText(password); !may)
        return then(may.error());
    const QByteArray hash = m_directory.account(user->id)->passwordHash;
    const Requester by = requesterOf(*find(id), user->id);
    checkPassword(*find(id), user->name, old,
                  [this, by, account = user->id, password, hash,
                   then = std::move(then)](const Result<Done> &right) {
                      if (!right)
                          return then(right.error());
                      setPassword(account, password,
                                  {.except = by.session, .by = by, .verified = hash}, then);
                  });
}

/// Gives an account another password; its sessions end, but for one.
void House::setPassword(UserId id, const QString &password, const PasswordChange &change,
                        DoneThen then)
{
    m_authenticator.hash(change.by, password, [=, this](const Result<QByteArray> &hash) {
        const AccountRecord *now = m_directory.account(id);
        if (!hash)
            return then(hash.error());
        if (!now || now->passwordHash.isEmpty())
            return then(Error{.code = ErrorCode::NoSuchUser});
        // An administrator may have given another one while this was checked and made.
        if (!change.verified.isEmpty() && now->passwordHash != change.verified)
            return then(Error{.code = ErrorCode::WrongPassword});
        AccountRecord changed = *now;
        changed.passwordHash = *hash;
        QList<Change> changes = {changed};
        if (change.audit)
            changes.append(*change.audit);
        const auto apply = [this, id, passwordHash = *hash, except = change.except] {
            const AccountRecord *before = m_directory.account(id);
            if (!before || before->passwordHash.isEmpty())
                return;
            AccountRecord present = *before;
            present.passwordHash = passwordHash;
            m_directory.putAccount(present);
            qCInfo(coreLog, "the account %llu has another password", id);
            endSessions(id, {ClosingCode::PasswordChanged, {}}, except);
        };
        commitFor(id, std::move(changes), apply, then);
    });
}

void House::claim(SessionId id, const QString &code, qint64 now, UserThen then)
{
    const User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    if (!user->registered)
        return then(notAllowed(u"register first, so that there is somebody to be it"_s));
    const Requester by = requesterOf(*find(id), user->id);
    if (const Result<Done> may = m_authenticator.mayGuess(by, claimCode); !may)
        return then(may.error());
    if (m_claimHash.isEmpty() || codeHash(code) != m_claimHash) {
        m_authenticator.guessedWrong(by, claimCode);
        return then(notAllowed(u"this is not the code that the server has printed"_s));
    }
    const QByteArray hash = std::exchange(m_claimHash, {}); // once
    const AuditRecord audit{
            .time = now, .by = user->name, .verb = u"claim"_s, .target = user->name};
    setAdmin(user->id, true, audit, [this, id, hash, then](const Result<Done> &made) {
        const User *admin = userOf(id);
        // Unless the shell has made an administrator meanwhile.
        if (!made && made.error().code != ErrorCode::Unconfirmed && m_isUnclaimed)
            m_claimHash = hash;
        if (!made)
            return then(made.error());
        if (!admin)
            return then(Error{.code = ErrorCode::Closing});
        then(UserShown{infoOf(*admin)});
    });
}

QString House::makeClaimCode()
{
    constexpr int bytes = 10;
    constexpr int group = 4;
    const QString hex = QString::fromLatin1(m_random(bytes).toHex());
    QStringList groups;
    for (qsizetype from = 0; from < hex.size(); from += group)
        groups.append(hex.mid(from, group));
    const QString code = groups.join(u'-');
    m_claimHash = codeHash(code);
    return code;
}

} // namespace teahouse::server
