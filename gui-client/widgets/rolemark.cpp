#include "gui-client/widgets/rolemark.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <numbers>

namespace teahouse::client {

namespace {

/// All within a square of side 1.
QPainterPath star()
{
    QPainterPath path;
    for (int i = 0; i < 10; ++i) {
        const double angle = std::numbers::pi * i / 5;
        const double radius = i % 2 == 0 ? 0.5 : 0.21;
        const QPointF point(0.5 + radius * std::sin(angle), 0.52 - radius * std::cos(angle));
        i == 0 ? path.moveTo(point) : path.lineTo(point);
    }
    path.closeSubpath();
    return path;
}

QPainterPath crown()
{
    QPainterPath path;
    path.addPolygon(QPolygonF({QPointF(0.1, 0.85), QPointF(0, 0.25), QPointF(0.28, 0.5),
                               QPointF(0.5, 0.1), QPointF(0.72, 0.5), QPointF(1, 0.25),
                               QPointF(0.9, 0.85), QPointF(0.1, 0.85)}));
    return path;
}

QPainterPath shield()
{
    QPainterPath path(QPointF(0.5, 0.02));
    path.lineTo(0.92, 0.16);
    path.quadTo(0.95, 0.72, 0.5, 0.98);
    path.quadTo(0.05, 0.72, 0.08, 0.16);
    path.closeSubpath();
    return path;
}

} // namespace

bool paintRoleMark(QPainter &painter, const QRect &area, RoomRole role, bool admin)
{
    QPainterPath path;
    if (role == RoomRole::Owner)
        path = crown();
    else if (admin)
        path = star();
    else if (role == RoomRole::Moderator)
        path = shield();
    else
        return false;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(area.topLeft());
    painter.scale(area.width(), area.height());
    painter.fillPath(path, painter.pen().color());
    painter.restore();
    return true;
}

} // namespace teahouse::client
