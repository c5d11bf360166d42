#pragma once

#include "tests/bench/crowd.h"
#include "tests/bench/histogram.h"

#include <string>
#include <vector>

namespace teahouse::bench {

/// How a crowd is spread over rooms: member m sits in room m / perRoom.
struct Seating
{
    int members = 0;
    int perRoom = 0;
    std::string onlyRoom = "main";

    int rooms() const { return members / perRoom; }
    std::string roomName(int room) const
    {
        return rooms() == 1 ? onlyRoom : "r" + std::to_string(room);
    }
};

/// Keeps the books of a load: which message has reached how many, and at the end whether every
/// member has read every message of its room exactly once.
class Tally : public DeliverySink
{
public:
    Tally(const Seating &seating, bool echoes);

    /// A message that is about to be said by `sender`; its number.
    uint32_t begin(int sender);

    void delivered(int member, const Stamp &stamp, int64_t now) override;

    uint32_t begun() const { return static_cast<uint32_t>(m_waiting.size()); }
    uint32_t complete() const { return m_complete; }
    uint64_t deliveries() const { return m_deliveries; }
    Histogram &latency() { return m_latency; }

    /// What is wrong with the books; empty when every count is exact.
    std::string problem() const;

private:
    struct Book
    {
        uint64_t count = 0;
        uint64_t sum = 0; ///< of the messages' numbers plus one
    };

    int roomOf(int member) const { return member / m_seating.perRoom; }

    Seating m_seating;
    bool m_echoes;
    std::vector<uint32_t> m_waiting; ///< by message: members who have not read it
    std::vector<int> m_room;         ///< by message
    std::vector<Book> m_heard;       ///< by member
    std::vector<Book> m_unheard;     ///< by member: its own where the server does not echo
    std::vector<Book> m_said;        ///< by room
    uint32_t m_complete = 0;
    uint64_t m_deliveries = 0;
    uint64_t m_strays = 0;
    Histogram m_latency;
};

} // namespace teahouse::bench
