#pragma once

#include "server/dialects/dialect.h"
#include "server/net/recognition.h"

#include <QHostAddress>

#include <functional>
#include <memory>

namespace teahouse::server {

/// Where somebody connects from.
struct Peer
{
    QHostAddress address;
    quint16 port = 0;
};

/// How those who come to a listener are received.
struct Door
{
    enum class Tls {
        None,
        Offered,  ///< a hello is recognised, and so is plain text
        Required, ///< from the first byte
    };
    enum class Speech {
        Known, ///< that of the door
        Told,  ///< told by the first bytes, see Recognition
    };
    /// Makes the dialect of what is spoken for one more peer; null: nobody here speaks it. For Tea,
    /// which is also what a door of known speech asks for, it has one.
    using Maker = std::function<std::unique_ptr<Dialect>(Recognition::Speech, const Peer &)>;

    Maker make;
    Tls tls = Tls::None;
    Speech speech = Speech::Known;

    /// Whether something comes before a connection can begin.
    bool hasReception() const { return tls != Tls::None || speech != Speech::Known; }
};

} // namespace teahouse::server
