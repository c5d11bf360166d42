#include "gui-client/link/networkwatch.h"

#include "gui-client/link/serverlink.h"

#include <QNetworkInformation>

namespace teahouse::client {

void reconnectOnNetworkChange(ServerLink &link)
{
    using Information = QNetworkInformation;
    if (!Information::loadBackendByFeatures(Information::Feature::Reachability))
        return;
    QObject::connect(Information::instance(), &Information::reachabilityChanged, &link,
                     [&link](Information::Reachability reachability) {
                         if (reachability != Information::Reachability::Disconnected
                             && link.state() == ServerLink::State::Waiting)
                             link.reconnectNow();
                     });
}

} // namespace teahouse::client
