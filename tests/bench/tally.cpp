#include "tests/bench/tally.h"

namespace teahouse::bench {

Tally::Tally(const Seating &seating, bool echoes)
    : m_seating(seating), m_echoes(echoes), m_heard(size_t(seating.members)),
      m_unheard(size_t(seating.members)), m_said(size_t(seating.rooms()))
{
}

uint32_t Tally::begin(int sender)
{
    const uint32_t number = begun();
    const int room = roomOf(sender);
    m_waiting.push_back(static_cast<uint32_t>(m_seating.perRoom - (m_echoes ? 0 : 1)));
    m_room.push_back(room);
    const auto enter = [number](Book &book) {
        ++book.count;
        book.sum += number + 1;
    };
    enter(m_said[size_t(room)]);
    if (!m_echoes)
        enter(m_unheard[size_t(sender)]);
    return number;
}

void Tally::delivered(int member, const Stamp &stamp, int64_t now)
{
    if (stamp.number >= begun() || m_room[stamp.number] != roomOf(member)
        || m_waiting[stamp.number] == 0) {
        ++m_strays;
        return;
    }
    ++m_deliveries;
    Book &book = m_heard[size_t(member)];
    ++book.count;
    book.sum += stamp.number + 1;
    m_latency.add(now - stamp.sentAt);
    if (--m_waiting[stamp.number] == 0)
        ++m_complete;
}

std::string Tally::problem() const
{
    if (m_complete != begun())
        return std::to_string(begun() - m_complete) + " messages did not reach everybody";
    if (m_strays > 0)
        return std::to_string(m_strays) + " deliveries too many";
    for (int member = 0; member < m_seating.members; ++member) {
        const Book &heard = m_heard[size_t(member)];
        const Book &unheard = m_unheard[size_t(member)];
        const Book &said = m_said[size_t(roomOf(member))];
        if (heard.count + unheard.count != said.count || heard.sum + unheard.sum != said.sum)
            return "member " + std::to_string(member) + " has not read each message once";
    }
    return {};
}

} // namespace teahouse::bench
