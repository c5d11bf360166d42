#include "gui-client/widgets/delegates.h"

#include "gui-client/models/peoplemodel.h"
#include "gui-client/models/roomlistmodel.h"
#include "gui-client/widgets/namecolor.h"

#include <QApplication>
#include <QPainter>

namespace teahouse::client {

namespace {

constexpr int padding = 8;

/// Draws everything of an item but its text; gives the palette's role for that.
QPalette::ColorRole paintBackground(QPainter *painter, const QStyleOptionViewItem &option)
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

QSize comfortable(const QStyleOptionViewItem &option)
{
    return {option.fontMetrics.averageCharWidth() * 10, option.fontMetrics.height() + padding};
}

/// Draws a number in a pill at the right end of `area`; gives what is left of it.
QRect paintBadge(QPainter *painter, const QStyleOptionViewItem &option, const QRect &area,
                 const QString &text)
{
    const bool selected = option.state & QStyle::State_Selected;
    const QFontMetrics metrics(painter->font());
    const int height = metrics.height();
    const int width = std::max(height, metrics.horizontalAdvance(text) + padding);
    const QRect pill(area.right() - width, area.center().y() - height / 2, width, height);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(
            option.palette.brush(selected ? QPalette::HighlightedText : QPalette::Highlight));
    painter->drawRoundedRect(pill, height / 2.0, height / 2.0);
    painter->setPen(
            option.palette.color(selected ? QPalette::Highlight : QPalette::HighlightedText));
    painter->drawText(pill, Qt::AlignCenter, text);
    return area.adjusted(0, 0, -width - padding, 0);
}

void paintName(QPainter *painter, const QRect &area, const QString &name)
{
    const QString text = painter->fontMetrics().elidedText(name, Qt::ElideRight, area.width());
    painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

} // namespace

void RoomDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    const auto role = paintBackground(painter, option);
    const int unread = index.data(RoomListModel::UnreadRole).toInt();
    const int mentions = index.data(RoomListModel::MentionsRole).toInt();
    const auto level = static_cast<NotifyLevel>(index.data(RoomListModel::LevelRole).toInt());
    QFont font = option.font;
    font.setBold(unread > 0 && level != NotifyLevel::None);
    painter->setFont(font);
    QRect area = option.rect.adjusted(padding, 0, -padding / 2, 0);
    if (mentions > 0 && level != NotifyLevel::None)
        area = paintBadge(painter, option, area, option.locale.toString(mentions));
    painter->setPen(option.palette.color(groupOf(option), role));
    paintName(painter, area, index.data(RoomListModel::NameRole).toString());
    painter->restore();
}

QSize RoomDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return comfortable(option);
}

void PersonDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    painter->save();
    const auto role = paintBackground(painter, option);
    const bool online = index.data(PeopleModel::OnlineRole).toBool();
    const bool away = !index.data(PeopleModel::AwayRole).toString().isEmpty();
    QString text = index.data(PeopleModel::NameRole).toString();
    if (!online)
        text = tr("%1 (offline)").arg(text);
    else if (away)
        text = tr("%1 (away)").arg(text);
    QColor color = option.palette.color(groupOf(option), role);
    if ((away || !online) && role == QPalette::Text) {
        color = readable(option.palette.color(QPalette::PlaceholderText),
                         option.palette.color(QPalette::Base));
    }
    painter->setPen(color);
    painter->setFont(option.font);
    paintName(painter, option.rect.adjusted(padding, 0, -padding / 2, 0), text);
    painter->restore();
}

QSize PersonDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return comfortable(option);
}

} // namespace teahouse::client
