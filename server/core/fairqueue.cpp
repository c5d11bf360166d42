#include "server/core/fairqueue.h"

#include <algorithm>

namespace teahouse::server {

namespace {

/// Turns of the known in a row while strangers wait.
constexpr int turnsInARow = 3;

} // namespace

FairQueue::Added FairQueue::add(Line line, const LimitShare &share, quint64 ticket)
{
    Added added;
    const qsizetype places = std::ssize(waiting(line).byShare.value(share));
    if (line != Line::Shell) {
        if (places >= m_bounds.perShare)
            return {.place = Place::NoneForShare};
        const qsizetype taken = size() - waiting(Line::Shell).byShare.value({}).size();
        if (taken >= m_bounds.all) {
            added.ousted = weakest(line, places + 1);
            if (added.ousted == 0)
                return {.place = Place::NoneAtAll};
            remove(added.ousted);
        }
    }
    Waiting &mine = waiting(line);
    const LimitShare key = line == Line::Shell ? LimitShare() : share;
    std::deque<quint64> &tickets = mine.byShare[key];
    if (tickets.empty())
        mine.turns.push_back(key);
    tickets.push_back(ticket);
    m_places.insert(ticket, {line, key});
    return added;
}

std::optional<quint64> FairQueue::takeNext()
{
    if (m_places.isEmpty())
        return std::nullopt;
    return takeFrom(nextLine());
}

FairQueue::Line FairQueue::nextLine()
{
    if (!waiting(Line::Shell).turns.empty())
        return Line::Shell;
    const bool isKnown = !waiting(Line::Known).turns.empty();
    const bool isStranger = !waiting(Line::Strangers).turns.empty();
    if (isKnown && (!isStranger || m_turnsOfKnown < turnsInARow)) {
        m_turnsOfKnown += isStranger ? 1 : 0;
        return Line::Known;
    }
    m_turnsOfKnown = 0;
    return Line::Strangers;
}

quint64 FairQueue::takeFrom(Line line)
{
    Waiting &mine = waiting(line);
    const LimitShare share = mine.turns.front();
    mine.turns.pop_front();
    const auto tickets = mine.byShare.find(share);
    const quint64 ticket = tickets->front();
    tickets->pop_front();
    m_places.remove(ticket);
    if (tickets->empty())
        mine.byShare.erase(tickets);
    else
        mine.turns.push_back(share);
    return ticket;
}

void FairQueue::remove(quint64 ticket)
{
    const auto place = m_places.find(ticket);
    if (place == m_places.end())
        return;
    const Seat seat = *place;
    m_places.erase(place);
    Waiting &mine = waiting(seat.line);
    const auto tickets = mine.byShare.find(seat.share);
    std::erase(*tickets, ticket);
    if (!tickets->empty())
        return;
    mine.byShare.erase(tickets);
    std::erase(mine.turns, seat.share);
}

quint64 FairQueue::weakest(Line line, qsizetype placesOfNewcomer) const
{
    const auto fullest = [](const Waiting &where) {
        return std::max_element(where.byShare.cbegin(), where.byShare.cend(),
                                [](const auto &a, const auto &b) { return a.size() < b.size(); });
    };
    if (line == Line::Known) {
        const Waiting &strangers = waiting(Line::Strangers);
        if (const auto found = fullest(strangers); found != strangers.byShare.cend())
            return found->back();
    }
    const Waiting &mine = waiting(line);
    const auto found = fullest(mine);
    return found != mine.byShare.cend() && std::ssize(*found) > placesOfNewcomer ? found->back()
                                                                                 : 0;
}

} // namespace teahouse::server
