#pragma once

#include <QString>

#include <variant>

namespace teahouse::client {

/// Where a server is.
struct ServerAddress
{
    static constexpr quint16 defaultPort = 5005;

    QString host; ///< a name or an address; IPv6 without brackets
    quint16 port = defaultPort;

    bool operator==(const ServerAddress &) const = default;
};

/// What is wrong with the text of an address.
enum class AddressFault {
    Empty,
    BadHost, ///< blanks or brackets where none belong
    BadPort, ///< not a number from 1 to 65535
};

/// Reads an address as people type it:
///
///     ADDRESS = HOST | HOST ":" PORT | "[" IPV6 "]" | "[" IPV6 "]" ":" PORT | IPV6
///
/// with blanks around it. Without a port it is `defaultPort`.
std::variant<ServerAddress, AddressFault> parseServerAddress(
        QStringView text, quint16 defaultPort = ServerAddress::defaultPort);

/// The address as it is typed, without the port where that is the default one.
QString toString(const ServerAddress &address);

} // namespace teahouse::client
