#include "tests/bench/fanout.h"

#include "tests/bench/talk.h"

#include <algorithm>

namespace teahouse::bench {

namespace {

/// Slow servers say fewer messages.
constexpr int stepMs = 1500;

class FanOutTrial : public Trial
{
public:
    FanOutTrial(const Candidate &candidate, const FanOut::Plan &plan, uint32_t messagesInStep)
        : m_plan(plan), m_messagesInStep(messagesInStep), m_seating{plan.members, plan.perRoom},
          m_talk(candidate, m_seating), m_tally(m_seating, candidate.protocol().echoes()),
          m_problem(m_talk.problem())
    {
        if (!m_problem.empty())
            return;
        Tally warm(m_seating, candidate.protocol().echoes());
        m_talk.run(warm, m_messagesInStep, m_plan.inFlight, stepMs);
        m_problem = warm.problem();
    }

    void step() override
    {
        if (!m_problem.empty())
            return;
        const int64_t before = m_talk.process().cpuNs();
        m_talk.run(m_tally, m_tally.begun() + m_messagesInStep, m_plan.inFlight, stepMs);
        m_used += m_talk.process().cpuNs() - before;
    }

    std::vector<Sample> result() override
    {
        if (m_problem.empty() && m_talk.hasServerEnded())
            m_problem = "the server has ended";
        if (!m_problem.empty())
            return failed(m_problem, 1);
        // What comes now has come twice.
        m_talk.crowd().setSink(&m_tally);
        m_talk.crowd().settle(50);
        const auto deliveries = static_cast<double>(std::max<uint64_t>(1, m_tally.deliveries()));
        return {{.value = static_cast<double>(m_used) / 1000 / deliveries,
                 .p50 = m_tally.latency().percentile(0.5),
                 .p99 = m_tally.latency().percentile(0.99),
                 .problem = m_used > 0 ? m_tally.problem() : "no CPU time was seen"}};
    }

private:
    FanOut::Plan m_plan;
    uint32_t m_messagesInStep;
    Seating m_seating;
    Talk m_talk;
    Tally m_tally;
    int64_t m_used = 0; ///< of the server's CPU, in nanoseconds
    std::string m_problem;
};

} // namespace

std::vector<Figure> FanOut::figures() const
{
    const std::string rooms = std::to_string(m_plan.members / m_plan.perRoom);
    const std::string who = hasOneRoom() ? "fan-out " + countName(m_plan.members, m_wanted)
                                         : rooms + " rooms of " + std::to_string(m_plan.perRoom);
    Figure figure{who + ", " + std::to_string(m_plan.inFlight) + " in flight", "us/delivery"};
    if (m_plan.mostRatio > 0)
        figure.budget = {Budget::Of::Ratio, m_plan.mostRatio};
    figure.durable = m_plan.durable;
    figure.encrypted = m_plan.encrypted;
    return {figure};
}

std::unique_ptr<Trial> FanOut::start(const Candidate &candidate) const
{
    const auto inStep = m_plan.messages / static_cast<uint32_t>(steps());
    return std::make_unique<FanOutTrial>(candidate, m_plan, std::max(1U, inStep));
}

bool FanOut::suits(const Candidate &candidate) const
{
    return m_plan.perRoom <= candidate.mostMembers() && (hasOneRoom() || candidate.hasRooms());
}

std::string countName(int members, int wanted)
{
    const std::string text = std::to_string(members);
    return members == wanted ? text : text + " (descriptors: no " + std::to_string(wanted) + ")";
}

} // namespace teahouse::bench
