#pragma once

#include "server/core/limitshare.h"

#include <QHash>

#include <array>
#include <deque>
#include <optional>

namespace teahouse::server {

/// Whose turn it is, where many wait for something scarce. The shares of a line take turns, so that
/// what one of them asks for delays only itself. Lines go before one another, but a later line
/// still gets every fourth turn. Knows tickets, not what they stand for.
class FairQueue
{
public:
    /// First comes first.
    enum class Line { Shell, Known, Strangers };

    struct Bounds
    {
        qsizetype all = 0;      ///< tickets that wait in all lines but the shell's
        qsizetype perShare = 0; ///< of one share in one line
    };

    enum class Place { Given, NoneForShare, NoneAtAll };
    struct Added
    {
        Place place = Place::Given;
        quint64 ousted = 0; ///< the ticket that gave its place up for it; 0: none
    };

    explicit FairQueue(const Bounds &bounds) : m_bounds(bounds) { }

    /// Adds a ticket, which is not 0, behind those of its share. In a full queue someone of a later
    /// line gives way, else the newest of the share that has the most places, if that has more than
    /// the newcomer's will. The shell always gets a place.
    Added add(Line line, const LimitShare &share, quint64 ticket);
    /// Takes the next ticket; nothing when none waits.
    std::optional<quint64> takeNext();
    /// A ticket that has had its turn, or is unknown, is ignored.
    void remove(quint64 ticket);

    qsizetype size() const { return m_places.size(); }
    /// How many shares take turns in a line.
    qsizetype shares(Line line) const { return std::ssize(waiting(line).turns); }

private:
    struct Seat
    {
        Line line = Line::Strangers;
        LimitShare share = {};
    };
    struct Waiting
    {
        QHash<LimitShare, std::deque<quint64>> byShare; ///< no empty ones
        std::deque<LimitShare> turns;                   ///< each of them once
    };

    Waiting &waiting(Line line) { return m_lines.at(static_cast<size_t>(line)); }
    const Waiting &waiting(Line line) const { return m_lines.at(static_cast<size_t>(line)); }
    Line nextLine();
    quint64 takeFrom(Line line);
    /// The ticket that is to give way; 0: none has to.
    quint64 weakest(Line line, qsizetype placesOfNewcomer) const;

    Bounds m_bounds;
    std::array<Waiting, 3> m_lines;
    QHash<quint64, Seat> m_places;
    int m_turnsOfKnown = 0; ///< since a stranger's
};

} // namespace teahouse::server
