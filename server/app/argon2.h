#pragma once

#include <QByteArray>
#include <QString>

namespace teahouse::server {

/// What making one hash costs.
struct HashCost
{
    unsigned long long operations = 0;
    size_t memory = 0; ///< bytes

    /// libsodium's "interactive" limits: 64 MiB and about 0.1 s.
    static HashCost interactive();
    /// The least there is, for tests.
    static HashCost least();
};

/// A hash by argon2id (RFC 9106) with a salt of its own; empty when there is no memory for it.
QByteArray hashPassword(const QString &password, const HashCost &cost);

/// Whether the hash is one of the password. An empty one is compared all the same, with a hash
/// made at that cost that nobody knows the password of, and is never right.
bool verifyPassword(const QString &password, const QByteArray &hash, const HashCost &cost);

} // namespace teahouse::server
