#pragma once

#include "server/app/commandline.h"

#include <QJsonObject>

namespace teahouse::server {

/// What `teahoused link`, `invite-code`, `invite-codes` and `invite-code-end` ask a server for, see
/// carryOutInviteRequest().
QJsonObject inviteRequest(const CommandLine &line);

} // namespace teahouse::server
