#pragma once

#include <QLoggingCategory>

namespace teahouse::server {

/// What happens to accounts: by ids, never names, texts or secrets.
Q_DECLARE_LOGGING_CATEGORY(coreLog)

} // namespace teahouse::server
