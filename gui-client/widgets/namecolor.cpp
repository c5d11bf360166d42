#include "gui-client/widgets/namecolor.h"

#include "shared/names.h"

#include <QCryptographicHash>

#include <cmath>

namespace teahouse::client {

namespace {

/// https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    const QColor rgb = color.toRgb();
    return 0.2126 * linear(double(rgb.redF())) + 0.7152 * linear(double(rgb.greenF()))
            + 0.0722 * linear(double(rgb.blueF()));
}

} // namespace

double contrastRatio(const QColor &one, const QColor &other)
{
    const double first = luminance(one);
    const double second = luminance(other);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor readable(QColor color, const QColor &base, double ratio)
{
    const bool darker = luminance(base) > 0.18;
    const QColor end = darker ? QColor(Qt::black) : QColor(Qt::white);
    constexpr int steps = 20;
    const QColor from = color.toRgb();
    for (int i = 0; i <= steps && contrastRatio(color, base) < ratio; ++i) {
        const auto mix = [&](int a, int b) { return a + (b - a) * i / steps; };
        color = QColor(mix(from.red(), end.red()), mix(from.green(), end.green()),
                       mix(from.blue(), end.blue()));
    }
    return color;
}

QColor nameColor(const QString &name, const QColor &base)
{
    const QByteArray hash = QCryptographicHash::hash(foldedName(name).toUtf8(),
                                                     QCryptographicHash::Md5);
    const int hue = (static_cast<quint8>(hash.at(0)) * 256 + static_cast<quint8>(hash.at(1))) % 360;
    return readable(QColor::fromHsl(hue, 150, luminance(base) > 0.18 ? 95 : 165), base);
}

} // namespace teahouse::client
