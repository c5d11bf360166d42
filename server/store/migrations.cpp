#include "server/store/migrations.h"

#include "server/store/durablefile.h"

#include <QFile>

#include <sqlite3.h>

namespace teahouse::server {

using namespace Qt::StringLiterals;

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

void copyDatabase(Database &from, const QString &path)
{
    Database to(path, Database::Mode::Write);
    sqlite3_backup *backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    if (!backup)
        throw to.lastError(sqlite3_extended_errcode(to.handle()));
    const int stepped = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(
            backup); // says nothing of a lock that was in the way
    if (finished != SQLITE_OK)
        throw to.lastError(finished);
    if (stepped != SQLITE_DONE)
        throw to.lastError(stepped);
    to.run("PRAGMA journal_mode = DELETE"); // one file alone
}

void backUp(Database &database, const QString &path)
{
    DurableFile file(path);
    copyDatabase(database, file.part());
    file.replace();
}

} // namespace teahouse::server
