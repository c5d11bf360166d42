#include "server/store/peopletable.h"

namespace teahouse::server {

namespace {

constexpr int mentionsAtOnce = 500;

} // namespace

PeopleTable::PeopleTable(Database &database)
    : m_database(database),
      m_put(database,
            "INSERT INTO guests (id, name, secret_hash, until) SELECT ?, ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE id = ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
            " secret_hash = excluded.secret_hash, until = excluded.until"),
      m_forget(database, "DELETE FROM guests WHERE id = ?"),
      m_forgetPositions(database, "DELETE FROM positions WHERE user_id = ?"),
      m_removeMentions(database,
                       "DELETE FROM mentions WHERE (user_id, room, seq) IN"
                       " (SELECT user_id, room, seq FROM mentions WHERE user_id = ? LIMIT ?)"),
      m_addForgotten(database,
                     "INSERT INTO forgotten (user_id) VALUES (?) ON CONFLICT (user_id) DO NOTHING"),
      m_forgotten(database, "SELECT user_id FROM forgotten LIMIT 1"),
      m_isForgotten(database, "DELETE FROM forgotten WHERE user_id = ?"),
      m_putRead(database,
                "INSERT INTO positions (user_id, room, seq) SELECT ?, id, ? FROM rooms WHERE id = ?"
                " ON CONFLICT (user_id, room) DO UPDATE SET seq = excluded.seq"
                " WHERE excluded.seq > positions.seq")
{
}

void PeopleTable::put(const GuestRecord &guest)
{
    m_put.with(guest.id, guest.name, guest.secretHash, guest.until, guest.id).run();
}

void PeopleTable::forget(UserId guest)
{
    m_forget.with(guest).run();
    m_forgetPositions.with(guest).run();
    if (removeMentions(guest))
        m_addForgotten.with(guest).run();
}

bool PeopleTable::forgetSome()
{
    if (!m_forgotten.with().next())
        return false;
    const UserId user = m_forgotten.number(0);
    m_forgotten.reset();
    if (!removeMentions(user))
        m_isForgotten.with(user).run();
    return true;
}

/// Whether there may be more.
bool PeopleTable::removeMentions(UserId user)
{
    const qint64 before = m_database.changes();
    m_removeMentions.with(user, mentionsAtOnce).run();
    return m_database.changes() - before >= mentionsAtOnce;
}

void PeopleTable::putRead(UserId user, RoomId room, quint64 seq)
{
    m_putRead.with(user, seq, room).run();
}

} // namespace teahouse::server
