#include "gui-client/widgets/searchdelegate.h"

#include "gui-client/models/searchmodel.h"
#include "gui-client/models/searchwords.h"
#include "gui-client/widgets/itempaint.h"
#include "gui-client/widgets/namecolor.h"
#include "gui-client/widgets/rowtext.h"

#include <QLocale>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype before = 24; ///< characters before what was found
constexpr qsizetype most = 300;  ///< more than two lines hold
constexpr int shownLines = 2;

bool isSelected(const QStyleOptionViewItem &option)
{
    return option.state & QStyle::State_Selected;
}

QColor textColor(const QStyleOptionViewItem &option)
{
    return option.palette.color(itempaint::groupOf(option),
                                isSelected(option) ? QPalette::HighlightedText : QPalette::Text);
}

} // namespace

Excerpt excerptOf(const QString &text, const QStringList &words)
{
    Excerpt excerpt;
    const auto found = findWords(text, words);
    qsizetype start = found.isEmpty() ? 0 : std::max<qsizetype>(0, found.first().first - before);
    // Long texts begin near what was found; a pair of surrogates stays together.
    if (start > 0 && text.at(start).isLowSurrogate())
        --start;
    const QString mark(start > 0 ? u"\u2026"_s : QString());
    excerpt.text = mark + rowtext::displayed(text.mid(start, most));
    excerpt.text.replace(QChar(QChar::LineSeparator), u' ');
    excerpt.marks = findWords(excerpt.text, words);
    return excerpt;
}

QString SearchDelegate::moment(const QDateTime &time)
{
    const QString clock = rowtext::time(time.time());
    const QDate today = QDate::currentDate();
    if (time.date() == today)
        return clock;
    return QLocale().toString(time.date(), QLocale::ShortFormat) + u' ' + clock;
}

void SearchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    painter->save();
    itempaint::background(painter, option);
    const int line = option.fontMetrics.height();
    const QRect area = option.rect.adjusted(itempaint::padding, itempaint::padding / 2,
                                            -itempaint::padding, -itempaint::padding / 2);
    paintHead(painter, option, QRect(area.topLeft(), QSize(area.width(), line)), index);
    painter->setClipRect(option.rect);
    paintText(painter, option, area.adjusted(0, line + 2, 0, 0), index);
    painter->restore();
}

void SearchDelegate::paintHead(QPainter *painter, const QStyleOptionViewItem &option,
                               const QRect &area, const QModelIndex &index)
{
    const QString when = moment(index.data(SearchModel::TimeRole).toDateTime());
    const QString place = rowtext::isolated(index.data(SearchModel::RoomRole).toString());
    const QFontMetrics metrics(option.font);
    const QString author = index.data(SearchModel::AuthorRole).toString();
    QFont bold = option.font;
    bold.setBold(true);
    const QString where = metrics.elidedText(place + u" \u00b7 "_s + when, Qt::ElideLeft,
                                             area.width() * 2 / 3);
    const int width = metrics.horizontalAdvance(where);
    const QColor base = option.palette.color(QPalette::Base);
    painter->setFont(option.font);
    painter->setPen(isSelected(option)
                            ? textColor(option)
                            : readable(option.palette.color(QPalette::PlaceholderText), base));
    painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, where);
    painter->setFont(bold);
    painter->setPen(isSelected(option) ? textColor(option) : nameColor(author, base));
    itempaint::name(painter, area.adjusted(0, 0, -width - itempaint::padding, 0), author);
}

void SearchDelegate::paintText(QPainter *painter, const QStyleOptionViewItem &option,
                               const QRect &area, const QModelIndex &index)
{
    const Excerpt excerpt = excerptOf(index.data(SearchModel::TextRole).toString(),
                                      index.data(SearchModel::WordsRole).toStringList());
    QList<QTextLayout::FormatRange> formats;
    for (const auto &[start, length] : excerpt.marks) {
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(start);
        range.length = static_cast<int>(length);
        range.format.setFontWeight(QFont::Bold);
        range.format.setFontUnderline(true);
        formats.append(range);
    }
    QTextLayout layout(excerpt.text, option.font);
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    wrap.setTextDirection(Qt::LayoutDirectionAuto);
    layout.setTextOption(wrap);
    layout.setFormats(formats);
    layout.beginLayout();
    qreal y = 0;
    for (int i = 0; i < shownLines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(area.width());
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
    painter->setPen(textColor(option));
    layout.draw(painter, area.topLeft());
}

QSize SearchDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.fontMetrics.averageCharWidth() * 20,
            option.fontMetrics.height() * (1 + shownLines) + 2 + itempaint::padding};
}

} // namespace teahouse::client
