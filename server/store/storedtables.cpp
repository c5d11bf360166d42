#include "server/store/storedtables.h"

#include "shared/item.h"
#include "shared/limits.h"
#include "shared/reply.h"
#include "shared/roominfo.h"
#include "shared/text.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include <sqlite3.h>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 most = limits::largestInteger;
constexpr qint64 anything = std::numeric_limits<qint64>::max();
constexpr qint64 nothing = std::numeric_limits<qint64>::min();
constexpr qsizetype bytesOfAPoint = 4;         ///< at most, in UTF-8
constexpr qint64 latest = 253'402'300'799'999; ///< the end of the year 9999, in milliseconds

// More than what is let in today, so that a stricter rule for new ones locks no old ones out.
constexpr qint64 nameMost = 2LL * limits::name;
constexpr qint64 hashMost = 256;         ///< bytes of a password's hash, which says how it was made
constexpr qint64 subjectMost = 128;      ///< a folded name, an address or a network
constexpr qint64 verbMost = 64;          ///< of the audit log
constexpr qint64 particularsMost = 1000; ///< of the audit log
constexpr qint64 addressesMost = 4000;   ///< of one person, separated by commas

constexpr Column number(const char *name, qint64 least, qint64 greatest, Doubt doubt)
{
    return {name, ColumnKind::Number, least, greatest, doubt};
}
constexpr Column flag(const char *name, Doubt doubt)
{
    return number(name, 0, 1, doubt);
}
constexpr Column line(const char *name, qint64 least, qint64 greatest, Doubt doubt)
{
    return {name, ColumnKind::Line, least, greatest, doubt};
}
constexpr Column bytes(const char *name, qint64 least, qint64 greatest, Doubt doubt)
{
    return {name, ColumnKind::Bytes, least, greatest, doubt};
}
constexpr Column time(const char *name, Doubt doubt)
{
    return number(name, -latest, latest, doubt);
}

std::vector<StoredTable> makeTables()
{
    constexpr auto whole = Doubt::Whole;
    constexpr auto row = Doubt::Row;
    constexpr auto shown = Doubt::Shown;
    constexpr auto lastKind = static_cast<qint64>(ItemKind::Gone);
    constexpr auto lastRole = static_cast<qint64>(RoomRole::Owner);
    constexpr auto lastLevel = static_cast<qint64>(NotifyLevel::None);
    constexpr auto lastSanction = static_cast<qint64>(SanctionKind::Mute);
    Column digest = number("digest", nothing, anything, row);
    digest.mayBeNull = true;
    Column seal = number("seal", nothing, anything, row);
    seal.mayBeNull = true;
    return {
            {"store",
             0,
             {line("epoch", 1, 64, whole), bytes("digest_key", 1, 64, whole),
              number("last_user", 0, most, whole), number("last_room", 0, most, whole),
              number("last_item", 0, most, whole), number("indexed", 0, most, whole),
              line("index_rules", 0, 1000, shown), number("generation", 0, most, whole),
              number("erased", 0, 2, whole), flag("is_claimed", whole),
              number("clock", 0, latest, whole), number("clock_steady", 0, latest, whole)}},
            {"rooms",
             1,
             {number("id", 1, most, whole), line("name", 0, nameMost, whole),
              number("user_a", 0, most, whole), line("name_a", 0, nameMost, shown),
              number("user_b", 0, most, whole), line("name_b", 0, nameMost, shown),
              line("topic", 0, limits::topic, shown),
              number("retention", keepForever, limits::retentionDays, whole),
              number("first", 1, most, whole), number("last", 0, most - 1, whole),
              number("last_time", nothing, latest, whole), flag("is_closed", whole),
              flag("is_read_only", whole), bytes("key_hash", 0, hashMost, whole)}},
            {"conversations",
             1,
             {number("room", 1, most, whole), flag("is_answered", whole),
              number("ended_by", 0, 3, whole)}},
            {"accounts",
             1,
             {number("id", 1, most, whole), line("name", 1, nameMost, whole),
              bytes("password_hash", 0, hashMost, whole), flag("is_admin", whole),
              flag("is_erasing", whole), time("created", whole), time("seen", whole)}},
            {"guests",
             1,
             {number("id", 1, most, whole), line("name", 0, nameMost, whole),
              bytes("secret_hash", 0, 64, whole), number("until", 0, most, whole)}},
            {"memberships",
             2,
             {number("user_id", 1, most, whole), number("room", 1, most, whole),
              number("role", 0, lastRole, whole), flag("is_joined", whole),
              number("level", 0, lastLevel, whole)}},
            {"sanctions",
             3,
             {number("room", 0, most, whole), number("kind", 0, lastSanction, whole),
              line("subject", 1, subjectMost, whole), line("shown", 0, subjectMost, shown),
              number("until", 0, most, whole), line("reason", 0, limits::reason, shown),
              line("imposer", 0, nameMost, shown), time("time", whole),
              line("addresses", 0, addressesMost, shown)}},
            {"ignores",
             2,
             {number("user_id", 1, most, whole), number("ignored", 1, most, whole),
              line("name", 0, nameMost, shown)}},
            {"invites",
             1,
             {bytes("code_hash", 1, 64, whole), line("maker", 0, nameMost, shown),
              number("until", 0, most, whole), number("uses", 1, limits::inviteUses, whole),
              number("room", 0, most, whole)}},
            {"trusted",
             2,
             {number("user_id", 1, most, whole), bytes("origin", 1, 64, whole),
              number("used", 0, most, whole)}},
            {"items",
             3,
             {number("id", 1, most, row),
              number("room", 1, most, row),
              number("seq", 1, most, row),
              number("kind", 0, lastKind, row),
              number("sender", 0, most, row),
              line("speaker", 0, nameMost, shown),
              time("time", row),
              {"text", ColumnKind::Text, 0, limits::messageText, shown},
              number("flags", 0, 255, row),
              number("reply_to", 0, most, row),
              number("target", 0, most, row),
              number("newest_edit", 0, most, row),
              line("name", 0, nameMost, shown),
              line("role", 0, nameMost, shown),
              digest,
              seal}},
            {"cids",
             3,
             {number("room", 1, most, row), number("sender", 0, most, row),
              line("cid", 1, limits::cid, row), number("seq", 1, most, row), time("time", row)}},
            {"new_cids",
             1,
             {number("id", 1, most, row), number("room", 1, most, row),
              number("sender", 0, most, row), line("cid", 1, limits::cid, row),
              number("seq", 1, most, row), time("time", row)}},
            {"mentions",
             3,
             {number("user_id", 1, most, row), number("room", 1, most, row),
              number("seq", 1, most, row)}},
            {"positions",
             2,
             {number("user_id", 1, most, row), number("room", 1, most, row),
              number("seq", 0, most, row)}},
            {"forgotten", 1, {number("user_id", 1, most, row)}},
            {"leftovers", 1, {number("room", 1, most, row), number("below", 0, anything, row)}},
            {"audit",
             1,
             {number("id", 1, most, row), time("time", row), line("doer", 0, nameMost, shown),
              line("verb", 0, verbMost, shown), number("room", 0, most, row),
              line("room_name", 0, nameMost, shown), line("target", 0, subjectMost, shown),
              line("text", 0, particularsMost, shown), line("addresses", 0, addressesMost, shown)}},
    };
}

QByteArrayView beginning(QByteArrayView bytes, qsizetype size)
{
    return bytes.first(std::min(bytes.size(), size));
}

QString cleaned(const QString &text, ColumnKind kind)
{
    return kind == ColumnKind::Line ? cleanLine(text) : cleanText(text);
}

QString numberFault(const Statement &row, int place, const Column &column)
{
    if (row.type(place) != SQLITE_INTEGER)
        return u"is no number"_s;
    const qint64 value = row.integer(place);
    if (value >= column.least && value <= column.most)
        return {};
    return u"is %1, which is not from %2 to %3"_s.arg(value).arg(column.least).arg(column.most);
}

QString textFault(const Statement &row, int place, const Column &column)
{
    if (row.type(place) != SQLITE_TEXT)
        return u"is no text"_s;
    const qsizetype size = row.size(place);
    if (size > bytesOfAPoint * column.most)
        return u"has more than %1 characters"_s.arg(column.most);
    const QByteArrayView bytes = row.view(place);
    if (!bytes.isValidUtf8())
        return u"is no UTF-8"_s;
    const QString text = QString::fromUtf8(bytes);
    if (size > column.most && codePoints(text) > column.most)
        return u"has more than %1 characters"_s.arg(column.most);
    if (column.least > 0 && text.isEmpty())
        return u"is empty"_s;
    return cleaned(text, column.kind) == text ? QString()
                                              : u"has characters that nobody can send"_s;
}

QString bytesFault(const Statement &row, int place, const Column &column)
{
    const int type = row.type(place);
    if (type != SQLITE_BLOB && type != SQLITE_TEXT)
        return u"is not made of bytes"_s;
    const qsizetype size = row.size(place);
    if (size >= column.least && size <= column.most)
        return {};
    return u"has %1 bytes, which is not from %2 to %3"_s.arg(size)
            .arg(column.least)
            .arg(column.most);
}

/// How a sentence calls a row.
QString rowName(const Statement &row, const StoredTable &table)
{
    QStringList keys;
    for (int place = 0; place < table.keys; ++place) {
        const Column &column = table.columns[static_cast<size_t>(place)];
        const bool isBytes = row.type(place) == SQLITE_BLOB;
        QString value = isBytes
                ? QString::fromLatin1(beginning(row.view(place), 8).toByteArray().toHex())
                : cleanLine(QString::fromUtf8(beginning(row.view(place), 40)));
        if (row.type(place) == SQLITE_INTEGER)
            value = QString::number(row.integer(place));
        keys.append(QLatin1StringView(column.name) + u' ' + value);
    }
    const QString of = u"table \"%1\""_s.arg(QLatin1StringView(table.name));
    return keys.isEmpty() ? of : of + u", "_s + keys.join(u", "_s);
}

void addUpTo(QStringList &list, const QString &text, int atMost)
{
    if (list.size() < atMost)
        list.append(text);
    else if (list.size() == atMost)
        list.append(u"There is more of the kind."_s);
}

QByteArray selectAll(const StoredTable &table)
{
    QByteArrayList names;
    for (const Column &column : table.columns)
        names.append(column.name);
    return "SELECT " + names.join(", ") + " FROM " + table.name;
}

/// A sentence about a room whose counters do not fit what it holds.
QString doubtAboutEnds(Database &database)
{
    // Numbers are dense, so that the first and the last tell how far they go.
    Statement rooms(database,
                    "SELECT name, id, retention, first, last,"
                    " (SELECT seq FROM items WHERE room = rooms.id ORDER BY seq LIMIT 1),"
                    " (SELECT seq FROM items WHERE room = rooms.id ORDER BY seq DESC LIMIT 1),"
                    " EXISTS (SELECT 1 FROM leftovers WHERE room = rooms.id) FROM rooms");
    while (rooms.next()) {
        const qint64 retention = rooms.integer(2);
        const qint64 first = rooms.integer(3);
        const qint64 last = rooms.integer(4);
        const qint64 oldest = rooms.integer(5); // 0: none
        const qint64 newest = rooms.integer(6);
        const bool isLeft = rooms.integer(7) != 0;
        const QString room = rooms.text(0).isEmpty() ? u"room #%1"_s.arg(rooms.integer(1))
                                                     : rooms.text(0);
        if (first > last + 1)
            return u"in %1 the first number kept is %2, and the last one given %3"_s.arg(room)
                    .arg(first)
                    .arg(last);
        if (newest > last)
            return u"in %1 number %2 is behind the last one given, %3"_s.arg(room).arg(newest).arg(
                    last);
        if (!isLeft && oldest != 0 && (oldest < first || retention == 0))
            return u"in %1 number %2 is not to be kept"_s.arg(room).arg(oldest);
        if (retention != 0 && first <= last && newest < last)
            return u"in %1 the numbers behind %2 are missing, up to %3"_s.arg(room).arg(newest).arg(
                    last);
        if (retention != 0 && first <= last && oldest > first)
            return u"in %1 the numbers before %2 are missing, from %3 on"_s.arg(room)
                    .arg(oldest)
                    .arg(first);
    }
    return {};
}

/// Ids are given once, so that the counters must not be behind.
QString doubtAboutCounters(Database &database)
{
    if (database.number("SELECT count(*) FROM store") != 1)
        return u"the table \"store\" has not one row"_s;
    if (database.number("SELECT 1 FROM store WHERE last_item < (SELECT max(id) FROM items)") != 0)
        return u"the ids given do not reach those of the items"_s;
    if (database.number("SELECT 1 FROM store WHERE last_room < (SELECT max(id) FROM rooms)") != 0)
        return u"the ids given do not reach those of the rooms"_s;
    if (database.number("SELECT 1 FROM store WHERE last_user < (SELECT max(id) FROM accounts)"
                        " OR last_user < (SELECT max(id) FROM guests)")
        != 0)
        return u"the ids given do not reach those of the users"_s;
    return {};
}

QString firstDoubt(Database &database, std::initializer_list<const char *> tables)
{
    for (const char *name : tables) {
        const TableFaults faults = lookAt(database, storedTable(name), 1);
        if (!faults.whole.isEmpty())
            return faults.whole.first();
    }
    return {};
}

} // namespace

const Column &StoredTable::column(const char *wanted) const
{
    const auto found = std::find_if(columns.begin(), columns.end(), [wanted](const Column &column) {
        return std::strcmp(column.name, wanted) == 0;
    });
    Q_ASSERT(found != columns.end());
    return *found;
}

const std::vector<StoredTable> &storedTables()
{
    static const std::vector<StoredTable> tables = makeTables();
    return tables;
}

const StoredTable &storedTable(const char *name)
{
    const auto &tables = storedTables();
    const auto found = std::find_if(tables.begin(), tables.end(), [name](const StoredTable &table) {
        return std::strcmp(table.name, name) == 0;
    });
    Q_ASSERT(found != tables.end());
    return *found;
}

QString faultOf(const Statement &row, int place, const Column &column)
{
    if (row.isNull(place))
        return column.mayBeNull ? QString() : u"is missing"_s;
    switch (column.kind) {
    case ColumnKind::Number:
        return numberFault(row, place, column);
    case ColumnKind::Text:
    case ColumnKind::Line:
        return textFault(row, place, column);
    case ColumnKind::Bytes:
        return bytesFault(row, place, column);
    }
    return {};
}

QString shownText(const Statement &row, int place, const Column &column)
{
    const QByteArrayView bytes = beginning(row.view(place), bytesOfAPoint * column.most);
    QString text = QString::fromUtf8(bytes);
    if (!text.isEmpty())
        text = cleaned(text, column.kind);
    if (bytes.size() <= column.most || codePoints(text) <= column.most)
        return text;
    const QList<uint> points = text.toUcs4();
    return QString::fromUcs4(reinterpret_cast<const char32_t *>(points.constData()), column.most);
}

TableFaults lookAt(Database &database, const StoredTable &table, int atMost)
{
    TableFaults faults;
    Statement rows(database, selectAll(table).constData());
    while (rows.next()) {
        for (size_t i = 0; i < table.columns.size(); ++i) {
            const Column &column = table.columns[i];
            const QString fault = faultOf(rows, static_cast<int>(i), column);
            if (fault.isEmpty())
                continue;
            addUpTo(column.doubt == Doubt::Whole ? faults.whole : faults.rows,
                    u"%1: \"%2\" %3"_s.arg(rowName(rows, table), QLatin1StringView(column.name),
                                           fault),
                    atMost);
        }
    }
    return faults;
}

QString doubtAboutRooms(Database &database)
{
    const QString doubt = firstDoubt(database, {"rooms"});
    return doubt.isEmpty() ? doubtAboutEnds(database) : doubt;
}

QString doubtAboutWhole(Database &database)
{
    QString doubt = firstDoubt(database,
                               {"store", "accounts", "guests", "memberships", "sanctions",
                                "ignores", "invites", "trusted", "conversations"});
    if (doubt.isEmpty())
        doubt = doubtAboutCounters(database);
    return doubt.isEmpty() ? doubtAboutRooms(database) : doubt;
}

} // namespace teahouse::server
