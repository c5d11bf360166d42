#pragma once

#include <QLoggingCategory>

namespace teahouse::server {

/// What happens to accounts: by ids, never texts or secrets; names only of accounts and rooms
/// whose passwords are guessed.
Q_DECLARE_LOGGING_CATEGORY(coreLog)

} // namespace teahouse::server
