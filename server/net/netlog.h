#pragma once

#include <QLoggingCategory>

namespace teahouse::server {

/// What happens to connections: one line an event, the session's id first, never what was said.
Q_DECLARE_LOGGING_CATEGORY(lcNet)

} // namespace teahouse::server
