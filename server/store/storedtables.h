#pragma once

#include "server/store/database.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace teahouse::server {

/// What a column may hold. SQLite itself would take anything anywhere.
enum class ColumnKind {
    Number, ///< an integer between two bounds
    Text,   ///< UTF-8 without control characters but line ends, with so many code points
    Line,   ///< the same in one line
    Bytes,  ///< so many of them
};

/// What follows from a value that a column may not hold.
enum class Doubt {
    Whole, ///< nobody can tell what else holds: the server does not start
    Row,   ///< that row is damaged, and readers leave it out
    Shown, ///< it is only shown to people, who get it cut and cleaned
};

struct Column
{
    const char *name;
    ColumnKind kind;
    qint64 least;
    qint64 most;
    Doubt doubt;
    bool mayBeNull = false;
};

/// A table of the newest schema and the rules for what it holds.
struct StoredTable
{
    const char *name;
    int keys; ///< the first so many columns tell which row it is
    std::vector<Column> columns;

    const Column &column(const char *name) const;
};

/// All tables but the search index.
const std::vector<StoredTable> &storedTables();
const StoredTable &storedTable(const char *name);

/// What is wrong with the value at a place of a row, to follow the column's name; empty: nothing.
QString faultOf(const Statement &row, int place, const Column &column);

/// A text for people, cut to what the column may hold and cleaned.
QString shownText(const Statement &row, int place, const Column &column);

/// What breaks the rules, a sentence each, the first ones.
struct TableFaults
{
    QStringList whole; ///< of columns with Doubt::Whole
    QStringList rows;  ///< of the others
};

/// Looks at every value of a table. Errors: DatabaseError.
TableFaults lookAt(Database &database, const StoredTable &table, int atMost);

/// Whether the server may start with what the small tables and the counters say: a sentence with
/// what is wrong, or nothing. Takes some microseconds a room and an account, however much was
/// said. Errors: DatabaseError.
QString doubtAboutWhole(Database &database);

/// The same for the rooms alone, which is what an export needs.
QString doubtAboutRooms(Database &database);

} // namespace teahouse::server
