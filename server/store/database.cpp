#include "server/store/database.h"

#include <QFile>
#include <QStringEncoder>
#include <QVarLengthArray>

#include <sqlite3.h>

#include <cerrno>

namespace teahouse::server {

namespace {

/// SQLite otherwise counts its memory, behind a lock that all connections share
/// (https://www.sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigmemstatus).
void setUpLibrary()
{
    static const int code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Q_UNUSED(code); // it is refused when somebody has used SQLite before, and then counts
}

} // namespace

bool DatabaseError::isBusy() const
{
    const int primary = code & 0xff;
    return primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
}

bool DatabaseError::isFull() const
{
    const bool noRoom = systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG;
    return (code & 0xff) == SQLITE_FULL || ((code & 0xff) == SQLITE_IOERR && noRoom);
}

/// The record that makes a transaction valid is the last that is written, and it was not. Not so
/// after a failed fsync, for instance (sqlite3WalFrames() in SQLite's wal.c).
bool DatabaseError::wroteNothing() const
{
    return (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_WRITE;
}

bool DatabaseError::isInterrupted() const
{
    return code == SQLITE_INTERRUPT;
}

bool DatabaseError::isCorruptIndex() const
{
    return code == SQLITE_CORRUPT_VTAB;
}

bool DatabaseError::isCorrupt() const
{
    const int primary = code & 0xff;
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
}

Database::Database(const QString &path, Mode mode)
{
    setUpLibrary();
    const int access = mode == Mode::Read ? SQLITE_OPEN_READONLY
                                          : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(QFile::encodeName(path).constData(), &m_handle,
                                     access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK) {
        const DatabaseError error = lastError(code);
        sqlite3_close(m_handle);
        throw error;
    }
    // Ours has none of these, so that what stands in a file from elsewhere must not act.
    for (const int option : {SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
                             SQLITE_DBCONFIG_TRUSTED_SCHEMA})
        sqlite3_db_config(m_handle, option, 0, nullptr);
}

Database::~Database()
{
    sqlite3_close_v2(m_handle);
}

void Database::run(const QByteArray &sql)
{
    errno = 0;
    const int code = sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        throw lastError(code);
}

qint64 Database::number(const QByteArray &sql)
{
    Statement statement(*this, sql.constData());
    return statement.next() ? statement.integer(0) : 0;
}

bool Database::isInTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

void Database::rollBack() noexcept
{
    if (isInTransaction())
        sqlite3_exec(m_handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

qint64 Database::changes() const
{
    return sqlite3_total_changes64(m_handle);
}

void Database::interrupt()
{
    sqlite3_interrupt(m_handle);
}

DatabaseError Database::lastError(int code) const
{
    // SQLite does not note the cause of what fails in a commit.
    const int noted = sqlite3_system_errno(m_handle);
    return {code, noted != 0 ? noted : errno, QString::fromUtf8(sqlite3_errmsg(m_handle))};
}

Statement::Statement(Database &database, const char *sql) : m_database(database)
{
    const int code = sqlite3_prepare_v3(database.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT,
                                        &m_handle, nullptr);
    if (code != SQLITE_OK)
        throw database.lastError(code);
}

Statement::~Statement()
{
    sqlite3_finalize(m_handle);
}

void Statement::bindOptional(int place, std::optional<qint64> value)
{
    if (value)
        sqlite3_bind_int64(m_handle, place, *value);
    else
        sqlite3_bind_null(m_handle, place);
}

bool Statement::next()
{
    errno = 0;
    const int code = sqlite3_step(m_handle);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_handle);
        return false;
    }
    const DatabaseError error = m_database.lastError(code);
    sqlite3_reset(m_handle);
    throw error;
}

void Statement::run()
{
    while (next()) {
    }
    // What was said does not linger in the memory of a statement that is not used for days.
    sqlite3_clear_bindings(m_handle);
}

void Statement::reset()
{
    sqlite3_reset(m_handle);
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_handle, column);
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_handle, column) == SQLITE_NULL;
}

QString Statement::text(int column) const
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_handle, column));
    return QString::fromUtf8(text, sqlite3_column_bytes(m_handle, column));
}

QByteArray Statement::bytes(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_handle, column));
    return {bytes, sqlite3_column_bytes(m_handle, column)};
}

int Statement::type(int column) const
{
    return sqlite3_column_type(m_handle, column);
}

QByteArrayView Statement::view(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_handle, column));
    return {bytes, sqlite3_column_bytes(m_handle, column)};
}

void Statement::bind(int place, qint64 value)
{
    sqlite3_bind_int64(m_handle, place, value);
}

void Statement::bind(int place, const QString &value)
{
    QStringEncoder encoder(QStringEncoder::Utf8);
    QVarLengthArray<char, 1024> text(encoder.requiredSpace(value.size()));
    const char *end = encoder.appendToBuffer(text.data(), value);
    const int code = sqlite3_bind_text(m_handle, place, text.data(),
                                       static_cast<int>(end - text.data()), SQLITE_TRANSIENT);
    if (code != SQLITE_OK)
        throw m_database.lastError(code);
}

void Statement::bind(int place, const QByteArray &value)
{
    const int code = sqlite3_bind_blob(m_handle, place, value.constData(),
                                       static_cast<int>(value.size()), SQLITE_TRANSIENT);
    if (code != SQLITE_OK)
        throw m_database.lastError(code);
}

/// A statement in the middle of its rows would hold the snapshot, and as long as there is one
/// SQLite goes on refusing whatever runs after an interrupt.
Snapshot::~Snapshot()
{
    sqlite3_stmt *each = nullptr;
    while ((each = sqlite3_next_stmt(m_database.handle(), each)) != nullptr) {
        if (sqlite3_stmt_busy(each) != 0)
            sqlite3_reset(each);
    }
    m_database.rollBack();
}

} // namespace teahouse::server
