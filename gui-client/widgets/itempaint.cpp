#include "gui-client/widgets/itempaint.h"

#include "gui-client/widgets/namecolor.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>

namespace teahouse::client::itempaint {

QPalette::ColorRole background(QPainter *painter, const QStyleOptionViewItem &option)
{
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    if (option.state & QStyle::State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(option);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
    }
    return option.state & QStyle::State_Selected ? QPalette::HighlightedText : QPalette::Text;
}

QPalette::ColorGroup groupOf(const QStyleOptionViewItem &option)
{
    return option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
}

int badgeWidth(const QFontMetrics &metrics, const QString &text)
{
    return std::max(metrics.height(), metrics.horizontalAdvance(text) + padding) + padding;
}

QRect badge(QPainter *painter, const QStyleOptionViewItem &option, const QRect &area,
            const QString &text, Badge kind)
{
    const bool selected = option.state & QStyle::State_Selected;
    const QFontMetrics metrics(painter->font());
    const int height = metrics.height();
    const int width = badgeWidth(metrics, text) - padding;
    const QRect pill(area.right() - width, area.center().y() - height / 2, width, height);
    const QColor back = option.palette.color(selected ? QPalette::HighlightedText
                                                      : QPalette::Highlight);
    const QColor front = option.palette.color(selected ? QPalette::Highlight
                                                       : QPalette::HighlightedText);
    const QColor plain = selected ? back
                                  : readable(option.palette.color(QPalette::PlaceholderText),
                                             option.palette.color(QPalette::Base));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(kind == Badge::Loud ? QPen(Qt::NoPen) : QPen(plain));
    painter->setBrush(kind == Badge::Loud ? QBrush(back) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), height / 2.0,
                             height / 2.0);
    painter->setPen(kind == Badge::Loud ? front : plain);
    painter->drawText(pill, Qt::AlignCenter, text);
    return area.adjusted(0, 0, -width - padding, 0);
}

void name(QPainter *painter, const QRect &area, const QString &name)
{
    const QString text = painter->fontMetrics().elidedText(name, Qt::ElideRight, area.width());
    painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

} // namespace teahouse::client::itempaint
