#pragma once

#include "gui-client/link/originals/framedcodec.h"

namespace teahouse::client {

/// Lines to the others, with joins; everybody is in from the first line on:
///
///     LINE = "You're connected ..." | "[" HOST ":" PORT "] " TEXT
///          | "Client joined " HOST ":" PORT | "Client left " HOST ":" PORT | anything else
class GuestCodec : public FramedCodec
{
public:
    HeardList quiet() override;
    bool isUnsettled() const override { return !m_greeted; }

    QByteArray say(const QString &frame) const override;

protected:
    void takeFrame(const QString &line, HeardList &heard) override;

private:
    bool m_greeted = false;
};

} // namespace teahouse::client
