#include "server/dialects/httpdialect.h"

#include "server/dialects/httprequest.h"

#include <QDateTime>
#include <QLocale>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// The reason phrase, and what a person reads who did not expect it.
struct Words
{
    QByteArrayView phrase;
    QByteArrayView text;
};

Words wordsOf(HttpStatus status)
{
    switch (status) {
    case HttpStatus::Ok:
        return {"OK", ""};
    case HttpStatus::NotFound:
        return {"Not Found", "There is only one page here: /"};
    case HttpStatus::MethodNotAllowed:
        return {"Method Not Allowed", "This server answers GET and HEAD."};
    case HttpStatus::Timeout:
        return {"Request Timeout", "The request took too long."};
    case HttpStatus::ContentTooLarge:
        return {"Content Too Large", "This server takes no request with a body."};
    case HttpStatus::Misdirected:
        return {"Misdirected Request",
                "This server does not know that name. Use its address, or have its administrator "
                "set server.host."};
    case HttpStatus::HeadTooLarge:
        return {"Request Header Fields Too Large", "The request has too many or too long fields."};
    case HttpStatus::Unavailable:
        return {"Service Unavailable", "The server is full or stopping. Try again later."};
    case HttpStatus::VersionUnknown:
        return {"HTTP Version Not Supported", "This server speaks HTTP/1.1."};
    case HttpStatus::BadRequest:
        break;
    }
    return {"Bad Request", "This is not a request that the server understands."};
}

/// RFC 9110, 5.6.7.
QByteArray dateText(qint64 now)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(now, Qt::UTC);
    return QLocale::c().toString(time, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1();
}

QByteArray response(HttpStatus status, const QByteArray &page, qint64 now)
{
    const Words words = wordsOf(status);
    const bool isPage = status == HttpStatus::Ok;
    const QByteArray body = isPage ? page : words.text.toByteArray() + '\n';
    QByteArray text = "HTTP/1.1 " + QByteArray::number(static_cast<int>(status)) + ' '
            + words.phrase.toByteArray() + "\r\n";
    text += "Date: " + dateText(now) + "\r\n";
    text += isPage ? "Content-Type: text/html; charset=utf-8\r\n"
                   : "Content-Type: text/plain; charset=utf-8\r\n";
    text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    if (status == HttpStatus::MethodNotAllowed)
        text += "Allow: GET, HEAD\r\n";
    text += "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Referrer-Policy: no-referrer\r\n"
            "Cache-Control: no-store\r\n"
            "Connection: close\r\n"
            "\r\n";
    return text + body;
}

} // namespace

HttpDialect::HttpDialect(const HttpSite &site, std::function<qint64()> now,
                         const EventEncoder &encoder)
    : m_site(site), m_now(std::move(now)), m_encoder(encoder)
{
}

void HttpDialect::feed(QByteArrayView bytes)
{
    // What is behind the longest head would not be looked at.
    if (!m_isAnswered)
        m_head.append(bytes.first(std::min(bytes.size(), mostBytes + 1 - m_head.size())));
}

Decoded HttpDialect::next()
{
    const auto status = look();
    if (!status || m_isAnswered)
        return NeedMore{};
    m_isAnswered = true;
    QByteArray answer = response(*status, m_site.page, m_now());
    if (m_head.startsWith("HEAD ")) // RFC 9110, 9.3.2
        answer.truncate(answer.indexOf("\r\n\r\n") + 4);
    m_head.clear();
    return Answered{answer};
}

/// What the request is answered with; nothing while that is open.
std::optional<HttpStatus> HttpDialect::look()
{
    for (; m_looked < m_head.size(); ++m_looked) {
        if (m_looked >= mostBytes)
            return HttpStatus::HeadTooLarge;
        const char before = m_looked == 0 ? '\0' : m_head[m_looked - 1];
        const bool endsLine = m_head[m_looked] == '\n';
        if (m_looked > 0 && (before == '\r') != endsLine)
            return HttpStatus::BadRequest; // a bare CR, or LF
        if (!endsLine)
            continue;
        if (m_looked == 0)
            return HttpStatus::BadRequest;
        const QByteArrayView line = QByteArrayView(m_head).sliced(m_lineStart,
                                                                  m_looked - 1 - m_lineStart);
        m_lineStart = m_looked + 1;
        if (m_lines == 0) {
            // A request of HTTP/0.9 has no other line.
            if (const HttpStatus fault = checkRequestLine(line); fault != HttpStatus::Ok)
                return fault;
        } else if (line.isEmpty()) {
            return judgeHead(QByteArrayView(m_head).first(m_looked + 1), m_site.hostNames);
        }
        if (++m_lines > mostLines)
            return HttpStatus::HeadTooLarge;
    }
    return std::nullopt;
}

QByteArray HttpDialect::farewell(const Closing &closing) const
{
    if (m_isAnswered)
        return {};
    const bool isSlow = closing.code == ClosingCode::Timeout;
    return response(isSlow ? HttpStatus::Timeout : HttpStatus::Unavailable, {}, m_now());
}

} // namespace teahouse::server
