#pragma once

#include "server/dialects/linedialect.h"
#include "server/dialects/lineencoder.h"
#include "server/dialects/telnetfilter.h"

namespace teahouse::server {

/// The same tea party in the words that the tutorial's wx client waits for: it compares single
/// reads with exact bytes, so each status goes out alone. docs/protocol.md, "wx".
class WxDialect : public LineDialect
{
public:
    explicit WxDialect(const LineEncoder &encoder);

    Output greeting() const override;
    void feed(QByteArrayView bytes) override;
    Output reply(const Request &request, const Reply &reply) override;
    QByteArray farewell(const Closing &closing) const override;
    const EventEncoder &encoder() const override { return m_encoder; }
    QString name() const override;

protected:
    Request toRequest(const QString &line) const override;
    QByteArray toLine(const QString &text) const override;

private:
    Output refusal(const Request &request, const Error &error) const;

    const LineEncoder &m_encoder;
    TelnetFilter m_filter;
};

} // namespace teahouse::server
