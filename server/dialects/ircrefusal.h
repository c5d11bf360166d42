#pragma once

#include "server/dialects/dialect.h"

namespace teahouse::server {

/// Answers an IRC client that this server does not speak IRC, in the words that such a client shows
/// (RFC 2812, 3.7.4), and that was all. Enters no room.
class IrcRefusal : public Dialect
{
public:
    explicit IrcRefusal(const EventEncoder &encoder) : m_encoder(encoder) { }

    Output greeting() const override { return {}; }
    void feed(QByteArrayView) override { }
    Decoded next() override;
    Output reply(const Request &, const Reply &) override { return {}; }
    QByteArray farewell(const Closing &closing) const override;
    const EventEncoder &encoder() const override { return m_encoder; }
    QString name() const override;
    Form form() const override { return Form::Line; }

private:
    const EventEncoder &m_encoder;
};

} // namespace teahouse::server
