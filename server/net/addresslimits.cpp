#include "server/net/addresslimits.h"

#include "shared/limits.h"

#include <algorithm>

namespace teahouse::server {

namespace {

/// Remembered addresses at which those that no longer matter are looked for.
constexpr qsizetype firstSweep = 1024;
/// Addresses without a connection that are remembered at most; beyond, they are forgotten.
constexpr qsizetype idleAddresses = 65'536;

bool isIn(const QHostAddress &address, const QList<AddressLimits::Network> &networks)
{
    return std::any_of(networks.begin(), networks.end(),
                       [&](const auto &network) { return address.isInSubnet(network); });
}

/// IPv4 in its own clothes, whichever way it came in.
QHostAddress unmapped(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : address;
}

/// An address that stands for a neighbour: a multicast one, which no peer has (RFC 4291, 2.7).
QHostAddress standIn(const QByteArray &neighbour)
{
    Q_IPV6ADDR bytes = {};
    const auto size = std::min<qsizetype>(neighbour.size(), sizeof bytes.c - 2);
    bytes.c[0] = 0xff;
    std::copy(neighbour.end() - size, neighbour.end(), std::end(bytes.c) - size);
    return QHostAddress(bytes);
}

} // namespace

AddressLimits::Settings AddressLimits::defaults()
{
    return {.protection = Protection::On,
            .atOnce = limits::connectionsPerAddress,
            .strangers = limits::strangersPerAddress,
            .burst = limits::connectionBurst,
            .perMinute = limits::connectionsPerMinute,
            .exempt = {QHostAddress::parseSubnet(QStringLiteral("127.0.0.0/8")),
                       QHostAddress::parseSubnet(QStringLiteral("::1/128"))}};
}

AddressLimits::AddressLimits(const Settings &settings, NeighbourOf neighbourOf)
    : m_settings(settings), m_neighbourOf(std::move(neighbourOf)), m_sweepAt(firstSweep)
{
}

std::optional<AddressLimits::Ticket> AddressLimits::admit(const QHostAddress &address, qint64 now)
{
    if (m_entries.size() >= m_sweepAt)
        forgetIdle(now);
    const Ticket ticket{address, counted(address), isLimited(address)};
    auto entry = m_entries.find(ticket.counted);
    if (entry == m_entries.end())
        entry = m_entries.insert(ticket.counted, {.tokens = full(), .since = now});
    refill(*entry, now);
    if (isLimited(address)) {
        if (entry->connections >= m_settings.atOnce || entry->tokens < price())
            return std::nullopt;
        entry->tokens -= price();
    }
    ++entry->connections;
    return ticket;
}

void AddressLimits::release(const Ticket &ticket)
{
    Entry &entry = entryOf(ticket);
    Q_ASSERT(entry.connections > 0);
    --entry.connections;
}

bool AddressLimits::hasRoomForStranger(const Ticket &ticket) const
{
    return !isLimited(ticket.address)
            || m_entries.value(ticket.counted).strangers < m_settings.strangers;
}

void AddressLimits::strangerCame(const Ticket &ticket)
{
    ++entryOf(ticket).strangers;
}

void AddressLimits::strangerWent(const Ticket &ticket)
{
    Entry &entry = entryOf(ticket);
    Q_ASSERT(entry.strangers > 0);
    --entry.strangers;
}

/// It is remembered as long as it has a connection.
AddressLimits::Entry &AddressLimits::entryOf(const Ticket &ticket)
{
    const auto entry = m_entries.find(ticket.counted);
    Q_ASSERT(entry != m_entries.end());
    return *entry;
}

bool AddressLimits::isLimited(const QHostAddress &address) const
{
    return m_settings.protection == Protection::On && !isExempt(address);
}

bool AddressLimits::isExempt(const QHostAddress &address) const
{
    return isIn(unmapped(address), m_settings.exempt);
}

QHostAddress AddressLimits::counted(const QHostAddress &address) const
{
    const QHostAddress plain = unmapped(address);
    if (plain.protocol() != QHostAddress::IPv6Protocol || plain.isLoopback())
        return plain;
    const QByteArray neighbour = m_neighbourOf ? m_neighbourOf(plain) : QByteArray();
    if (!neighbour.isEmpty())
        return standIn(neighbour);
    Q_IPV6ADDR bytes = plain.toIPv6Address();
    std::fill(std::begin(bytes.c) + 8, std::end(bytes.c), quint8(0));
    return QHostAddress(bytes);
}

void AddressLimits::refill(Entry &entry, qint64 now) const
{
    entry.tokens = std::min(full(), entry.tokens + (now - entry.since));
    entry.since = now;
}

void AddressLimits::forgetIdle(qint64 now)
{
    m_entries.removeIf([&](auto entry) {
        refill(*entry, now);
        return entry->connections == 0 && entry->tokens == full();
    });
    // Somebody with very many addresses must not fill the memory with them.
    if (m_entries.size() > idleAddresses)
        m_entries.removeIf([](auto entry) { return entry->connections == 0; });
    m_sweepAt = std::max(firstSweep, m_entries.size() * 2);
}

} // namespace teahouse::server
