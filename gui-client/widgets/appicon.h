#pragma once

#include <QIcon>

namespace teahouse::client {

/// The program's own icon, in every size that there is.
QIcon appIcon();

} // namespace teahouse::client
