#include "server/net/readyset.h"

#ifdef TEAHOUSE_POLLER_EPOLL
#include "server/net/epollset.h"
#else
#include "server/net/notifierset.h"
#endif

namespace teahouse::server {

std::unique_ptr<ReadySet> makeReadySet()
{
#ifdef TEAHOUSE_POLLER_EPOLL
    return std::make_unique<EpollSet>();
#else
    return std::make_unique<NotifierSet>();
#endif
}

} // namespace teahouse::server
