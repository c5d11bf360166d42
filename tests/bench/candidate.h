#pragma once

#include "tests/bench/process.h"
#include "tests/bench/protocol.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace teahouse::bench {

/// A server that runs and takes connections on 127.0.0.1; ends with this object.
struct RunningServer
{
    RunningServer() = default;
    RunningServer(RunningServer &&) = default;
    ~RunningServer();

    Process process;
    uint16_t port = 0;
    std::filesystem::path folder; ///< of its own, removed at the end; may be empty

    bool isUp() const { return port != 0; }
};

/// A server that can be measured, and how it is spoken to.
class Candidate
{
public:
    virtual ~Candidate() = default;

    virtual std::string name() const = 0;
    virtual const Protocol &protocol() const = 0;
    /// Starts it; `perRoom` tells a server without rooms the size of its groups, 0 for one room.
    virtual RunningServer start(int perRoom) const = 0;
    /// How many members one room of it is measured with.
    virtual int mostMembers() const { return 1'000'000; }
    /// What it is measured for: as the yardstick, for its budget, for its budget with the durable
    /// store, to be beaten, to be compared with ours as another build of it, or to be seen.
    enum class Part { Floor, Ours, Durable, Peer, OtherBuild, Reference };
    virtual Part part() const = 0;
    bool isFloor() const { return part() == Part::Floor; }
    bool isOurs() const { return part() == Part::Ours; }
    bool isDurable() const { return part() == Part::Durable; }
    bool isPeer() const { return part() == Part::Peer; }
    bool isOtherBuild() const { return part() == Part::OtherBuild; }
    /// Whether it is spoken to through TLS.
    virtual bool isEncrypted() const { return false; }
    /// How many may connect together where the burst is not what is measured.
    virtual int comingAtOnce() const { return 1000; }
    virtual bool hasRooms() const { return true; }
};

using Candidates = std::vector<std::unique_ptr<Candidate>>;

/// Starts teahoused with this `--data`, one door and nothing throttled.
RunningServer startTeahoused(const std::string &program, const std::string &data,
                             const std::string &door = "tea");

/// The floor first, then teahoused by tea, with the durable store, through TLS and by native, the
/// QTcpSocket chat and, when asked for and installed, other people's servers. Our programs are
/// looked for in `folder`.
Candidates allCandidates(const std::filesystem::path &folder, bool withPeers);

/// Another build of teahoused, by tea and by native, to be compared with ours in the same turns.
void addOtherBuild(Candidates &candidates, const std::string &program);

} // namespace teahouse::bench
