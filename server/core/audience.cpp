#include "server/core/audience.h"

#include <algorithm>

namespace teahouse::server {

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
    for (const Row &row : m_rows) {
        QByteArray forOthers;
        QByteArray forOwn;
        for (const Seat &seat : row.seats) {
            const Side side = seat.user == actor ? Side::Own : Side::Other;
            QByteArray &bytes = side == Side::Own ? forOwn : forOthers;
            if (bytes.isNull()) {
                bytes = row.encoder->encode(event, side);
                if (bytes.isNull())
                    bytes = ""; // encoded, to nothing
            }
            if (!bytes.isEmpty())
                seat.sink->write(bytes);
        }
    }
}

} // namespace teahouse::server
