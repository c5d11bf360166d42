#include "tests/bench/acknowledged.h"

#include "tests/bench/clock.h"
#include "tests/bench/datafolder.h"
#include "tests/bench/histogram.h"
#include "tests/bench/talk.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

namespace teahouse::bench {

namespace {

constexpr int senders = 100; ///< each in a room of its own
constexpr int inFlight = 16; ///< of each

/// Native, with the stamp in the request's id, so that it comes back with the acknowledgement.
class AcknowledgedProtocol : public NativeProtocol
{
public:
    std::string say(const std::string &room, const std::string &text) const override
    {
        const std::string plain = text.substr(2);
        return R"({"do":"say","id":")" + text.substr(0, stampSize) + R"(","room":")" + room
                + R"(","cid":")" + plain.substr(0, stampSize - 2) + R"(","text":")" + plain
                + "\"}\n";
    }
    bool isDelivery(std::string_view line) const override
    {
        return line.find(R"("ok":true)") != std::string_view::npos;
    }
};

class AcknowledgedCandidate : public Candidate
{
public:
    explicit AcknowledgedCandidate(std::filesystem::path programs) : m_programs(std::move(programs))
    {
    }

    std::string name() const override { return "native"; }
    const Protocol &protocol() const override { return m_protocol; }
    Part part() const override { return Part::Durable; }
    RunningServer start(int) const override
    {
        const auto folder = makeDataFolder(m_programs);
        RunningServer server = startTeahoused(m_programs / "teahoused", folder);
        server.folder = folder;
        return server;
    }

private:
    std::filesystem::path m_programs;
    AcknowledgedProtocol m_protocol;
};

/// Writes a page with its header, as a commit does at the least, over and over again into a file
/// that has its size already, as SQLite's log mostly has.
class DiskSync : public OneStepLoad
{
public:
    explicit DiskSync(std::filesystem::path programs) : m_programs(std::move(programs)) { }

    std::vector<Figure> figures() const override
    {
        return {{"disk, write and fdatasync of 4 KiB", "ms, half of them", {}, Budget()}};
    }
    bool suits(const Candidate &candidate) const override { return candidate.isDurable(); }
    std::string who(const Candidate &) const override { return "no server"; }

protected:
    std::vector<Sample> run(const Candidate &) const override
    {
        const auto folder = makeDataFolder(m_programs);
        const Sample sample = isOnDisk(folder) ? measureIn(folder)
                                               : Sample{.problem = "the build is not on a disk"};
        std::error_code ignored;
        if (!folder.empty())
            std::filesystem::remove_all(folder, ignored);
        return {sample};
    }

private:
    static Sample measureIn(const std::filesystem::path &folder)
    {
        const int file = ::open((folder / "log").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        const std::array<char, frame> bytes = {};
        const auto write = [&](int i) {
            return ::pwrite(file, bytes.data(), frame, off_t(i) * frame) == frame;
        };
        bool isWritten = file >= 0;
        for (int i = 0; isWritten && i < times; ++i)
            isWritten = write(i);
        isWritten = isWritten && ::fsync(file) == 0;
        Histogram latency;
        for (int i = 0; isWritten && i < times; ++i) {
            const int64_t begin = steadyNs();
            isWritten = write(i) && ::fdatasync(file) == 0;
            latency.add(steadyNs() - begin);
        }
        ::close(file);
        return {.value = latency.percentile(0.5) / 1000,
                .p50 = latency.percentile(0.5),
                .p99 = latency.percentile(0.99),
                .problem = isWritten ? "" : "the disk cannot be written"};
    }

    static constexpr int frame = 24 + 4096; ///< of SQLite's log
    static constexpr int times = 500;

    std::filesystem::path m_programs;
};

class Acknowledged : public OneStepLoad
{
public:
    Acknowledged(const std::filesystem::path &programs, uint32_t messages)
        : m_candidate(programs), m_messages(messages)
    {
    }

    /// With all of them in flight whoever waits waits for the others, so that the time is taken at
    /// the pace that the budget names.
    std::vector<Figure> figures() const override
    {
        return {{"acknowledged, 100 x 16 in flight",
                 "messages/s",
                 {},
                 Budget{Budget::Of::AtLeast, pace}},
                {"acknowledged, CPU", "us each", {}, Budget()},
                {"acknowledged, " + std::to_string(pace / 1000) + ",000 a second",
                 "ms, 99 of 100",
                 {},
                 Budget{Budget::Of::Value, 20}}};
    }
    bool suits(const Candidate &candidate) const override { return candidate.isDurable(); }
    std::string who(const Candidate &) const override { return m_candidate.name(); }
    int mostRounds() const override { return 3; }

protected:
    std::vector<Sample> run(const Candidate &) const override
    {
        Talk talk(m_candidate, m_seating);
        if (!talk.problem().empty())
            return failed(talk.problem(), figures().size());
        Tally warm(m_seating, true);
        talk.run(warm, m_messages / 10, senders * inFlight);
        Tally fast(m_seating, true);
        const int64_t used = talk.process().cpuNs();
        const int64_t begin = steadyNs();
        talk.run(fast, m_messages, senders * inFlight);
        const auto ns = static_cast<double>(steadyNs() - begin);
        const auto cpu = static_cast<double>(talk.process().cpuNs() - used);
        const double count = std::max(1U, fast.complete());
        const std::string problem = warm.problem() + fast.problem();
        return {{.value = count / ns * 1e9,
                 .p50 = fast.latency().percentile(0.5),
                 .p99 = fast.latency().percentile(0.99),
                 .problem = problem},
                {.value = cpu / count / 1000, .problem = problem},
                paced(talk)};
    }

private:
    Sample paced(Talk &talk) const
    {
        Tally tally(m_seating, true);
        talk.setPace(pace);
        const int64_t begin = steadyNs();
        talk.run(tally, m_messages, senders * inFlight);
        const auto seconds = static_cast<double>(steadyNs() - begin) / 1e9;
        const double p99 = tally.latency().percentile(0.99);
        Sample sample{.value = p99 / 1000,
                      .p50 = tally.latency().percentile(0.5),
                      .p99 = p99,
                      .problem = tally.problem()};
        if (sample.problem.empty() && tally.complete() < seconds * pace * 0.95)
            sample.problem = "the pace was not kept";
        return sample;
    }

    static constexpr int pace = 20'000;

    Seating m_seating{.members = senders, .perRoom = 1};
    AcknowledgedCandidate m_candidate;
    uint32_t m_messages;
};

} // namespace

void addAcknowledged(Loads &loads, Size size, const std::filesystem::path &folder)
{
    const uint32_t messages = size == Size::Full ? 60'000 : 20'000;
    loads.push_back(std::make_unique<DiskSync>(folder));
    loads.push_back(std::make_unique<Acknowledged>(folder, messages));
}

} // namespace teahouse::bench
