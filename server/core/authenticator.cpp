#include "server/core/authenticator.h"

#include "server/core/corelog.h"

#include <QtEndian>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// What was guessed, for the log.
QString what(const Guess &guess)
{
    switch (guess.kind) {
    case Guess::Kind::Password:
        // Not the name that was given: that may be a password in the wrong field.
        return guess.shown.isEmpty() ? u"password, of no account,"_s
                                     : u"password of the account %1"_s.arg(guess.shown);
    case Guess::Kind::RoomKey:
        return u"password of the room %1"_s.arg(guess.shown);
    case Guess::Kind::ClaimCode:
        return u"code to become administrator"_s;
    case Guess::Kind::InviteCode:
        break;
    }
    return u"invite code"_s;
}

/// From where, as the limits count it: of IPv6 that may be a whole network.
QString whence(const Requester &who)
{
    if (!who.address.isKnown())
        return u"this host"_s;
    constexpr int halfAnAddress = 64;
    const NetAddress counted = who.share.counted;
    const bool isNetwork = counted.isKnown() && counted != who.address && !isNeighbour(counted);
    return networkText(isNetwork ? Network{counted, halfAnAddress} : Network{who.address});
}

} // namespace

Authenticator::Authenticator(Passwords &passwords, PasswordDesk::Later later,
                             const QByteArray &random)
    : m_desk(passwords, std::move(later)), m_digest(random), m_trusted(KeyedDigest(random)),
      m_log([](const QString &line) { qCInfo(coreLog, "%ls", qUtf16Printable(line)); })
{
}

void Authenticator::takeOver(const StoredState &state)
{
    if (state.secret.isEmpty())
        return;
    m_trusted = TrustedShares(KeyedDigest(state.secret));
    m_trusted.takeOver(state.trusted);
}

void Authenticator::setTime(const Moment &now)
{
    m_now = now;
    m_desk.setTime(now.steady);
}

Digest Authenticator::digestOf(const Requester &who, const Guess &guess) const
{
    const std::array<quint64, 4> parts = {static_cast<quint64>(guess.kind), who.share.counted.high,
                                          who.share.counted.low, who.share.session};
    return m_digest.of(QByteArray(reinterpret_cast<const char *>(parts.data()), sizeof parts)
                       + guess.name.toUtf8());
}

void Authenticator::check(const Requester &who, const Guess &guess, const Proof &proof,
                          DoneThen then)
{
    const Digest guessed = digestOf(who, guess);
    if (const Result<Done> may = mayGuess(who, guess); !may)
        return then(may.error());
    m_backoff.attempt(guessed, m_now.steady);
    m_desk.verify(who, proof.given, proof.hash,
                  [this, who, guess, guessed, then = std::move(then)](const Result<bool> &right) {
                      if (!right) {
                          m_backoff.withdraw(guessed);
                          return then(right.error());
                      }
                      if (!*right) {
                          tell(who, guess);
                          return then(Error{.code = ErrorCode::WrongPassword});
                      }
                      m_backoff.succeeded(guessed);
                      then(Done{});
                  });
}

Result<Done> Authenticator::mayGuess(const Requester &who, const Guess &guess) const
{
    const qint64 wait = m_backoff.wait(digestOf(who, guess), m_now.steady);
    if (wait > 0)
        return Error{.code = ErrorCode::SlowDown, .retryMs = static_cast<int>(wait)};
    return Done{};
}

void Authenticator::guessedWrong(const Requester &who, const Guess &guess)
{
    m_backoff.attempt(digestOf(who, guess), m_now.steady);
    tell(who, guess);
}

/// One line for each kind and address, however much is guessed.
void Authenticator::tell(const Requester &who, const Guess &guess)
{
    const QString from = whence(who);
    const QString line = u"wrong %1 from %2"_s.arg(what(guess), from);
    m_log.note(QString::number(static_cast<int>(guess.kind)) + u' ' + from, line, m_now.steady);
}

} // namespace teahouse::server
