#include "server/net/clock.h"

#include <chrono>

namespace teahouse::server {

namespace {

template <typename Source>
qint64 milliseconds()
{
    using namespace std::chrono;
    return duration_cast<std::chrono::milliseconds>(Source::now().time_since_epoch()).count();
}

} // namespace

qint64 SystemClock::utc() const
{
    return milliseconds<std::chrono::system_clock>();
}

qint64 SystemClock::steady() const
{
    return milliseconds<std::chrono::steady_clock>();
}

} // namespace teahouse::server
