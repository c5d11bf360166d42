#pragma once

#include "server/core/netaddress.h"
#include "server/core/records.h"

#include "shared/reply.h"

#include <QHash>

#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace teahouse::server {

/// The subject of a sanction on a network, which no name can be.
QString subjectOf(const Network &network);

/// Networks as one text, separated by commas, and back.
QString networksText(const QList<Network> &networks);
QList<Network> networksFrom(const QString &text);

/// What a sanction means besides its name: the network that is its subject, or those from where
/// whoever bears the name has come.
QList<Network> networksOf(const SanctionRecord &record);

/// Bans and mutes that hold. Knows names and addresses, not who bears them. Owned by the House.
class Sanctions
{
public:
    /// Somebody whom a sanction may mean.
    struct Suspect
    {
        QString name = {}; ///< empty: has none
        NetAddress address = {};
        /// When the account was made, in ms since 1970 UTC: what a sanction on somebody else's name
        /// means besides it, an address or names that look like it, holds against none that was
        /// there before.
        qint64 knownSince = std::numeric_limits<qint64>::max();
    };

    void takeOver(const QList<SanctionRecord> &records);

    /// Imposes it in place of an earlier one of its room, kind and subject, or lifts that.
    void apply(const SanctionRecord &record);

    /// What keeps the suspect out or silent: a sanction on the name, else one on a name that looks
    /// like it, else one on the address.
    /// Null when nothing does.
    const SanctionRecord *on(RoomId room, SanctionKind kind, const Suspect &suspect,
                             qint64 now) const;
    /// The one on this subject, or that was shown so; null when there is none.
    const SanctionRecord *find(RoomId room, SanctionKind kind, const QString &subject,
                               const QString &shown) const;

    /// The one that means this network, with a name or alone; null when there is none.
    const SanctionRecord *findOn(RoomId room, SanctionKind kind, const Network &network) const;

    /// The first network of a room's sanctions that is wanted.
    std::optional<Network> findNetwork(RoomId room,
                                       const std::function<bool(const Network &)> &isWanted) const;

    int count(RoomId room) const;
    /// How many of them somebody has imposed.
    int countBy(RoomId room, const QString &imposer) const;
    bool isEmpty() const { return m_rooms.empty(); }

    /// Those of a room, newest first; the next page begins behind `after`. 0: the first page.
    /// `shown` makes the list's entry, whose room is left empty.
    using Shown = std::function<SanctionList::Sanction(const SanctionRecord &)>;
    SanctionList page(RoomId room, quint64 after, int limit, qint64 now, const Shown &shown) const;

    /// Takes out those whose time is over, without looking at the others.
    QList<SanctionRecord> expire(qint64 now);

    /// The room has vanished.
    void forgetRoom(RoomId room);

private:
    struct Entry
    {
        SanctionRecord record;
        QList<Network> networks;
    };
    /// By a number that grows with every sanction, the newest first.
    using Entries = std::map<quint64, Entry, std::greater<>>;
    struct Room
    {
        Entries entries;
        QHash<QString, quint64> bySubject;
        QMultiHash<QString, quint64> byLooks; ///< of names, by both keys of skeleton()
    };

    void forgetEnd(quint64 number, const SanctionRecord &record);
    static bool means(const Entry &entry, const Suspect &suspect);
    static QString key(SanctionKind kind, const QString &subject);
    static QStringList looks(SanctionKind kind, const QString &name);
    static const SanctionRecord *alike(const Room &room, SanctionKind kind, const Suspect &suspect,
                                       qint64 now);

    std::map<RoomId, Room> m_rooms;                       ///< no empty ones
    std::set<std::tuple<qint64, RoomId, quint64>> m_ends; ///< of those that end: when, and which
    quint64 m_last = 0;
};

} // namespace teahouse::server
