#pragma once

#include "server/core/eventsink.h"
#include "server/core/store.h"

#include <vector>

namespace teahouse::server {

using SessionId = quint64;

/// The sessions that hear a room, sorted by how they speak, so that an event is encoded once per
/// dialect and handed to each session without looking anything up.
class Audience
{
public:
    struct Seat
    {
        SessionId session = 0;
        UserId user = 0;
        EventSink *sink = nullptr;
    };

    void add(const EventEncoder &encoder, const Seat &seat);
    void remove(SessionId session);

    /// Tells everybody; `actor` and all sessions of the same user get their own side of it.
    void tell(const Event &event, UserId actor) const;

private:
    struct Row
    {
        const EventEncoder *encoder;
        std::vector<Seat> seats;
    };
    std::vector<Row> m_rows;
};

} // namespace teahouse::server
