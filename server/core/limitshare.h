#pragma once

#include "server/core/netaddress.h"

#include <QHash>

#include <optional>

namespace teahouse::server {

/// Where a connection comes from.
struct Source
{
    NetAddress address = {};  ///< the peer's
    NetAddress counted = {};  ///< what its address counts as: itself, a neighbour or a /64
    bool isExempt = false;    ///< limits by address do not apply to it
    bool isEncrypted = false; ///< nobody on the way can read it
    bool offersTls = false;   ///< the port that the peer came to takes TLS, too
};

/// Whether what an address counts as stands for a neighbour that the kernel knows: a multicast
/// address, which no peer has (RFC 4291, 2.7). It is no address to be shown, or to be banned.
inline bool isNeighbour(const NetAddress &counted)
{
    return counted.high >> 56 == 0xFF;
}

/// Who shares the limits by address: all connections that count as one address. One that is
/// exempt shares them with nobody, so that a limit by share still bounds each connection.
struct LimitShare
{
    NetAddress counted = {};
    quint64 session = 0; ///< of a connection that is exempt, else 0

    bool operator==(const LimitShare &) const = default;
};

/// Who shares the rate of messages with a session, besides the session itself: at most one of
/// the two.
struct LimitParty
{
    quint64 account = 0;                  ///< all sessions of an account
    std::optional<LimitShare> share = {}; ///< all that have no name, of one address
};

inline size_t qHash(const LimitShare &share, size_t seed = 0)
{
    return qHashMulti(seed, share.counted.high, share.counted.low, share.session);
}

} // namespace teahouse::server
