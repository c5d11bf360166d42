#pragma once

#include <QPalette>
#include <QStyleOptionViewItem>

class QPainter;

namespace teahouse::client::itempaint {

inline constexpr int padding = 8;

/// Draws everything of an item but its text; gives the palette's role for that.
QPalette::ColorRole background(QPainter *painter, const QStyleOptionViewItem &option);

QPalette::ColorGroup groupOf(const QStyleOptionViewItem &option);

/// How loud a badge is.
enum class Badge { Quiet, Loud };

/// How much of an area's width a badge takes, in the font of `metrics`.
int badgeWidth(const QFontMetrics &metrics, const QString &text);

/// Draws a text in a pill at the right end of `area`; gives what is left of it.
QRect badge(QPainter *painter, const QStyleOptionViewItem &option, const QRect &area,
            const QString &text, Badge kind);

/// Draws a name as plain text, shortened where it does not fit.
void name(QPainter *painter, const QRect &area, const QString &name);

} // namespace teahouse::client::itempaint
