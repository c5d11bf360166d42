#pragma once

#include <QLoggingCategory>

namespace teahouse::server {

Q_DECLARE_LOGGING_CATEGORY(storeLog)

/// Keeps the system's signals away from the calling thread: the main thread handles them.
void blockSignals();

} // namespace teahouse::server
