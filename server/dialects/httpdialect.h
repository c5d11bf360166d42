#pragma once

#include "server/dialects/dialect.h"
#include "server/dialects/httprequest.h"
#include "server/dialects/joinpage.h"

#include <functional>

namespace teahouse::server {

/// http: a small, strict part of HTTP/1.1 (RFC 9110, RFC 9112). `GET /` and `HEAD /` are answered
/// with one page, all else with a refusal, and then the connection is closed: what stands behind a
/// head is never looked at. Enters no room.
///
/// `Host` has to be an address or a name that means this network: a page of somebody else's, whose
/// name was made to point here, gets nothing (DNS rebinding).
class HttpDialect : public Dialect
{
public:
    static constexpr qsizetype mostBytes = 8 * 1024;    ///< of a head
    static constexpr int mostLines = 64;                ///< of a head, the request line among them
    static constexpr std::chrono::seconds patience{10}; ///< in which a head has to be whole

    /// `site` outlives the dialect; `now` is ms since 1970 UTC.
    HttpDialect(const HttpSite &site, std::function<qint64()> now, const EventEncoder &encoder);

    std::chrono::milliseconds deadline() const override { return patience; }
    Output greeting() const override { return {}; }
    void feed(QByteArrayView bytes) override;
    Decoded next() override;
    Output reply(const Request &, const Reply &) override { return {}; }
    QByteArray farewell(const Closing &closing) const override;
    const EventEncoder &encoder() const override { return m_encoder; }
    QString name() const override { return QStringLiteral("http"); }
    Form form() const override { return Form::Line; }

private:
    std::optional<HttpStatus> look();

    const HttpSite &m_site;
    std::function<qint64()> m_now;
    const EventEncoder &m_encoder;
    QByteArray m_head;
    qsizetype m_looked = 0; ///< bytes of it that were looked at
    int m_lines = 0;        ///< whole ones among them
    qsizetype m_lineStart = 0;
    bool m_isAnswered = false;
};

} // namespace teahouse::server
