#include "server/dialects/httprequest.h"

#include <QString>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

// RFC 9112:
//   head         = request-line CRLF *( field-line CRLF ) CRLF
//   request-line = method SP request-target SP HTTP-version
//   field-line   = field-name ":" OWS field-value OWS
// Of it: no obs-fold, no bare CR or LF, no blank before ":", no field twice that may stand once.

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// RFC 9110, 5.6.2.
bool isToken(QByteArrayView text)
{
    constexpr QByteArrayView marks("!#$%&'*+-.^_`|~");
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return isDigit(c) || isLetter(c) || marks.contains(c);
    });
}

bool isVisible(char c)
{
    return c > ' ' && c < 127;
}

struct RequestLine
{
    QByteArrayView method;
    QByteArrayView target;
    QByteArrayView version;
};

std::optional<RequestLine> splitRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first < 0 || first == last)
        return std::nullopt;
    return RequestLine{line.first(first), line.sliced(first + 1, last - first - 1),
                       line.sliced(last + 1)};
}

/// Cuts the line off that the text begins with.
QByteArrayView takeLine(QByteArrayView &text)
{
    const qsizetype end = std::min(text.indexOf("\r\n"), text.size());
    const QByteArrayView line = text.first(end < 0 ? text.size() : end);
    text = text.sliced(std::min(line.size() + 2, text.size()));
    return line;
}

/// What of the fields counts.
struct Fields
{
    std::optional<QByteArrayView> host;
    bool hasBody = false;
};

/// Takes a field line in; false: it is none, or may stand once only.
bool addField(Fields &fields, QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon < 0 || !isToken(line.first(colon)))
        return false;
    if (std::any_of(line.begin(), line.end(), [](char c) {
            return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == 127;
        }))
        return false;
    const QByteArrayView value = line.sliced(colon + 1).trimmed();
    const QByteArray name = line.first(colon).toByteArray().toLower();
    if (name == "host")
        return !std::exchange(fields.host, value).has_value();
    if (name == "content-length") {
        if (value.isEmpty() || !std::all_of(value.begin(), value.end(), isDigit))
            return false;
        fields.hasBody = fields.hasBody || value.toByteArray().count('0') != value.size();
    }
    fields.hasBody = fields.hasBody || name == "transfer-encoding";
    return true;
}

/// The path that the target asks for, and in `host` the host that stands there instead of in the
/// field (RFC 9112, 3.2.2).
QByteArrayView pathOf(QByteArrayView target, std::optional<QByteArrayView> &host)
{
    constexpr QByteArrayView scheme("http://");
    const bool isAbsolute = target.size() > scheme.size()
            && target.first(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0;
    if (!isAbsolute)
        return target;
    const QByteArrayView rest = target.sliced(scheme.size());
    const qsizetype slash = rest.indexOf('/');
    host = slash < 0 ? rest : rest.first(slash);
    return slash < 0 ? QByteArrayView("/") : rest.sliced(slash);
}

/// A part of an address of IPv4: 0 to 255.
bool isOctet(const QByteArray &text)
{
    return !text.isEmpty() && text.size() <= 3 && std::all_of(text.begin(), text.end(), isDigit)
            && text.toInt() <= std::numeric_limits<quint8>::max();
}

bool isAddress4(QByteArrayView host)
{
    const QList<QByteArray> parts = host.toByteArray().split('.');
    constexpr int octets = 4;
    return parts.size() == octets && std::all_of(parts.begin(), parts.end(), isOctet);
}

/// Between the brackets nothing but an address of IPv6 can stand (RFC 3986, 3.2.2).
bool isAddress6(QByteArrayView text)
{
    return text.contains(':') && std::all_of(text.begin(), text.end(), [](char c) {
               return isDigit(c) || isLetter(c) || c == ':' || c == '.' || c == '%';
           });
}

bool isPort(QByteArrayView text)
{
    constexpr qsizetype longest = 5;
    return text.size() <= longest && std::all_of(text.begin(), text.end(), isDigit);
}

} // namespace

HttpStatus checkRequestLine(QByteArrayView line)
{
    const auto parts = splitRequestLine(line);
    if (!parts || !isToken(parts->method) || parts->target.isEmpty()
        || !std::all_of(parts->target.begin(), parts->target.end(), isVisible))
        return HttpStatus::BadRequest;
    constexpr QByteArrayView name("HTTP/");
    constexpr qsizetype whole = 8; // HTTP/1.1
    const QByteArrayView version = parts->version;
    if (version.size() != whole || !version.startsWith(name) || !isDigit(version[5])
        || version[6] != '.' || !isDigit(version[7]))
        return HttpStatus::BadRequest;
    return version[5] == '1' ? HttpStatus::Ok : HttpStatus::VersionUnknown;
}

HttpStatus judgeHead(QByteArrayView head, const QStringList &hostNames)
{
    const QByteArrayView line = takeLine(head);
    if (const HttpStatus status = checkRequestLine(line); status != HttpStatus::Ok)
        return status;
    Fields fields;
    while (!head.isEmpty()) {
        const QByteArrayView field = takeLine(head);
        if (!field.isEmpty() && !addField(fields, field))
            return HttpStatus::BadRequest;
    }
    if (!fields.host)
        return HttpStatus::BadRequest;
    const RequestLine request = *splitRequestLine(line);
    std::optional<QByteArrayView> named;
    const QByteArrayView path = pathOf(request.target, named);
    if (!isOwnHost(*fields.host, hostNames) || (named && !isOwnHost(*named, hostNames)))
        return HttpStatus::Misdirected;
    if (request.method != "GET" && request.method != "HEAD")
        return HttpStatus::MethodNotAllowed;
    if (fields.hasBody)
        return HttpStatus::ContentTooLarge;
    return path == "/" ? HttpStatus::Ok : HttpStatus::NotFound;
}

bool isOwnHost(QByteArrayView host, const QStringList &hostNames)
{
    if (host.startsWith('[')) {
        const qsizetype end = host.indexOf(']');
        if (end < 0 || !isAddress6(host.sliced(1, end - 1)))
            return false;
        const QByteArrayView port = host.sliced(end + 1);
        return port.isEmpty() || (port.startsWith(':') && isPort(port.sliced(1)));
    }
    if (const qsizetype colon = host.indexOf(':'); colon >= 0) {
        if (!isPort(host.sliced(colon + 1)))
            return false;
        host = host.first(colon);
    }
    if (host.endsWith('.'))
        host.chop(1);
    const bool isName = !host.isEmpty() && std::all_of(host.begin(), host.end(), [](char c) {
        return isDigit(c) || isLetter(c) || c == '-' || c == '.' || c == '_';
    });
    if (!isName)
        return false;
    const QString name = QString::fromLatin1(host).toLower();
    constexpr std::array local = {".local"_L1, ".lan"_L1, ".home.arpa"_L1, ".internal"_L1};
    return !name.contains(u'.') || isAddress4(host) || hostNames.contains(name, Qt::CaseInsensitive)
            || std::any_of(local.begin(), local.end(),
                           [&](QLatin1StringView suffix) { return name.endsWith(suffix); });
}

} // namespace teahouse::server
