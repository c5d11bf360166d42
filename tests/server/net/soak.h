#pragma once

#include <QElapsedTimer>
#include <QtGlobal>

#include <random>

namespace teahouse::server {

/// Chance for a test of random operations, and how long it goes on: for so many operations, or for
/// TEAHOUSE_SOAK_SECONDS where the environment says so. Prints its seed; TEAHOUSE_SOAK_SEED gives
/// the same one again.
class Soak
{
public:
    explicit Soak(int operations)
        : m_left(operations), m_seconds(qEnvironmentVariableIntValue("TEAHOUSE_SOAK_SECONDS"))
    {
        bool given = false;
        const auto known = uint(qEnvironmentVariableIntValue("TEAHOUSE_SOAK_SEED", &given));
        const uint seed = given ? known : std::random_device()() & 0x7fffffffU;
        m_chance.seed(seed);
        qInfo("TEAHOUSE_SOAK_SEED=%u", seed);
        m_since.start();
    }

    bool goesOn()
    {
        ++m_done;
        return m_seconds > 0 ? m_since.elapsed() < m_seconds * qint64(1000) : m_done <= m_left;
    }
    qint64 done() const { return m_done; }

    /// From 0 to n - 1.
    size_t below(size_t n) { return m_chance() % n; }
    bool oneIn(size_t n) { return below(n) == 0; }

private:
    std::mt19937 m_chance;
    qint64 m_left;
    qint64 m_done = 0;
    int m_seconds;
    QElapsedTimer m_since;
};

} // namespace teahouse::server
