#pragma once

#include "server/app/filecommands.h"

#include <QJsonObject>

#include <functional>
#include <optional>
#include <variant>

namespace teahouse::server {

/// What `teahoused user` asks a server for; asks for a password where one is needed. A text: why
/// not.
std::variant<QJsonObject, QString> userRequest(const CommandLine &line);

/// Asks the server that runs on the data folder; nothing when none does.
std::optional<Outcome> askRunningServer(const QString &folder, const QJsonObject &request);

/// What a server has answered.
Outcome outcomeOf(const QJsonObject &answer);

} // namespace teahouse::server
