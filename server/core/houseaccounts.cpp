#include "server/core/house.h"

#include "server/core/corelog.h"
#include "shared/limits.h"
#include "shared/names.h"
#include "shared/text.h"

#include <QCryptographicHash>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// A name that nobody has, for those who guess the claim code.
const QString claiming = QStringLiteral("~claim");

/// What waiting is counted by.
QString addressText(const Session &session)
{
    return networkText({session.spec.source.address});
}

Error notAllowed(const QString &why)
{
    return {.code = ErrorCode::NotAllowed, .other = why};
}

} // namespace

QByteArray codeHash(const QString &code)
{
    return QCryptographicHash::hash(code.trimmed().toLower().toUtf8(), QCryptographicHash::Sha256);
}

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

/// Whether an account may be made now, and with which invitation. It is nobody else's from now
/// on, unless giveBack() is called.
Result<std::optional<InviteRecord>> House::takeInvite(const QString &code, qint64 now)
{
    if (m_settings.accounts.registration == Registration::Off)
        return notAllowed(u"only the server's administrators make accounts"_s);
    if (const Result<Done> may = mayMakeAccount(); !may)
        return may.error();
    const auto found = code.isEmpty() ? m_invites.end() : m_invites.find(codeHash(code));
    const bool isValid = found != m_invites.end() && found->until > m_times.expiryAt(now);
    if (!isValid && (m_settings.accounts.registration == Registration::ByInvite || !code.isEmpty()))
        return Error{.code = ErrorCode::InviteRequired};
    if (!isValid && m_directory.accountCount() >= limits::accounts - limits::invitedAccounts)
        return Error{.code = ErrorCode::InviteRequired};
    if (!isValid)
        return std::optional<InviteRecord>();
    std::optional<InviteRecord> invite = *found;
    m_invites.erase(found);
    return invite;
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

void House::giveBack(const std::optional<InviteRecord> &invite)
{
    if (invite)
        m_invites.insert(invite->codeHash, *invite);
}

/// Makes the account once its password is hashed; `user`'s name is held.
void House::makeAccount(AccountRecord account, const QString &password,
                        const std::optional<InviteRecord> &invite, DoneThen then)
{
    m_passwords.hash(password, [=, this](const Result<QByteArray> &hash) mutable {
        if (!hash) {
            giveBack(invite);
            m_directory.release(account.id);
            return then(hash.error());
        }
        account.passwordHash = *hash;
        QList<Change> changes = {account};
        if (invite) {
            InviteRecord used = *invite;
            used.used = true;
            changes.append(used);
        }
        const auto apply = [this, account] {
            m_directory.putAccount(account);
            m_directory.release(account.id);
            qCInfo(coreLog, "the account %llu was made", account.id);
            const User *user = m_directory.find(account.id);
            if (!user)
                return;
            for (const RoomId room : user->joined) // those of now: it took a while to get here
                keepJoined(*user, room);
            tellAcquaintances(*user);
        };
        commit(std::move(changes), apply, [=, this](const Result<Done> &made) {
            if (!made && made.error().code != ErrorCode::Unconfirmed) {
                giveBack(invite);
                m_directory.release(account.id);
            }
            then(made);
        });
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
    const Result<std::optional<InviteRecord>> invite = takeInvite(request.invite, now);
    if (!invite)
        return then(invite.error());
    const Result<UserId> user = m_directory.hold(request.name);
    if (!user) {
        giveBack(*invite);
        return then(user.error());
    }
    const LimitShare share = session->share();
    const bool isInvited = invite->has_value();
    if (const Result<Done> may = isInvited ? Done{} : takeRegistration(share); !may) {
        m_directory.release(*user);
        return then(may.error());
    }
    const AccountRecord account{.id = *user, .name = normalizedName(request.name), .created = now};
    makeAccount(account, password, *invite,
                [=, this, userId = *user, then = std::move(then)](const Result<Done> &made) {
                    if (!made && !isInvited && made.error().code != ErrorCode::Unconfirmed)
                        m_registrations.giveBack(share);
                    if (!made)
                        return then(made.error());
                    then(enterAs(id, userId, m_directory.account(userId)->passwordHash, now));
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
    for (const Result<Done> &may : {mayTakePassword(*find(id)), checkPasswordText(password)}) {
        if (!may)
            return then(may.error());
    }
    const Result<std::optional<InviteRecord>> taken = takeInvite(invite, now);
    if (!taken)
        return then(taken.error());
    const LimitShare share = find(id)->share();
    const bool isInvited = taken->has_value();
    if (const Result<Done> may = isInvited ? Done{} : takeRegistration(share); !may)
        return then(may.error());
    m_directory.hold(*user);
    const AccountRecord account{.id = user->id, .name = user->name, .created = now, .seen = now};
    makeAccount(account, password, *taken,
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

void House::changePassword(SessionId id, const QString &old, const QString &password, qint64 now,
                           DoneThen then)
{
    const User *user = userOf(id);
    if (!user)
        return then(Error{.code = ErrorCode::LoginRequired});
    if (!user->registered)
        return then(notAllowed(u"only an account has a password; register first"_s));
    if (const Result<Done> may = checkPasswordText(password); !may)
        return then(may.error());
    const QByteArray hash = m_directory.account(user->id)->passwordHash;
    checkPassword(*find(id), {foldedName(user->name), old, hash}, now,
                  [this, id, account = user->id, password, hash,
                   then = std::move(then)](const Result<Done> &right) {
                      if (!right)
                          return then(right.error());
                      setPassword(account, password, {.except = id, .verified = hash}, then);
                  });
}

/// Gives an account another password; its sessions end, but for one.
void House::setPassword(UserId id, const QString &password, const PasswordChange &change,
                        DoneThen then)
{
    m_passwords.hash(password, [=, this](const Result<QByteArray> &hash) {
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
    const QString address = addressText(*find(id));
    if (const qint64 wait = m_backoff.wait(claiming, address, now); wait > 0)
        return then(Error{.code = ErrorCode::SlowDown, .retryMs = static_cast<int>(wait)});
    m_backoff.attempt(claiming, address, now);
    if (m_claimHash.isEmpty() || codeHash(code) != m_claimHash)
        return then(notAllowed(u"this is not the code that the server has printed"_s));
    m_backoff.withdraw(claiming, address);
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
