#pragma once

namespace teahouse::client {

class ServerLink;

/// Lets the link reconnect at once when the computer is back on a network, where the system tells
/// such things; does nothing elsewhere.
void reconnectOnNetworkChange(ServerLink &link);

} // namespace teahouse::client
