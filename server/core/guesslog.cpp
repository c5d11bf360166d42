#include "server/core/guesslog.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

void GuessLog::note(const QString &key, const QString &line, qint64 now)
{
    // No key is empty; that one is shared.
    const bool isOwn = m_entries.contains(key) || m_entries.size() < mostKeys;
    const QString counted = isOwn ? key : QString();
    const auto entry = m_entries.find(counted);
    if (entry == m_entries.end()) {
        m_entries.insert(counted, {.since = now});
        m_write(line);
        return;
    }
    ++entry->repeated;
    entry->line = isOwn ? line : line + u" and by others"_s;
}

void GuessLog::tick(qint64 now)
{
    m_entries.removeIf([&](const auto &entry) {
        return entry->repeated == 0 && now - entry->since >= interval;
    });
    for (Entry &entry : m_entries) {
        if (now - entry.since < interval)
            continue;
        m_write(u"%1 (repeated %2)"_s.arg(entry.line).arg(entry.repeated));
        entry.since = now;
        entry.repeated = 0;
    }
}

} // namespace teahouse::server
