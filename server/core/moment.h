#pragma once

#include <QtGlobal>

namespace teahouse::server {

/// A point in time by both clocks. Dates are told by `utc`; whatever waits, fills up or expires
/// within one run goes by `steady`, which nobody can set.
struct Moment
{
    qint64 utc = 0;    ///< milliseconds since 1970 UTC; jumps when somebody sets the clock
    qint64 steady = 0; ///< milliseconds since some moment of this run; never goes back
};

} // namespace teahouse::server
