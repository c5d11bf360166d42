#pragma once

#include "server/dialects/dialect.h"

#include "shared/framereader.h"

namespace teahouse::server {

/// echo and echo-addr: one NUL-framed text is sent back, byte for byte, and that was all. Enters
/// no room.
class EchoDialect : public Dialect
{
public:
    /// `prefix` stands before what is sent back, the sender's address for instance.
    EchoDialect(const QString &name, const QString &prefix, const EventEncoder &encoder);

    Output greeting() const override { return {}; }
    void feed(QByteArrayView bytes) override { m_reader.append(bytes); }
    Decoded next() override;
    Output reply(const Request &, const Reply &) override { return {}; }
    QByteArray farewell(const Closing &) const override { return {}; }
    const EventEncoder &encoder() const override { return m_encoder; }
    QString name() const override { return m_name; }
    Form form() const override { return Form::Line; }

private:
    QString m_name;
    QString m_prefix;
    const EventEncoder &m_encoder;
    FrameReader m_reader;
};

} // namespace teahouse::server
