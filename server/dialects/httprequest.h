#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringList>

namespace teahouse::server {

/// What an HTTP request is answered with: a status code of RFC 9110.
enum class HttpStatus {
    Ok = 200,
    BadRequest = 400,
    NotFound = 404,
    MethodNotAllowed = 405,
    Timeout = 408,
    ContentTooLarge = 413,
    Misdirected = 421,
    HeadTooLarge = 431,
    Unavailable = 503,
    VersionUnknown = 505,
};

/// Whether the line, without its end, can begin a request (RFC 9112, 3). Errors: BadRequest,
/// VersionUnknown.
HttpStatus checkRequestLine(QByteArrayView line);

/// What a whole head, up to its blank line, asks for and is answered with. `hostNames` are names of
/// this host besides those that mean a LAN.
HttpStatus judgeHead(QByteArrayView head, const QStringList &hostNames);

/// Whether a `Host` names this server: an address, a single label, a name that no public DNS
/// gives (`.local`, RFC 6762; `.home.arpa`, RFC 8375; `.internal`; `.lan`) or one of these.
bool isOwnHost(QByteArrayView host, const QStringList &hostNames);

} // namespace teahouse::server
