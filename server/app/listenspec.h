#pragma once

#include <QString>

#include <variant>

namespace teahouse::server {

/// A door to be opened: which dialect, and where.
struct ListenSpec
{
    QString dialect;  ///< with `+tls` behind it: encrypted from the first byte
    QString host;     ///< without brackets; empty: all addresses, IPv4 and IPv6
    quint16 port = 0; ///< 0: the system chooses

    bool operator==(const ListenSpec &) const = default;

    /// The dialect without `+tls`.
    QString spoken() const;
    /// Whether it takes nothing but TLS.
    bool isEncrypted() const;
    /// Whether it takes TLS at all.
    bool takesTls() const;
};

/// Why something on the command line does not work, with the remedy, in one sentence.
struct UsageError
{
    QString text;
};

/// Reads `DIALECT:HOST:PORT` or `DIALECT+tls:HOST:PORT`; IPv6 addresses stand in brackets.
std::variant<ListenSpec, UsageError> parseListenSpec(const QString &text);

/// HOST as it is printed: `*` for all addresses, brackets around IPv6.
QString printedHost(const QString &host);

} // namespace teahouse::server
