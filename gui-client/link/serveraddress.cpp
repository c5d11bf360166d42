#include "gui-client/link/serveraddress.h"

#include <QHostAddress>

#include <algorithm>
#include <optional>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

using Parsed = std::variant<ServerAddress, AddressFault>;

std::optional<quint16> portNumber(QStringView digits)
{
    const bool plain = !digits.isEmpty() && digits.size() <= 5
            && std::all_of(digits.begin(), digits.end(),
                           [](QChar c) { return c >= u'0' && c <= u'9'; });
    const uint number = plain ? digits.toUInt() : 0;
    if (number < 1 || number > 65535)
        return std::nullopt;
    return static_cast<quint16>(number);
}

bool isIpv6(QStringView host)
{
    return QHostAddress(host.toString()).protocol() == QAbstractSocket::IPv6Protocol;
}

bool isHost(QStringView host)
{
    return !host.isEmpty() && std::none_of(host.begin(), host.end(), [](QChar c) {
        return c.isSpace() || c == u'[' || c == u']' || c == u'/' || c == u'@';
    });
}

Parsed withPort(QStringView host, QStringView digits)
{
    const std::optional<quint16> port = portNumber(digits);
    if (!port)
        return AddressFault::BadPort;
    return ServerAddress{host.toString(), *port};
}

Parsed parseBracketed(QStringView text, quint16 defaultPort)
{
    const qsizetype end = text.indexOf(u']');
    const QStringView host = end > 0 ? text.mid(1, end - 1) : QStringView();
    if (!isIpv6(host))
        return AddressFault::BadHost;
    const QStringView rest = text.mid(end + 1);
    if (rest.isEmpty())
        return ServerAddress{host.toString(), defaultPort};
    return rest.front() == u':' ? withPort(host, rest.mid(1)) : Parsed(AddressFault::BadHost);
}

} // namespace

Parsed parseServerAddress(QStringView text, quint16 defaultPort)
{
    text = text.trimmed();
    if (text.isEmpty())
        return AddressFault::Empty;
    if (text.front() == u'[')
        return parseBracketed(text, defaultPort);
    if (isIpv6(text))
        return ServerAddress{text.toString(), defaultPort};
    const qsizetype colon = text.indexOf(u':');
    const QStringView host = colon < 0 ? text : text.left(colon);
    if (!isHost(host))
        return AddressFault::BadHost;
    return colon < 0 ? ServerAddress{host.toString(), defaultPort}
                     : withPort(host, text.mid(colon + 1));
}

QString toString(const ServerAddress &address)
{
    const bool ipv6 = address.host.contains(u':');
    const QString host = ipv6 ? u'[' + address.host + u']' : address.host;
    if (address.port == ServerAddress::defaultPort)
        return ipv6 ? address.host : host;
    return host + u':' + QString::number(address.port);
}

} // namespace teahouse::client
