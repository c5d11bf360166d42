#pragma once

#include "gui-client/link/originals/framedcodec.h"

namespace teahouse::client {

/// Frames ended by NUL, to everybody, one's own too: `('HOST', PORT): TEXT`.
class NulCodec : public FramedCodec
{
public:
    NulCodec();

    HeardList opened() override { return {heard::Ready{}}; }
    QByteArray say(const QString &frame) const override;

protected:
    void takeFrame(const QString &text, HeardList &heard) override;
};

} // namespace teahouse::client
