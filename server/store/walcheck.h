#pragma once

#include <QString>

namespace teahouse::server {

/// Whether a log beside a database (its write-ahead log) is damaged where transactions may have
/// been committed: SQLite takes what comes before the damage and drops the rest without a word. A
/// log that ends in the middle of what a killed server was writing is not. Reads all of it. False,
/// too, when there is none or it cannot be read.
bool hasLostTail(const QString &log);

} // namespace teahouse::server
