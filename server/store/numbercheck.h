#pragma once

#include "server/store/database.h"

#include <QStringList>

namespace teahouse::server {

/// Whether the items of each room are numbered without a gap from its first to its last, in an
/// order that is that of time, and whether no item belongs to no room. What is wrong, at most so
/// many sentences. Within the caller's transaction. Errors: DatabaseError.
QStringList checkNumbers(Database &database, int atMost);

} // namespace teahouse::server
