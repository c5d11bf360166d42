#include "server/net/notifierset.h"

namespace teahouse::server {

std::unique_ptr<ReadySet> makeReadySet()
{
    return std::make_unique<NotifierSet>();
}

} // namespace teahouse::server
