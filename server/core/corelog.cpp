#include "server/core/corelog.h"

namespace teahouse::server {

Q_LOGGING_CATEGORY(coreLog, "teahouse.core")

} // namespace teahouse::server
