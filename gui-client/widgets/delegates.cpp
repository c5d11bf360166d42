#include "gui-client/widgets/delegates.h"

#include "gui-client/models/peoplemodel.h"
#include "gui-client/models/roomlistmodel.h"
#include "gui-client/widgets/itempaint.h"
#include "gui-client/widgets/namecolor.h"
#include "gui-client/widgets/rolemark.h"
#include "gui-client/widgets/roomwords.h"
#include "shared/limits.h"

#include <QLocale>
#include <QPainter>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

QSize comfortable(const QStyleOptionViewItem &option)
{
    return {option.fontMetrics.averageCharWidth() * 10,
            option.fontMetrics.height() + itempaint::padding};
}

/// A number for a badge; more than the server counts is said to be more.
QString shortCount(int count)
{
    if (count >= limits::unreadCount)
        return QLocale().toString(limits::unreadCount - 1) + u'+';
    return QLocale().toString(count);
}

} // namespace

void RoomDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    painter->save();
    const auto role = itempaint::background(painter, option);
    const int unread = index.data(RoomListModel::UnreadRole).toInt();
    const int mentions = index.data(RoomListModel::MentionsRole).toInt();
    const auto level = static_cast<NotifyLevel>(index.data(RoomListModel::LevelRole).toInt());
    QFont font = option.font;
    font.setBold(unread > 0 && level != NotifyLevel::None);
    painter->setFont(font);
    QRect area = option.rect.adjusted(itempaint::padding, 0, -itempaint::padding / 2, 0);
    // Mentions have a sign of their own, which is told apart without its colour.
    const bool isPrivate = index.data(RoomListModel::PrivateRole).toBool();
    if (mentions > 0 && level != NotifyLevel::None)
        area = itempaint::badge(painter, option, area,
                                (isPrivate ? QString() : u"@"_s) + shortCount(mentions),
                                itempaint::Badge::Loud);
    if (unread > mentions && level == NotifyLevel::All)
        area = itempaint::badge(painter, option, area, shortCount(unread), itempaint::Badge::Quiet);
    QColor color = option.palette.color(itempaint::groupOf(option), role);
    QString name = index.data(RoomListModel::NameRole).toString();
    if (index.data(RoomListModel::OverRole).toBool()) {
        name = tr("%1 (closed)").arg(name);
        if (role == QPalette::Text)
            color = readable(option.palette.color(QPalette::PlaceholderText),
                             option.palette.color(QPalette::Base));
    }
    painter->setPen(color);
    itempaint::name(painter, area, name);
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
    const auto role = itempaint::background(painter, option);
    const Person person = personOf(index);
    const bool online = person.online;
    const bool ignored = index.data(PeopleModel::IgnoredRole).toBool();
    const bool away = !person.away.isEmpty();
    QString form = u"%1"_s;
    if (ignored)
        form = tr("%1 (ignored)");
    else if (!online)
        form = tr("%1 (offline)");
    else if (away)
        form = tr("%1 (away)");
    QColor color = option.palette.color(itempaint::groupOf(option), role);
    if ((away || ignored || !online) && role == QPalette::Text) {
        color = readable(option.palette.color(QPalette::PlaceholderText),
                         option.palette.color(QPalette::Base));
    }
    painter->setPen(color);
    painter->setFont(option.font);
    QRect area = option.rect.adjusted(itempaint::padding, 0, -itempaint::padding / 2, 0);
    const int side = option.fontMetrics.ascent();
    const Fit fit = fitting({form, person.name, roomwords::role(person)}, painter->fontMetrics(),
                            area.width() - side - itempaint::padding / 2);
    if (!fit.role.isEmpty())
        area = itempaint::badge(painter, option, area, fit.role, itempaint::Badge::Quiet);
    painter->setPen(color);
    const QRect mark(area.left(), area.center().y() - side / 2, side, side);
    if (paintRoleMark(*painter, mark, person.role, person.admin))
        area.adjust(side + itempaint::padding / 2, 0, 0, 0);
    itempaint::name(painter, area, fit.text);
    painter->restore();
}

/// The name counts most, then what is said about somebody; the role has its mark and needs no word.
PersonDelegate::Fit PersonDelegate::fitting(const Words &words, const QFontMetrics &metrics,
                                            int width)
{
    const QString whole = words.form.arg(words.name);
    const int role = words.role.isEmpty() ? 0 : itempaint::badgeWidth(metrics, words.role);
    if (metrics.horizontalAdvance(whole) + role <= width)
        return {whole, words.role};
    const int rest = width - metrics.horizontalAdvance(words.form.arg(QString()));
    if (rest < width / 3)
        return {metrics.elidedText(whole, Qt::ElideRight, width), {}};
    return {words.form.arg(metrics.elidedText(words.name, Qt::ElideRight, rest)), {}};
}

QSize PersonDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return comfortable(option);
}

} // namespace teahouse::client
