#pragma once

#include "server/core/passwords.h"
#include "server/core/requester.h"
#include "server/core/shareallowance.h"

#include <unordered_map>
#include <vector>

namespace teahouse::server {

/// Has passwords hashed, as many at once as there are threads for it, and keeps the others waiting
/// in a fair order. Each share of the limits has so many hashes a minute; what someone known asks
/// for is counted apart, so that strangers at the same address do not use it up. The server's shell
/// waits for no one. Owned by the Authenticator.
///
/// Every call ends with exactly one call of its continuation, never before it has returned. Errors
/// of all: SlowDown (`retryMs` says when there may be a place), Closing (the session has ended),
/// and those of Passwords.
class PasswordDesk
{
public:
    using HashThen = std::function<void(Result<QByteArray>)>;
    using VerifyThen = std::function<void(Result<bool>)>;
    /// Runs a task later, on core's thread.
    using Later = std::function<void(std::function<void()>)>;

    /// `passwords` must outlive the desk, which must outlive what `later` was given.
    PasswordDesk(Passwords &passwords, Later later);
    Q_DISABLE_COPY_MOVE(PasswordDesk)

    void setTime(qint64 steady) { m_now = steady; }

    void hash(const Requester &who, const QString &password, HashThen then);
    void verify(const Requester &who, const QString &password, const QByteArray &hash,
                VerifyThen then);

    /// Gives the places of a session back. What has begun is carried through.
    void withdraw(SessionId session);

    /// How many wait for a thread.
    qsizetype waiting() const { return m_queue.size(); }

private:
    struct Job
    {
        Requester who = {};
        std::function<void()> run = {};
        std::function<void(const Error &)> refuse = {};
    };

    void add(Job job);
    void refuseLater(const Job &job, const Error &why);
    void runNext();
    ShareAllowance *allowance(FairQueue::Line line);
    qint64 retryAfter(FairQueue::Place place, FairQueue::Line line) const;
    Job take(quint64 ticket);

    Passwords &m_passwords;
    Later m_later;
    FairQueue m_queue;
    ShareAllowance m_known;
    ShareAllowance m_strangers;
    std::unordered_map<quint64, Job> m_jobs; ///< those that wait, by ticket
    quint64 m_lastTicket = 0;
    int m_running = 0;
    qint64 m_now = 0;
};

} // namespace teahouse::server
