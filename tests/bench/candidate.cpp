#include "tests/bench/candidate.h"

#include "tests/bench/datafolder.h"
#include "tests/bench/peers.h"

#include <cstdlib>

namespace teahouse::bench {

namespace {

constexpr int startingMs = 10'000;

/// Starts a program that says `listening WHAT HOST PORT` and then `ready`.
RunningServer startTalking(const std::vector<std::string> &command)
{
    RunningServer server;
    server.process = Process(command);
    uint16_t port = 0;
    for (;;) {
        const std::string line = server.process.readLine(startingMs);
        if (line.starts_with("listening "))
            port = static_cast<uint16_t>(std::atoi(line.c_str() + line.rfind(' ')));
        else if (line == "ready")
            server.port = port;
        if (line.empty() || line == "ready")
            return server;
    }
}

/// A program of this folder that tells everybody every line.
class Bare : public Candidate
{
public:
    Bare(std::string name, std::string program) : m_name(std::move(name)), m_program(program) { }

    std::string name() const override { return m_name; }
    Part part() const override { return Part::Floor; }
    const Protocol &protocol() const override { return m_protocol; }
    RunningServer start(int perRoom) const override
    {
        std::vector<std::string> command = {m_program};
        if (perRoom > 0)
            command.push_back(std::to_string(perRoom));
        return startTalking(command);
    }

private:
    std::string m_name;
    std::string m_program;
    BareProtocol m_protocol;
};

class QTcpChat : public Bare
{
public:
    using Bare::Bare;

    Part part() const override { return Part::Reference; }
    int mostMembers() const override { return 1000; } // beyond, it takes minutes
    bool hasRooms() const override { return false; }
};

template <typename Spoken>
class Teahoused : public Candidate
{
public:
    Teahoused(std::string name, std::string program)
        : m_name(std::move(name)), m_program(std::move(program))
    {
    }

    std::string name() const override { return m_name; }
    Part part() const override { return Part::Ours; }
    const Protocol &protocol() const override { return m_protocol; }
    RunningServer start(int) const override { return startTeahoused(m_program, "none"); }

protected:
    const std::string &program() const { return m_program; }

private:
    std::string m_name;
    std::string m_program;
    Spoken m_protocol;
};

class Durable : public Teahoused<TeaProtocol>
{
public:
    using Teahoused::Teahoused;

    Part part() const override { return Part::Durable; }
    RunningServer start(int) const override
    {
        const auto folder = makeDataFolder(std::filesystem::path(program()).parent_path());
        RunningServer server = startTeahoused(program(), folder);
        server.folder = folder;
        return server;
    }
};

class Encrypted : public Teahoused<TeaProtocol>
{
public:
    using Teahoused::Teahoused;

    bool isEncrypted() const override { return true; }
    RunningServer start(int) const override { return startTeahoused(program(), "none", "tea+tls"); }
};

template <typename Spoken>
class OtherBuild : public Teahoused<Spoken>
{
public:
    using Teahoused<Spoken>::Teahoused;

    Candidate::Part part() const override { return Candidate::Part::OtherBuild; }
};

} // namespace

RunningServer::~RunningServer()
{
    process = {};
    std::error_code ignored;
    if (!folder.empty())
        std::filesystem::remove_all(folder, ignored);
}

RunningServer startTeahoused(const std::string &program, const std::string &data,
                             const std::string &door)
{
    return startTalking({program, "--data", data, "--listen", door + ":127.0.0.1:0", "--set",
                         "limits.flood=off", "--set", "limits.per_address=off", "--log-level",
                         "warning"});
}

Candidates allCandidates(const std::filesystem::path &folder, bool withPeers)
{
    Candidates candidates;
    candidates.push_back(std::make_unique<Bare>("floor", folder / "teahouse_bench_floor"));
    candidates.push_back(std::make_unique<Teahoused<TeaProtocol>>("tea", folder / "teahoused"));
    candidates.push_back(std::make_unique<Durable>("tea, durable", folder / "teahoused"));
    candidates.push_back(std::make_unique<Encrypted>("tea, TLS", folder / "teahoused"));
    candidates.push_back(
            std::make_unique<Teahoused<NativeProtocol>>("native", folder / "teahoused"));
    candidates.push_back(std::make_unique<QTcpChat>("QTcpSocket", folder / "teahouse_bench_qtcp"));
    if (withPeers)
        addPeers(candidates);
    return candidates;
}

void addOtherBuild(Candidates &candidates, const std::string &program)
{
    candidates.push_back(std::make_unique<OtherBuild<TeaProtocol>>("tea, other", program));
    candidates.push_back(std::make_unique<OtherBuild<NativeProtocol>>("native, other", program));
}

} // namespace teahouse::bench
