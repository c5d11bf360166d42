#pragma once

#include "server/core/backoff.h"
#include "server/core/guesslog.h"
#include "server/core/moment.h"
#include "server/core/passworddesk.h"
#include "server/core/trustedshares.h"

namespace teahouse::server {

/// A secret that someone may try to guess.
struct Guess
{
    enum class Kind { Password, RoomKey, ClaimCode, InviteCode };

    Kind kind = Kind::Password;
    QString name = {};  ///< Password: the folded name, whether there is such an account or not;
                        ///< RoomKey: the room's id
    QString shown = {}; ///< for the log: the account's or the room's name; empty: there is none
};

/// The one place where passwords, room keys and codes are looked at: who has to wait for having
/// guessed, who is hashed for first, and what the log tells of it. Nobody's guesses cost someone
/// else: what waits is a secret from one share of the limits. Owned by the House.
class Authenticator
{
public:
    using DoneThen = std::function<void(Result<Done>)>;

    /// A password as it was given, and what it is held against.
    struct Proof
    {
        QString given;
        QByteArray hash; ///< empty: there is no such account
    };

    /// `random` are bytes that nobody can guess, at least 16.
    Authenticator(Passwords &passwords, PasswordDesk::Later later, const QByteArray &random);
    Q_DISABLE_COPY_MOVE(Authenticator)

    /// Takes over from where accounts were reached in an earlier run.
    void takeOver(const StoredState &state);
    void setTime(const Moment &now);
    /// To be called about once a second.
    void tick() { m_log.tick(m_now.steady); }

    /// Whether the password is the one of the hash. Takes as long, and says the same, when there
    /// is no such account. Errors: WrongPassword, SlowDown, Closing.
    void check(const Requester &who, const Guess &guess, const Proof &proof, DoneThen then);
    /// Errors as PasswordDesk::hash().
    void hash(const Requester &who, const QString &password, PasswordDesk::HashThen then)
    {
        m_desk.hash(who, password, std::move(then));
    }

    // Codes, which need no hash that takes long. Error: SlowDown.

    Result<Done> mayGuess(const Requester &who, const Guess &guess) const;
    /// It was wrong.
    void guessedWrong(const Requester &who, const Guess &guess);

    /// The session has ended, or no one reads its answers any more.
    void withdraw(SessionId session) { m_desk.withdraw(session); }

    /// Where accounts go before strangers.
    TrustedShares &trusted() { return m_trusted; }
    const TrustedShares &trusted() const { return m_trusted; }

private:
    Digest digestOf(const Requester &who, const Guess &guess) const;
    void tell(const Requester &who, const Guess &guess);

    PasswordDesk m_desk;
    KeyedDigest m_digest; ///< of this run
    LoginBackoff m_backoff;
    TrustedShares m_trusted;
    GuessLog m_log;
    Moment m_now;
};

} // namespace teahouse::server
