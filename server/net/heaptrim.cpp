#include "server/net/heaptrim.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace teahouse::server {

namespace {

/// How long after the first of a crowd.
constexpr std::chrono::milliseconds moment = std::chrono::seconds(1);

} // namespace

HeapTrim::HeapTrim(Deadlines &deadlines) : m_clock(deadlines.clock()), m_deadline(deadlines, *this)
{
}

void HeapTrim::later()
{
    if (!m_deadline.isActive())
        m_deadline.startAt(m_clock.steady() + moment.count());
}

void HeapTrim::onDeadline()
{
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

} // namespace teahouse::server
