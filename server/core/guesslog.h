#pragma once

#include <QHash>
#include <QString>

#include <functional>

namespace teahouse::server {

/// Lines of the log that others can cause as often as they like. The first of a key is written at
/// once; what follows within a minute is counted, and becomes one line with the newest text. Times
/// are steady, in ms.
class GuessLog
{
public:
    using Write = std::function<void(const QString &line)>;

    static constexpr qint64 interval = 60'000;
    static constexpr qsizetype mostKeys = 256; ///< the others share one line

    explicit GuessLog(Write write) : m_write(std::move(write)) { }

    /// Something has happened; `key` says what and by whose doing, in a few characters.
    void note(const QString &key, const QString &line, qint64 now);
    /// Writes what was counted and is due; to be called about once a second.
    void tick(qint64 now);

private:
    struct Entry
    {
        qint64 since = 0; ///< when it was written last
        int repeated = 0; ///< since then
        QString line = {};
    };

    Write m_write;
    QHash<QString, Entry> m_entries;
};

} // namespace teahouse::server
