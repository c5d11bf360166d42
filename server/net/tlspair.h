#pragma once

#include "server/net/openssl.h"

#include <QByteArray>
#include <QString>

#include <variant>
#include <vector>

namespace teahouse::server {

/// What a server shows who it is with, in PEM (RFC 7468).
struct TlsPair
{
    QByteArray certificates; ///< the server's own, then those that vouch for it
    QByteArray key;          ///< without a passphrase

    bool operator==(const TlsPair &) const = default;
};

/// The private key in a PEM text. A text: what is wrong with it, to be put behind the file's name.
std::variant<openssl::Key, QString> readKey(const QByteArray &pem);

/// The certificates in a PEM text, one at least. A text: as with readKey().
std::variant<std::vector<openssl::Certificate>, QString> readCertificates(const QByteArray &pem);

/// What OpenSSL has to say of its last failure; takes it out of the queue.
QString takeOpensslError();

} // namespace teahouse::server
