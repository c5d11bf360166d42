#include "tests/bench/talkative.h"

#include "tests/bench/clock.h"
#include "tests/bench/nativeclient.h"
#include "tests/bench/sentences.h"

namespace teahouse::bench {

namespace {

constexpr int patienceMs = 2000;

} // namespace

Talkative::Talkative(uint16_t port, int perSecond)
    : m_perSecond(perSecond), m_thread([this, port] { run(port); })
{
}

Talkative::~Talkative()
{
    finish();
}

std::string Talkative::finish()
{
    m_isStopping = true;
    if (m_thread.joinable())
        m_thread.join();
    return m_problem;
}

/// Two lines come back for each: the reply and the item itself.
void Talkative::run(uint16_t port)
{
    NativeClient client(port, "talkative");
    if (!client.isIn()) {
        m_problem = "nobody could log in to talk";
        return;
    }
    Sentences sentences(static_cast<uint64_t>(steadyNs()));
    const int64_t begin = steadyNs();
    const int64_t step = milliseconds(1000) / m_perSecond;
    const auto take = [&](int ms) {
        const auto line = client.readLine(ms);
        m_stored += occurrences(line, R"("re":"said")") * occurrences(line, R"("ok":true)");
        return !line.empty();
    };
    while (!m_isStopping) {
        while (steadyNs() >= begin + step * m_said) {
            const std::string cid = std::to_string(begin) + '-' + std::to_string(m_said++);
            client.send(R"("do":"say","room":"main","cid":")" + cid + R"(","text":")"
                                + sentences.next() + '"',
                        "said");
        }
        while (take(0)) {
        }
        take(1);
    }
    const auto wanted = static_cast<int>((steadyNs() - begin) / step);
    while (m_stored < m_said && take(patienceMs)) {
    }
    if (m_stored < m_said)
        m_problem = std::to_string(m_said - m_stored) + " messages were not stored";
    else if (m_said < wanted * 9 / 10)
        m_problem = "only " + std::to_string(m_said) + " messages of " + std::to_string(wanted);
}

} // namespace teahouse::bench
