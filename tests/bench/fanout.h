#pragma once

#include "tests/bench/load.h"

namespace teahouse::bench {

/// Messages that reach everybody in their room: CPU of the server per delivery.
class FanOut : public Load
{
public:
    struct Plan
    {
        int members = 0;
        int perRoom = 0;
        uint32_t inFlight = 1;
        uint32_t messages = 0;
        double mostRatio = 0; ///< 0: no budget
        std::optional<Budget> durable = {};
        std::optional<Budget> encrypted = {};
    };

    /// `wanted` is how many members it was to be before descriptors ran out.
    FanOut(const Plan &plan, int wanted) : m_plan(plan), m_wanted(wanted) { }

    std::vector<Figure> figures() const override;
    std::unique_ptr<Trial> start(const Candidate &candidate) const override;
    int steps() const override { return 8; }
    int held() const override { return m_plan.members; }
    bool suits(const Candidate &candidate) const override;
    /// What has no budget is looked at less often.
    int mostRounds() const override { return m_plan.mostRatio > 0 ? Load::mostRounds() : 3; }
    bool isContest() const override { return m_plan.mostRatio > 0; }

private:
    bool hasOneRoom() const { return m_plan.members == m_plan.perRoom; }

    Plan m_plan;
    int m_wanted;
};

/// The number, and what it was to be when the descriptors do not allow that.
std::string countName(int members, int wanted);

} // namespace teahouse::bench
