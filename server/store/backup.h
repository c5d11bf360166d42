#pragma once

#include "server/store/storecheck.h"

#include <QString>

#include <variant>

namespace teahouse::server {

/// Copies a database, of one moment, while a server goes on writing to it, into a new file for its
/// owner alone; a killed run leaves nothing under that name. The copy is looked through before it
/// gets the name. What it holds, or a text: why there is none and what helps.
std::variant<StoreFindings, QString> backUpStore(const QString &database, const QString &target);

/// Puts a copy of a database into the place of `database`, looked through before, brought to the
/// newest schema, and with a new epoch. What stands there already is kept under another name,
/// which `kept` becomes. A run that was killed leaves either the one or the other. The caller has
/// locked the data folder. What the copy holds, or a text: why nothing was done and what helps.
std::variant<StoreFindings, QString> restoreStore(const QString &copy, const QString &database,
                                                  QString *kept);

} // namespace teahouse::server
