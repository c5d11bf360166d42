#include "tests/bench/clock.h"
#include "tests/bench/fanout.h"
#include "tests/bench/talk.h"

#include <algorithm>

namespace teahouse::bench {

namespace {

/// Descriptors that a program needs besides its connections.
constexpr int otherDescriptors = 100;

double micro(int64_t ns)
{
    return static_cast<double>(ns) / 1000;
}

/// Everybody comes at once.
class Burst : public OneStepLoad
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

protected:
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
class Churn : public OneStepLoad
{
public:
    explicit Churn(int cycles) : m_cycles(cycles) { }

    std::vector<Figure> figures() const override
    {
        const std::string what = "churn, " + std::to_string(m_cycles) + " come and go";
        return {{what, "us CPU each"}};
    }
    bool suits(const Candidate &candidate) const override { return !candidate.isPeer(); }

protected:
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
class Memory : public OneStepLoad
{
public:
    explicit Memory(int members) : m_members(members) { }

    std::vector<Figure> figures() const override
    {
        return {{"memory, " + std::to_string(m_members) + " members, one message each",
                 "KiB each",
                 {Budget::Of::Value, 4},
                 {},
                 Budget{Budget::Of::Value, 40}}};
    }
    bool suits(const Candidate &candidate) const override
    {
        return candidate.mostMembers() >= m_members;
    }

protected:
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
        talk.run(tally, static_cast<uint32_t>(m_members), 16);
        const auto grown = static_cast<double>(first.process().residentKiB() - before);
        return {{.value = grown / m_members, .problem = tally.problem()}};
    }

private:
    static constexpr int fewMembers = 10;

    int m_members;
};

/// Many who say nothing, and two who talk to each other.
class Idle : public OneStepLoad
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

protected:
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

class OneStepLoad::Step : public Trial
{
public:
    Step(const OneStepLoad &load, const Candidate &candidate) : m_load(load), m_candidate(candidate)
    {
    }

    void step() override { m_samples = m_load.run(m_candidate); }
    std::vector<Sample> result() override { return m_samples; }

private:
    const OneStepLoad &m_load;
    const Candidate &m_candidate;
    std::vector<Sample> m_samples;
};

std::unique_ptr<Trial> OneStepLoad::start(const Candidate &candidate) const
{
    return std::make_unique<Step>(*this, candidate);
}

Loads allLoads(Size size, int descriptors)
{
    const auto fit = [most = descriptors - otherDescriptors](int wanted) {
        return std::min(wanted, most);
    };
    Loads loads;
    const auto addFanOut = [&](int members, uint32_t inFlight, uint32_t messages, double most,
                               std::optional<Budget> durable, std::optional<Budget> encrypted) {
        const int fitting = fit(members);
        loads.push_back(std::make_unique<FanOut>(
                FanOut::Plan{fitting, fitting, inFlight, messages, most, durable, encrypted},
                members));
    };
    const auto ratio = [](double most) { return Budget{Budget::Of::Ratio, most}; };
    if (size == Size::Smoke) {
        addFanOut(5, 1, 50, 0, Budget(), Budget());
        addFanOut(5, 8, 400, 0, Budget(), Budget());
        return loads;
    }
    const bool full = size == Size::Full;
    addFanOut(100, 1, full ? 1600 : 800, 1.10, ratio(1.5), Budget());
    addFanOut(100, 32, full ? 16'000 : 8000, 1.25, ratio(1.6), Budget());
    addFanOut(1000, 1, full ? 160 : 80, 1.10, ratio(1.2), ratio(2));
    if (full) {
        addFanOut(1000, 32, 1600, 0, {}, Budget());
        addFanOut(9000, 1, 32, 1.10, ratio(1.15), {});
        addFanOut(9000, 32, 256, 0, {}, {});
    }
    const int rooms = full ? 1000 : 200;
    loads.push_back(std::make_unique<FanOut>(
            FanOut::Plan{fit(rooms * 5) / 5 * 5, 5, 64, full ? 24'000U : 8000U}, rooms * 5));
    const int burst = full ? 9000 : 2000;
    loads.push_back(std::make_unique<Burst>(fit(burst), burst));
    loads.push_back(std::make_unique<Churn>(full ? 2000 : 1000));
    loads.push_back(std::make_unique<Memory>(full ? 1000 : 500));
    const int idle = full ? 10'000 : 2000;
    loads.push_back(std::make_unique<Idle>(fit(idle), idle, full ? 5 : 3));
    return loads;
}

} // namespace teahouse::bench
