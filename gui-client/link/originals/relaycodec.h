#pragma once

#include "gui-client/link/originals/originalcodec.h"

#include <QByteArray>

namespace teahouse::client {

/// Lines to the others, as the first select relay writes them over people's terminals:
///
///     STREAM = *(SPEECH | COMING | GOING | LINE)
///     SPEECH = CR "<('HOST', PORT)> " TEXT LF
///     COMING = "[HOST:PORT] entered room" LF
///     GOING  = "Client (HOST,PORT) is offline"     with no end of its own
///     LINE   = anything else LF
class RelayCodec : public OriginalCodec
{
public:
    HeardList opened() override { return {heard::Ready{}}; }
    HeardList take(QByteArrayView bytes) override;
    QByteArray say(const QString &frame) const override;

private:
    enum class Taken { Nothing, Something };

    Taken takeGoing(HeardList &heard);
    Taken takeLine(HeardList &heard);
    void takeLongLine(HeardList &heard);

    QByteArray m_buffer;
    qsizetype m_scanned = 0; ///< no LF before here
    qsizetype m_skipped = 0; ///< bytes of a line that is too long
};

} // namespace teahouse::client
