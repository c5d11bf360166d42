#include "server/core/keyeddigest.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>

namespace teahouse::server {

namespace {

constexpr qsizetype half = sizeof(quint64);

} // namespace

QByteArray digestBytes(const Digest &digest)
{
    QByteArray bytes(2 * half, Qt::Uninitialized);
    qToBigEndian(digest.high, bytes.data());
    qToBigEndian(digest.low, bytes.data() + half);
    return bytes;
}

Digest digestFrom(const QByteArray &bytes)
{
    if (bytes.size() != 2 * half)
        return {};
    return {qFromBigEndian<quint64>(bytes.constData()),
            qFromBigEndian<quint64>(bytes.constData() + half)};
}

Digest KeyedDigest::of(const QByteArray &text) const
{
    const QByteArray code = QMessageAuthenticationCode::hash(text, m_key,
                                                             QCryptographicHash::Sha256);
    return digestFrom(code.first(2 * half));
}

} // namespace teahouse::server
