#include "server/core/backoff.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace teahouse::server {

void LoginBackoff::Tries::fail(qint64 now)
{
    if (now - last >= forgetAfter)
        failed = 0;
    last = now;
    ++failed;
    if (failed < freeTries)
        return;
    constexpr int mostDoublings = 10;
    until = now + std::min(longestWait, firstWait << std::min(failed - freeTries, mostDoublings));
}

qint64 LoginBackoff::wait(const Digest &guessed, qint64 now) const
{
    return std::max<qint64>(0, m_tries.value(guessed).until - now);
}

void LoginBackoff::attempt(const Digest &guessed, qint64 now)
{
    if (m_tries.size() >= mostEntries && !m_tries.contains(guessed))
        makeRoom(now);
    m_tries[guessed].fail(now);
}

void LoginBackoff::withdraw(const Digest &guessed)
{
    const auto found = m_tries.find(guessed);
    if (found == m_tries.end())
        return;
    found->until = 0;
    if (--found->failed <= 0)
        m_tries.erase(found);
}

/// Forgets what is old. Should that not do, a quarter goes: first those who have not come far, then
/// those who have failed the longest ago. Forgetting one who waits thus takes five tries for each
/// place of the table.
void LoginBackoff::makeRoom(qint64 now)
{
    m_tries.removeIf([now](const auto &entry) { return now - entry->last >= forgetAfter; });
    constexpr qsizetype kept = mostEntries / 4 * 3;
    if (m_tries.size() <= kept)
        return;
    const auto rank = [](const Tries &tries) {
        return std::pair(tries.failed >= freeTries, tries.last);
    };
    std::vector<std::pair<std::pair<bool, qint64>, Digest>> order;
    order.reserve(size_t(m_tries.size()));
    for (auto it = m_tries.cbegin(); it != m_tries.cend(); ++it)
        order.emplace_back(rank(*it), it.key());
    const auto end = order.begin() + (m_tries.size() - kept);
    std::nth_element(order.begin(), end, order.end());
    for (auto it = order.begin(); it != end; ++it)
        m_tries.remove(it->second);
}

} // namespace teahouse::server
