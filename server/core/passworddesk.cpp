#include "server/core/passworddesk.h"

#include "shared/limits.h"

#include <algorithm>
#include <utility>

namespace teahouse::server {

namespace {

using Line = FairQueue::Line;

constexpr qint64 minute = 60'000;
constexpr ShareAllowance::Rate rate{limits::hashBurst, minute / limits::hashesPerMinute};
/// What a hash roughly takes a thread, in milliseconds.
constexpr qint64 hashTime = 100;
/// A place gets free much earlier, but others want it, too.
constexpr qint64 comeAgain = 1000;

Error slowDown(qint64 ms)
{
    return {.code = ErrorCode::SlowDown, .retryMs = static_cast<int>(ms)};
}

} // namespace

PasswordDesk::PasswordDesk(Passwords &passwords, Later later)
    : m_passwords(passwords), m_later(std::move(later)),
      m_queue({limits::hashesWaiting, limits::hashesWaitingOfShare}), m_known(rate),
      m_strangers(rate)
{
}

void PasswordDesk::hash(const Requester &who, const QString &password, HashThen then)
{
    const auto run = [this, password, then] {
        m_passwords.hash(password, [this, then](const Result<QByteArray> &hash) {
            --m_running;
            then(hash);
            runNext();
        });
    };
    add({who, run, [then](const Error &why) { then(why); }});
}

void PasswordDesk::verify(const Requester &who, const QString &password, const QByteArray &hash,
                          VerifyThen then)
{
    const auto run = [this, password, hash, then] {
        m_passwords.verify(password, hash, [this, then](const Result<bool> &isRight) {
            --m_running;
            then(isRight);
            runNext();
        });
    };
    add({who, run, [then](const Error &why) { then(why); }});
}

void PasswordDesk::add(Job job)
{
    const auto [session, share, address, line] = job.who;
    ShareAllowance *allowed = allowance(line);
    if (const qint64 wait = allowed ? allowed->wait(share, m_now) : 0; wait > 0)
        return refuseLater(job, slowDown(wait));
    const quint64 ticket = ++m_lastTicket;
    const FairQueue::Added added = m_queue.add(line, share, ticket);
    if (added.place != FairQueue::Place::Given)
        return refuseLater(job, slowDown(retryAfter(added.place, line)));
    if (added.ousted != 0) {
        const Job ousted = take(added.ousted);
        if (ShareAllowance *theirs = allowance(ousted.who.line))
            theirs->giveBack(ousted.who.share);
        refuseLater(ousted, slowDown(comeAgain));
    }
    if (allowed)
        allowed->take(share, m_now);
    m_jobs.emplace(ticket, std::move(job));
    runNext();
}

/// How long one waits for a place to get free: of one's own share one does each time the others
/// have had their turns.
qint64 PasswordDesk::retryAfter(FairQueue::Place place, Line line) const
{
    if (place == FairQueue::Place::NoneAtAll)
        return comeAgain;
    return std::max(comeAgain, m_queue.shares(line) * hashTime / limits::hashesAtOnce);
}

void PasswordDesk::refuseLater(const Job &job, const Error &why)
{
    m_later([refuse = job.refuse, why] { refuse(why); });
}

ShareAllowance *PasswordDesk::allowance(Line line)
{
    switch (line) {
    case Line::Shell:
        return nullptr;
    case Line::Known:
        return &m_known;
    case Line::Strangers:
        break;
    }
    return &m_strangers;
}

PasswordDesk::Job PasswordDesk::take(quint64 ticket)
{
    return std::move(m_jobs.extract(ticket).mapped());
}

void PasswordDesk::runNext()
{
    while (m_running < limits::hashesAtOnce) {
        const std::optional<quint64> next = m_queue.takeNext();
        if (!next)
            return;
        ++m_running;
        take(*next).run();
    }
}

void PasswordDesk::withdraw(SessionId session)
{
    std::vector<quint64> tickets;
    for (const auto &[ticket, job] : m_jobs) {
        if (job.who.session == session)
            tickets.push_back(ticket);
    }
    for (const quint64 ticket : tickets) {
        m_queue.remove(ticket);
        refuseLater(take(ticket), {.code = ErrorCode::Closing});
    }
}

} // namespace teahouse::server
