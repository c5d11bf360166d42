#include "server/core/addressmask.h"

#include <QMessageAuthenticationCode>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr auto letters = "abcdefghijkmnpqrstuvwxyz23456789"_L1; // 32, none like another
constexpr qsizetype tailLength = 4;

/// Roughly where: `203.0.113.x`, or `2001:db8:7::x` of IPv6's first 48 bits.
QString roughly(const Network &network)
{
    const QString text = networkText({network.base, 128});
    if (!text.contains(u':'))
        return text.left(text.lastIndexOf(u'.') + 1) + u'x';
    constexpr quint64 behind48 = 0xffff;
    const QString front = networkText({{network.base.high & ~behind48, 0}, 128});
    return front + u'x';
}

} // namespace

Network networkOf(const Source &source)
{
    constexpr int half = 64;
    const bool isCountedWider = source.counted.isKnown() && source.counted != source.address
            && !isNeighbour(source.counted);
    return isCountedWider ? Network{source.counted, half} : Network{source.address, 128};
}

QString AddressMask::token(const Network &network) const
{
    const QByteArray code = QMessageAuthenticationCode::hash(networkText(network).toLatin1(), m_key,
                                                             QCryptographicHash::Sha256);
    QString tail;
    for (const char byte : code.first(tailLength))
        tail += letters[static_cast<unsigned char>(byte) % letters.size()];
    return roughly(network) + u'~' + tail;
}

bool AddressMask::isToken(QStringView text)
{
    const qsizetype mark = text.size() - tailLength - 1;
    return mark > 1 && text.at(mark) == u'~' && text.at(mark - 1) == u'x';
}

} // namespace teahouse::server
