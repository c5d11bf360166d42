#pragma once

#include "server/core/records.h"

#include <algorithm>

namespace teahouse::server {

/// The time of the clock, and the time that is believed; in milliseconds since 1970 UTC.
struct Times
{
    qint64 now = 0;
    qint64 believed = 0;

    /// The clock is believed.
    Times(qint64 time) : now(time), believed(time) { } // NOLINT(google-explicit-constructor)
    Times(qint64 clock, qint64 belief) : now(clock), believed(belief) { }

    /// By which things expire: never later than what both say.
    qint64 expiry() const { return std::min(now, believed); }
    /// From which on the life of something counts that begins now.
    qint64 lasting() const { return std::max(now, believed); }

    /// The same for a moment that the clock tells until the next times come.
    qint64 expiryAt(qint64 time) const { return time - (now - expiry()); }
    qint64 lastingAt(qint64 time) const { return time + (lasting() - now); }
    qint64 believedAt(qint64 time) const { return time - (now - believed); }
};

/// Decides whether the clock is believed. A clock that was set far ahead (a dead battery, a wrong
/// server of times) must not take away for good what has to expire some day: where it jumps by
/// more than limits::clockLeap against what was believed before, nothing expires by it until it
/// has gone on for limits::clockSteady without a jump, or somebody confirms it. Meanwhile the time
/// that is believed goes on with the steady clock. Knows no clock itself. Owned by the app.
class ClockTrust
{
public:
    /// `stored` is what an earlier run has believed; `steady` never goes back (both clocks in
    /// milliseconds).
    ClockTrust(const ClockState &stored, qint64 utc, qint64 steady);

    /// To be called about once a second.
    void look(qint64 utc, qint64 steady);

    /// Somebody has looked at the clock: it is right.
    void confirm();

    Times times() const { return {m_utc, m_state.believed}; }

    /// Whether the clock says something that is not believed.
    bool isHeld() const { return m_isHeld; }

    /// What is to be kept for the next start.
    const ClockState &state() const { return m_state; }

private:
    void decide();

    ClockState m_state;
    qint64 m_utc;
    qint64 m_steady;
    bool m_isHeld = false;
};

} // namespace teahouse::server
