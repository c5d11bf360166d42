#pragma once

#include <QUrl>

namespace teahouse::client {

/// Opens a link that was clicked in the system's browser or mail program. The one place where
/// anything is opened, and only http, https and mailto links are; whether it was tried.
bool openLink(const QUrl &url);

} // namespace teahouse::client
