#pragma once

#include "server/store/database.h"

#include <QString>

#include <memory>
#include <variant>

namespace teahouse::server {

/// "Teah": tells our databases from those of other programs.
inline constexpr qint64 storeApplicationId = 0x54656168;

/// The database in a data folder.
QString storePath(const QString &folder);

/// Opens the database of a data folder, or a copy of one, for reading: while a server runs on it,
/// too, which is not disturbed. A text: why that failed and what helps.
std::variant<std::unique_ptr<Database>, QString> openForReading(const QString &path);

/// What SQLite or the system said of this file, with the remedy; for commands, which end with it.
QString explained(const QString &path, const DatabaseError &error);

/// What the system said last (errno), in the same form.
DatabaseError systemError();

} // namespace teahouse::server
