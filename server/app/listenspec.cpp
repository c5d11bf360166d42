#include "server/app/listenspec.h"

#include "server/dialects/dialectregistry.h"

#include <QHostAddress>

#include <optional>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr auto encrypted = "+tls"_L1;

/// What is wrong with a dialect's name, if anything.
std::optional<QString> dialectProblem(const QString &dialect)
{
    if (DialectRegistry::knows(dialect))
        return std::nullopt;
    return u"there is no dialect \"%1\": the dialects are %2, each also with \"+tls\" behind it"_s
            .arg(dialect, DialectRegistry::names().join(", "_L1));
}

/// The host without its brackets; nothing when it cannot be one.
std::optional<QString> parseHost(const QString &host)
{
    if (host.startsWith(u'[') && host.endsWith(u']')) {
        const QString address = host.sliced(1, host.size() - 2);
        return QHostAddress(address).protocol() == QAbstractSocket::IPv6Protocol
                ? std::optional(address)
                : std::nullopt;
    }
    const bool forbidden = host.contains(u':') || host.contains(u'[') || host.contains(u']')
            || host.contains(u' ');
    return forbidden ? std::nullopt : std::optional(host);
}

std::optional<quint16> parsePort(const QString &text)
{
    bool isNumber = false;
    const quint16 port = text.toUShort(&isNumber);
    return isNumber ? std::optional(port) : std::nullopt;
}

} // namespace

std::variant<ListenSpec, UsageError> parseListenSpec(const QString &text)
{
    const auto refused = [&](const QString &why) {
        return UsageError{u"Cannot listen on \"%1\": %2."_s.arg(text, why)};
    };
    const qsizetype first = text.indexOf(u':');
    const qsizetype last = text.lastIndexOf(u':');
    if (first == last)
        return refused(u"write DIALECT:HOST:PORT, for example front:127.0.0.1:5005, or "
                       "front::5005 for all addresses"_s);
    const QString dialect = text.first(first);
    if (const auto problem = dialectProblem(ListenSpec{dialect, {}}.spoken()))
        return refused(*problem);
    const auto port = parsePort(text.sliced(last + 1));
    if (!port)
        return refused(u"the port is a number from 0 to 65535, 0 lets the system choose"_s);
    const auto host = parseHost(text.sliced(first + 1, last - first - 1));
    if (!host)
        return refused(u"a host is a name or an address, an IPv6 address stands in brackets, for "
                       "example front:[::1]:5005"_s);
    return ListenSpec{dialect, *host, *port};
}

QString ListenSpec::spoken() const
{
    return isEncrypted() ? dialect.chopped(encrypted.size()) : dialect;
}

bool ListenSpec::isEncrypted() const
{
    return dialect.endsWith(encrypted);
}

bool ListenSpec::takesTls() const
{
    return isEncrypted() || dialect == "front"_L1;
}

QString printedHost(const QString &host)
{
    if (host.isEmpty())
        return u"*"_s;
    return host.contains(u':') ? u"[%1]"_s.arg(host) : host;
}

} // namespace teahouse::server
