#include "server/store/numbercheck.h"

#include "server/core/store.h"

#include <algorithm>
#include <limits>
#include <map>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr quint64 everything = std::numeric_limits<quint64>::max();

/// A room, and how far its items have been seen.
struct Seen
{
    QString name;
    int retention = keepForever;
    quint64 first = 1;
    quint64 last = 0;
    quint64 leftBelow = 0; ///< items below are to be removed and do not count
    quint64 seq = 0;       ///< the last one seen, 0: none

    quint64 next() const { return std::max(first, seq + 1); }
};

class Numbers
{
public:
    Numbers(Database &database, int atMost) : m_atMost(atMost)
    {
        readRooms(database);
        readItems(database);
        for (const auto &[id, room] : m_rooms)
            checkEnd(room);
    }

    QStringList takeWrong() { return std::move(m_wrong); }

private:
    void readRooms(Database &database)
    {
        Statement rooms(database,
                        "SELECT id, name, name_a, name_b, retention, first, last FROM rooms");
        while (rooms.next()) {
            Seen room;
            room.name = rooms.text(1);
            if (room.name.isEmpty())
                room.name = u"@%1,%2"_s.arg(rooms.text(2), rooms.text(3));
            room.retention = static_cast<int>(rooms.integer(4));
            room.first = rooms.number(5);
            room.last = rooms.number(6);
            m_rooms.emplace(rooms.number(0), room);
        }
        Statement leftovers(database, "SELECT room, below FROM leftovers");
        while (leftovers.next()) {
            const auto room = m_rooms.find(leftovers.number(0));
            if (room != m_rooms.end())
                room->second.leftBelow = leftovers.number(1);
            else
                m_rooms.emplace(leftovers.number(0), Seen{.name = {}, .leftBelow = everything});
        }
    }

    void readItems(Database &database)
    {
        Statement items(database, "SELECT room, seq FROM items ORDER BY room, seq");
        while (items.next()) {
            const auto room = m_rooms.find(items.number(0));
            if (room == m_rooms.end())
                say(u"An item belongs to room #%1, which does not exist."_s.arg(items.number(0)));
            else if (items.number(1) >= room->second.leftBelow)
                check(room->second, items.number(1));
        }
    }

    void check(Seen &room, quint64 seq)
    {
        if (seq < room.first)
            say(room, u"number %1 is before the first kept, %2."_s.arg(seq).arg(room.first));
        else if (room.retention == 0)
            say(room, u"number %1 is kept, but the room keeps no history."_s.arg(seq));
        else if (seq < room.next())
            say(room, u"number %1 is there twice."_s.arg(seq));
        else if (seq > room.last)
            say(room, u"number %1 is behind the last, %2."_s.arg(seq).arg(room.last));
        else if (seq > room.next())
            say(room, u"number %1 is missing."_s.arg(room.next()));
        room.seq = seq;
    }

    void checkEnd(const Seen &room)
    {
        if (room.retention != 0 && room.leftBelow != everything && room.next() <= room.last)
            say(room, u"number %1 is missing."_s.arg(room.next()));
    }

    void say(const Seen &room, const QString &text) { say(u"In %1 "_s.arg(room.name) + text); }
    void say(const QString &text)
    {
        if (m_wrong.size() < m_atMost)
            m_wrong.append(text);
        else if (m_wrong.size() == m_atMost)
            m_wrong.append(u"There is more of the kind."_s);
    }

    int m_atMost;
    std::map<RoomId, Seen> m_rooms;
    QStringList m_wrong;
};

} // namespace

QStringList checkNumbers(Database &database, int atMost)
{
    return Numbers(database, atMost).takeWrong();
}

} // namespace teahouse::server
