#include "server/net/descriptorlimit.h"

#include "server/net/netlog.h"
#include "shared/limits.h"

#include <sys/resource.h>

#include <algorithm>
#include <limits>

namespace teahouse::server {

int raiseDescriptorLimit()
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1024; // what POSIX systems have given for decades
    const rlim_t before = std::exchange(limit.rlim_cur, limit.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
        limit.rlim_cur = before;
    return static_cast<int>(std::min<rlim_t>(limit.rlim_cur, std::numeric_limits<int>::max()));
}

int neededDescriptors(int doors)
{
    return limits::descriptorReserve + doors + 1;
}

int sessionLimit(int wanted, int descriptors, int doors)
{
    const int left = descriptors - limits::descriptorReserve - doors;
    const int sessions = std::max(1, std::min(wanted, left));
    qCInfo(lcNet, "room for %d of the %d sessions wanted, with %d descriptors", sessions, wanted,
           descriptors);
    return sessions;
}

} // namespace teahouse::server
