#include "server/store/roomexport.h"

#include "server/store/migrations.h"
#include "server/store/storeaccess.h"
#include "server/store/storedtables.h"
#include "shared/limits.h"
#include "shared/names.h"

#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// What `find` is asked for.
class Wanted
{
public:
    explicit Wanted(const QString &text) : m_isPrivate(text.startsWith(u'@'))
    {
        if (!m_isPrivate) {
            m_names = {key(text)};
            return;
        }
        m_names = {key(text.mid(1).section(u',', 0, 0)),
                   key(text.section(u',', 1).section(u'#', 0, 0))};
        m_id = text.section(u'#', 1).toULongLong();
        m_isNumbered = text.contains(u'#');
    }

    bool match(const RoomRecord &room) const
    {
        if (!m_isPrivate)
            return !room.name.isEmpty() && key(room.name) == m_names.first();
        const QString one = key(room.pair[0].name);
        const QString other = key(room.pair[1].name);
        const bool isTheirs = room.name.isEmpty()
                && ((one == m_names.first() && other == m_names.last())
                    || (other == m_names.first() && one == m_names.last()));
        return isTheirs && (!m_isNumbered || room.id == m_id);
    }

private:
    static QString key(const QString &name) { return foldedName(normalizedName(name)); }

    bool m_isPrivate;
    bool m_isNumbered = false;
    QStringList m_names;
    RoomId m_id = 0;
};

} // namespace

std::variant<std::unique_ptr<RoomExport>, QString> RoomExport::open(const QString &path)
{
    auto opened = openForReading(path);
    if (const auto *problem = std::get_if<QString>(&opened))
        return *problem;
    auto &database = std::get<std::unique_ptr<Database>>(opened);
    try {
        if (schemaVersion(*database) != schemaMigrations().size())
            return u"%1 was written by an older teahoused. Start this one on it once, or use that "
                   "one."_s.arg(path);
        if (const QString doubt = doubtAboutRooms(*database); !doubt.isEmpty())
            return u"%1 is damaged: %2. \"teahoused check\" tells more; export from another copy."_s
                    .arg(path, doubt);
        return std::unique_ptr<RoomExport>(new RoomExport(path, std::move(database)));
    } catch (const DatabaseError &error) {
        return explained(path, error);
    }
}

RoomExport::RoomExport(QString path, std::unique_ptr<Database> database)
    : m_path(std::move(path)), m_database(std::move(database)), m_reader(*m_database, m_unkept)
{
}

std::variant<QList<RoomRecord>, QString> RoomExport::find(const QString &wanted)
{
    const Wanted what(wanted);
    const StoredTable &table = storedTable("rooms");
    QList<RoomRecord> found;
    try {
        Statement rooms(*m_database,
                        "SELECT id, name, user_a, name_a, user_b, name_b, topic, retention, first,"
                        " last FROM rooms ORDER BY id");
        while (rooms.next()) {
            const RoomRecord room{
                    .id = rooms.number(0),
                    .name = rooms.text(1),
                    .pair = {Partner{rooms.number(2), shownText(rooms, 3, table.column("name_a"))},
                             Partner{rooms.number(4), shownText(rooms, 5, table.column("name_b"))}},
                    .topic = shownText(rooms, 6, table.column("topic")),
                    .retention = static_cast<int>(rooms.integer(7)),
                    .first = rooms.number(8),
                    .last = rooms.number(9)};
            if (what.match(room))
                found.append(room);
        }
    } catch (const DatabaseError &error) {
        return explained(m_path, error);
    }
    return found;
}

QString RoomExport::forEach(RoomId room, const std::function<bool(const Item &)> &take)
{
    PageRequest request{.room = room, .forwards = true, .limit = limits::page};
    try {
        for (;;) {
            const LogPage page = m_reader.page(request);
            for (const Item &item : page.items) {
                if (!take(item))
                    return {};
            }
            if (!page.more || page.items.isEmpty())
                return {};
            request.after = page.items.last().seq;
        }
    } catch (const DatabaseError &error) {
        return explained(m_path, error);
    }
}

QString exportName(const RoomRecord &room)
{
    if (!room.name.isEmpty())
        return room.name;
    return u"@%1,%2#%3"_s.arg(room.pair[0].name, room.pair[1].name).arg(room.id);
}

} // namespace teahouse::server
