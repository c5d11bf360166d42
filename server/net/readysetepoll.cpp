#include "server/net/epollset.h"

namespace teahouse::server {

std::unique_ptr<ReadySet> makeReadySet()
{
    return std::make_unique<EpollSet>();
}

} // namespace teahouse::server
