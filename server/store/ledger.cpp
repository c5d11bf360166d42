#include "server/store/ledger.h"

#include "server/store/searchwords.h"

#include <utility>

namespace teahouse::server {

Ledger::Ledger(std::unique_ptr<Database> database, UnkeptRooms &unkept)
    : m_database(std::move(database)), m_unkept(unkept), m_rooms(*m_database), m_index(*m_database),
      m_items(*m_database, m_rooms, m_index, m_unkept), m_people(*m_database),
      m_housekeeping(*m_database, m_rooms, m_items, m_index)
{
    m_items.reload();
}

void Ledger::begin()
{
    m_database->run("BEGIN IMMEDIATE");
}

Result<Appended> Ledger::append(const AppendRequest &request, qint64 now)
{
    return m_items.append(request, now);
}

void Ledger::put(const RoomRecord &room)
{
    if (m_rooms.put(room))
        m_unkept.close(room.id);
    m_items.seeRoom(room.id);
    for (const Partner &partner : room.pair)
        m_items.seeUser(partner.user);
}

Wishes Ledger::carryOut(const Wishes &wishes)
{
    Wishes early;
    for (auto it = wishes.read.begin(); it != wishes.read.end(); ++it) {
        const auto [user, room] = it.key();
        m_items.seeUser(user);
        if (m_rooms.find(room))
            m_people.putRead(user, room, it.value());
        else if (!wishes.forgotten.contains(room))
            early.addRead(user, room, it.value());
    }
    for (auto it = wishes.guests.begin(); it != wishes.guests.end(); ++it) {
        m_items.seeUser(it.key());
        if (it.value())
            m_people.put(*it.value());
        else
            m_people.forget(it.key());
    }
    for (const RoomId room : wishes.forgotten) {
        m_items.seeRoom(room);
        m_rooms.forget(room);
        m_unkept.close(room);
    }
    return early;
}

void Ledger::keepHouse(qint64 now)
{
    m_housekeeping.step(now);
}

void Ledger::finish()
{
    m_rooms.finish();
    m_items.finish();
}

void Ledger::commit()
{
    m_database->run("COMMIT");
    m_unkept.commit();
}

void Ledger::rollBack()
{
    m_database->rollBack();
    m_rooms.clear();
    m_unkept.rollBack();
    m_housekeeping.startOver();
    m_items.reload();
}

bool Ledger::checkpoint()
{
    return m_database->number("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
}

} // namespace teahouse::server
