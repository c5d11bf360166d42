#pragma once

#include "server/net/clock.h"

#include <chrono>

namespace teahouse::server {

/// Time that stands still until it is moved.
class FakeClock final : public Clock
{
public:
    qint64 utc() const override { return 1'700'000'000'000 + m_now; }
    qint64 steady() const override { return m_now; }

    void advance(std::chrono::milliseconds time) { m_now += time.count(); }

private:
    qint64 m_now = 1'000'000;
};

} // namespace teahouse::server
