#include "server/net/netlog.h"

namespace teahouse::server {

Q_LOGGING_CATEGORY(lcNet, "teahouse.net", QtInfoMsg)

} // namespace teahouse::server
