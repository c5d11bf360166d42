#pragma once

#include "gui-client/link/originals/framedcodec.h"

namespace teahouse::client {

/// Lines to everybody, one's own too, without a word about whose they are. The first one is the
/// server's greeting.
class LineCodec : public FramedCodec
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
