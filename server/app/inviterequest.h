#pragma once

#include "server/app/serverkey.h"
#include "server/core/house.h"

#include "shared/joinlink.h"

#include <QJsonObject>
#include <QList>

#include <functional>
#include <optional>

namespace teahouse::server {

/// By what a running server is reached and known.
struct Invitation
{
    bool hasDoor = false;       ///< that links lead to; false also while the server does not run
    QList<JoinLink> links = {}; ///< none without a door, or an address
    std::optional<ServerKey> key = {};
};

/// Whether requests of `teahoused link`, `invite-code`, `invite-codes` and `invite-code-end` are
/// meant: `{"do":"link","room":...,"pin":true,"keys":true}`, `{"do":"invite-code","room":...,
/// "uses":n,"days":n}`, `{"do":"invite-codes"}`, `{"do":"invite-code-end","code":...}`.
bool isInviteRequest(const QJsonObject &request);

/// Carries one out. The answer is that of carryOutUserRequest(), with a link in "qr" that is to be
/// shown as such a code; it comes once, perhaps from inside.
void carryOutInviteRequest(House &house, const Invitation &invitation, const QJsonObject &request,
                           qint64 now, const std::function<void(QJsonObject)> &then);

} // namespace teahouse::server
