#pragma once

#include "server/net/tlspair.h"
#include "shared/fingerprint.h"

#include <QString>

#include <variant>

namespace teahouse::server {

/// What this server is known by over TLS: the certificate and key that its owner has set, or a key
/// of its own making, which stays the same for as long as its file lives. A value.
class TlsIdentity
{
public:
    /// What `tls.certificate` and `tls.key` say; both empty: the server makes its own.
    struct Files
    {
        QString certificates;
        QString key;
    };

    /// Reads what is set, else what is in the data folder: `tls.key` and `tls.crt`, both 0600.
    /// Makes the key when neither is there, and the certificate when it alone is missing, at `now`
    /// (ms since 1970 UTC). Also while a server runs in the folder. A text: why not, and what
    /// helps.
    static std::variant<TlsIdentity, QString> load(const Files &set, const QString &folder,
                                                   qint64 now);

    /// The same for a server without a data folder: its own key is in no file, and another one at
    /// the next start.
    static std::variant<TlsIdentity, QString> load(const Files &set, qint64 now);

    /// Of the public key. A renewed certificate of the same key has the same.
    const Fingerprint &fingerprint() const { return m_fingerprint; }

    /// SHA-256 of the certificate in 64 small hex digits, for clients that pin that.
    QString certificateSha256() const { return m_certificateSha256; }

    /// Whether nobody but the key itself vouches for it.
    bool isSelfMade() const { return m_origin == Origin::SelfMade; }

    const TlsPair &pair() const { return m_pair; }

private:
    enum class Origin { Set, SelfMade };

    TlsIdentity(const TlsPair &pair, const Fingerprint &fingerprint, QString certificateSha256,
                Origin origin);

    static std::variant<TlsIdentity, QString> loadSet(const Files &set);
    static std::variant<TlsIdentity, QString> loadOwn(const QString &folder, qint64 now);
    static std::variant<TlsIdentity, QString> of(const TlsPair &pair, const Files &from,
                                                 Origin origin);

    TlsPair m_pair;
    Fingerprint m_fingerprint;
    QString m_certificateSha256;
    Origin m_origin;
};

} // namespace teahouse::server
