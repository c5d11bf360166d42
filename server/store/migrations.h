#pragma once

#include "server/store/database.h"

#include <QByteArray>
#include <QList>

namespace teahouse::server {

/// The SQL that leads to schema 1, 2, 3 ..., in this order.
using Migrations = QList<QByteArray>;

/// Those of resources/schema, which are inside the program.
Migrations schemaMigrations();

/// Which schema the database has; 0: none yet.
int schemaVersion(Database &database);

/// Applies what is missing, each in a transaction of its own, so that a run that was ended goes on
/// where it stopped. Errors: DatabaseError.
void migrate(Database &database, const Migrations &migrations);

/// Copies the database, as it is at one moment, into a file that is there and empty. Errors:
/// DatabaseError.
void copyDatabase(Database &from, const QString &path);

/// Copies the database into a file beside it, all of it or nothing: what stood under that name is
/// replaced at the end. Errors: DatabaseError.
void backUp(Database &database, const QString &path);

} // namespace teahouse::server
