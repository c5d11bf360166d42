#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

struct sqlite3;
struct sqlite3_stmt;

namespace teahouse::server {

/// What SQLite refused. Thrown by Database and Statement, and caught where a transaction ends; it
/// never leaves server/store.
struct DatabaseError
{
    int code = 0;        ///< SQLite's extended result code
    int systemError = 0; ///< errno, where the system was the cause
    QString text = {};   ///< SQLite's own words

    bool isBusy() const;       ///< another program holds the lock
    bool isFull() const;       ///< there is no room on the disk
    bool wroteNothing() const; ///< a commit that was refused with this did not take effect
    bool isInterrupted() const;
    bool isCorruptIndex() const; ///< what the search index says contradicts itself
    bool isCorrupt() const;      ///< the file is no database, or a damaged one
};

/// One connection to an SQLite file. Belongs to one thread at a time. Waits for no lock.
class Database
{
public:
    enum class Mode {
        Write, ///< makes the file when it is not there
        Read,
    };

    /// Opens the file. Errors: DatabaseError.
    Database(const QString &path, Mode mode);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    /// Runs statements that give no rows and take no values. Errors: DatabaseError.
    void run(const QByteArray &sql);

    /// The number that a statement gives, such as a pragma; 0 without a row. Errors: DatabaseError.
    qint64 number(const QByteArray &sql);

    /// Whether a transaction is open; some errors end it.
    bool isInTransaction() const;

    /// Ends a transaction without its changes, if one is open. Never fails.
    void rollBack() noexcept;

    /// The rows changed by this connection so far.
    qint64 changes() const;

    /// Makes what runs on this connection fail soon. The one function for any thread.
    void interrupt();

    /// What the last failed call was refused for.
    DatabaseError lastError(int code) const;

    sqlite3 *handle() const { return m_handle; }

private:
    sqlite3 *m_handle = nullptr;
};

/// One prepared statement, kept for as long as its Database. Values are bound in order, and the
/// columns of a row are numbered from 0.
class Statement
{
public:
    /// Errors: DatabaseError.
    Statement(Database &database, const char *sql);
    ~Statement();
    Q_DISABLE_COPY_MOVE(Statement)

    /// Starts over with these values: numbers, QString, QByteArray.
    template <typename... Values>
    Statement &with(const Values &...values)
    {
        reset();
        int place = 0;
        (bind(++place, values), ...);
        return *this;
    }

    /// Binds one value more, or NULL.
    void bindOptional(int place, std::optional<qint64> value);

    /// Whether there is one more row. Errors: DatabaseError.
    bool next();

    /// Takes all rows and forgets the values. Errors: DatabaseError.
    void run();

    /// To be called when not all rows were taken, so that no lock is held.
    void reset();

    qint64 integer(int column) const;
    quint64 number(int column) const { return static_cast<quint64>(integer(column)); }
    bool isNull(int column) const;
    QString text(int column) const;
    QByteArray bytes(int column) const;

    /// What the value is made of, as it stands in the file: SQLITE_INTEGER and so on.
    int type(int column) const;
    /// The bytes of a text or a blob; valid until the statement moves on.
    QByteArrayView view(int column) const;
    qsizetype size(int column) const { return view(column).size(); }

private:
    void bind(int place, qint64 value);
    void bind(int place, quint64 value) { bind(place, static_cast<qint64>(value)); }
    void bind(int place, int value) { bind(place, static_cast<qint64>(value)); }
    void bind(int place, const QString &value);
    void bind(int place, const QByteArray &value);

    Database &m_database;
    sqlite3_stmt *m_handle = nullptr;
};

/// A read transaction: all that is read while it lives is of one moment. Where it ends every
/// statement of the connection starts over, also one that an error has left in the middle.
class Snapshot
{
public:
    explicit Snapshot(Database &database) : m_database(database) { database.run("BEGIN"); }
    ~Snapshot();
    Q_DISABLE_COPY_MOVE(Snapshot)

private:
    Database &m_database;
};

} // namespace teahouse::server
