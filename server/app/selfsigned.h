#pragma once

#include <QByteArray>

namespace teahouse::server {

/// A new ECDSA key on the curve P-256, in PEM (PKCS#8). Empty: OpenSSL could not.
QByteArray makeKey();

/// A certificate that vouches for the key's owner by nothing but the key, for ten years from the
/// day before `now` (ms since 1970 UTC; clocks differ), in PEM. Empty: `key` is no private key in
/// PEM, or OpenSSL could not.
QByteArray makeCertificate(const QByteArray &key, qint64 now);

} // namespace teahouse::server
