#include "server/core/netaddress.h"

#include <QtEndian>

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 mappedIpv4 = 0xffff'0000'0000; // ::ffff:0:0/96
constexpr int mappedBits = 96;

bool isIpv4(const NetAddress &address)
{
    return address.high == 0 && (address.low & ~quint64(0xffff'ffff)) == mappedIpv4;
}

/// The first `bits` of 64 are set.
quint64 mask(int bits)
{
    return bits <= 0 ? 0 : ~quint64(0) << (64 - std::min(bits, 64));
}

NetAddress masked(const NetAddress &address, int prefix)
{
    return {address.high & mask(prefix), address.low & mask(prefix - 64)};
}

std::optional<NetAddress> parseAddress(const QByteArray &text)
{
    quint8 bytes[16] = {};
    if (::inet_pton(AF_INET6, text.constData(), bytes) == 1)
        return netAddress(bytes);
    quint32 ipv4 = 0;
    if (::inet_pton(AF_INET, text.constData(), &ipv4) == 1)
        return NetAddress{0, mappedIpv4 | qFromBigEndian(ipv4)};
    return std::nullopt;
}

} // namespace

bool NetAddress::isLoopback() const
{
    return isIpv4(*this) ? (low & 0xff00'0000) == 0x7f00'0000 : high == 0 && low == 1;
}

bool Network::contains(const NetAddress &address) const
{
    return masked(address, prefix) == base;
}

NetAddress netAddress(const quint8 (&bytes)[16])
{
    return {qFromBigEndian<quint64>(bytes), qFromBigEndian<quint64>(bytes + 8)};
}

std::optional<Network> parseNetwork(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    const QString host = slash < 0 ? text : text.first(slash);
    // What has a NUL in it would be read up to there.
    if (host.contains(QChar(0)))
        return std::nullopt;
    const auto address = parseAddress(host.toUtf8());
    if (!address)
        return std::nullopt;
    const int before = isIpv4(*address) && host.contains(u'.') && !host.contains(u':') ? mappedBits
                                                                                       : 0;
    int prefix = 128;
    if (slash >= 0) {
        const QStringView digits = QStringView(text).mid(slash + 1);
        bool isNumber = false;
        const uint bits = digits.toUInt(&isNumber);
        const bool isPlain = std::all_of(digits.begin(), digits.end(),
                                         [](QChar c) { return c >= u'0' && c <= u'9'; });
        if (!isNumber || !isPlain || bits > uint(128 - before))
            return std::nullopt;
        prefix = before + static_cast<int>(bits);
    }
    return Network{masked(*address, prefix), prefix};
}

QString networkText(const Network &network)
{
    std::array<char, INET6_ADDRSTRLEN> text = {};
    const bool ipv4 = isIpv4(network.base) && network.prefix >= mappedBits;
    if (ipv4) {
        const quint32 bytes = qToBigEndian(static_cast<quint32>(network.base.low));
        ::inet_ntop(AF_INET, &bytes, text.data(), text.size());
    } else {
        const quint64 bytes[2] = {qToBigEndian(network.base.high), qToBigEndian(network.base.low)};
        ::inet_ntop(AF_INET6, bytes, text.data(), text.size());
    }
    const QString address = QString::fromLatin1(text.data());
    if (network.prefix == 128)
        return address;
    return u"%1/%2"_s.arg(address).arg(ipv4 ? network.prefix - mappedBits : network.prefix);
}

} // namespace teahouse::server
