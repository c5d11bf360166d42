#pragma once

#include "server/core/eventsink.h"
#include "server/core/store.h"

#include "shared/request.h"

#include <QSet>

#include <span>
#include <vector>

namespace teahouse::server {

using SessionId = quint64;

/// An event, and who has caused it.
struct Told
{
    Event event;
    UserId actor = 0;
    QSet<UserId> unheardBy = {}; ///< whose sessions for text are not told
};

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
        Form form = Form::Object;
    };

    void add(const EventEncoder &encoder, const Seat &seat);
    void remove(SessionId session);

    /// Tells everybody; an event's actor hears his own side of it, in all his sessions. Events
    /// told together reach each session in one piece, or in several when they are long.
    void tell(std::span<const Told> events) const;
    void tell(const Event &event, UserId actor) const;

private:
    struct Row
    {
        const EventEncoder *encoder;
        std::vector<Seat> seats;
    };

    static void tell(const Row &row, std::span<const Told> events);

    std::vector<Row> m_rows;
};

} // namespace teahouse::server
