#pragma once

#include <QtGlobal>

namespace teahouse::server {

/// Lets a burst through, then so many a second. Times are those of a steady clock,
/// in ms.
class TokenBucket
{
public:
    /// `burst` at once, then `perSecond` > 0.
    TokenBucket(double burst, double perSecond)
        : m_burst(burst), m_perSecond(perSecond), m_tokens(burst)
    {
    }

    /// Takes one; false when there is none.
    bool take(qint64 now);

    /// Takes `amount`, also when there is less: what is missing has to come in first.
    void charge(double amount, qint64 now);

    /// Whether nothing has been taken that has not come in again.
    bool isFull(qint64 now) const { return tokens(now) >= m_burst; }

    /// Milliseconds until there is one; 0 when there is.
    qint64 wait(qint64 now) const;

private:
    double tokens(qint64 now) const;

    double m_burst;
    double m_perSecond;
    double m_tokens;
    qint64 m_since = 0;
};

} // namespace teahouse::server
