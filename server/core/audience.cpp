#include "server/core/audience.h"

#include <algorithm>

namespace teahouse::server {

namespace {

/// Events are put together up to here. Who reads slowly keeps whole pieces, and whoever is closed
/// for that is told why behind the one he has begun.
constexpr qsizetype pieceSize = 16 * 1024;
/// What a speaker's own side is mostly longer.
constexpr qsizetype ownExtra = 64;

/// The first of some events, as one dialect writes them.
class Piece
{
public:
    Piece(const EventEncoder &encoder, std::span<const Told> events)
        : m_encoder(encoder), m_events(events)
    {
        qsizetype size = 0;
        for (const Told &told : events) {
            m_parts.push_back(encoder.encode(told.event, Side::Other));
            size += m_parts.back().size();
            m_isUnheard = m_isUnheard || !told.unheardBy.isEmpty();
            if (encoder.sidesDiffer(told.event))
                m_actors.push_back(told.actor);
            if (size >= pieceSize)
                break;
        }
        m_forOthers = joined(size);
    }

    /// How many events they are.
    size_t count() const { return m_parts.size(); }

    /// Whether the user has caused one of them that sounds otherwise to him.
    bool hasOwnSide(UserId user) const
    {
        return std::find(m_actors.begin(), m_actors.end(), user) != m_actors.end();
    }

    /// Whether some of it is not for everybody.
    bool isUnheard() const { return m_isUnheard; }

    /// What somebody hears who does not hear all.
    QByteArray without(UserId user) const
    {
        QByteArray bytes;
        for (size_t i = 0; i < m_parts.size(); ++i) {
            if (!m_events[i].unheardBy.contains(user))
                bytes.append(m_events[i].actor == user
                                     ? m_encoder.encodeOwn(m_events[i].event, m_parts[i])
                                     : m_parts[i]);
        }
        return bytes;
    }

    const QByteArray &forOthers() const { return m_forOthers; }

    QByteArray forActor(UserId user) const
    {
        QByteArray bytes;
        bytes.reserve(m_forOthers.size() + ownExtra);
        qsizetype from = 0; // what is not in `bytes` yet, of the others' side
        qsizetype begin = 0;
        for (size_t i = 0; i < m_parts.size(); ++i) {
            const qsizetype end = begin + m_parts[i].size();
            if (m_events[i].actor == user) {
                bytes.append(QByteArrayView(m_forOthers).sliced(from, begin - from));
                bytes.append(m_encoder.encodeOwn(m_events[i].event, m_parts[i]));
                from = end;
            }
            begin = end;
        }
        bytes.append(QByteArrayView(m_forOthers).sliced(from));
        return bytes;
    }

private:
    QByteArray joined(qsizetype size) const
    {
        if (m_parts.size() == 1)
            return m_parts.front();
        QByteArray bytes;
        bytes.reserve(size);
        for (const QByteArray &part : m_parts)
            bytes.append(part);
        return bytes;
    }

    const EventEncoder &m_encoder;
    std::span<const Told> m_events;
    std::vector<QByteArray> m_parts; ///< an event each
    QByteArray m_forOthers;          ///< all of them; shares the bytes when it is one
    bool m_isUnheard = false;
    std::vector<UserId> m_actors; ///< those whose own side is another
};

void write(EventSink &sink, const QByteArray &bytes)
{
    if (!bytes.isEmpty())
        sink.write(bytes);
}

} // namespace

void Audience::add(const EventEncoder &encoder, const Seat &seat)
{
    const auto row = std::find_if(m_rows.begin(), m_rows.end(),
                                  [&](const Row &r) { return r.encoder == &encoder; });
    if (row == m_rows.end())
        m_rows.push_back({&encoder, {seat}});
    else
        row->seats.push_back(seat);
}

void Audience::remove(SessionId session)
{
    for (auto row = m_rows.begin(); row != m_rows.end(); ++row) {
        const auto seat = std::find_if(row->seats.begin(), row->seats.end(),
                                       [&](const Seat &s) { return s.session == session; });
        if (seat == row->seats.end())
            continue;
        *seat = row->seats.back();
        row->seats.pop_back();
        if (row->seats.empty())
            m_rows.erase(row);
        return;
    }
}

void Audience::tell(const Event &event, UserId actor) const
{
    const Told told{event, actor};
    tell(std::span(&told, 1));
}

void Audience::tell(std::span<const Told> events) const
{
    for (const Row &row : m_rows)
        tell(row, events);
}

void Audience::tell(const Row &row, std::span<const Told> events)
{
    while (!events.empty()) {
        const Piece piece(*row.encoder, events);
        for (const Seat &seat : row.seats) {
            if (piece.isUnheard() && seat.form == Form::Line)
                write(*seat.sink, piece.without(seat.user));
            else if (piece.hasOwnSide(seat.user))
                write(*seat.sink, piece.forActor(seat.user));
            else
                write(*seat.sink, piece.forOthers());
        }
        events = events.subspan(piece.count());
    }
}

} // namespace teahouse::server
