#pragma once

#include "server/dialects/dialectregistry.h"
#include "server/net/gate.h"

namespace teahouse::server {

/// Where somebody connects from, as the doors are told: IPv4-mapped addresses as IPv4; loopback,
/// link-local and private networks are local.
PeerAddress peerAddress(const Peer &peer);

} // namespace teahouse::server
