#include "server/store/storeaccess.h"

#include "server/store/migrations.h"

#include <QFileInfo>

#include <sqlite3.h>

#include <cerrno>
#include <cstring>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// Why an opened file is not read; empty: it is.
QString refusal(const QString &path, Database &database)
{
    database.run("PRAGMA busy_timeout = 5000"); // milliseconds; a server starts or stops meanwhile
    if (database.number("PRAGMA application_id") != storeApplicationId)
        return u"%1 is not a database of teahoused. Choose another file."_s.arg(path);
    const int version = schemaVersion(database);
    const auto known = schemaMigrations().size();
    if (version < 0)
        return u"%1 is damaged: its schema number is %2. Use another copy; \"teahoused restore "
               "FILE\" puts one in its place."_s.arg(path)
                       .arg(version);
    if (version > known)
        return u"%1 was written by a newer teahoused (schema %2; this one knows %3). Use that one."_s
                .arg(path)
                .arg(version)
                .arg(known);
    return {};
}

} // namespace

QString storePath(const QString &folder)
{
    return folder + u"/teahouse.db"_s;
}

std::variant<std::unique_ptr<Database>, QString> openForReading(const QString &path)
{
    const QFileInfo file(path);
    if (!file.exists())
        return u"There is no file %1. Choose another with the right name, or another data folder "
               "with --data DIR."_s.arg(path);
    if (!file.isFile())
        return u"%1 is not a file. Choose another."_s.arg(path);
    try {
        auto database = std::make_unique<Database>(path, Database::Mode::Read);
        if (const QString text = refusal(path, *database); !text.isEmpty())
            return text;
        return database;
    } catch (const DatabaseError &error) {
        return explained(path, error);
    }
}

QString explained(const QString &path, const DatabaseError &error)
{
    if (error.isCorrupt())
        return u"%1 is damaged or not a database: %2. Use another copy; \"teahoused restore FILE\" "
               "puts one in its place."_s.arg(path, error.text);
    if (error.isFull())
        return u"There is no room on the disk for %1. Make some, or choose another place."_s.arg(
                path);
    if (error.isBusy())
        return u"%1 is locked by another program. End that program and try again."_s.arg(path);
    QString cause = error.text;
    const QString system = QString::fromLocal8Bit(std::strerror(error.systemError));
    if (error.systemError != 0 && system != cause)
        cause += u", "_s + system;
    return u"%1 cannot be used: %2. See that this user may read and write it and its folder."_s.arg(
            path, cause);
}

DatabaseError systemError()
{
    return {SQLITE_IOERR, errno, QString::fromLocal8Bit(std::strerror(errno))};
}

} // namespace teahouse::server
