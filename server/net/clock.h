#pragma once

#include <QtGlobal>

namespace teahouse::server {

/// The time, as an argument of whatever needs it. Tests have one that stands still.
class Clock
{
public:
    virtual ~Clock() = default;

    /// Milliseconds since 1970 UTC. May jump when somebody sets the machine's clock.
    virtual qint64 utc() const = 0;

    /// Milliseconds since some moment, never going back: for waiting.
    virtual qint64 steady() const = 0;
};

/// The machine's own clocks.
class SystemClock final : public Clock
{
public:
    qint64 utc() const override;
    qint64 steady() const override;
};

} // namespace teahouse::server
