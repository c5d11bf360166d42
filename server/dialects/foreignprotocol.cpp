#include "server/dialects/foreignprotocol.h"

#include <algorithm>

namespace teahouse::server {

namespace {

/// RFC 8446, 5.1: a handshake record, version 3.x.
bool isTlsHello(QByteArrayView bytes)
{
    return bytes.size() >= 2 && bytes[0] == '\x16' && bytes[1] == '\x03';
}

/// RFC 9112, 3: method SP target SP "HTTP/" version.
bool isHttpRequest(QByteArrayView bytes)
{
    const QByteArrayView line = bytes.first(std::max<qsizetype>(bytes.indexOf('\n'), 0));
    const qsizetype method = line.indexOf(' ');
    const qsizetype version = line.lastIndexOf(" HTTP/");
    return method > 0 && version > method
            && std::all_of(line.begin(), line.begin() + method,
                           [](char c) { return c >= 'A' && c <= 'Z'; });
}

} // namespace

std::optional<QByteArrayView> foreignGreeting(QByteArrayView firstBytes)
{
    if (isTlsHello(firstBytes))
        return "This port does not speak TLS: connect in plain text.";
    if (isHttpRequest(firstBytes))
        return "This is a chat server, not a web server: use telnet or the Teahouse client.";
    return std::nullopt;
}

} // namespace teahouse::server
