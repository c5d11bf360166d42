#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

namespace teahouse::bench {

/// Somebody who says so many messages a second in `main`, from a thread of its own, until this
/// object ends: what commits while others read.
class Talkative
{
public:
    Talkative(uint16_t port, int perSecond);
    ~Talkative();
    Talkative(const Talkative &) = delete;
    Talkative &operator=(const Talkative &) = delete;

    /// Waits for the last answers. What went wrong, or that much less was said than it should have
    /// been; empty otherwise.
    std::string finish();

private:
    void run(uint16_t port);

    int m_perSecond;
    std::atomic<bool> m_isStopping = false;
    int m_said = 0;
    int m_stored = 0;
    std::string m_problem;
    std::thread m_thread;
};

} // namespace teahouse::bench
