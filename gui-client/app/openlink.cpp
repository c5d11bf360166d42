#include "gui-client/app/openlink.h"

#include <QDesktopServices>

namespace teahouse::client {

using namespace Qt::StringLiterals;

bool openLink(const QUrl &url)
{
    const QString scheme = url.scheme(); // lower case, as QUrl makes it
    const bool harmless = scheme == "http"_L1 || scheme == "https"_L1 || scheme == "mailto"_L1;
    // Before an @ anything may stand that looks like the host.
    return harmless && url.isValid() && url.userInfo().isEmpty() && QDesktopServices::openUrl(url);
}

} // namespace teahouse::client
