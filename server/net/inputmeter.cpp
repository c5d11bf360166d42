#include "server/net/inputmeter.h"

#include <algorithm>

namespace teahouse::server {

InputMeter::InputMeter(const FloodSettings &settings)
    : m_frames(settings.frames.burst, settings.frames.perSecond),
      m_kibibytes(settings.kibibytes.burst, settings.kibibytes.perSecond)
{
}

void InputMeter::countBytes(qsizetype bytes, qint64 now)
{
    m_kibibytes.charge(static_cast<double>(bytes) / 1024, now);
}

qint64 InputMeter::wait(qint64 now) const
{
    return std::max(m_frames.wait(now), m_kibibytes.wait(now));
}

} // namespace teahouse::server
