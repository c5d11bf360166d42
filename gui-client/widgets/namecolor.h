#pragma once

#include <QColor>
#include <QString>

namespace teahouse::client {

/// The contrast ratio of WCAG 2.1, 1 to 21.
double contrastRatio(const QColor &one, const QColor &other);

/// The same colour for the same name on every day, moved towards black or white until it has a
/// contrast of at least 4.5 on `base`.
QColor nameColor(const QString &name, const QColor &base);

/// `color`, moved likewise until its contrast on `base` is at least `ratio`.
QColor readable(QColor color, const QColor &base, double ratio = 4.5);

} // namespace teahouse::client
