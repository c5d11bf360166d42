#include "tests/bench/clock.h"
#include "tests/bench/load.h"
#include "tests/bench/talk.h"

#include <algorithm>

namespace teahouse::bench {

namespace {

/// Descriptors that a program needs besides its connections.
constexpr int otherDescriptors = 100;
constexpr uint32_t messagesPerMember = 1;

double micro(int64_t ns)
{
    return static_cast<double>(ns) / 1000;
}

/// The number, and what it was to be when the descriptors do not allow that.
std::string countName(int members, int wanted)
{
    const std::string text = std::to_string(members);
    return members == wanted ? text : text + " (descriptors: no " + std::to_string(wanted) + ")";
}

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
    };

    FanOut(const Plan &plan, int wanted) : m_plan(plan), m_wanted(wanted) { }

    std::vector<Figure> figures() const override
    {
        const bool oneRoom = m_plan.members == m_plan.perRoom;
        const std::string who = oneRoom ? "fan-out " + countName(m_plan.members, m_wanted)
                                        : std::to_string(m_plan.members / m_plan.perRoom)
                        + " rooms of " + std::to_string(m_plan.perRoom);
        const Budget budget = m_plan.mostRatio > 0 ? Budget{Budget::Of::Ratio, m_plan.mostRatio}
                                                   : Budget{};
        return {{who + ", " + std::to_string(m_plan.inFlight) + " in flight", "us/delivery",
                 budget}};
    }
    bool suits(const Candidate &candidate) const override
    {
        return m_plan.perRoom <= candidate.mostMembers()
                && (m_plan.members == m_plan.perRoom || candidate.hasRooms());
    }
    bool isContest() const override { return m_plan.mostRatio > 0; }

    std::vector<Sample> run(const Candidate &candidate) const override
    {
        const Seating seating{m_plan.members, m_plan.perRoom};
        Talk talk(candidate, seating);
        if (!talk.problem().empty())
            return failed(talk.problem(), 1);
        Tally warm(seating, candidate.protocol().echoes());
        talk.run(warm, std::max(1U, m_plan.messages / 10), m_plan.inFlight);
        Tally tally(seating, candidate.protocol().echoes());
        const int64_t before = talk.process().cpuNs();
        talk.run(tally, m_plan.messages, m_plan.inFlight);
        const int64_t used = talk.process().cpuNs() - before;
        // What comes now has come twice.
        talk.crowd().setSink(&tally);
        talk.crowd().settle(50);
        return {{.value = micro(used)
                         / static_cast<double>(std::max<uint64_t>(1, tally.deliveries())),
                 .p50 = tally.latency().percentile(0.5),
                 .p99 = tally.latency().percentile(0.99),
                 .problem = used > 0 ? warm.problem() + tally.problem() : "no CPU time was seen"}};
    }

private:
    Plan m_plan;
    int m_wanted;
};

/// Everybody comes at once.
class Burst : public Load
{
public:
    Burst(int members, int wanted) : m_members(members), m_wanted(wanted) { }

    std::vector<Figure> figures() const override
    {
        return {{"burst of " + countName(m_members, m_wanted) + " logins",
                 "s until all are in",
                 {Budget::Of::Value, 2}}};
    }
    bool suits(const Candidate &candidate) const override
    {
        return candidate.mostMembers() >= m_members;
    }
    std::vector<Sample> run(const Candidate &candidate) const override
    {
        const RunningServer server = candidate.start(0);
        if (!server.isUp())
            return failed("the server did not start", 1);
        Crowd crowd(candidate.protocol(), server.port);
        const int64_t begin = steadyNs();
        const bool all = crowd.logIn(m_members, 60'000);
        const double seconds = micro(steadyNs() - begin) / 1e6;
        Sample sample{.value = seconds};
        if (!all || crowd.refused() + crowd.broken() > 0)
            sample.problem = std::to_string(m_members - crowd.loggedIn()) + " were not let in";
        return {sample};
    }

private:
    int m_members;
    int m_wanted;
};

/// Connect, log in, hang up, a hundred at a time.
class Churn : public Load
{
public:
    explicit Churn(int cycles) : m_cycles(cycles) { }

    std::vector<Figure> figures() const override
    {
        const std::string what = "churn, " + std::to_string(m_cycles) + " come and go";
        return {{what, "us CPU each"}};
    }
    bool suits(const Candidate &candidate) const override { return !candidate.isPeer(); }
    std::vector<Sample> run(const Candidate &candidate) const override
    {
        const RunningServer server = candidate.start(0);
        if (!server.isUp())
            return failed("the server did not start", 1);
        const int64_t before = server.process.cpuNs();
        int in = 0;
        for (int done = 0; done < m_cycles; done += atOnce) {
            Crowd crowd(candidate.protocol(), server.port, done);
            crowd.logIn(atOnce, 20'000);
            in += crowd.loggedIn();
            crowd.hangUp();
        }
        Sample sample{.value = micro(server.process.cpuNs() - before) / m_cycles};
        if (in != m_cycles)
            sample.problem = std::to_string(m_cycles - in) + " were not let in";
        return {sample};
    }

private:
    static constexpr int atOnce = 100;

    int m_cycles;
};

/// What a connection costs once it has logged in and said something.
class Memory : public Load
{
public:
    explicit Memory(int members) : m_members(members) { }

    std::vector<Figure> figures() const override
    {
        return {{"memory, " + std::to_string(m_members) + " members, one message each",
                 "KiB each",
                 {Budget::Of::Value, 4}}};
    }
    bool suits(const Candidate &candidate) const override
    {
        return candidate.mostMembers() >= m_members;
    }
    std::vector<Sample> run(const Candidate &candidate) const override
    {
        // The first few bring what is needed once: code, tables, the allocator's arenas.
        const Seating few{.members = fewMembers, .perRoom = fewMembers};
        Talk first(candidate, few);
        if (!first.problem().empty())
            return failed(first.problem(), 1);
        Tally warm(few, candidate.protocol().echoes());
        first.run(warm, fewMembers, 1);
        first.crowd().hangUp();
        const int64_t before = first.process().residentKiB();
        const Seating many{.members = m_members, .perRoom = m_members};
        Talk talk(candidate, first.port(), many, fewMembers);
        if (!talk.problem().empty())
            return failed(talk.problem(), 1);
        Tally tally(many, candidate.protocol().echoes());
        talk.run(tally, static_cast<uint32_t>(m_members) * messagesPerMember, 16);
        const auto grown = static_cast<double>(first.process().residentKiB() - before);
        return {{.value = grown / m_members, .problem = tally.problem()}};
    }

private:
    static constexpr int fewMembers = 10;

    int m_members;
};

/// Many who say nothing, and two who talk to each other.
class Idle : public Load
{
public:
    Idle(int members, int wanted, int seconds)
        : m_members(members), m_wanted(wanted), m_seconds(seconds)
    {
    }

    std::vector<Figure> figures() const override
    {
        const std::string who = countName(m_members, m_wanted) + " idle";
        return {{who + ": CPU", "% of a core", {Budget::Of::Value, 0.5}},
                {who + ": echo of an active one", "us, half of them", {Budget::Of::Ratio, 1.5}}};
    }
    bool suits(const Candidate &candidate) const override
    {
        return candidate.isOurs() && candidate.mostMembers() >= m_members;
    }
    int mostRounds() const override { return 3; }
    std::vector<Sample> run(const Candidate &candidate) const override
    {
        const Seating nobody{.members = 1, .perRoom = 1};
        Talk empty(candidate, nobody);
        Talk full(candidate, {.members = m_members, .perRoom = m_members});
        if (!empty.problem().empty() || !full.problem().empty())
            return failed(empty.problem() + full.problem(), 2);
        full.crowd().settle(1500); // the last of what is told once a second
        const int64_t begin = steadyNs();
        const int64_t before = full.process().cpuNs();
        while (steadyNs() - begin < milliseconds(1000) * m_seconds)
            full.crowd().poll(100);
        const auto used = static_cast<double>(full.process().cpuNs() - before);
        const double share = 100 * used / static_cast<double>(steadyNs() - begin);
        Sample echo = echoOf(candidate, full);
        echo.reference = echoOf(candidate, empty).value;
        return {{.value = share}, echo};
    }

private:
    Sample echoOf(const Candidate &candidate, const Talk &server) const
    {
        const Seating two{.members = 2, .perRoom = 2, .onlyRoom = "quiet"};
        Talk talk(candidate, server.port(), two, m_members);
        if (!talk.problem().empty())
            return {.problem = talk.problem()};
        Tally warm(two, candidate.protocol().echoes());
        talk.run(warm, echoes / 10, 1);
        Tally tally(two, candidate.protocol().echoes());
        talk.run(tally, echoes, 1);
        return {.value = tally.latency().percentile(0.5),
                .p50 = tally.latency().percentile(0.5),
                .p99 = tally.latency().percentile(0.99),
                .problem = tally.problem()};
    }

    static constexpr uint32_t echoes = 3000;

    int m_members;
    int m_wanted;
    int m_seconds;
};

} // namespace

Loads allLoads(Size size, int descriptors)
{
    const auto fit = [most = descriptors - otherDescriptors](int wanted) {
        return std::min(wanted, most);
    };
    Loads loads;
    const auto addFanOut = [&](int members, uint32_t inFlight, uint32_t messages, double most) {
        const int fitting = fit(members);
        loads.push_back(std::make_unique<FanOut>(
                FanOut::Plan{fitting, fitting, inFlight, messages, most}, members));
    };
    if (size == Size::Smoke) {
        addFanOut(5, 1, 50, 0);
        addFanOut(5, 8, 400, 0);
        return loads;
    }
    const bool full = size == Size::Full;
    addFanOut(100, 1, full ? 4000 : 1500, 1.10);
    addFanOut(100, 32, full ? 40'000 : 10'000, 1.25);
    addFanOut(1000, 1, full ? 500 : 200, 1.10);
    if (full) {
        addFanOut(1000, 32, 5000, 0);
        addFanOut(9000, 1, 60, 1.10);
        addFanOut(9000, 32, 500, 0);
    }
    const int rooms = full ? 1000 : 200;
    loads.push_back(std::make_unique<FanOut>(
            FanOut::Plan{fit(rooms * 5) / 5 * 5, 5, 64, full ? 60'000U : 15'000U, 0}, rooms * 5));
    const int burst = full ? 9000 : 2000;
    loads.push_back(std::make_unique<Burst>(fit(burst), burst));
    loads.push_back(std::make_unique<Churn>(full ? 5000 : 1000));
    loads.push_back(std::make_unique<Memory>(full ? 1000 : 500));
    const int idle = full ? 10'000 : 2000;
    loads.push_back(std::make_unique<Idle>(fit(idle), idle, full ? 10 : 3));
    return loads;
}

} // namespace teahouse::bench
