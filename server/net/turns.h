#pragma once

#include <QtGlobal>

#include <array>
#include <deque>
#include <optional>

namespace teahouse::server {

/// What one connection may take in before the others have their turn; whoever has it subtracts
/// what it takes.
struct Turn
{
    int frames = 0;
    qsizetype bytes = 0;

    bool isUsedUp() const { return frames <= 0 || bytes <= 0; }
};

/// Whose input is looked at next, and how much of it: fair however much each of them sends. Pure:
/// knows numbers only.
///
/// There are two queues, after RFC 8290 (FQ-CoDel): those whose last turn was enough, and those
/// who had more than it took. Each has a budget of its own for a round, so that somebody who says
/// a word now and then does not wait behind a crowd that never stops, and that crowd gets its
/// turns, too. The more wait, the less each may take at once. A third one is for those whose turn
/// costs much and who have no business with anybody yet.
class Turns
{
public:
    enum class Kind {
        Fresh,    ///< has taken all that it had
        Greedy,   ///< its last turn was not enough
        Newcomer, ///< shakes hands; says itself how many frames a turn has cost
    };

    static constexpr int framesInRound = 128;
    static constexpr qsizetype bytesInRound = 128 * 1024;
    static constexpr int leastFrames = 4; ///< of one turn, however many wait
    static constexpr qsizetype leastBytes = 4 * 1024;
    static constexpr qsizetype mostBytes = 64 * 1024;

    /// A round begins: the budgets are whole again.
    void startRound();

    /// Puts somebody at the end of a queue. It is up to the caller that nobody waits twice.
    void add(quint32 who, Kind kind);

    /// Whose turn it is; nothing: nobody waits, or the round is over for those who do. Goes with
    /// a `turn`, of which used() takes back the rest.
    std::optional<quint32> next(Turn &turn);
    /// The turn that next() gave is over; `rest` is what is left of it.
    void used(const Turn &rest);

    bool isEmpty() const;

private:
    struct Queue
    {
        std::deque<quint32> waiting;
        Turn left = {framesInRound, bytesInRound}; ///< of the round
    };

    std::array<Queue, 3> m_queues; ///< in the order of Kind
    Queue *m_current = nullptr;    ///< whose turn was given last
    Turn m_given;
};

} // namespace teahouse::server
