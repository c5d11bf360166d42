#include "server/app/peeraddress.h"

#include "server/app/settings.h"

#include <algorithm>

namespace teahouse::server {

using namespace Qt::StringLiterals;

PeerAddress peerAddress(const Peer &peer)
{
    // RFC 1918, 3927, 4193, 4291
    static const Networks local = *parseNetworks(
            u"127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,169.254.0.0/16,"
            "::1/128,fc00::/7,fe80::/10"_s);
    bool isIpv4 = false;
    const quint32 ipv4 = peer.address.toIPv4Address(&isIpv4);
    const QHostAddress address = isIpv4 ? QHostAddress(ipv4) : peer.address;
    const bool isLocal = std::any_of(
            local.list.begin(), local.list.end(),
            [&](const auto &network) { return address.isInSubnet(network); });
    return {{address.toString(), peer.port}, isLocal};
}

} // namespace teahouse::server
