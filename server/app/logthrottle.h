#pragma once

#include <QtGlobal>

namespace teahouse::server {

/// How many lines of log there may be, whatever causes them: a burst, then so many a second.
/// What matters most gets through always. Pure: times are those of a steady clock, in ms.
class LogThrottle
{
public:
    static constexpr int burst = 1000;
    static constexpr int perSecond = 100;

    /// Whether a line may be written now; one that may not be is counted.
    bool mayWrite(QtMsgType type, qint64 now);

    /// How many lines were left out since this was asked last.
    int takeLeftOut();
    /// Lines that were allowed could not be written after all.
    void countLost(int lines = 1) { m_leftOut += lines; }

private:
    double m_tokens = burst;
    qint64 m_since = 0;
    int m_leftOut = 0;
};

} // namespace teahouse::server
