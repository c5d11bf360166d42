#pragma once

#include <cstdint>
#include <ctime>

namespace teahouse::bench {

/// Nanoseconds of the steady clock; the stamps in messages are of this one.
inline int64_t steadyNs()
{
    timespec now = {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return int64_t(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

constexpr int64_t milliseconds(int64_t ms)
{
    return ms * 1'000'000;
}

} // namespace teahouse::bench
