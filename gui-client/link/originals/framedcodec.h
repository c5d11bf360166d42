#pragma once

#include "gui-client/link/originals/originalcodec.h"
#include "shared/framereader.h"

namespace teahouse::client {

/// What the protocols of frames have in common: cutting the bytes, with their bounds. A frame that
/// is too long is shown as an ellipsis.
class FramedCodec : public OriginalCodec
{
public:
    explicit FramedCodec(char delimiter = '\n');

    HeardList take(QByteArrayView bytes) override;

protected:
    /// One frame; what it means is added to `heard`.
    virtual void takeFrame(const QString &text, HeardList &heard) = 0;

private:
    FrameReader m_reader;
    bool m_isLines; ///< a frame is one line
    bool m_hopeless = false;
};

} // namespace teahouse::client
