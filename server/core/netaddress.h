#pragma once

#include <QString>

#include <optional>

namespace teahouse::server {

/// An IP address: IPv6, or IPv4 as IPv6 maps it (RFC 4291, 2.5.5.2). A value, without sockets.
struct NetAddress
{
    quint64 high = 0;
    quint64 low = 0;

    /// False for `::`, which stands for "not known".
    bool isKnown() const { return (high | low) != 0; }
    /// 127.0.0.0/8 or ::1.
    bool isLoopback() const;

    bool operator==(const NetAddress &) const = default;
};

/// All addresses that begin alike; a single one has a prefix of 128 bits.
struct Network
{
    NetAddress base; ///< nothing is set behind the prefix
    int prefix = 128;

    bool contains(const NetAddress &address) const;

    bool operator==(const Network &) const = default;
};

/// The 16 bytes of an IPv6 address, most significant first.
NetAddress netAddress(const quint8 (&bytes)[16]);

/// `192.0.2.7`, `192.0.2.0/24`, `2001:db8::1` or `2001:db8::/32`; whatever is set behind the prefix
/// is dropped. Nothing for any other text.
std::optional<Network> parseNetwork(const QString &text);

/// The same in its one customary form (RFC 5952): IPv4-mapped as IPv4, a single address without
/// its prefix.
QString networkText(const Network &network);

} // namespace teahouse::server
