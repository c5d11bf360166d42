#include "server/core/clocktrust.h"

#include "shared/limits.h"

#include <chrono>
#include <cmath>

namespace teahouse::server {

namespace {

constexpr qint64 leap = std::chrono::milliseconds(limits::clockLeap).count();
constexpr qint64 longEnough = std::chrono::milliseconds(limits::clockSteady).count();

bool isFar(qint64 a, qint64 b)
{
    return std::abs(a - b) > leap;
}

} // namespace

ClockTrust::ClockTrust(const ClockState &stored, qint64 utc, qint64 steady)
    : m_state(stored), m_utc(utc), m_steady(steady)
{
    if (m_state.believed == 0) // there is nothing yet that could expire
        m_state = {utc, 0};
    decide();
}

void ClockTrust::look(qint64 utc, qint64 steady)
{
    const qint64 passed = std::max<qint64>(0, steady - m_steady);
    if (isFar(utc, m_utc + passed))
        m_state.steady = 0; // it has jumped once more
    else if (m_isHeld)
        m_state.steady += passed;
    m_state.believed += passed;
    m_utc = utc;
    m_steady = steady;
    decide();
}

void ClockTrust::confirm()
{
    m_state = {m_utc, 0};
    m_isHeld = false;
}

void ClockTrust::decide()
{
    m_isHeld = isFar(m_utc, m_state.believed) && m_state.steady < longEnough;
    if (!m_isHeld)
        m_state = {m_utc, 0};
}

} // namespace teahouse::server
