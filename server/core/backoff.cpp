#include "server/core/backoff.h"

#include <algorithm>

namespace teahouse::server {

void LoginBackoff::Tries::fail(int free, qint64 now)
{
    if (now - last >= forgetAfter)
        failed = 0;
    last = now;
    ++failed;
    if (failed < free)
        return;
    constexpr int mostDoublings = 10;
    until = now + std::min(longestWait, firstWait << std::min(failed - free, mostDoublings));
}

qint64 LoginBackoff::wait(const QString &name, const QString &address, qint64 now) const
{
    const Tries here = m_tries.value({name, address});
    qint64 until = here.until;
    if (!here.isTrusted)
        until = std::max(until, m_tries.value(strangers(name)).until);
    return std::max<qint64>(0, until - now);
}

void LoginBackoff::attempt(const QString &name, const QString &address, qint64 now)
{
    if (m_tries.size() >= mostEntries)
        makeRoom(now);
    Tries &here = m_tries[{name, address}];
    here.fail(freeTries, now);
    if (!here.isTrusted)
        m_tries[strangers(name)].fail(freeTriesOfAll, now);
}

void LoginBackoff::succeeded(const QString &name, const QString &address)
{
    withdraw(name, address);
    m_tries[{name, address}] = {.isTrusted = true};
}

void LoginBackoff::withdraw(const QString &name, const QString &address)
{
    const auto takeBack = [this](const Key &key) {
        const auto found = m_tries.find(key);
        if (found == m_tries.end() || found->failed == 0)
            return;
        --found->failed;
        found->until = 0;
    };
    const bool isTrusted = m_tries.value({name, address}).isTrusted;
    takeBack({name, address});
    if (!isTrusted)
        takeBack(strangers(name));
}

/// Forgets what is old, then those who have not come far; each of them has cost a hash.
void LoginBackoff::makeRoom(qint64 now)
{
    m_tries.removeIf([now](const auto &entry) { return now - entry->last >= forgetAfter; });
    if (m_tries.size() >= mostEntries)
        m_tries.removeIf(
                [](const auto &entry) { return entry->failed < freeTries && !entry->isTrusted; });
    if (m_tries.size() >= mostEntries)
        m_tries.clear();
}

} // namespace teahouse::server
