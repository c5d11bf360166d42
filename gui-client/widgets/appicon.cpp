#include "gui-client/widgets/appicon.h"

namespace teahouse::client {

QIcon appIcon()
{
    QIcon icon;
    for (const int size : {16, 22, 32, 48, 64, 128, 256})
        icon.addFile(QStringLiteral(":/icons/teahouse-%1.png").arg(size), QSize(size, size));
    return icon;
}

} // namespace teahouse::client
