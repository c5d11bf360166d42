#include "tests/bench/talk.h"

#include "tests/bench/clock.h"

#include <unistd.h>

#include <algorithm>

namespace teahouse::bench {

namespace {

constexpr int comingMs = 60'000;
/// More would drown servers that tell everybody of everybody.
constexpr int enteringAtOnce = 16;
constexpr int64_t stall = milliseconds(10'000);

/// The load generator keeps the first core, the server the last one.
int lastCore()
{
    return static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN)) - 1;
}

} // namespace

Talk::Talk(const Candidate &candidate, const Seating &seating)
    : m_candidate(candidate), m_seating(seating),
      m_server(candidate.start(seating.rooms() == 1 ? 0 : seating.perRoom))
{
    if (!m_server.isUp()) {
        m_problem = "the server did not start";
        return;
    }
    m_server.process.pin(lastCore());
    fill(0, m_server.port);
}

Talk::Talk(const Candidate &candidate, uint16_t port, const Seating &seating, int firstName)
    : m_candidate(candidate), m_seating(seating)
{
    fill(firstName, port);
}

void Talk::fill(int firstName, uint16_t port)
{
    m_crowd = std::make_unique<Crowd>(m_candidate.protocol(), port, firstName,
                                      m_candidate.isEncrypted());
    bool isWell = true;
    for (int left = m_seating.members; isWell && left > 0; left -= m_candidate.comingAtOnce())
        isWell = m_crowd->logIn(std::min(left, m_candidate.comingAtOnce()), comingMs);
    if (!isWell) {
        m_problem = "only " + std::to_string(m_crowd->loggedIn()) + " of "
                + std::to_string(m_seating.members) + " could log in";
        return;
    }
    seatAll();
    m_crowd->settle(200);
}

/// Rooms are made before they are joined.
void Talk::seatAll()
{
    for (const bool isFirst : {true, false}) {
        for (int member = 0; member < m_seating.members; ++member) {
            const int room = member / m_seating.perRoom;
            if ((member % m_seating.perRoom == 0) != isFirst)
                continue;
            const std::string name = m_seating.roomName(room);
            m_crowd->enter(member, name, isFirst && name != "main");
            if (!m_crowd->waitForRooms(enteringAtOnce, comingMs))
                break;
        }
        if (!m_crowd->waitForRooms(0, comingMs)) {
            m_problem = "not everybody could enter a room";
            return;
        }
    }
}

void Talk::run(Tally &tally, uint32_t messages, uint32_t inFlight, int longestMs)
{
    m_crowd->setSink(&tally);
    uint64_t seen = 0;
    const int64_t begin = steadyNs();
    int64_t lastNews = begin;
    const uint32_t before = tally.begun();
    while (tally.complete() < messages) {
        if (steadyNs() - begin > milliseconds(longestMs))
            messages = tally.begun();
        while (tally.begun() < messages && tally.begun() - tally.complete() < inFlight
               && isDue(tally.begun() - before, begin))
            sayNext(tally);
        if (m_pace != 0)
            ::usleep(1000); // not to wake for every answer alone
        m_crowd->poll(m_pace == 0 ? 100 : 0);
        if (tally.deliveries() != seen) {
            seen = tally.deliveries();
            lastNews = steadyNs();
        } else if (steadyNs() - lastNews > stall) {
            break;
        }
    }
    m_crowd->poll(0);
    m_crowd->setSink(nullptr);
}

bool Talk::isDue(uint32_t message, int64_t begin) const
{
    return m_pace == 0 || steadyNs() - begin >= milliseconds(1000) * message / m_pace;
}

void Talk::sayNext(Tally &tally)
{
    const int next = static_cast<int>(tally.begun());
    const int room = next % m_seating.rooms();
    const int seat = next / m_seating.rooms() % m_seating.perRoom;
    const int sender = room * m_seating.perRoom + seat;
    const uint32_t number = tally.begin(sender);
    m_crowd->say(sender, m_seating.roomName(room), {number, steadyNs()});
}

std::vector<Sample> failed(const std::string &why, size_t figures)
{
    return std::vector<Sample>(figures, Sample{.problem = why});
}

} // namespace teahouse::bench
