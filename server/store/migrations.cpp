#include "server/store/migrations.h"

#include <QFile>

#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

DatabaseError systemError()
{
    return {SQLITE_IOERR, errno, QString::fromLocal8Bit(std::strerror(errno))};
}

/// The copy itself, into a file that is there and empty.
void copy(Database &from, const QString &path)
{
    Database to(path, Database::Mode::Write);
    sqlite3_backup *backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    if (!backup)
        throw to.lastError(sqlite3_extended_errcode(to.handle()));
    sqlite3_backup_step(backup, -1);
    const int code = sqlite3_backup_finish(backup);
    if (code != SQLITE_OK)
        throw to.lastError(code);
    to.run("PRAGMA journal_mode = DELETE"); // one file alone
}

void syncFile(const QByteArray &path, int flags)
{
    const int file = ::open(path.constData(), flags | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    const DatabaseError error = systemError();
    if (file >= 0)
        ::close(file);
    if (!synced)
        throw error;
}

} // namespace

Migrations schemaMigrations()
{
    Migrations migrations;
    for (int version = 1;; ++version) {
        QFile file(u":/schema/%1.sql"_s.arg(version, 4, 10, QChar(u'0')));
        if (!file.open(QIODevice::ReadOnly))
            return migrations;
        migrations.append(file.readAll());
    }
}

int schemaVersion(Database &database)
{
    return static_cast<int>(database.number("PRAGMA user_version"));
}

void migrate(Database &database, const Migrations &migrations)
{
    for (int version = schemaVersion(database) + 1; version <= migrations.size(); ++version) {
        database.run("BEGIN IMMEDIATE");
        database.run(migrations.at(version - 1));
        database.run("PRAGMA user_version = " + QByteArray::number(version));
        database.run("COMMIT");
    }
}

void backUp(Database &database, const QString &path)
{
    const QByteArray target = QFile::encodeName(path);
    const QByteArray part = target + ".part";
    ::unlink(part.constData()); // of an earlier run that was ended
    const int file = ::open(part.constData(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0)
        throw systemError();
    ::close(file);
    copy(database, QFile::decodeName(part));
    syncFile(part, O_RDONLY);
    if (std::rename(part.constData(), target.constData()) != 0)
        throw systemError();
    syncFile(target.left(target.lastIndexOf('/') + 1), O_RDONLY | O_DIRECTORY);
}

} // namespace teahouse::server
