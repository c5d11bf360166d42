#pragma once

#include "server/dialects/linedialect.h"
#include "server/dialects/lineencoder.h"

#include <functional>

namespace teahouse::server {

/// What the doors show of the server.
struct DialectContext
{
    QString serverName;
    std::function<qint64()> now; ///< ms since 1970 UTC
};

/// The charsets a tea session may choose.
struct TeaEncoders
{
    LineEncoder utf8{"\r\n", Charset::Utf8};
    LineEncoder gbk{"\r\n", Charset::Gb18030};
};

/// The tea party: named people at a terminal. Lines end with CRLF; docs/protocol.md, "tea".
class TeaDialect : public LineDialect
{
public:
    TeaDialect(const DialectContext &context, const TeaEncoders &encoders);

    Output greeting() const override;
    Output reply(const Request &request, const Reply &reply) override;
    QByteArray farewell(const Closing &closing) const override;
    const EventEncoder &encoder() const override { return *m_encoder; }
    QString name() const override;

protected:
    Charset charset() const override;
    Request toRequest(const QString &line) const override;
    QByteArray toLine(const QString &text) const override;

private:
    QString refusal(const Request &request, const Error &error) const;
    QString answer(const Answer &answer);
    void choose(const CharsetChosen &chosen);

    const DialectContext &m_context;
    const TeaEncoders &m_encoders;
    const LineEncoder *m_encoder;
    bool m_chat = false;
};

} // namespace teahouse::server
