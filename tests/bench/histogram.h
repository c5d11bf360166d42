#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace teahouse::bench {

/// Latencies in buckets of some 3 % width, so that adding one costs a nanosecond.
class Histogram
{
public:
    void add(int64_t ns)
    {
        ++m_buckets[bucketOf(static_cast<uint64_t>(ns < 0 ? 0 : ns))];
        ++m_count;
    }

    void clear() { *this = {}; }

    /// The latency in microseconds below which `share` (0 to 1) of all lie.
    double percentile(double share) const
    {
        const auto wanted = static_cast<uint64_t>(share * static_cast<double>(m_count));
        uint64_t seen = 0;
        for (size_t i = 0; i < m_buckets.size(); ++i) {
            seen += m_buckets[i];
            if (seen > wanted)
                return static_cast<double>(upperEnd(i)) / 1000;
        }
        return 0;
    }

private:
    static constexpr uint32_t subBits = 5;
    static constexpr uint64_t subCount = uint64_t(1) << subBits;

    static size_t bucketOf(uint64_t value)
    {
        if (value < subCount)
            return value;
        const auto exponent = static_cast<uint32_t>(std::bit_width(value)) - subBits - 1;
        return (exponent + 1) * subCount + ((value >> exponent) - subCount);
    }

    static uint64_t upperEnd(size_t bucket)
    {
        if (bucket < subCount)
            return bucket;
        const uint64_t exponent = bucket / subCount - 1;
        return ((bucket % subCount) + subCount + 1) << exponent;
    }

    std::array<uint64_t, (64 - subBits + 1) *subCount> m_buckets = {};
    uint64_t m_count = 0;
};

} // namespace teahouse::bench
