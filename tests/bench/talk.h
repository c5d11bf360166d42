#pragma once

#include "tests/bench/candidate.h"
#include "tests/bench/load.h"
#include "tests/bench/tally.h"

namespace teahouse::bench {

/// A server with a crowd that is logged in, seated and quiet.
class Talk
{
public:
    /// Starts both; `firstName` as in Crowd.
    Talk(const Candidate &candidate, const Seating &seating);
    /// A crowd for a server that runs already.
    Talk(const Candidate &candidate, uint16_t port, const Seating &seating, int firstName);

    /// Why there is no crowd to talk; empty when there is one.
    const std::string &problem() const { return m_problem; }

    /// Says `messages`, one by one to each room, speakers in turn, `inFlight` at a time, until
    /// everybody has read each. After `longestMs` no more are begun; a stall of 10 s ends it.
    void run(Tally &tally, uint32_t messages, uint32_t inFlight, int longestMs = 20'000);

    /// Begins no more than so many messages a second from now on, whatever is in flight.
    void setPace(int perSecond) { m_pace = perSecond; }

    const Process &process() const { return m_server.process; }
    bool hasServerEnded() { return !m_server.process.isRunning(); }
    uint16_t port() const { return m_server.port; }
    Crowd &crowd() { return *m_crowd; }

private:
    void fill(int firstName, uint16_t port);
    void sayNext(Tally &tally);
    bool isDue(uint32_t message, int64_t begin) const;
    void seatAll();

    const Candidate &m_candidate;
    Seating m_seating;
    RunningServer m_server;
    std::unique_ptr<Crowd> m_crowd;
    std::string m_problem;
    int m_pace = 0; ///< 0: none
};

/// One run of one figure that did not come about.
std::vector<Sample> failed(const std::string &why, size_t figures);

} // namespace teahouse::bench
