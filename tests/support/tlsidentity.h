#pragma once

#include "shared/fingerprint.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QString>

namespace teahouse::test {

/// A server's key and the certificate that goes with it.
struct TlsIdentity
{
    QSslKey key;
    QSslCertificate certificate;
    Fingerprint fingerprint; ///< as the openssl program computes it
};

/// Makes a new one by the openssl program: ECDSA P-256, signed by itself, for the names in
/// `altNames` (as in `IP:127.0.0.1`). Ends the test run where that cannot be done.
TlsIdentity makeIdentity(const QString &altNames = QStringLiteral("DNS:teahouse"));

} // namespace teahouse::test
