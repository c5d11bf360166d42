#pragma once

#include "server/dialects/dialect.h"

#include "shared/framereader.h"

namespace teahouse::server {

/// Events as JSON lines.
class NativeEncoder : public EventEncoder
{
public:
    QByteArray encode(const Event &event, Side side) const override;
    bool sidesDiffer(const Event &event) const override;
    QByteArray encodeOwn(const Event &event, QByteArrayView other) const override;
};

/// What programs and the desktop client speak: one JSON object a line. docs/protocol.md, "native".
class NativeDialect : public Dialect
{
public:
    explicit NativeDialect(const NativeEncoder &encoder);

    Output greeting() const override { return {}; }
    void feed(QByteArrayView bytes) override { m_reader.append(bytes); }
    Decoded next() override;
    Output reply(const Request &request, const Reply &reply) override;
    QByteArray farewell(const Closing &closing) const override;
    const EventEncoder &encoder() const override { return m_encoder; }
    QString name() const override;
    Form form() const override { return Form::Object; }

private:
    const NativeEncoder &m_encoder;
    FrameReader m_reader;
};

} // namespace teahouse::server
