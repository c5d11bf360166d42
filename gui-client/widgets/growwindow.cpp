#include "gui-client/widgets/growwindow.h"

#include <QLayout>
#include <QScreen>
#include <QWidget>

#include <algorithm>

namespace teahouse::client {

void growToContents(QWidget &window)
{
    if (!window.isVisible())
        return;
    QLayout *layout = window.layout();
    layout->activate();
    const int wanted = layout->totalHeightForWidth(window.width());
    if (window.height() >= wanted)
        return;
    window.resize(window.width(), wanted);
    const QRect free = window.screen()->availableGeometry();
    const int below = window.frameGeometry().bottom() - free.bottom();
    if (below > 0)
        window.move(window.x(), std::max(free.top(), window.y() - below));
}

} // namespace teahouse::client
