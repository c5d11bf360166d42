#pragma once

#include "server/store/migrations.h"

#include <QString>

namespace teahouse::server {

/// Compares the tables and indexes of a database with those that the migrations make, as far as
/// its schema goes: what somebody else has put into the file (a trigger acts by itself) or taken
/// from it. A sentence without its end, or nothing. Errors: DatabaseError.
QString schemaDoubt(Database &database, const Migrations &migrations);

} // namespace teahouse::server
