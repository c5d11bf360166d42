#include "server/store/peopletable.h"

namespace teahouse::server {

PeopleTable::PeopleTable(Database &database)
    : m_put(database,
            "INSERT INTO guests (id, name, secret_hash, until) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
            " secret_hash = excluded.secret_hash, until = excluded.until"),
      m_forget(database, "DELETE FROM guests WHERE id = ?"),
      m_forgetPositions(database, "DELETE FROM positions WHERE user_id = ?"),
      m_forgetMentions(database, "DELETE FROM mentions WHERE user_id = ?"),
      m_putRead(database,
                "INSERT INTO positions (user_id, room, seq) SELECT ?, id, ? FROM rooms WHERE id = ?"
                " ON CONFLICT (user_id, room) DO UPDATE SET seq = excluded.seq"
                " WHERE excluded.seq > positions.seq")
{
}

void PeopleTable::put(const GuestRecord &guest)
{
    m_put.with(guest.id, guest.name, guest.secretHash, guest.until).run();
}

void PeopleTable::forget(UserId guest)
{
    m_forget.with(guest).run();
    m_forgetPositions.with(guest).run();
    m_forgetMentions.with(guest).run();
}

void PeopleTable::putRead(UserId user, RoomId room, quint64 seq)
{
    m_putRead.with(user, seq, room).run();
}

} // namespace teahouse::server
