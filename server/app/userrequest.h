#pragma once

#include "server/core/house.h"

#include <QJsonObject>

#include <functional>

namespace teahouse::server {

/// Carries out what `teahoused user` asks for, in this process or beside it:
/// `{"do":"add","name":...,"password":...}`, `passwd` with the same, `role` with name and role
/// (`admin` or `none`), `list`, and `remove` with name and `"erase":true` or not. The answer is
/// `{"ok":true,"lines":[...]}` or `{"ok":false,"lines":[why]}`; it comes once, perhaps from inside.
void carryOutUserRequest(House &house, const QJsonObject &request, qint64 now,
                         std::function<void(QJsonObject)> then);

} // namespace teahouse::server
