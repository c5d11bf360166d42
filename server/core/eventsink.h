#pragma once

#include "shared/event.h"

#include <QByteArray>

namespace teahouse::server {

/// All that core knows of a connection: bytes go in, and it can be ended. The bytes are encoded
/// already and shared with every other session that speaks the same dialect.
class EventSink
{
public:
    virtual ~EventSink() = default;

    /// Queues bytes for the peer. Never writes or ends anything before it returns, so that a
    /// room can go through its members undisturbed.
    virtual void write(const QByteArray &bytes) = 0;

    /// Ends the connection once what is queued has been written; the session is over already.
    virtual void close(const Closing &why) = 0;
};

} // namespace teahouse::server
