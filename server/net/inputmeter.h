#pragma once

#include "server/commands/floodsettings.h"
#include "server/commands/tokenbucket.h"

namespace teahouse::server {

/// Counts all that comes in from one connection: frames of any kind, blank, broken and skipped
/// ones too, and bytes, telnet's own too. What requests cost besides is the RequestQueue's. Pure:
/// times are those of a steady clock, in ms.
class InputMeter
{
public:
    explicit InputMeter(const FloodSettings &settings);

    void countFrame(qint64 now) { m_frames.charge(1, now); }
    void countBytes(qsizetype bytes, qint64 now);

    /// Milliseconds until more may be taken in; 0: now.
    qint64 wait(qint64 now) const;

private:
    TokenBucket m_frames;
    TokenBucket m_kibibytes;
};

} // namespace teahouse::server
