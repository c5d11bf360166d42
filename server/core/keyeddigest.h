#pragma once

#include <QByteArray>
#include <QHash>

namespace teahouse::server {

/// A text of any length in 128 bits, which only the holder of the key can work out.
struct Digest
{
    quint64 high = 0;
    quint64 low = 0;

    bool operator==(const Digest &) const = default;
    auto operator<=>(const Digest &) const = default;
};

inline size_t qHash(const Digest &digest, size_t seed = 0)
{
    return qHashMulti(seed, digest.high, digest.low);
}

/// The 16 bytes of a digest, most significant first, and back; any other number of bytes is none.
QByteArray digestBytes(const Digest &digest);
Digest digestFrom(const QByteArray &bytes);

/// Makes digests: HMAC-SHA-256 (RFC 2104), cut to 128 bits. Tables that are indexed by what
/// strangers send hold these, so that an entry has one size and nobody can aim at another's.
class KeyedDigest
{
public:
    explicit KeyedDigest(QByteArray key) : m_key(std::move(key)) { }

    Digest of(const QByteArray &text) const;

private:
    QByteArray m_key;
};

} // namespace teahouse::server
