#pragma once

#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QPair>

#include <functional>
#include <optional>

namespace teahouse::server {

/// Who may connect how often from one address. Pure: no sockets, no clock.
///
/// IPv6 addresses cost nothing, so what counts as one is the neighbour on the local network that
/// they belong to or, where that is not known, their /64, which is what a customer has.
class AddressLimits
{
public:
    using Network = QPair<QHostAddress, int>; ///< as QHostAddress::parseSubnet() gives it

    enum class Protection { On, Off };

    struct Settings
    {
        Protection protection = Protection::On;
        int atOnce = 0;    ///< connections of one address
        int strangers = 0; ///< ... that have not logged in; further ones wait
        int burst = 0;     ///< connects of one address before the rate holds
        int perMinute = 0; ///< connects of one address after the burst
        QList<Network> exempt;
    };

    /// The limits of shared/limits.h; loopback is exempt.
    static Settings defaults();

    /// Bytes that are the same for all addresses of a neighbour; empty: not known.
    using NeighbourOf = std::function<QByteArray(const QHostAddress &)>;

    explicit AddressLimits(const Settings &settings = defaults(), NeighbourOf neighbourOf = {});

    /// Counts go on; what is connected stays connected.
    void setSettings(const Settings &settings) { m_settings = settings; }

    /// A connection that is counted: from where, and as what.
    struct Ticket
    {
        QHostAddress address;
        QHostAddress counted;  ///< all that share this share the limits
        bool isLimited = true; ///< false: protection is off, or the address is exempt
    };

    /// Asks for one connection more, at steady time `now` in ms. With a ticket it is counted
    /// until release().
    [[nodiscard]] std::optional<Ticket> admit(const QHostAddress &address, qint64 now);

    /// An admitted connection has ended.
    void release(const Ticket &ticket);

    /// Whether one connection more of the address may be there without having logged in.
    bool hasRoomForStranger(const Ticket &ticket) const;
    void strangerCame(const Ticket &ticket);
    /// Logged in, or ended: before its release().
    void strangerWent(const Ticket &ticket);

    /// What an address counts as: itself, or what all share that count as one. For a neighbour
    /// that is an address which nobody connects from.
    QHostAddress counted(const QHostAddress &address) const;

    /// How many addresses are remembered.
    qsizetype remembered() const { return m_entries.size(); }

private:
    struct Entry
    {
        int connections = 0;
        int strangers = 0; ///< of them
        qint64 tokens = 0; ///< in milliseconds of waiting: one connect costs 60,000 / perMinute
        qint64 since = 0;  ///< steady time at which `tokens` was right
    };

    bool isLimited(const QHostAddress &address) const;
    bool isExempt(const QHostAddress &address) const;
    Entry &entryOf(const Ticket &ticket);
    qint64 price() const { return 60'000 / std::max(1, m_settings.perMinute); }
    qint64 full() const { return price() * m_settings.burst; }
    void refill(Entry &entry, qint64 now) const;
    void forgetIdle(qint64 now);

    Settings m_settings;
    NeighbourOf m_neighbourOf;
    QHash<QHostAddress, Entry> m_entries;
    qsizetype m_sweepAt;
};

} // namespace teahouse::server
