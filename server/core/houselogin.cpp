#include "server/core/house.h"

#include "server/core/corelog.h"
#include "shared/names.h"

namespace teahouse::server {

/// In whose name the session asks for a hash. An account, the session's or the one that it names,
/// goes before strangers from where it was reached before.
Requester House::requesterOf(const Session &session, UserId account) const
{
    const User *user = m_directory.find(session.user);
    const bool isKnown = (user && user->registered)
            || m_authenticator.trusted().contains(account, session.share());
    return {session.id, session.share(), session.spec.source.address,
            isKnown ? FairQueue::Line::Known : FairQueue::Line::Strangers};
}

/// The account was reached from there. What is to be kept of that; losing it does little harm.
QList<Change> House::trustedNow(UserId account, const LimitShare &share, qint64 now)
{
    TrustedShares &trusted = m_authenticator.trusted();
    const auto record = trusted.record(account, share, now);
    if (!record)
        return {};
    QList<Change> changes = {*record};
    for (const TrustRecord &dropped : trusted.apply(*record))
        changes.append(dropped);
    return changes;
}

/// Whether a password may come over this connection.
Result<Done> House::mayTakePassword(const Session &session) const
{
    const Source &source = session.spec.source;
    if (source.isEncrypted || m_settings.accounts.plainPasswords || source.address.isLoopback()
        || !source.address.isKnown()) // this very process
        return Done{};
    return Error{.code = ErrorCode::TlsRequired,
                 .subject = source.offersTls ? QStringLiteral("this port") : QString()};
}

void House::login(SessionId id, const LoginRequest &asked, qint64 now, WelcomeThen then)
{
    const Session *session = find(id);
    if (!session)
        return then(Error{.code = ErrorCode::Closing});
    if (session->user != 0)
        return then(Error{.code = ErrorCode::AlreadyLoggedIn});
    LoginRequest request = asked;
    if (request.invite.isEmpty())
        request.invite = session->code;
    const AccountRecord *account = m_directory.findAccount(request.name);
    if (!request.password) {
        if (account)
            return then(Error{.code = ErrorCode::PasswordRequired, .subject = account->name});
        if (isInvitedGuest(request, now))
            return then(login(id, request.name, request.resume, now));
        if (!request.invite.isEmpty())
            return loginInvited(id, request, now, std::move(then));
        if (!m_settings.accounts.guests)
            return then(Error{.code = request.name.isEmpty() && request.resume.isEmpty()
                                      ? ErrorCode::NameEmpty
                                      : ErrorCode::PasswordRequired});
        return then(login(id, request.name, request.resume, now));
    }
    if (request.name.isEmpty())
        return then(Error{.code = ErrorCode::NameEmpty});
    const bool registers = !request.invite.isEmpty()
            || (!m_settings.accounts.guests
                && m_settings.accounts.registration == Registration::Open);
    if (!account && registers)
        return registerNew(id, request, now, std::move(then));
    const UserId user = account ? account->id : 0;
    const QByteArray hash = account ? account->passwordHash : QByteArray();
    checkPassword(*session, request.name, *request.password,
                  [=, this, then = std::move(then)](const Result<Done> &right) {
                      if (!right)
                          return then(right.error());
                      const Result<Welcome> entered = enterAs(id, user, hash, now);
                      if (!entered || request.invite.isEmpty())
                          return then(entered);
                      openByInvite(id, request.invite, *entered, then, now);
                  });
}

/// Whether the password is that of the account, which need not exist. Takes the same time and says
/// the same whatever is wrong.
void House::checkPassword(const Session &session, const QString &name, const QString &password,
                          DoneThen then)
{
    if (const Result<Done> safe = mayTakePassword(session); !safe)
        return then(safe.error());
    const AccountRecord *account = m_directory.findAccount(name);
    const Requester who = requesterOf(session, account ? account->id : 0);
    const Guess guess{.name = foldedName(name), .shown = account ? account->name : QString()};
    if (const Result<Done> may = m_authenticator.mayGuess(who, guess); !may)
        return then(may.error());
    if (!checkPasswordText(password))
        return then(Error{.code = ErrorCode::WrongPassword});
    m_authenticator.check(who, guess, {password, account ? account->passwordHash : QByteArray()},
                          std::move(then));
}

/// The password was right; it must be the account's still.
Result<Welcome> House::enterAs(SessionId id, UserId userId, const QByteArray &hash, qint64 now)
{
    Session *session = find(id);
    if (!session)
        return Error{.code = ErrorCode::Closing};
    if (session->user != 0)
        return Error{.code = ErrorCode::AlreadyLoggedIn};
    const AccountRecord *account = m_directory.account(userId);
    if (!account || account->passwordHash != hash)
        return Error{.code = ErrorCode::WrongPassword};
    if (const auto refused = refusedEntry(*session, account->name,
                                          m_directory.findReachable(userId)))
        return *refused;
    User &user = *m_directory.arrive(userId);
    session->user = user.id;
    user.sessions.append(id);
    leaveBanned(user);
    if (session->spec.form == Form::Line) {
        moveTo(*session, user, *findRoom(m_main), now);
    } else {
        const QList<RoomId> rooms = user.joined;
        for (const RoomId room : rooms)
            if (Room *known = findRoom(room))
                enter(*session, user, *known);
        if (!rooms.contains(m_main))
            enter(*session, user, *findRoom(m_main));
    }
    AccountRecord seen = *account;
    seen.seen = now;
    m_directory.putAccount(seen);
    if (!m_changing.contains(userId)) // it would undo what is on its way
        m_store.put(QList<Change>{seen} + trustedNow(userId, session->share(), now), {});
    reclaimLabels(user);
    qCInfo(coreLog, "%llu logged in to the account %llu", id, userId);
    return welcome(*session, user);
}

} // namespace teahouse::server
