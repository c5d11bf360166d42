#pragma once

#include "server/core/netaddress.h"

#include <QHash>
#include <QString>

#include <functional>
#include <optional>

namespace teahouse::server {

/// Lines of log that strangers can cause: the first of a kind from one place is written at once,
/// those that follow within 10 s are counted and told by one line. Bounded in memory and in lines
/// however many places take part: beyond `mostPlaces` they are counted together, by kind. Pure:
/// times are those of a steady clock, in ms.
class RepeatedLog
{
public:
    using Write = std::function<void(const QString &line)>;

    static constexpr qint64 window = 10'000; ///< ms in which what repeats is counted
    static constexpr qsizetype mostPlaces = 256;

    explicit RepeatedLog(Write write) : m_write(std::move(write)) { }

    struct Event
    {
        quint64 session = 0;     ///< 0: none
        QString address = {};    ///< of the peer, to be shown; empty: of nobody
        NetAddress counted = {}; ///< what the address counts as; shares one line
        QString kind = {};       ///< what has happened, of a closed list of texts
    };

    void note(const Event &event, qint64 now);

    /// Tells of what has repeated in windows that are over; to be called by nextFlush().
    void flush(qint64 now);
    /// When there is something to do for flush(); nothing: never.
    std::optional<qint64> nextFlush() const;

    /// Tells of all that has not been told; for the end.
    void flushAll();

    qsizetype remembered() const { return m_entries.size(); }

private:
    struct Key
    {
        NetAddress counted;
        QString kind;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed)
        {
            return qHashMulti(seed, key.counted.high, key.counted.low, key.kind);
        }
    };
    struct Entry
    {
        qint64 until = 0; ///< end of the window
        int repeated = 0;
        QString address;
    };

    Key keyOf(const Event &event) const;
    void tell(const Key &key, const Entry &entry);

    Write m_write;
    QHash<Key, Entry> m_entries;
};

} // namespace teahouse::server
