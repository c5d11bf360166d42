#pragma once

#include "server/core/keyeddigest.h"

namespace teahouse::server {

/// How long someone who guesses has to wait. What counts is the secret together with the share of
/// the limits that the guesses come from: nobody's guesses cost anyone else. Callers make a digest
/// of the two, and make it alike for names that have no account. Times are steady, in ms. Owned by
/// the Authenticator.
class LoginBackoff
{
public:
    static constexpr int freeTries = 5;       ///< before one has to wait
    static constexpr qint64 firstWait = 1000; ///< doubled with each further failure
    static constexpr qint64 longestWait = 60'000;
    static constexpr qint64 forgetAfter = 3'600'000; ///< without a further failure
    /// More than two threads can hash in that hour, so that no one is forgotten earlier.
    static constexpr qsizetype mostEntries = 131'072;

    /// How long until the next try may be made; 0: now.
    qint64 wait(const Digest &guessed, qint64 now) const;

    /// A try begins, and counts as failed until it has succeeded or is withdrawn.
    void attempt(const Digest &guessed, qint64 now);
    void succeeded(const Digest &guessed) { m_tries.remove(guessed); }
    /// No one has looked at whether it was right.
    void withdraw(const Digest &guessed);

    qsizetype remembered() const { return m_tries.size(); }

private:
    struct Tries
    {
        int failed = 0;
        qint64 until = 0;
        qint64 last = 0;

        void fail(qint64 now);
    };

    void makeRoom(qint64 now);

    QHash<Digest, Tries> m_tries;
};

} // namespace teahouse::server
