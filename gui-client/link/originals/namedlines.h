#pragma once

#include "gui-client/link/originals/heard.h"

#include <optional>

namespace teahouse::client {

/// What a line of the servers with names says; nothing for one that fits nothing.
std::optional<Heard> namedLine(const QString &line);

} // namespace teahouse::client
