#pragma once

#include "server/core/audience.h"
#include "server/core/fairqueue.h"

namespace teahouse::server {

/// Who wants a password hashed or a code looked at. Made by the House.
struct Requester
{
    SessionId session = 0;   ///< 0: the server's own shell
    LimitShare share = {};   ///< whose limits it counts towards
    NetAddress address = {}; ///< the peer's, for the log
    FairQueue::Line line = FairQueue::Line::Shell;
};

} // namespace teahouse::server
