#pragma once

#include "server/core/limitshare.h"
#include "server/dialects/dialect.h"
#include "server/net/addresslimits.h"
#include "server/net/door.h"
#include "server/net/strangers.h"
#include "server/net/transport.h"

#include <deque>
#include <memory>
#include <unordered_map>

namespace teahouse::server {

/// Those who have connected and are neither greeted nor read yet, because enough of their address
/// have not logged in. One queue for each address, so that nobody waits for another's. Belongs to
/// the Gate, and knows no limits.
class Anteroom
{
public:
    struct Caller
    {
        std::unique_ptr<Transport> transport;
        std::unique_ptr<Dialect> dialect;
        AddressLimits::Ticket ticket;
        Source source = {};
        Peer peer = {};
        const Door *door = nullptr; ///< belongs to the Gate
        Strangers::Id stranger = 0;
    };

    /// Behind all others of its address.
    void add(Caller caller);

    /// Who is first among those counted as `address`; null: nobody.
    const Caller *first(const QHostAddress &address) const;
    /// Takes the first out. There must be one.
    Caller takeFirst(const QHostAddress &address);

    /// Takes out that one when it is the first of its address; nothing: it is not.
    std::optional<Caller> takeFirst(Strangers::Id stranger);

    /// All addresses of which somebody waits.
    QList<QHostAddress> addresses() const;

    size_t size() const { return m_size; }

private:
    struct Hash
    {
        size_t operator()(const QHostAddress &address) const { return qHash(address); }
    };

    std::unordered_map<QHostAddress, std::deque<Caller>, Hash> m_queues; ///< none is empty
    size_t m_size = 0;
};

} // namespace teahouse::server
