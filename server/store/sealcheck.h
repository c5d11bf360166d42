#pragma once

#include "server/store/database.h"

#include <QStringList>

namespace teahouse::server {

/// Looks for items that are not as the server wrote them: a sentence each, the first ones. Those
/// of servers before schema 4 have nothing to tell it by. Errors: DatabaseError.
QStringList checkSeals(Database &database, int atMost);

} // namespace teahouse::server
